"""Which marks of a text open and close a quotation, and which have no partner."""

import re
from dataclasses import dataclass, field

from bot.core.sentences import paragraphs
from bot.core.values import Span

#: A quotation set in single marks has at least this many words; fewer are a term or a nickname.
_SINGLE_WORDS = 4

_MARK = re.compile(
    "[“”„«»「」『』\"‘’'](?:"
    '(?<=[“”„«»「」『』"])'  # double marks, wherever they stand
    "|(?<=[‘'])(?<!\\w[‘'])(?=\\w)"  # a single mark that may open: never between letters
    "|(?<=[.,!?…][’'])(?!\\w))"  # one that may close: only behind punctuation
)
_PARTNER = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", '"': '"', "‘": "’'", "'": "’'"}
_SINGLE = "‘’'"
_STRAIGHT = "\"'"


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, and the same with the marks."""

    inner: Span
    outer: Span


@dataclass(frozen=True, slots=True)
class Quotations:
    """The closed quotations of a text, and the stretches whose marks do not pair."""

    closed: tuple[Quotation, ...]
    #: From the mark without a partner to as far as it may have been meant to reach.
    unpaired: tuple[Span, ...]


def quotations(text: str, *, start: int = 0) -> Quotations:
    """Return the outermost quotations from a position on, paragraph by paragraph.

    A paragraph whose last quotation stays open is closed by the next one's opening mark, as
    newspapers print speech of several paragraphs.
    """
    closed: list[Quotation] = []
    unpaired: list[Span] = []
    blocks = paragraphs(text, start=start)
    for number, block in enumerate(blocks):
        pairing = _Pairing(text=text, block=block, last=block.start)
        for mark in _MARK.finditer(text, block.start, block.end):
            pairing.take(mark)
        following = text[blocks[number + 1].start] if number + 1 < len(blocks) else ""
        pairing.end(continued=following != "" and following in '“«"')
        closed += pairing.closed
        unpaired += pairing.unpaired
    return Quotations(tuple(closed), tuple(unpaired))


@dataclass(slots=True, kw_only=True)
class _Pairing:
    """What is open at a mark of one paragraph, and what was found before it."""

    text: str
    block: Span
    #: Where the last quotation of the paragraph ended.
    last: int
    opened: re.Match[str] | None = None
    #: How many quotations stand open inside the open one.
    depth: int = 0
    closed: list[Quotation] = field(default_factory=list)
    unpaired: list[Span] = field(default_factory=list)

    def take(self, mark: re.Match[str]) -> None:
        """Judge the next mark by what is open."""
        sign = mark.group()
        if self.opened is None:
            self._begin(mark)
        elif sign in _PARTNER[self.opened.group()] and not self._reopens(mark):
            if self.depth:
                self.depth -= 1
            else:
                self._close(self.opened, mark)
        elif sign == self.opened.group():
            self.depth += 1
        elif self.opened.group() in _SINGLE and sign in _PARTNER and sign not in _SINGLE:
            self.opened = mark  # what seemed to open was an apostrophe

    def end(self, *, continued: bool) -> None:
        """Judge what is still open where the paragraph ends."""
        if self.opened is None or self.opened.group() in _SINGLE:
            return
        whole = Span(self.opened.start(), self.block.end)
        if continued:
            self.closed.append(Quotation(Span(self.opened.end(), whole.end), whole))
        else:
            self.unpaired.append(whole)

    def _begin(self, mark: re.Match[str]) -> None:
        if self._opens(mark):
            self.opened, self.depth = mark, 0
        elif mark.group() not in _SINGLE:
            self.unpaired.append(Span(self.last, mark.end()))
            self.last = mark.end()

    def _close(self, opened: re.Match[str], mark: re.Match[str]) -> None:
        inner = Span(opened.end(), mark.start())
        is_term = opened.group() in _SINGLE and len(inner.of(self.text).split()) < _SINGLE_WORDS
        if not is_term:
            self.closed.append(Quotation(inner, Span(opened.start(), mark.end())))
            self.last = mark.end()
        self.opened = None

    def _reopens(self, mark: re.Match[str]) -> bool:
        """Say whether a straight mark opens a quotation inside the open one."""
        return mark.group() in _STRAIGHT and mark.end() < self.block.end and self._opens(mark)

    def _opens(self, mark: re.Match[str]) -> bool:
        """Say whether a mark may open: a straight one by the gap before it and none behind."""
        if mark.group() not in _PARTNER:
            return False
        if mark.group() not in _STRAIGHT:
            return True
        before = self.text[mark.start() - 1] if mark.start() > self.block.start else " "
        after = self.text[mark.end()] if mark.end() < self.block.end else " "
        return (before.isspace() or before in "([—–-“‘") and not after.isspace()
