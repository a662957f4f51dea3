"""One story of a digest in full, as a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.core.board import quotes_part
from bot.core.buttons import story_buttons
from bot.core.diary import ahead_part
from bot.core.extent_words import extent_words, no_more_words
from bot.core.footnotes import Footnotes
from bot.core.ledger import figures_part
from bot.core.page import Block, Code, Heading, Inline, Item, Link, Note, Page, Paragraph, Plain
from bot.core.phrases import line_spans, listed, numbered, one_line, plain, publishers_of
from bot.core.shown import shown
from bot.core.values import Article, Line, Story
from bot.core.wording import DayForm, Words, fill

#: How many lines ``/brief N`` shows at most.
FULL_LINES = 7
#: The same for its figures, its quotations and what it says is ahead.
FULL_FIGURES, FULL_QUOTES, FULL_EVENTS = 8, 3, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story in full: what we have of it now, and the digest that numbered it."""

    story: Story
    #: The articles that print it, the lead first, as far as they are still there.
    articles: tuple[Article, ...]
    #: When the digest was made.
    made: datetime
    #: How many stories it has; 0 where that is not known.
    stories: int = 0


def story_page(told: Told, *, words: Words, zone: tzinfo) -> Page:
    """Return all there is of a story: where it comes from, its lines and facts, who prints it."""
    brief = told.story.brief
    notes = Footnotes(words)
    today = told.made.astimezone(zone).date()
    title = numbered(told.story, words)
    blocks: list[Block] = [Heading(title), Paragraph(_origin(told.story, words))]
    lines = shown(brief, limit=FULL_LINES, lead=True)
    blocks += [Item((*line_spans(line), *_mark(line, notes))) for line in lines]
    facts = brief.facts
    if not (lines or facts.figures or facts.quotes or facts.ahead):
        blocks.append(Paragraph((Plain(no_more_words(brief, words)),)))
    blocks += figures_part(facts.figures, words, most=FULL_FIGURES)
    blocks += quotes_part(facts.quotes, lines, notes, words, most=FULL_QUOTES)
    blocks += ahead_part(facts.ahead, brief.article.published, words, most=FULL_EVENTS)
    blocks += notes.blocks()
    linked = [article for article in told.articles if _has_link(article)]
    if linked:
        blocks.append(Note(_links(linked, words)))
    if ways := " ".join(_ways(told, len(told.articles) - len(linked), words)):
        blocks.append(Note((Plain(ways),)))
    made = told.made.astimezone(zone)
    # A story may be asked for before any digest was shown.
    message = words.gettext("Story {number} of the news as of {day}, {time}.")
    day, number = words.day(today, DayForm.WEEKDAY), words.number(told.story.number)
    digest = fill(message, number=number, day=day, time=words.time(made.time()))
    typed = Code(f"/brief {told.story.number} sources")
    hint = fill(words.gettext("Each line in its source sentence: {typed}"), typed=typed)
    blocks.append(Note((*digest, Plain(" "), *hint)))
    blocks.append(story_buttons(told.story.number, told.stories, told.made, words))
    return Page(tuple(blocks), plain(title))


def _mark(line: Line, notes: Footnotes) -> tuple[Inline, ...]:
    """Return the mark of a line whose quotation marks or speaker need a remark, if they do."""
    mark = notes.mark(unpaired=line.unpaired, speaker=line.speaker)
    return (Plain(mark),) if mark else ()


def _origin(story: Story, words: Words) -> tuple[Inline, ...]:
    """Return who prints a story, and then where and when."""
    article = story.brief.article
    parts: list[str] = []
    if article.place:
        parts.append(one_line(article.place))
    if article.published is None:
        parts.append(words.gettext("no date"))
    else:
        parts.append(words.day(article.published.day, DayForm.LONG))
    parts += extent_words(article, words)
    said = "".join(f" · {part}" for part in parts)
    return (Plain(listed(publishers_of(story), words)), Plain(said))


def _ways(told: Told, unlinked: int, words: Words) -> Iterator[str]:
    """Yield the sentences that lead to other stories and tell of the articles behind this one."""
    same = told.story.same_speech
    if same:
        message = words.ngettext(
            "Same speech: story {numbers}.", "Same speech: stories {numbers}.", len(same)
        )
        yield message.format(numbers=listed([str(number) for number in same], words))
    count = len(told.articles)
    if count > 1:
        message = words.ngettext(
            "{count} article prints this.", "{count} articles print this.", count
        )
        yield message.format(count=words.number(count))
    if unlinked == count == 1:
        yield words.gettext("No link: this article came as a file.")
    elif unlinked:
        message = words.ngettext(
            "No link: {count} article came as a file.",
            "No link: {count} articles came as files.",
            unlinked,
        )
        yield message.format(count=words.number(unlinked))


def _links(articles: Sequence[Article], words: Words) -> tuple[Inline, ...]:
    """Return the articles' publishers, each leading to its article."""
    spans: list[Inline] = []
    for article in articles:
        if spans:
            spans.append(Plain(words.pgettext("list", ", ")))
        spans.append(Link(one_line(article.publisher or article.source), article.url or ""))
    return (Plain(words.gettext("The articles:") + " "), *spans)


def _has_link(article: Article) -> bool:
    """Say whether the article has a web link; other kinds may run a program where clicked."""
    return (article.url or "").startswith(("https://", "http://"))
