"""Who said what, in their own words, as a page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.core.fact_verbs import QuotesOf
from bot.core.footnotes import Footnotes
from bot.core.languages import language
from bot.core.origin import Occasion, Selection, Traced, name_words, provenance
from bot.core.page import Block, Code, Heading, Inline, Item, Note, Page, Plain, Quotation
from bot.core.phrases import one_line, plain
from bot.core.remainder import nothing_blocks, remainder
from bot.core.sentences import sentences
from bot.core.shorten import first_words
from bot.core.values import Line, Quote, Span
from bot.core.wording import Words, fill

#: A quotation is cut behind a word once it is longer than this, in characters.
LONGEST = 2000
#: How many quotations a page shows before the rest is counted.
MOST_QUOTES = 12


def quotes_page(
    found: Selection[Quote], *, asked: QuotesOf, occasion: Occasion, words: Words
) -> Page:
    """Return the quotations by speaker, each an exact piece of its source.

    Of those with several sentences only the first is shown, save where all of them was asked for.
    """
    title = fill(words.gettext("Quotations · newest first"))
    if asked.name:
        title = fill(words.gettext("Quotations of “{name}”"), name=asked.name)
    if not found.first:
        message = words.gettext("I have no quotation of anybody called “{name}”.")
        none = words.gettext("I have no quotations yet.")
        said = fill(message if asked.name else none, name=asked.name)
        blocks = nothing_blocks(said, "/quotes", asked.name, occasion, words)
        return Page(tuple(blocks), plain(said))
    notes = Footnotes(words)
    shown: list[Block] = [Heading(title)]
    shortened = False
    for speaker, quotes in _by_speaker(found.first):
        shown.append(Heading((Plain(f"{speaker} · {_count(quotes, words)}"),), level=2))
        for traced in quotes:
            pieces = _sentences(traced)
            whole = asked.whole or len(pieces) == 1
            shortened = shortened or not whole
            spans = quote_words(traced.fact.text if whole else pieces[0])
            if not whole:
                spans += f" {_whole(len(pieces), words)}"
            spans += notes.mark(unpaired=traced.fact.unpaired, speaker=traced.fact.speaker)
            shown.append(Item((Plain(f"{spans} — "), *provenance(traced.origin, occasion, words))))
    shown += notes.blocks()
    if shortened:
        shown.append(Note(_hint(asked, words)))
    shown += remainder(found.more, occasion, words, narrower="/quotes NAME")
    return Page(tuple(shown), plain(title))


def quote_words(text: str) -> str:
    """Return the words of a quotation between marks, without what only led on to its speaker.

    Of a very long one the end is left out, and the marks say so.
    """
    said = one_line(text)
    if len(said) > LONGEST:
        return f"“{first_words(said, Span(0, len(said)), LONGEST).of(said).rstrip('.,;: ')} …”"
    return f"“{said.rstrip(',;: ') or said}”"


def quotes_part(
    quotes: Sequence[Quote], lines: Sequence[Line], notes: Footnotes, words: Words, *, most: int
) -> Iterator[Block]:
    """Yield quotations of one story whole, at most so many, those that no line shows already.

    Nothing is yielded where there is none.
    """
    new = [quote for quote in quotes if not any(_shows(line, quote) for line in lines)][:most]
    if not new:
        return
    title = words.ngettext("Quotation", "Quotations", len(new))
    yield Heading((Plain(title),), level=2)
    for quote in new:
        mark = notes.mark(unpaired=quote.unpaired, speaker=quote.speaker)
        name = one_line(quote.speaker.name or quote.speaker.label)
        yield Quotation((Plain(f"{quote_words(quote.text)} — {name}{mark}"),))


def _shows(line: Line, quote: Quote) -> bool:
    """Say whether a line shows the whole quotation."""
    return (
        line.quoted
        and not line.cut
        and quote.sentences == (line.sentence, line.sentence)
        and Span(line.start, line.end).holds(Span(quote.start, quote.end))
    )


def _by_speaker(found: Sequence[Traced[Quote]]) -> Iterator[tuple[str, list[Traced[Quote]]]]:
    """Yield each speaker with the quotations, in the order of their first.

    Whoever is not named is somebody else in each article.
    """
    order: dict[tuple[object, ...], int] = {}
    for traced in found:
        order.setdefault(_identity(traced), len(order))
    grouped = sorted(found, key=lambda traced: order[_identity(traced)])
    for _, group in groupby(grouped, key=_identity):
        quotes = list(group)
        speaker = quotes[0].fact.speaker
        yield one_line(speaker.name or speaker.label), quotes


def _identity(traced: Traced[Quote]) -> tuple[object, ...]:
    speaker = traced.fact.speaker
    if speaker.name is None:
        return (name_words(speaker.label), traced.origin.id)
    return name_words(speaker.name)


def _sentences(traced: Traced[Quote]) -> list[str]:
    text = traced.fact.text
    return [span.of(text) for span in sentences(text, language(traced.origin.language))] or [text]


def _count(quotes: Sequence[object], words: Words) -> str:
    message = words.ngettext("{count} quotation", "{count} quotations", len(quotes))
    return message.format(count=words.number(len(quotes)))


def _whole(count: int, words: Words) -> str:
    message = words.ngettext("[whole: {count} sentence]", "[whole: {count} sentences]", count)
    return message.format(count=words.number(count))


def _hint(asked: QuotesOf, words: Words) -> tuple[Inline, ...]:
    typed = f"/quotes {asked.name} whole" if asked.name else "/quotes whole"
    return fill(words.gettext("Every quotation in full: {typed}"), typed=Code(typed))
