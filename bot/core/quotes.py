"""Whose words an article quotes, exactly as it prints them."""

from bisect import bisect_right

from bot.core.report import Report
from bot.core.sentences import paragraphs
from bot.core.values import Quote, Span

#: A quotation of fewer words is a term or a turn of phrase.
_WORDS = 5


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
    for item in report.attributed:
        span = _words(text, item.quotation.inner)
        if item.speaker is None or not item.certain or len(span.of(text).split()) < _WORDS:
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


def _words(text: str, inner: Span) -> Span:
    start, end = inner.start, inner.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end)
