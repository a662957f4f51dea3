"""What a language must offer for the words people read; and English, in which they are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from string import Formatter
from typing import Protocol

from bot.core.page import Inline, Plain


class DayForm(Enum):
    """How much of a date is said."""

    WEEKDAY = "Tue 2 September 2025"
    #: For a day of the next weeks or so, whose year needs no saying.
    NEAR = "Tuesday 2 September"
    LONG = "2 September 2025"
    MONTH = "September 2025"
    BRIEF_WEEKDAY = "Tue 2 Sep"
    BRIEF_YEAR = "2 Sep 2025"
    BRIEF = "2 Sep"


class Words(Protocol):
    """A language: its messages by their English text, its plurals, its numbers and dates."""

    def gettext(self, message: str) -> str:
        """Return the message in this language."""
        ...

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the message that fits the count."""
        ...

    def pgettext(self, context: str, message: str) -> str:
        """Return the message in the sense that the context names."""
        ...

    def number(self, value: int) -> str:
        """Return a whole number as people write it."""
        ...

    def decimal(self, value: float) -> str:
        """Return a number with at most two decimals, as people write it."""
        ...

    def day(self, day: date, form: DayForm) -> str:
        """Return a date as people write it."""
        ...

    def time(self, moment: time) -> str:
        """Return a time of day, to the minute, as people write it."""
        ...


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class English:
    """English: every message is its own translation, and nothing needs to be loaded."""

    def gettext(self, message: str) -> str:
        """Return the message itself."""
        return message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the first for exactly one, the second for any other count."""
        return one if count == 1 else many

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - one sense in English
        """Return the message itself."""
        return message

    def number(self, value: int) -> str:
        """Return the number with a comma between thousands."""
        return f"{value:,}"

    def decimal(self, value: float) -> str:
        """Return the number with a point before its decimals, at most two and no idle zeros."""
        return f"{value:,.2f}".rstrip("0").rstrip(".")

    def day(self, day: date, form: DayForm) -> str:
        """Return the date, day before month, as newspapers outside America write it."""
        weekday = _WEEKDAYS[day.weekday()]
        month = _MONTHS[day.month - 1]
        return {
            DayForm.WEEKDAY: f"{weekday[:3]} {day.day} {month} {day.year}",
            DayForm.NEAR: f"{weekday} {day.day} {month}",
            DayForm.LONG: f"{day.day} {month} {day.year}",
            DayForm.MONTH: f"{month} {day.year}",
            DayForm.BRIEF_WEEKDAY: f"{weekday[:3]} {day.day} {month[:3]}",
            DayForm.BRIEF_YEAR: f"{day.day} {month[:3]} {day.year}",
            DayForm.BRIEF: f"{day.day} {month[:3]}",
        }[form]

    def time(self, moment: time) -> str:
        """Return hours and minutes on the 24-hour clock."""
        return f"{moment:%H:%M}"


def later(message: str) -> str:
    """Mark a message for the catalogues that is translated only when it is shown."""
    return message


def fill(message: str, **parts: str | Inline | tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a message as spans, each ``{name}`` in it replaced by the part of that name.

    A part that is a string becomes plain words; what is in a part is never read as a message.
    A part may be several spans.
    """
    spans: list[Inline] = []
    for piece in _pieces(message, parts):
        before = spans[-1] if spans else None
        if isinstance(piece, Plain) and isinstance(before, Plain):
            spans[-1] = Plain(before.text + piece.text)
        else:
            spans.append(piece)
    return tuple(spans)


def _pieces(message: str, parts: dict[str, str | Inline | tuple[Inline, ...]]) -> Iterator[Inline]:
    for literal, name, _, _ in Formatter().parse(message):
        if literal:
            yield Plain(literal)
        if name is not None:
            part = parts[name]
            if isinstance(part, tuple):
                yield from part
            else:
                yield Plain(part) if isinstance(part, str) else part
