"""A slot is named by its number, or by its chat with the local date and time."""

from datetime import UTC, date, datetime, time

import pytest

from bot.core.slot_text import NamedSlot, is_named, read_slot
from bot.core.subscription import Destination, Slot

FILE = Destination("file", "a@b/team.txt")
NAMED = NamedSlot(FILE, date(2026, 11, 23), time(8))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("57", 57),
        (" 007 ", 7),
        ("file:a@b/team.txt@2026-11-23 08:00", NAMED),
        ("file:a@b/team.txt@2026-11-23T8:00", NAMED),
        ("terminal@2026-11-23 23:59", NamedSlot(Destination("terminal"), NAMED.day, time(23, 59))),
        *((text, None) for text in ("", "x", "-1", "1.5", "٥", "1" * 19, "1" * 10_000)),
        *((f"terminal@{text}", None) for text in ("", "2026-11-23", "2026-13-01 08:00")),
        *((f"terminal@{text}", None) for text in ("2026-02-30 08:00", "2026-11-23 24:00")),
        ("@2026-11-23 08:00", None),
    ],
)
def test_a_slot_is_read_or_not_understood(text: str, meant: int | NamedSlot | None) -> None:
    assert read_slot(text) == meant


def test_a_named_slot_is_written_as_it_is_read() -> None:
    assert str(NAMED) == "file:a@b/team.txt@2026-11-23 08:00"
    assert read_slot(str(NAMED)) == NAMED


def test_a_slot_is_known_to_the_minute() -> None:
    moment = datetime(2026, 11, 23, 3, tzinfo=UTC)

    assert is_named(Slot(moment, NAMED.day, time(8, 0, 0)), NAMED)
    assert not is_named(Slot(moment, NAMED.day, time(8, 1)), NAMED)
    assert not is_named(Slot(moment, date(2026, 11, 24), time(8)), NAMED)
    assert not is_named(None, NAMED)
