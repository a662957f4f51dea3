"""What was found in the archive, as a page.

The results bear no numbers: ``/brief 3`` goes on meaning story 3 of the last digest, which a search
does not replace.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.buttons import search_buttons
from bot.core.hit import Hit
from bot.core.origin import day_words
from bot.core.page import Block, Code, Heading, Inline, Item, Link, Note, Page, Paragraph, Plain
from bot.core.phrases import line_spans, one_line, plain
from bot.core.search import NEWEST, PAGE, UNCOUNTED
from bot.core.search_verb import SEARCH, SearchFor
from bot.core.wording import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what was found."""

    asked: SearchFor
    #: How many articles were found in all, or ``UNCOUNTED``; in how many they were looked for.
    found: int
    searched: int
    hits: tuple[Hit, ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are to see."""
        return -(-min(self.found, NEWEST) // PAGE)


def found_page(results: Results, *, words: Words, today: date) -> Page:
    """Return the results as people read them, and how to see the next ones."""
    if not results.found:
        return _nothing(results, words)
    if not results.hits:
        return _no_such_page(results, words)
    title = fill(words.gettext("Search · {words}"), words=results.asked.query.typed)
    count = _count(results, words)
    blocks: list[Block] = [Heading(title), Paragraph((Plain(count),))]
    for hit in results.hits:
        blocks += _result(hit, words, today)
    if results.pages > 1:
        blocks.append(Note(_turning(results, words)))
    blocks += search_buttons(results.asked, results.pages, words)
    return Page(tuple(blocks), f"{plain(title)}: {count}")


def _count(results: Results, words: Words) -> str:
    message = words.ngettext(
        "{count} article, best and newest first.",
        "{count} articles, best and newest first.",
        results.found,
    )
    uncounted = results.found == UNCOUNTED
    count = f"{words.number(NEWEST)}+" if uncounted else words.number(results.found)
    said = message.format(count=count)
    if results.found <= NEWEST:
        return said
    message = words.gettext("Only the newest {most} are ranked: more words find fewer.")
    return f"{said} {message.format(most=words.number(NEWEST))}"


def _result(hit: Hit, words: Words, today: date) -> Iterator[Block]:
    headline = one_line(hit.headline.text) or words.gettext("(no headline)")
    yield Heading((Plain(headline),), level=2)
    yield Note(_provenance(hit, words, today))
    if hit.line is not None:
        yield Item(line_spans(hit.line))


def _provenance(hit: Hit, words: Words, today: date) -> tuple[Inline, ...]:
    """Return who printed an article and when; its link, or its id where it has none."""
    article = hit.article
    publisher = one_line(article.publisher or article.source)
    dated = words.pgettext("list", ", ") + day_words(article.published, today, words)
    # Links of other kinds may run a program where they are clicked.
    if (article.url or "").startswith(("https://", "http://")):
        return (Link(publisher, article.url or ""), Plain(dated))
    return (Plain(f"{publisher}{dated} · {one_line(article.id)}"),)


def _turning(results: Results, words: Words) -> tuple[Inline, ...]:
    """Return which page this is, and what to type for the next one."""
    asked, pages = results.asked, results.pages
    numbers = {"page": words.number(asked.page), "pages": words.number(pages)}
    if asked.page < pages:
        message = words.gettext("Page {page} of {pages}. The next: {typed}")
        return fill(message, **numbers, typed=Code(asked.on(asked.page + 1)))
    message = words.gettext("Page {page} of {pages}, the last. The first: {typed}")
    return fill(message, **numbers, typed=Code(asked.on(1)))


def _no_such_page(results: Results, words: Words) -> Page:
    asked, pages = results.asked, results.pages
    message = words.ngettext(
        "There is no page {page}: what I found fits {pages} page. The last: {typed}",
        "There is no page {page}: what I found fits {pages} pages. The last: {typed}",
        pages,
    )
    said = fill(
        message,
        page=words.number(asked.page),
        pages=words.number(pages),
        typed=Code(asked.on(pages)),
    )
    return Page((Paragraph(said),), plain(said))


def _nothing(results: Results, words: Words) -> Page:
    typed = results.asked.query.typed
    if not results.searched:
        said = fill(words.gettext("I have no articles yet, so none on {words}."), words=typed)
        return Page((Paragraph(said),), plain(said))
    message = words.ngettext(
        "Nothing on {words} in {count} article.",
        "Nothing on {words} in {count} articles.",
        results.searched,
    )
    said = fill(message, words=typed, count=words.number(results.searched))
    message = words.gettext("Every word must be there: try fewer or other ones. How: {help}")
    hint = fill(message, help=Code(f"/help {SEARCH.name}"))
    return Page((Paragraph(said), Note(hint)), plain(said))
