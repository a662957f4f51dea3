"""Where and when a report was filed, and by which agency, as its first words say."""

import re
from dataclasses import dataclass
from datetime import date

from bot.core.cities import CITIES, is_agency
from bot.core.values import Published

#: A dateline is at most about this long, in characters.
_REACH = 200
#: How much of a report is looked at for other uses of a name, in characters.
_REPORT = 20_000

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_UPPER = rf"(?:ST\.|[{_CAPITAL}][{_CAPITAL}'’-]{{1,30}})"
_PLACE = rf"{_UPPER}(?:[ /-]{_UPPER}){{0,3}}"
_TITLED = rf"[{_CAPITAL}][\w.'’-]{{1,30}}(?: [{_CAPITAL}][\w.'’-]{{1,30}}){{0,2}}"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_NUMERIC = r"\d\d\.\d\d\.\d{4}"


def _date(mark: str = "") -> str:
    """Return the pattern of a printed day, its groups told apart by a mark."""
    return (
        rf"(?:(?:(?P<{mark}m1>{_MONTH}) (?P<{mark}d1>\d\d?)|(?P<{mark}d2>\d\d?) "
        rf"(?P<{mark}m2>{_MONTH}))(?:,? (?P<{mark}y>\d{{4}}))?(?!\d)"
        rf"|(?P<{mark}numeric>{_NUMERIC})\b)"
    )


_SOURCE = r"[A-Z0-9][\w .&/'’“”\"-]{1,40}"
_AGENCY = (
    rf"(?:\((?P<a1>{_SOURCE})\)|/(?P<a2>[A-Z0-9][\w .&'’“”\"-]{{1,40}})/"
    rf"|(?<=[.,] )(?P<a3>{_UPPER})(?=\s+[—–-]))"
)
#: The region behind a place; an agency that stands there too is told apart afterwards.
_REGION = rf"(?:, (?!{_MONTH} \d){_TITLED}){{0,2}}"
_GAP = r"(?:\s*(?P<sep>—|[.:](?=\s)|–(?=\s)|--(?=\s)|-(?=\s))|(?<=[/)])(?=\s))\s*"
_JOINT = r"(?: (?:de|da|do|del|della|es|la|el|of|and|the|sur))?"
_TOWN = rf"[{_CAPITAL}][\w.'’-]{{1,30}}(?:{_JOINT} [{_CAPITAL}][\w.'’-]{{1,30}}){{0,3}}"
#: A place in mixed letters stands with a date, or at once before the agency in brackets.
_MIXED = (
    rf"(?P<mixed>{_TOWN})(?P<within>{_REGION})"
    rf"(?=, {_date('x')}\s*[(/]|\s\({_SOURCE}\)\s*[—–-]|\s/{_SOURCE}/)"
)
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?P<region>{_REGION})"
    rf"|{_MIXED}"
    rf"|(?=[(/]|{_date('z')}\s*[(/]))"
    rf"(?:[.,]? ?{_date()})?(?:[.,]?\s*{_AGENCY})?{_GAP}"
)
#: A day set off by a dash in front of the report: "August 19, 2025 — Rescuers".
_DAY_BEFORE = re.compile(rf"{_date()}\s*(?:—|–|--|-(?=\s))\s*")
#: A day in brackets behind its weekday, and one that ends a title.
_DAY_ASIDE = re.compile(rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \({_date()}\)")
_DAY_AT_END = re.compile(rf", {_date()}$")
_DAY_LINE = re.compile(rf"(?:[^\W\d_]{{3,12}},? )?{_date()}|(?P<iso>\d{{4}}-\d\d-\d\d)\b")

#: Words in capitals that stand before a date, a colon or a dash and are no place.
_NO_PLACE = frozenset(
    "BREAKING EXCLUSIVE UPDATE UPDATED WATCH VIDEO PHOTO PHOTOS LIVE OPINION ANALYSIS EXPLAINER "
    "INTERVIEW FACTBOX URGENT CORRECTED COMMENT EDITORIAL REVIEW FEATURE NEWS ALERT JUST READ MUST "
    "TOP STORY STORIES SUMMIT FORUM TALKS MEETING STATEMENT PRESS RELEASE FACT NOTE".split()
)
_SMALL = frozenset("de da do del della di du la le of the and sur am an der".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """What a dateline says, and where the report's first words begin behind it."""

    place: str | None
    agency: str | None
    #: The day, where the year is printed too.
    day: Published | None
    #: The same as printed, where no calendar has it.
    misdated: str
    end: int


def dateline(text: str, start: int) -> Dateline | None:
    """Return the dateline at a position if what stands there can be nothing else.

    A place stands in capitals with a date or an agency; alone it must be a city known for
    datelines, or one that the report itself goes on to name as a place.
    """
    line = _DATELINE.match(text, start, start + _REACH)
    if not line or not _is_sure(line, text):
        return None
    day = _day(line)
    misdated = day if isinstance(day, str) else ""
    return Dateline(
        place=_place(line),
        agency=_agency(line),
        day=None if isinstance(day, str) else day,
        misdated=misdated,
        end=line.end(),
    )


def day_line(text: str, start: int) -> Published | str | None:
    """Return the day that a line such as "Monday, 1 September 2025" gives.

    As printed, where no calendar has it.
    """
    line = _DAY_LINE.match(text, start, start + _REACH)
    return _day(line) if line else None


def day_before(text: str, start: int) -> tuple[Published | str, int] | None:
    """Return the day set off by a dash in front of a report, and where the report goes on."""
    line = _DAY_BEFORE.match(text, start, start + _REACH)
    day = _day(line) if line else None
    return (day, line.end()) if line and day else None


def day_within(lead: str, title: str) -> Published | str | None:
    """Return the day that a lead prints behind its weekday, or a title at its end."""
    for line in (_DAY_ASIDE.search(lead), _DAY_AT_END.search(title)):
        day = _day(line) if line else None
        if day:
            return day
    return None


def _is_sure(line: re.Match[str], text: str) -> bool:
    place, agency = line["place"], _agency(line)
    dated = line["m1"] or line["m2"] or line["numeric"]
    if line["mixed"]:
        return agency is not None and _is_town(line, agency, dated=bool(dated))
    if not place:
        return _is_known(agency)
    words = place.split()
    if words[0] in _NO_PLACE or words[-1] in _NO_PLACE:
        return False
    if dated:
        return True
    if agency:
        return _is_known(agency) or not (_spells(place, agency) or _is_repeated(line, text))
    return _is_bare_place(line, text)


def _is_town(line: re.Match[str], agency: str, *, dated: bool) -> bool:
    """Say whether a name in mixed letters before an agency is a place."""
    town = line["mixed"]
    words = town.upper().split()
    if words[0] in _NO_PLACE or words[-1] in _NO_PLACE:
        return False
    if dated:
        return True
    # "Associated Press (AP) — …" explains a name, and "Reuters (AFP) — …" is two agencies.
    named = _spells(town.replace("-", " "), agency) or any(map(is_agency, (town, *town.split())))
    return _is_known(agency) and not named


def _is_bare_place(line: re.Match[str], text: str) -> bool:
    """Say whether a name in capitals before a dash or colon, and no more, is where it happened."""
    place, region, sep = line["place"], line["region"], line["sep"]
    first = text[line.end() : line.end() + 1]
    if sep in (".", None) or first.islower() or (region and sep in ":-"):
        return False
    if region or all(part in CITIES for part in place.split("/")):
        return not _is_repeated(line, text)
    report = text[line.end() : line.end() + _REPORT]
    named = re.search(rf"\bin {re.escape(_titled(place))}\b(?!['’-]| [A-Z])", report)
    return bool(named) and len(place) > len("NATO") and not _is_repeated(line, text)


def _is_repeated(line: re.Match[str], text: str) -> bool:
    """Say whether the report prints the name in capitals again: an acronym, not a place."""
    place = re.escape(line["place"])
    return bool(re.search(rf"\b{place}\b", text[line.end() : line.end() + _REPORT]))


def _spells(place: str, agency: str) -> bool:
    """Say whether one name is made of the other's initials, as in "SCO (Shanghai …)"."""
    return agency == _initials(place) or place == _initials(agency)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_known(agency: str | None) -> bool:
    return agency is not None and any(map(is_agency, agency.split("/")))


def _agency(line: re.Match[str]) -> str | None:
    agency = line["a1"] or line["a2"] or line["a3"]
    last = _regions(line)[-1:]
    if not agency and last and is_agency(last[0]):
        return last[0]
    return agency.strip() if agency else None


def _regions(line: re.Match[str]) -> list[str]:
    return (line["region"] or line["within"] or "").split(", ")[1:]


def _place(line: re.Match[str]) -> str | None:
    regions = [part for part in _regions(line) if not is_agency(part)]
    if not line["place"]:
        return line["mixed"] and ", ".join([line["mixed"], *regions])
    # A short region in capitals is an abbreviation: "UK", "D.C."
    named = [
        _titled(part) if part.isupper() and len(part) > len("D.C.") else part for part in regions
    ]
    return ", ".join([_titled(line["place"]), *named])


def _titled(name: str) -> str:
    """Return a name in capitals as it is printed elsewhere: "Rio de Janeiro", "China"."""
    words = name.title().replace("’S", "’s").replace("'S", "'s").split(" ")
    small = [word.lower() if word.lower() in _SMALL else word for word in words[1:]]
    return " ".join([words[0], *small])


def _day(line: re.Match[str]) -> Published | str | None:
    """Return the day that is printed with its year, or the print where no calendar has it."""
    groups = line.groupdict()
    try:
        if groups.get("iso"):
            return Published(day=date.fromisoformat(groups["iso"]))
        if groups["numeric"]:
            day, month, year = map(int, groups["numeric"].split("."))
            return Published(day=date(year, month, day))
        if not groups["y"]:
            return None
        month = _MONTHS.index((groups["m1"] or groups["m2"])[:3].lower()) + 1
        return Published(day=date(int(groups["y"]), month, int(groups["d1"] or groups["d2"])))
    except ValueError:
        return _printed(line)


def _printed(line: re.Match[str]) -> str:
    """Return the date of a line as it stands there."""
    spans = [line.span(name) for name in ("m1", "d1", "d2", "m2", "y", "numeric")]
    spans += [line.span("iso")] if "iso" in line.groupdict() else []
    found = [span for span in spans if span[0] >= 0]
    return line.string[min(found)[0] : max(end for _, end in found)]
