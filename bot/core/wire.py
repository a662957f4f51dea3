"""How a wire report is framed: its date, title, dateline, and the agency at its end."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.core.cities import is_agency, is_city
from bot.core.dateline import dateline, day_before, day_line, day_within
from bot.core.language import Language
from bot.core.languages import language as language_of
from bot.core.sentences import paragraphs, sentences
from bot.core.values import Published, Span

#: A headline set above its report is shorter than this, in characters.
_TITLE = 200
#: Lines between a title and its report that are at most this long are bylines and the like.
_BYLINE = 80
#: The agency is looked for in sentences at most about this long, in characters.
_LEAD = 500
#: The agency's tail is at most about this long, in characters.
_TAIL_REACH = 120

_PREFIX = re.compile(
    r"\s*date:?\s+(?P<day>\d{4}-\d\d?-\d\d?)"
    r"(?:[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(?P<zone>Z\b|UTC\b|[+-]\d\d:?\d\d)?)?"
    r"(?!\d)\s*",
    re.IGNORECASE,
)
_NAME = r"[A-Z0-9][\w.&’'-]{0,30}(?:\s+[A-Z][\w.&’'-]{0,30}){0,3}"
_KIND = r"(?:(?:news|information|press)\s+)?agency"
_CALLED = (
    rf"(?:the\s+)?(?:(?:(?:state|official|national)\s+)?{_KIND}\s+)?"
    rf"(?P<name%s>{_NAME})(?:\s+{_KIND})?"
)
_TAIL = re.compile(
    rf",\s+(?:{_CALLED % ''}\s+(?P<verb>[a-z]+)|(?P<verb2>[a-z]+)\s+{_CALLED % 2})\s*\.?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """The frame of a report, and where its first sentence begins."""

    published: Published | None
    place: str | None
    publisher: str | None
    #: The headline set above the report, where there is one.
    title: Span | None
    body: int
    #: The date as printed, where no calendar has it and the report gives no other.
    misdated: str = ""


def read(text: str, language: str) -> Wire:
    """Return what a report's own form says; what it does not say is None, never guessed.

    A date that does not exist is no date. A dateline without a year gives the day only where the
    text opens with ``date YYYY-MM-DD``, which then is the day.
    """
    rules = language_of(language)
    prefix = _PREFIX.match(text)
    start = prefix.end() if prefix else 0
    title, body, above = _headed(text, start)
    dates = [_moment(prefix) if prefix else None, above]
    place = publisher = None
    line = dateline(text, body)
    if line:
        place, publisher, body = line.place, line.agency, line.end
        dates += [line.day, line.misdated]
    before = day_before(text, body)
    if before:
        dates.append(before[0])
        body = before[1]
    dates.append(day_within(text[body : body + _LEAD], title.of(text) if title else ""))
    publisher = publisher or _named_agency(text, body, rules)
    published = next((day for day in dates if isinstance(day, Published)), None)
    return Wire(
        published=published,
        place=place,
        publisher=publisher,
        title=title,
        body=body,
        misdated="" if published else next((day for day in dates if isinstance(day, str)), ""),
    )


def agency_tail(
    text: str, sentence: Span, language: Language, *, publisher: str | None = None
) -> tuple[Span, str] | None:
    """Return where a sentence ends with ", Trend reports." and the agency's name, if it does.

    The span leaves the final stop to the sentence. It must be the publisher's own name, where that
    is known, or else a known agency's: whoever else reports a thing is the one who says it.
    """
    start = max(sentence.start, sentence.end - _TAIL_REACH)
    if not any(verb in text[start : sentence.end] for verb in language.agency_verbs):
        return None
    tail = _TAIL.search(text, start, sentence.end)
    if not tail:
        return None
    name, verb = tail["name"] or tail["name2"].rstrip("."), tail["verb"] or tail["verb2"]
    if verb not in language.agency_verbs or not _is_own(name, publisher):
        return None
    end = sentence.end
    while end > tail.start() and text[end - 1] in ". \n\t":
        end -= 1
    return Span(tail.start(), end), name


def _is_own(name: str, publisher: str | None) -> bool:
    """Say whether an article's publisher may speak of itself by this name."""
    if publisher is None:
        return is_agency(name)
    words, whole = _words(name), _words(publisher)
    # "Trend" is "Trend News Agency" in short, but "Dushanbe" is not the "Dushanbe Times".
    return not is_city(name) and (words == whole or (is_agency(name) and words < whole))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower())) - {"the"}


def _moment(prefix: re.Match[str]) -> Published | str:
    """Return the day, and the moment where the zone is printed; the print if there is no such."""
    try:
        day = date(*map(int, prefix["day"].split("-")))
        if not prefix["zone"]:
            return Published(day=day)
        zone = "+00:00" if prefix["zone"].upper() in ("Z", "UTC") else prefix["zone"]
        at = datetime.fromisoformat(f"{day.isoformat()}T{prefix['time']}{zone}")
        return Published(day=day, at=at.astimezone(UTC))
    except (ValueError, OverflowError):
        return " ".join(prefix.group().split()[1:])


def _headed(text: str, start: int) -> tuple[Span | None, int, Published | str | None]:
    """Return the title above the report, where the report begins, and a day printed between."""
    blocks = paragraphs(text[: start + 4 * _TITLE], start=start)
    if not blocks:
        return None, start, None
    first = blocks[0]
    if len(blocks) == 1 or not _is_title(text, first) or dateline(text, first.start):
        return None, first.start, None
    day: Published | str | None = None
    for block in blocks[1:]:
        if dateline(text, block.start) or block.end - block.start > _BYLINE:
            return first, block.start, day
        if text[block.end - 1] in '.!?"”…':
            return first, block.start, day
        day = day or day_line(text, block.start)
    return None, first.start, None


def _is_title(text: str, block: Span) -> bool:
    piece = block.of(text)
    return len(piece) <= _TITLE and "\n" not in piece and piece[-1] not in ".,;:…"


def _named_agency(text: str, body: int, language: Language) -> str | None:
    """Return the agency that the lead or the last sentence names at its end."""
    last = max(body, text.rstrip().rfind("\n"), len(text) - 4 * _LEAD)
    ends = text[body : body + 4 * _LEAD] + text[last:]
    if not any(verb in ends for verb in language.agency_verbs):
        return None
    first = sentences(text[: body + 4 * _LEAD], language, start=body)[:2]
    for span in [*first, *sentences(text, language, start=last)[-1:]]:
        tail = agency_tail(text, span, language)
        if tail:
            return tail[1]
    return None
