"""The turns of a transcript: who speaks from where to where, by the labels before their words."""

import re
from collections import Counter
from dataclasses import dataclass

from bot.core.sentences import paragraphs
from bot.core.values import Span

#: A text is a transcript from so many labelled paragraphs on, one label at least twice.
_TURNS = 3
_REPEATED = 2

_LABEL = re.compile(r"(?P<label>[^\W\d_a-z][\w.’' -]{0,40}?)\s*[:：]\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one person says without a break."""

    #: The paragraph with its label, and the words behind the label.
    span: Span
    words: Span
    label: str
    #: Whether it asks, so that its words are no news.
    asks: bool


def turns(text: str, *, start: int = 0) -> list[Turn]:
    """Return the turns from a position on, or none where the text is no transcript."""
    found: list[Turn] = []
    for block in paragraphs(text, start=start):
        label = _LABEL.match(text, block.start, block.end)
        if label:
            words = Span(label.end(), block.end)
            asks = "?" in words.of(text) or "？" in words.of(text)
            found.append(Turn(span=block, words=words, label=label["label"], asks=asks))
    labels = Counter(turn.label for turn in found)
    most = max(labels.values(), default=0)
    return found if len(found) >= _TURNS and most >= _REPEATED and len(labels) > 1 else []
