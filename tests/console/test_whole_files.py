"""A file is written whole, or what stands there stays."""

import os
from pathlib import Path

import pytest

from bot.console.whole import write_whole
from bot.core.errors import BriefbotError


def test_a_new_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "dates.ics", b"one")
    write_whole(tmp_path / "dates.ics", b"two")

    assert (tmp_path / "dates.ics").read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == ["dates.ics"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.ics").symlink_to(tmp_path / "dates.ics")

    write_whole(tmp_path / "link.ics", b"one")

    assert (tmp_path / "link.ics").is_symlink()
    assert (tmp_path / "dates.ics").read_bytes() == b"one"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BriefbotError, match=r"could not be written: No such file or directory"):
        write_whole(tmp_path / "no" / "dates.ics", b"one")


@pytest.mark.parametrize("name", ["folder", "pipe"])
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BriefbotError, match="is no plain file: name another one"):
        write_whole(tmp_path / name, b"one")

    assert sorted(found.name for found in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_loop_of_links_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    with pytest.raises(BriefbotError, match="could not be written"):
        write_whole(tmp_path / "loop" / "x", b"one")


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    with pytest.raises(BriefbotError, match="could not be written"):
        write_whole(tmp_path / "a\0b", b"one")
