from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.health import Fault, Reason
from bot.core.values import Extent
from bot.sources.file import Defaults, read_file

DEFAULTS = Defaults(source="files", publisher="The Press", language="en", max_bytes=1_000)


def test_one_file_is_an_article_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("Ministers met.")
    (tmp_path / "a.txt").symlink_to(tmp_path / "real")

    article, fault = read_file(tmp_path / "a.txt", id="a.txt", defaults=DEFAULTS)

    assert fault is None
    assert article is not None
    assert (article.id, article.source, article.text) == ("a.txt", "files", "Ministers met.")


def test_one_file_with_faulty_front_matter_is_an_article_and_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: [\n---\nMinisters met.")

    article, fault = read_file(tmp_path / "a.md", id="a.md", defaults=DEFAULTS)

    assert article is not None
    assert article.text == "Ministers met."
    assert fault == Fault(
        name="a.md",
        reason=Reason.BAD_FRONT_MATTER,
        detail="“title” is more than one line of words",
    )


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("gone.txt", Reason.ABSENT, ""),
        ("folder.txt", Reason.NOT_A_FILE, ""),
        ("empty.txt", Reason.EMPTY, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(
    name: str, reason: Reason, detail: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "empty.txt").touch()

    found = read_file(tmp_path / name, id=name, defaults=DEFAULTS)

    assert found == (None, Fault(name=name, reason=reason, detail=detail))


@pytest.mark.parametrize(
    ("more", "extent", "kept"),
    [("", Extent.WHOLE, 100_000), ("\n", Extent.WHOLE, 100_000), ("!", Extent.TEASER, 99_995)],
    ids=["at the limit", "a line end behind it", "one character more"],
)
def test_of_a_very_long_file_the_beginning_is_kept_and_called_so(
    more: str, extent: Extent, kept: int, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Trade grew. " * 8_333 + "Up.." + more)
    defaults = replace(DEFAULTS, max_bytes=5_000_000)

    article, fault = read_file(tmp_path / "a.txt", id="a.txt", defaults=defaults)

    assert fault is None
    assert article is not None
    assert article.extent is extent
    assert len(article.text.rstrip()) == kept


def test_of_a_very_long_file_of_marks_the_beginning_is_read_and_called_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Up [by](https://news.example/a/long/address). " * 20_000)

    article, fault = read_file(
        tmp_path / "a.md", id="a", defaults=replace(DEFAULTS, max_bytes=5_000_000)
    )

    assert article is not None
    assert (article.extent, fault) == (Extent.TEASER, None)
    assert 60_000 < len(article.text) < 70_000


def test_a_file_with_no_word_in_its_long_beginning_has_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n" * 200_000 + "Trade grew.")
    defaults = replace(DEFAULTS, max_bytes=5_000_000)

    found = read_file(tmp_path / "a.txt", id="a.txt", defaults=defaults)

    assert found == (None, Fault(name="a.txt", reason=Reason.NO_TEXT))
