"""The times that a text names, and the days they mean, counted from its publication."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.core import days
from bot.core.date_forms import likely
from bot.core.language import Language
from bot.core.prospects import Calendar
from bot.core.values import Precision, Span

#: How far around a time the words that belong to it are looked for, in characters.
_REACH = 24
_QUARTER = 3
_HALF = 6
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time as printed, and the days it may mean."""

    #: Without its preposition.
    span: Span
    #: The preposition before it in lower case, or "", and where that begins.
    lead: str
    start: int
    precision: Precision
    #: What its precision would be if the day of publication were known.
    grain: Precision
    first: date | None = None
    last: date | None = None


def times(text: str, span: Span, language: Language, published: date | None) -> tuple[Time, ...]:
    """Return the times named in a piece of a text, in order, each the longest that stands there.

    Times gone by as their words say ("last May") and days that do not exist are left out. Without
    a day of publication, what would be counted from it keeps its words.
    """
    calendar = language.calendar
    if calendar is None:
        return ()
    matches = [
        match
        for form in likely(span.of(text), calendar)
        for match in form.finditer(text, span.start, span.end)
    ]
    found: list[Time] = []
    end = span.start
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < end:
            continue
        end = match.end()
        time = _time(text, span, match, _Reader(calendar, published))
        if time:
            found.append(time)
    return tuple(found)


def mentions(text: str, span: Span, language: Language) -> bool:
    """Say whether a piece of a text names any time at all, be it past, bare or impossible."""
    calendar = language.calendar
    return calendar is not None and any(
        form.search(text, span.start, span.end) for form in likely(span.of(text), calendar)
    )


def _time(text: str, span: Span, match: re.Match[str], reader: "_Reader") -> Time | None:
    """Return the time that a match prints, unless it is gone by or none after all."""
    before = text[max(span.start, match.start() - _REACH) : match.start()]
    behind = text[match.end() : min(span.end, match.end() + _REACH)]
    gone = _gone(reader.calendar)
    if (
        gone[0].search(before)
        or gone[1].match(behind)
        or _describing(reader.calendar).search(before)
    ):
        return None
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    lead = _lead(reader.calendar).search(before)
    if "bare" in groups and not (lead and lead[1].lower() in reader.calendar.spells):
        return None
    printed = Span(match.start(), match.end())
    word = lead[1].lower() if lead else ""
    if "vague" in groups and not lead and _the(reader.calendar).match(match[0]):
        return None  # "the coming months" are a time only behind a preposition
    start = match.start() - len(lead[0]) if lead else match.start()
    time = Time(
        span=printed,
        lead=word,
        start=start,
        precision=Precision.WORDS,
        grain=_grain(groups, reader.calendar),
    )
    if "vague" in groups or ("year" not in groups and reader.published is None):
        return time
    found = reader.means(groups)
    if found is None:
        # "Next Friday" may mean this week's or the next.
        is_next = groups.get("which", "").lower() in reader.calendar.coming.split("|")
        return time if is_next else None
    precision = Precision.DAY if found[0] == found[1] else time.grain
    return replace(time, precision=precision, grain=precision, first=found[0], last=found[1])


def _grain(groups: dict[str, str], calendar: Calendar) -> Precision:
    """Return how exact the pieces of a time are, taken by themselves."""
    if "vague" in groups:
        return Precision.WORDS
    if not groups.keys().isdisjoint({"day2", "day3", "weekday2", "quarter", "half"}):
        return Precision.DAYS
    if not groups.keys().isdisjoint({"day", "weekday", "tomorrow"}):
        return Precision.DAY
    is_month = "month" in groups or groups.get("unit", "").lower() == calendar.month
    return Precision.MONTH if is_month else Precision.YEAR


@dataclass(frozen=True, slots=True)
class _Reader:
    """Counts days by a calendar's words from a day of publication."""

    calendar: Calendar
    published: date | None

    def means(self, groups: dict[str, str]) -> days.Days | None:
        """Return the first and the last day that the pieces of a time mean."""
        if "day" in groups:
            return self._of_month(groups)
        if "weekday" in groups:
            return self._weekdays(groups)
        if "tomorrow" in groups:
            return _one(days.later(self._published, 1))
        return self._period(groups)

    def _period(self, groups: dict[str, str]) -> days.Days | None:
        """Return the days of a month, a part of a year or a year."""
        year = self._year(groups)
        if "month" in groups:
            month = self._month(groups["month"])
            return self._months(year, month, month)
        if "number" in groups:
            size = _QUARTER if "quarter" in groups else _HALF
            first = self.calendar.ordinals.index(groups["number"].lower()) * size + 1
            return self._months(year, first, first + size - 1)
        if groups.get("unit", "").lower() == self.calendar.month:
            return days.month_after(self._published, self._ahead(groups))
        return self._months(year, 1, _MONTHS)

    @property
    def _published(self) -> date:
        return self.published or date.min

    def _ahead(self, groups: dict[str, str]) -> int:
        """Return how many months or years ahead "this" or "next" is."""
        return int(groups.get("which", "").lower() in self.calendar.coming.split("|"))

    def _year(self, groups: dict[str, str]) -> int | None:
        if "year" in groups:
            return int(groups["year"])
        return self._published.year + self._ahead(groups) if "unit" in groups else None

    def _months(self, year: int | None, first: int, last: int) -> days.Days | None:
        if last > _MONTHS:
            return None
        if year is None:
            return days.next_months(self._published, first, last)
        return days.months_of(year, first, last)

    def _of_month(self, groups: dict[str, str]) -> days.Days | None:
        """Return one day, or the days from one to another; the last says which year is meant."""
        number, month = _number(groups["day"], self.calendar), self._month(groups["month"])
        number2 = groups.get("day2") or groups.get("day3")
        if not number2:
            return _one(self._day(groups, month, number))
        month2 = self._month(groups.get("month2", groups["month"]))
        last = self._day(groups, month2, _number(number2, self.calendar))
        if last is None:
            return None
        first = days.day(int(groups.get("year1", last.year)), month, number)
        if first and first > last and "month2" in groups and "year1" not in groups:
            first = days.day(last.year - 1, month, number)
        return (first, last) if first and first < last else None

    def _day(self, groups: dict[str, str], month: int, number: int) -> date | None:
        if "year" in groups:
            return days.day(int(groups["year"]), month, number)
        return days.next_day(self._published, month, number)

    def _weekdays(self, groups: dict[str, str]) -> days.Days | None:
        weekday = _index(groups["weekday"], self.calendar.weekdays)
        if self._ahead(groups):
            return _one(days.weekday_of_next_week(self._published, weekday))
        first = days.weekday_after(self._published, weekday)
        if first is None or "weekday2" not in groups:
            return _one(first)
        last = days.weekday_after(first, _index(groups["weekday2"], self.calendar.weekdays))
        return (first, last) if last else None

    def _month(self, word: str) -> int:
        return int(word) if word.isdecimal() else _index(word, self.calendar.months) + 1


def _one(found: date | None) -> days.Days | None:
    return (found, found) if found else None


def _index(word: str, names: tuple[str, ...]) -> int:
    plain = word.lower().rstrip(".")
    return next(index for index, forms_of in enumerate(names) if plain in forms_of.split("|"))


def _number(word: str, calendar: Calendar) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else calendar.ordinals.index(word.lower()) + 1


@lru_cache(maxsize=8)
def _lead(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(calendar.prepositions)})\s+$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _describing(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{calendar.describing})\s+$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _the(calendar: Calendar) -> re.Pattern[str]:
    return re.compile(rf"{calendar.the}\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _gone(calendar: Calendar) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what makes a time one gone by: before it, and behind it ("October last year")."""
    return (
        re.compile(rf"\b(?:{calendar.gone})\s+$", re.IGNORECASE),
        re.compile(rf"\s+(?:{calendar.of}\s+)?(?:{calendar.gone})\b", re.IGNORECASE),
    )
