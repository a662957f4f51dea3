"""How far the facts found in an article agree with its labels.

What is labelled minor is neither rewarded nor punished. What is found in part, or with a wrong
speaker, hedge or day, is both wrong and missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from bot.core.values import Event, Facts, Figure, Quote
from tests.labels import EventLabel, FigureLabel, Label, Labels, QuoteLabel

Fact = Quote | Figure | Event
#: A label's number, a found fact's number, and how much of the label that fact meets.
Pair = tuple[int, int, int]

#: How much of a label a found fact meets; of two ways to pair them, the one with more is taken.
_MINOR_PART, _MINOR, _PART, _RIGHT = 1, 10, 100, 1000
#: What may stand before a time without changing it.
_BEFORE_TIME = re.compile(
    r"^(?:(?:on|in|by|at|from|for|during|until|till|before|after|since|over|through|within|between|of"
    r"|as of|the)\b\s*)+",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
#: Marks and stops that may stand around a quotation's words.
_EDGES = " \n\t,.;:!?…-–—\"'“”‘’«»"
#: Labels round thirds and the like to so many places.
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts are right, and which are not."""

    right: int = 0
    #: Right, or right but for what goes with the words: speaker; hedge, period and so on; what.
    loose: int = 0
    #: Found but not so; each in words for a person.
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        """Return the tally of both together."""
        return Tally(
            right=self.right + other.right,
            loose=self.loose + other.loose,
            wrong=self.wrong + other.wrong,
            missing=self.missing + other.missing,
        )

    @property
    def found(self) -> int:
        """Return how many of the found count."""
        return self.right + len(self.wrong)

    @property
    def labelled(self) -> int:
        """Return how many of the labels count."""
        return self.right + len(self.missing)

    @property
    def precision(self) -> float:
        """Return which part of the found is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return which part of the labels was found; 1 where nothing is labelled."""
        return self.right / self.labelled if self.labelled else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """The three kinds of facts, each with its own tally."""

    quotes: Tally = Tally()
    figures: Tally = Tally()
    events: Tally = Tally()

    def __add__(self, other: "Tallies") -> "Tallies":
        """Return the tallies of both together."""
        return Tallies(
            quotes=self.quotes + other.quotes,
            figures=self.figures + other.figures,
            events=self.events + other.events,
        )


def score(labels: Labels, facts: Facts) -> Tallies:
    """Return how far the facts agree with the labels.

    Quotations and figures are paired in reading order, events by what fits best.
    """
    quotes = [[_quote(label, quote) for quote in facts.quotes] for label in labels.quotes]
    figures = [[_figure(label, figure) for figure in facts.figures] for label in labels.figures]
    events = [[_event(label, event) for event in facts.ahead] for label in labels.events]
    return Tallies(
        quotes=_tally(labels.quotes, facts.quotes, _in_order(quotes), _minor(quotes)),
        figures=_tally(labels.figures, facts.figures, _in_order(figures), frozenset()),
        events=_tally(labels.events, facts.ahead, _best(events), _minor(events)),
    )


def _tally(
    labels: Sequence[Label], found: Sequence[Fact], pairs: Sequence[Pair], left_out: frozenset[int]
) -> Tally:
    meant = {fact: labels[label] for label, fact, met in pairs if met == _PART}
    right = {label for label, _, met in pairs if met == _RIGHT}
    fine = left_out.union(fact for _, fact, _ in pairs).difference(meant)
    wrong = {number: _told(fact) for number, fact in enumerate(found) if number not in fine}
    return Tally(
        right=len(right),
        loose=len(right) + len(meant),
        wrong=tuple(
            f"{told}  [labelled: {_told(meant[number])}]" if number in meant else told
            for number, told in wrong.items()
        ),
        missing=tuple(
            _told(label)
            for number, label in enumerate(labels)
            if number not in right and not label.minor
        ),
    )


def _minor(worths: list[list[int]]) -> frozenset[int]:
    """Return the found facts that are, or are part of, something minor; it may be found twice."""
    return frozenset(fact for row in worths for fact, met in enumerate(row) if 0 < met <= _MINOR)


def _in_order(worths: list[list[int]]) -> list[Pair]:
    """Return the pairs that are worth most together, neither side changing its order."""
    rows, columns = len(worths), len(worths[0]) if worths else 0
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            both = best[row + 1][column + 1] + worths[row][column]
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs: list[Pair] = []
    row = column = 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column, worths[row][column]))
            row, column = row + 1, column + 1
    return pairs


def _best(worths: list[list[int]]) -> list[Pair]:
    """Return pairs in any order, what meets most of a label first."""
    free = [
        (label, fact, met)
        for label, row in enumerate(worths)
        for fact, met in enumerate(row)
        if met
    ]
    pairs: list[Pair] = []
    for label, fact, met in sorted(free, key=lambda pair: -pair[2]):
        if all(label != other[0] and fact != other[1] for other in pairs):
            pairs.append((label, fact, met))
    return pairs


def _quote(label: QuoteLabel, quote: Quote) -> int:
    ours, theirs = label.text.strip(_EDGES), quote.text.strip(_EDGES)
    if ours != theirs:
        return _MINOR_PART if label.minor and (ours in theirs or theirs in ours) else 0
    if label.minor:
        return _MINOR
    if not label.speaker:
        return _RIGHT if quote.speaker.name is None else _PART
    said = quote.speaker.name or quote.speaker.label
    return _RIGHT if _plain(label.speaker) == _plain(said) else _PART


def _figure(label: FigureLabel, figure: Figure) -> int:
    ours, theirs = _plain(label.text), _plain(figure.text)
    if ours != theirs:
        part = f" {theirs} " in f" {ours} " or f" {ours} " in f" {theirs} "
        return _MINOR_PART if label.minor and part else 0
    if label.minor:
        return _MINOR
    right = (
        _rounded(label.values) == _rounded(figure.values)
        and _words(" ".join(label.hedges)) == _words(figure.hedge)
        and (not label.period or _time(label.period) == _time(figure.period))
        and _all_in(label.about, figure.counts)
    )
    return _RIGHT if right else _PART


def _event(label: EventLabel, event: Event) -> int:
    described = _all_in(label.what, event.what)
    same_words = _time(label.when) == _time(event.when.text)
    if label.minor:
        if described:
            return _MINOR if same_words else _MINOR_PART
        return _MINOR_PART if same_words and label.when else 0
    dated = same_words and (label.first, label.last) == (event.when.first, event.when.last)
    if dated and described:
        return _RIGHT
    return _PART if described or (dated and label.when) else 0


def _plain(words: str) -> str:
    return _ARTICLE.sub("", " ".join(words.casefold().replace("-", " ").split()))


def _time(words: str) -> str:
    return _BEFORE_TIME.sub("", " ".join(words.casefold().split()))


def _words(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text.casefold()))


def _rounded(values: Sequence[Decimal]) -> list[Decimal]:
    return [value.quantize(_PLACES) for value in values]


def _all_in(words: Sequence[str], text: str) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def _told(fact: Fact | Label) -> str:
    """Return a fact or a label in one line, for a person who looks for the cause."""
    match fact:
        case Quote():
            return f"“{fact.text}” {fact.speaker.name or fact.speaker.label}"
        case QuoteLabel():
            return f"“{fact.text}” {fact.speaker or 'nobody can be known'}"
        case Figure():
            values = "..".join(map(str, fact.values))
            return f"{fact.text} = {values} | {fact.hedge} | {fact.counts} | {fact.period}"
        case FigureLabel():
            values, about = "..".join(map(str, fact.values)), ", ".join(fact.about)
            return f"{fact.text} = {values} | {'; '.join(fact.hedges)} | {about} | {fact.period}"
        case Event():
            return f"{fact.when.text} ({fact.when.first} to {fact.when.last}): {fact.what}"
        case EventLabel():
            return f"{fact.when} ({fact.first} to {fact.last}): {', '.join(fact.what)}"
        case _:
            assert_never(fact)
