"""An article read once: its sentences, and what may be shown of each."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from bot.core.language import Language
from bot.core.languages import language as language_of
from bot.core.leaning import leaning
from bot.core.people import Person, people
from bot.core.quotations import quotations
from bot.core.sentences import sentences
from bot.core.speakers import Attributed, attribute
from bot.core.transcript import Turn, turns
from bot.core.values import Article, Span, Speaker
from bot.core.wire import Wire, read

#: A quotation is shown alone from so many words on.
_QUOTED_WORDS = 5
#: A sentence has more words than this; what has fewer is a heading, a caption or a scrap.
_SCRAP_WORDS = 3
#: The same for scripts that set no gaps, in characters.
_SCRAP_CHARACTERS = 6
#: A sentence longer than this was not written to be read as one, in characters.
_ENDLESS = 2000

#: The United States is no pronoun, and a small "i" numbers a list.
_CAPITALS = frozenset({"US", "i"})
_LIST_MARK = re.compile(r"(?:[-*•–·▪●]+|\(?\d{1,2}[.)])\s+")
_DOUBLE_MARK = re.compile('[“”„«»"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an article, and what it needs to be shown."""

    #: Its place in the article, from 0.
    index: int
    span: Span
    #: The part of it that a line may show: all of it, or its words inside a quotation.
    part: Span
    #: Whether that part stands inside a quotation, and whose.
    quoted: bool = False
    speaker: Speaker | None = None
    #: Whether it stands where quotation marks do not pair.
    unpaired: bool = False
    #: Whether it may be shown at all.
    shows: bool = True
    #: Whether it points back, and so is shown only behind the sentence before it.
    leans: bool = False
    #: Whether one of its first words points back: "this imperative".
    vague: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the core reads out of an article before it chooses."""

    article: Article
    language: Language
    wire: Wire
    sentences: tuple[Sentence, ...]
    persons: tuple[Person, ...]
    #: The closed quotations with their speakers, in reading order.
    attributed: tuple[Attributed, ...]
    #: Where quotation marks do not pair.
    unpaired: tuple[Span, ...]


def report(article: Article) -> Report:
    """Return the article's sentences, its quotations with their speakers, and its people."""
    language = language_of(article.language)
    wire = read(article.text, article.language)
    persons = people(article.text, language)
    marks = quotations(article.text, start=wire.body)
    attributed = attribute(article.text, marks, persons, language)
    spans = sentences(article.text, language, start=wire.body)
    spoken = turns(article.text, start=wire.body)
    lower = article.text.lower()
    boilerplate = tuple(phrase for phrase in language.boilerplate if phrase in lower)
    found: list[Sentence] = []
    first = broken = 0
    for index, span in enumerate(spans):
        while first < len(attributed) and attributed[first].quotation.outer.end <= span.start:
            first += 1
        touching = _touching(attributed, first, span)
        while broken < len(marks.unpaired) and marks.unpaired[broken].end <= span.start:
            broken += 1
        unpaired = broken < len(marks.unpaired) and _overlap(span, marks.unpaired[broken])
        turn = _turn(spoken, span)
        carrier = next((item for item in touching if _carries(article.text, span, item)), None)
        place = _Place(
            text=article.text,
            index=index,
            span=span,
            # The marks of a turn are not looked at: all of it is its speaker's.
            unpaired=unpaired and not turn,
            language=language,
        )
        if turn:
            found.append(_answered(place, turn))
        elif carrier:
            found.append(_quoted(place, carrier))
        else:
            found.append(_narrated(place, touching, boilerplate))
    return Report(
        article=article,
        language=language,
        wire=wire,
        sentences=tuple(found),
        persons=persons,
        attributed=attributed,
        unpaired=marks.unpaired,
    )


def _turn(spoken: list[Turn], span: Span) -> Turn | None:
    """Return the turn that a sentence is part of."""
    place = bisect_right(spoken, span.start, key=lambda turn: turn.span.start) - 1
    return spoken[place] if place >= 0 and span.start < spoken[place].span.end else None


def _touching(attributed: tuple[Attributed, ...], first: int, span: Span) -> list[Attributed]:
    """Return the quotations that a sentence touches, looking from the first that may."""
    found: list[Attributed] = []
    for item in attributed[first:]:
        if item.quotation.outer.start >= span.end:
            break
        found.append(item)
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a sentence stands."""

    text: str
    index: int
    span: Span
    unpaired: bool
    language: Language

    def sentence(
        self, part: Span, *, shows: bool, speaker: Speaker | None = None, quoted: bool = False
    ) -> Sentence:
        """Return the sentence, of which a line may show a part."""
        back = leaning(part.of(self.text), self.language)
        return Sentence(
            index=self.index,
            span=self.span,
            part=part,
            quoted=quoted,
            speaker=speaker,
            unpaired=self.unpaired,
            shows=shows,
            leans=self.index > 0 and back.leans,
            vague=back.vague,
        )


def _quoted(place: _Place, item: Attributed) -> Sentence:
    """Return a sentence that is somebody's words."""
    part = _trimmed(place.text, _common(place.span, item.quotation.inner))
    shows = _says_something(part.of(place.text)) and _is_known(item.speaker, place.language)
    return place.sentence(part, shows=shows, speaker=item.speaker, quoted=True)


def _is_known(speaker: Speaker | None, language: Language) -> bool:
    """Say whether a speaker can be printed: nobody, or a bare "he", tells the reader nothing."""
    pronouns = language.pronouns | language.first_person
    return speaker is not None and bool(speaker.name or speaker.label.lower() not in pronouns)


def _answered(place: _Place, turn: Turn) -> Sentence:
    """Return a sentence of a transcript: the speaker's words, when they answer and do not ask."""
    part = Span(max(_behind_mark(place.text, place.span), turn.words.start), place.span.end)
    shows = not turn.asks and _says_something(part.of(place.text))
    speaker = Speaker(label=turn.label, name=None)
    return place.sentence(part, shows=shows, speaker=speaker, quoted=True)


def _behind_mark(text: str, span: Span) -> int:
    """Return where the words of an item in a list begin, behind its bullet or number."""
    mark = _LIST_MARK.match(text, span.start, span.end)
    return mark.end() if mark and mark.end() < span.end else span.start


def _narrated(place: _Place, inside: list[Attributed], boilerplate: tuple[str, ...]) -> Sentence:
    """Return a sentence of the article's own, which may hold whole quotations.

    The boilerplate is what the article has of its language's.
    """
    text, span, language = place.text, place.span, place.language
    part = Span(_behind_mark(text, span), span.end)
    words = part.of(text)
    lower = words.lower()
    shows = (
        len(words) <= _ENDLESS
        and not words.endswith(":")
        and all(span.holds(item.quotation.outer) for item in inside)
        and not ((place.unpaired or not language.reporting) and _DOUBLE_MARK.search(words))
        and re.search(language.inquiries, words) is None
        and not _is_first_person(_outside(text, span, inside), language)
        and _says_something(words)
        and not any(phrase in lower for phrase in boilerplate)
    )
    return place.sentence(part, shows=shows)


def _carries(text: str, span: Span, item: Attributed) -> bool:
    """Say whether the sentence is the quotation's words, with at most who says them beside."""
    outer, inner = item.quotation.outer, item.quotation.inner
    inside = _common(span, inner)
    if len(inside.of(text).split()) < _QUOTED_WORDS:
        return span.start >= outer.start and span.end <= outer.end
    before = text[span.start : outer.start].strip()
    if before and not (item.said and item.said.start <= span.start + 1):
        return False
    after = text[outer.end : span.end].strip(" ,.;:!?\n")
    return not after or item.said is not None


def _common(span: Span, inner: Span) -> Span:
    return Span(max(span.start, inner.start), max(min(span.end, inner.end), inner.start))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return Span(start, end)


def _outside(text: str, span: Span, inside: list[Attributed]) -> str:
    """Return the words of a sentence that no quotation holds."""
    pieces: list[str] = []
    position = span.start
    for item in inside:
        outer = item.quotation.outer
        pieces.append(text[position : max(position, outer.start)])
        position = min(max(position, outer.end), span.end)
    pieces.append(text[position : span.end])
    return " ".join(pieces)


def _is_first_person(narration: str, language: Language) -> bool:
    found = _first_person(language).finditer(narration)
    return any(word.group() not in _CAPITALS for word in found)


@lru_cache(maxsize=8)
def _first_person(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(language.first_person)) or "(?!)"
    return re.compile(rf"(?<![\w'’])(?:{words})(?!\w)", re.IGNORECASE)


def _says_something(piece: str) -> bool:
    """Say whether a piece is a sentence and not a heading, a caption or a scrap."""
    words = piece.split()
    gapless = len(words) <= 1 and not piece.isascii() and len(piece) > _SCRAP_CHARACTERS
    return len(words) > _SCRAP_WORDS or gapless
