"""Whose words an article quotes, exactly as it prints them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bot.core.report import Report
from bot.core.sentences import paragraphs
from bot.core.speakers import Attributed
from bot.core.values import Quote, Span

#: A quotation of fewer words is a term or a turn of phrase; the halves of a sentence count as one.
_WORDS = 5

#: Between an attribution and the other half: "…," said Li Wen, the founder, "…".
_INTERRUPTED = re.compile(r",(?: [^,.!?;:“”\"«»\n]{1,80},)?\s")


def quotes(report: Report) -> tuple[Quote, ...]:
    """Return the closed quotations whose speaker the article leaves in no doubt, in order.

    The words are an exact piece of the text; only white space at the ends and a comma before the
    closing mark are left out.
    """
    text = report.article.text
    starts = [block.start for block in paragraphs(text)]
    broken = {bisect_right(starts, span.start) for span in report.unpaired}
    ends = [sentence.span.end for sentence in report.sentences]
    begins = [sentence.span.start for sentence in report.sentences]
    found: list[Quote] = []
    for item, size in zip(report.attributed, _sizes(text, report.attributed), strict=True):
        span = _words(text, item.quotation.inner)
        if item.speaker is None or not item.certain or size < _WORDS or span.start == span.end:
            continue
        found.append(
            Quote(
                text=span.of(text),
                article=report.article.id,
                start=span.start,
                end=span.end,
                speaker=item.speaker,
                sentences=(bisect_right(ends, span.start) + 1, bisect_right(begins, span.end - 1)),
                unpaired=bisect_right(starts, item.quotation.outer.start) in broken,
            )
        )
    return tuple(found)


def _sizes(text: str, items: Sequence[Attributed]) -> list[int]:
    """Return how many words each quotation has, with the other half of its sentence."""
    sizes = [len(_words(text, item.quotation.inner).of(text).split()) for item in items]
    halves = [_goes_on(text, one, other) for one, other in pairwise(items)]
    for number, is_half in enumerate(halves):
        if is_half:
            sizes[number + 1] += sizes[number]
    for number in reversed(range(len(halves))):
        if halves[number]:
            sizes[number] = sizes[number + 1]
    return sizes


def _goes_on(text: str, one: Attributed, other: Attributed) -> bool:
    """Say whether only the attribution parts two halves: "We go," he said, "but not far"."""
    between = Span(one.quotation.outer.end, other.quotation.outer.start)
    return (
        one.said is not None
        and between.start <= one.said.start
        and one.said.end <= between.end
        and one.speaker == other.speaker
        and _INTERRUPTED.fullmatch(text, one.said.end, between.end) is not None
        and other.quotation.inner.of(text).lstrip()[:1].islower()
    )


def _words(text: str, inner: Span) -> Span:
    start, end = inner.start, inner.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end)
