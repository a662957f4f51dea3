"""The sources of a story: each line, figure, quotation and event in the sentence it stands in."""

from collections.abc import Iterator, Sequence

from bot.core.buttons import sentences_buttons
from bot.core.extent_words import no_more_words
from bot.core.page import Block, Code, Entry, Heading, Inline, Note, Page, Plain, Strong
from bot.core.phrases import numbered, one_line, plain
from bot.core.report import report
from bot.core.shown import shown
from bot.core.told import FULL_LINES, Told
from bot.core.values import Brief, Span
from bot.core.wording import DayForm, Words, fill

#: No more than so many figures, quotations and events are shown, each.
MOST_FACTS = 12


def sources_of_story(told: Told, *, words: Words) -> Page:
    """Return every line and fact of a story in its source sentence, what we show of it bold.

    The article is read once more for where its sentences stand: slow for a long one.
    """
    brief = told.story.brief
    page = _Sourced(brief, words)
    said = words.gettext("sources")
    title = (*numbered(told.story, words), Plain(f" · {said}"))
    blocks: list[Block] = [Heading(title)]
    if brief.headline.kept:
        blocks.append(page.line(words.gettext("Headline"), brief.headline.kept, None))
    lines = shown(brief, limit=FULL_LINES, lead=True)
    for number, line in enumerate(lines, start=1):
        blocks.append(page.line(words.number(number), line.kept, Span(line.start, line.end)))
    facts = brief.facts
    figures = [figure for figure in facts.figures if not figure.minor]
    blocks += page.part(
        words.gettext("Figures"),
        [(figure.text, (Span(figure.start, figure.end),)) for figure in figures],
    )
    blocks += page.part(
        words.gettext("Quotations"),
        [
            (quote.speaker.name or quote.speaker.label, (Span(quote.start, quote.end),))
            for quote in facts.quotes
        ],
    )
    blocks += page.part(
        words.gettext("Ahead"),
        [(event.when.text or words.gettext("no date given"), event.spans) for event in facts.ahead],
    )
    if len(blocks) == 1:
        blocks.append(Note((Plain(no_more_words(brief, words)),)))
    hint = words.gettext(
        "Bold is what is shown; [in brackets] is what a line leaves out. The story: {typed}"
    )
    blocks.append(Note(fill(hint, typed=Code(f"/brief {told.story.number}"))))
    blocks.append(sentences_buttons(told.story.number, told.stories, told.made, words))
    return Page(tuple(blocks), plain(title))


class _Sourced:
    """The sentences of the article behind a brief."""

    def __init__(self, brief: Brief, words: Words) -> None:
        self._article = brief.article
        self._words = words
        self._spans = [sentence.span for sentence in report(brief.article).sentences]

    def part(self, title: str, facts: Sequence[tuple[str, Sequence[Span]]]) -> Iterator[Block]:
        """Yield the facts under their title, or nothing where there is none."""
        if not facts:
            return
        yield Heading((Plain(title),), level=2)
        for term, spans in facts[:MOST_FACTS]:
            yield self._entry(one_line(term), spans, None, brackets=("", ""))
        if rest := len(facts[MOST_FACTS:]):
            message = self._words.ngettext("and {count} more", "and {count} more", rest)
            yield Note(fill(message, count=self._words.number(rest)))

    def line(self, term: str, kept: Sequence[Span], whole: Span | None) -> Entry:
        """Return the sentence of a line, its own words bold and what it leaves out in brackets.

        The brackets tell them apart where nothing can be bold.
        """
        return self._entry(term, kept, whole, brackets=("[", "]"))

    def _entry(
        self, term: str, kept: Sequence[Span], whole: Span | None, *, brackets: tuple[str, str]
    ) -> Entry:
        """Return the sentences that the kept pieces touch, those pieces bold, and their place."""
        pieces = sorted(kept)
        touched = [
            place
            for place, span in enumerate(self._spans)
            if any(span.start < piece.end and piece.start < span.end for piece in pieces)
        ]
        spans: list[Inline] = []
        stretches = [self._spans[place] for place in touched] or ([whole] if whole else pieces)
        for number, stretch in enumerate(stretches):
            gap = " " if number and touched and touched[number] == touched[number - 1] + 1 else ""
            spans += [
                Plain(gap or (" … " if number else "")),
                *self._marked(stretch, pieces, brackets),
            ]
        spans.append(Plain(f" — {self._place(touched)}"))
        return Entry((Strong(term),), tuple(span for span in spans if span.text))

    def _marked(
        self, stretch: Span, pieces: Sequence[Span], brackets: tuple[str, str]
    ) -> Iterator[Inline]:
        """Yield a stretch of the text, the pieces of it bold, the rest between the brackets."""
        position = stretch.start
        for piece in pieces:
            start, end = max(piece.start, position), min(piece.end, stretch.end)
            if start < end:
                yield Plain(self._words_of(position, start, brackets))
                yield Strong(self._words_of(start, end))
                position = end
        yield Plain(self._words_of(position, stretch.end, brackets))

    def _words_of(self, start: int, end: int, brackets: tuple[str, str] = ("", "")) -> str:
        """Return a piece of the text on one line between brackets; a space at its ends stays."""
        text = self._article.text[start:end]
        core = one_line(text)
        if not core:
            return " " if text else ""
        within = f"{brackets[0]}{core}{brackets[1]}"
        return f"{' ' if text[0].isspace() else ''}{within}{' ' if text[-1].isspace() else ''}"

    def _place(self, touched: Sequence[int]) -> str:
        """Return who printed the sentences, when, and which of the article's they are."""
        words, article = self._words, self._article
        day = words.gettext("no date")
        if article.published is not None:
            day = words.day(article.published.day, DayForm.BRIEF_YEAR)
        parts = [one_line(article.publisher or article.source), day]
        if touched:
            first, last = touched[0] + 1, touched[-1] + 1
            numbers = words.number(first)
            message = words.gettext("sentence {number} of {count}")
            if first != last:
                message = words.gettext("sentences {number} of {count}")
                numbers = f"{numbers}–{words.number(last)}"
            parts.append(message.format(number=numbers, count=words.number(len(self._spans))))
        return words.pgettext("list", ", ").join(parts)
