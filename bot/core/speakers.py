"""Who says each quotation, where the article leaves no doubt."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.attributions import Attribution, before, behind
from bot.core.capitals import plain
from bot.core.language import Language
from bot.core.partial import within
from bot.core.people import Person, people
from bot.core.quotations import Quotation, Quotations
from bot.core.sentences import paragraphs
from bot.core.values import Span, Speaker
from bot.core.voices import Voices

#: "…," said Li Wen, the founder, "…"; "…," Li Wen said, adding: "…"
_INTERRUPTED = re.compile(
    r",(?: [^,.!?;:“”\"«»]{1,80},)?\s|,? (?:and added|adding)(?: that)?[,:]?\s"
)
_WORD = re.compile(r"\w+")
_ONE_SENTENCE = re.compile(r"[^.!?…:]{0,200}[.!?…]?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A quotation with its speaker and the words beside it that say so."""

    quotation: Quotation
    speaker: Speaker | None
    #: Where the attribution stands: "Tokayev said"; none where it tells more than that.
    said: Span | None = None
    #: Whether the article leaves no doubt whom the speaker's label means.
    certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Quoted words, or words whose marks do not pair, and what is said of them right there."""

    outer: Span
    block: Span
    #: The paragraph's number.
    number: int
    quotation: Quotation | None
    found: Attribution | None

    @property
    def place(self) -> Span:
        """Return where the words and their attribution stand."""
        said = self.found.said if self.found else self.outer
        return Span(min(said.start, self.outer.start), max(said.end, self.outer.end))

    @property
    def runs_on(self) -> bool:
        """Say whether the next paragraph goes on with the quotation."""
        return self.quotation is not None and self.quotation.inner.end == self.outer.end


def attribute(
    text: str, marks: Quotations, persons: tuple[Person, ...], language: Language
) -> tuple[Attributed, ...]:
    """Return each closed quotation with its speaker, or without one where that is uncertain.

    An attribution stands right behind its quotation or right before it; it also serves the whole
    sentences that are quoted beside it with nothing between.
    """
    small = plain(text, language)
    if small is None:
        return _attributed(text, marks, persons, language)
    found = _attributed(small, marks, people(small, language), language)
    return tuple(_in_capitals(item) for item in found)


def _attributed(
    text: str, marks: Quotations, persons: tuple[Person, ...], language: Language
) -> tuple[Attributed, ...]:
    blocks = paragraphs(text)
    stretches = list(_stretches(text, blocks, marks, language))
    labels = _shared(text, stretches, language)
    # Who is named is looked for only where somebody speaks.
    voices = Voices(text, blocks, persons, language) if any(labels) else None
    result: list[Attributed] = []
    for item, label in zip(stretches, labels, strict=True):
        place = item.place
        voice = voices.tell(label, item.number, place.start, place) if label and voices else None
        if item.quotation:
            said = item.found.said if item.found and not item.found.partial else None
            result.append(
                Attributed(
                    quotation=item.quotation,
                    speaker=voice.speaker if voice else None,
                    said=said,
                    certain=voice is not None and voice.certain,
                )
            )
    return tuple(result)


def _in_capitals(item: Attributed) -> Attributed:
    """Return the same with the speaker's words as a text in capitals prints them."""
    if item.speaker is None:
        return item
    label, name = item.speaker.label.upper(), item.speaker.name
    return replace(item, speaker=Speaker(label=label, name=name.upper() if name else None))


def _stretches(
    text: str, blocks: Sequence[Span], marks: Quotations, language: Language
) -> Iterator[_Stretch]:
    """Yield the quotations and the unpaired stretches in order, each with its attribution."""
    starts = [block.start for block in blocks]
    places: list[tuple[Span, Quotation | None]] = [(span, None) for span in marks.unpaired]
    places += [(quotation.outer, quotation) for quotation in marks.closed]
    for outer, quotation in sorted(places, key=lambda place: (place[0].start, place[0].end)):
        number = max(bisect_right(starts, outer.start) - 1, 0)
        block = blocks[number]
        found = behind(text, outer, block, language)
        if quotation and not found:
            found = before(text, outer, block, language)
        if quotation and not found:
            found = within(text, outer, block, language)
        yield _Stretch(outer=outer, block=block, number=number, quotation=quotation, found=found)


def _shared(text: str, stretches: Sequence[_Stretch], language: Language) -> list[str | None]:
    """Return each stretch's label: its own, or that of a neighbour it stands together with."""
    labels = [item.found.label if item.found else None for item in stretches]
    numbers = range(1, len(stretches))
    for number in numbers:
        one, other = stretches[number - 1], stretches[number]
        if labels[number] is None and _continues(text, one, other, language):
            labels[number] = labels[number - 1]
    for number in reversed(numbers):
        one, other = stretches[number - 1], stretches[number]
        if labels[number - 1] is None and _adjoins(text, one, other, language):
            labels[number - 1] = labels[number]
    return labels


def _continues(text: str, one: _Stretch, other: _Stretch, language: Language) -> bool:
    """Say whether the other's speaker goes on from the one, with his attribution between."""
    if _adjoins(text, one, other, language):
        return True
    if one.block != other.block or not one.found or one.found.said.end <= one.outer.end:
        return False
    rest = text[one.found.said.end : other.outer.start]
    if _INTERRUPTED.fullmatch(rest) and not one.found.partial:
        return True
    return (
        _is_sentence(text, other)
        and _ONE_SENTENCE.fullmatch(rest) is not None
        and rest.rstrip()[-1:] in (".", "!", "?")
        and not any(word in language.reporting for word in _WORD.findall(rest))
    )


def _adjoins(text: str, one: _Stretch, other: _Stretch, language: Language) -> bool:
    """Say whether nothing stands between two stretches of one speech."""
    if one.block == other.block:
        between = text[one.outer.end : other.outer.start]
        return not between.strip() and _is_sentence(text, one) and _is_sentence(text, other)
    # A mark that was only forgotten would hide an attribution inside the quotation.
    return (
        one.runs_on
        and text[one.outer.end : other.outer.start].isspace()
        and not any(word in language.reporting for word in _WORD.findall(one.outer.of(text)))
    )


def _is_sentence(text: str, item: _Stretch) -> bool:
    """Say whether a stretch begins where a sentence may begin and does not run into narration."""
    start, end = item.outer.start, item.outer.end
    while start > item.block.start and text[start - 1].isspace():
        start -= 1
    while end < item.block.end and text[end].isspace():
        end += 1
    begins = start == item.block.start or text[start - 1] in '.!?…”"’»'
    return begins and (end == item.block.end or item.found is not None or not text[end].islower())
