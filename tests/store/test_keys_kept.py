"""A key that nobody set is made once, and only its owner may read it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.store.keys import key


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = key(tmp_path / "data", "buttons")

    file = tmp_path / "data" / "keys" / "buttons"
    assert len(made) == 32
    assert key(tmp_path / "data", "buttons") == made == file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["buttons"]


def test_keys_of_two_names_differ(tmp_path: Path) -> None:
    assert key(tmp_path, "one") != key(tmp_path, "other")


def test_of_many_who_need_it_first_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: key(tmp_path, "buttons"), range(32)))

    assert found == {(tmp_path / "keys" / "buttons").read_bytes()}
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["buttons"]


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_damaged_key_is_told_with_its_mending(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "keys" / "buttons"
    file.parent.mkdir()
    file.write_bytes(content)

    with pytest.raises(StoreError) as raised:
        key(tmp_path, "buttons")

    assert str(raised.value) == (
        f"The key {file} is damaged. Put back that of a backup, or delete it: "
        "a new one is made, and old buttons stop working."
    )
    assert file.read_bytes() == content


def test_a_key_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys").touch()

    with pytest.raises(StoreError, match=r"can be neither read nor made: .*\. Mend that, or name"):
        key(tmp_path, "buttons")
