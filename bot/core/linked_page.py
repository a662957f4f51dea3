"""A brief of a page that somebody named, or why there is none."""

from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from bot.core.beginning import is_beginning
from bot.core.board import quotes_part
from bot.core.diary import ahead_part
from bot.core.extent_words import no_more_words
from bot.core.footnotes import Footnotes
from bot.core.health import Fault, Reason
from bot.core.ledger import figures_part
from bot.core.page import Block, Heading, Inline, Item, Link, Note, Page, Paragraph, Plain
from bot.core.phrases import line_spans, one_line, plain
from bot.core.shown import shown
from bot.core.told import FULL_EVENTS, FULL_FIGURES, FULL_LINES, FULL_QUOTES
from bot.core.values import Article, Brief, Extent, Line
from bot.core.wording import DayForm, Words, fill


def linked_page(brief: Brief, *, read: datetime, stored: bool, words: Words, zone: tzinfo) -> Page:
    """Return the brief of a page, whence and when it was read, and whether the archive has it."""
    article, notes = brief.article, Footnotes(words)
    title = (Plain(one_line(brief.headline.text) or words.gettext("(no headline)")),)
    blocks: list[Block] = [Heading(title), Paragraph((Plain(_origin(article, words)),))]
    lines = shown(brief, limit=FULL_LINES, lead=True)
    blocks += [Item((*line_spans(line), *_mark(line, notes))) for line in lines]
    facts = brief.facts
    if article.extent is Extent.TEASER:
        blocks.append(Note((Plain(_part(article, words)),)))
    if not (lines or facts.figures or facts.quotes or facts.ahead):
        blocks.append(Paragraph((Plain(no_more_words(brief, words)),)))
    blocks += figures_part(facts.figures, words, most=FULL_FIGURES)
    blocks += quotes_part(facts.quotes, lines, notes, words, most=FULL_QUOTES)
    blocks += ahead_part(facts.ahead, article.published, words, most=FULL_EVENTS)
    blocks += notes.blocks()
    blocks.append(Note(_provenance(article, read.astimezone(zone), words, stored=stored)))
    return Page(tuple(blocks), plain(title))


def unread_page(fault: Fault, *, words: Words, operator: bool = False) -> Page:
    """Return why the page of an address was not read; the operator is told any hint, too."""
    said: tuple[Inline, ...] = (Plain(_why(fault, words, operator=operator)),)
    return Page((Paragraph(said),), plain(said))


def busy_page(*, words: Words) -> Page:
    """Return that too many pages are being read just now."""
    message = words.gettext("I am reading too many pages just now. Ask again in a minute.")
    return Page((Paragraph((Plain(message),)),), message)


def _part(article: Article, words: Words) -> str:
    """Return why no more than a part of the page was read."""
    if is_beginning(article.text, article.extent):
        return words.gettext("That page is very long: I have read its beginning only.")
    return words.gettext("Only a part of that page is open to all.")


def _mark(line: Line, notes: Footnotes) -> tuple[Inline, ...]:
    mark = notes.mark(unpaired=line.unpaired, speaker=line.speaker)
    return (Plain(mark),) if mark else ()


def _origin(article: Article, words: Words) -> str:
    parts = [one_line(article.publisher or article.source)]
    if article.place:
        parts.append(one_line(article.place))
    if article.published is None:
        parts.append(words.gettext("no date"))
    else:
        parts.append(words.day(article.published.day, DayForm.LONG))
    return " · ".join(parts)


def _provenance(
    article: Article, read: datetime, words: Words, *, stored: bool
) -> tuple[Inline, ...]:
    # Whatever the page says of itself, its identity is its address.
    url = article.url or article.id
    if stored:
        message = words.gettext("The article: {page}. It is in the archive.")
    else:
        message = words.gettext("Read at {time}: {page}. It is not kept in the archive.")
    return fill(message, time=words.time(read.time()), page=Link(_host(url) or url, url))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _why(fault: Fault, words: Words, *, operator: bool) -> str:
    """Return a sentence for who asked; what the machine says of it stands in brackets."""
    detail = one_line(fault.particulars if operator else fault.detail)
    # Translators: what the machine says, behind the words of why a page was not read.
    aside = words.gettext(" ({detail})").format(detail=detail) if detail else ""
    return _reason(fault.reason, words).format(detail=aside)


def _reason(reason: Reason, words: Words) -> str:  # noqa: C901, PLR0911, PLR0912 - a row a reason
    """Return the message of a reason, which leaves room for the detail."""
    match reason:
        case Reason.FORBIDDEN_ADDRESS:
            return words.gettext("I only read pages on the public internet{detail}.")
        case Reason.NO_SUCH_HOST:
            return words.gettext(
                "No name server knows that host{detail}. Is the address spelled right?"
            )
        case Reason.NO_CONNECTION:
            return words.gettext("That site takes no connection{detail}. Try again later.")
        case Reason.NO_ANSWER:
            return words.gettext("That site gives no answer in time{detail}. Try again later.")
        case Reason.BAD_CERTIFICATE:
            return words.gettext("That site shows a certificate that I cannot trust{detail}.")
        case Reason.REDIRECTED_TOO_OFTEN:
            return words.gettext(
                "That address sends me on and on{detail}. Try the page's own address."
            )
        case Reason.TOO_LARGE:
            return words.gettext("That page is too large to be an article{detail}.")
        case Reason.LOGIN_PAGE:
            return words.gettext("That page wants somebody to sign in{detail}, which I cannot do.")
        case Reason.TOO_MANY_REQUESTS:
            return words.gettext("That site wants to be asked less often{detail}. Try again later.")
        case Reason.ABSENT | Reason.GONE:
            return words.gettext("There is no page at that address{detail}, or no longer.")
        case Reason.HTTP_ERROR:
            return words.gettext("That site answers with an error in place of the page{detail}.")
        case Reason.ROBOTS:
            return words.gettext("That site asks robots not to read the page{detail}.")
        case Reason.BAD_ENCODING:
            return words.gettext("That page has letters that I cannot decode{detail}.")
        case Reason.NO_TEXT | Reason.EMPTY:
            return words.gettext("I found no article in that page{detail}.")
        case Reason.BINARY | Reason.UNKNOWN_KIND:
            return words.gettext(
                "That is no web page{detail}: I read articles, not pictures or papers."
            )
        case _:
            return words.gettext("That page could not be read{detail}.")
