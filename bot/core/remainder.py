"""What a page of facts does not show: the rest of a long list, and articles still unread."""

from collections.abc import Iterator, Sequence

from bot.core.origin import Occasion
from bot.core.page import Block, Code, Inline, Note, Paragraph
from bot.core.wording import Words, fill


def remainder(
    more: int, occasion: Occasion, words: Words, *, narrower: str = ""
) -> Iterator[Block]:
    """Yield how many more there are, and how many articles were not looked through yet.

    The narrower verb, where there is one, is what leads to them.
    """
    if more and narrower:
        message = words.ngettext(
            "and {count} more: to narrow it, {typed}",
            "and {count} more: to narrow it, {typed}",
            more,
        )
        yield Note(fill(message, count=words.number(more), typed=Code(narrower)))
    elif more:
        message = words.ngettext("and {count} more", "and {count} more", more)
        yield Note(fill(message, count=words.number(more)))
    if occasion.unread:
        message = words.ngettext(
            "I am still looking through {count} older article: ask again in a while.",
            "I am still looking through {count} older articles: ask again in a while.",
            occasion.unread,
        )
        yield Note(fill(message, count=words.number(occasion.unread)))


def nothing_blocks(
    said: Sequence[Inline], verb: str, sought: str, occasion: Occasion, words: Words
) -> Iterator[Block]:
    """Yield that nothing was found, what else to try, and whether there may be more later."""
    yield Paragraph(tuple(said))
    if sought:
        message = words.gettext("Try fewer or other words, or {verb} for all there is.")
        yield Note(fill(message, verb=Code(verb)))
    yield from remainder(0, occasion, words)
