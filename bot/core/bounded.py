"""A page that floods no chat: what makes it too long is left out, and the page says so."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.page import Block, Buttons, Entry, Heading, Inline, Note, Page, Plain, Prose
from bot.core.phrases import listed, plain
from bot.core.shorten import first_words
from bot.core.values import Span
from bot.core.wording import Words

#: A page is at most this long: some 10 messages of Telegram, in its units of UTF-16.
MOST = 32_000
#: The same for one block of it: nobody reads a longer one in a chat.
LONGEST = 3_500
#: What stands out counts for so many more: a message has 4096 units and at most 100 of these.
_STANDS_OUT = 40
#: Kept free for the sentence that names what is left out.
_ROOM = 1_000
#: So many headings are named before the rest is counted; of each so many characters.
_NAMED, _NAME = 10, 80


def bounded(page: Page, *, words: Words) -> Page:
    """Return the page without passages that are too long for a chat, and with an end.

    Nothing is cut in the middle; the last notes and the buttons stay.
    """
    blocks = tuple(_short(block, words) for block in page.blocks)
    if sum(map(_length, blocks)) > MOST:
        blocks = _ended(blocks, words)
    return page if blocks == page.blocks else replace(page, blocks=blocks)


def _short(block: Block, words: Words) -> Block:
    """Return the block, or what is said in place of one that is too long."""
    if isinstance(block, Buttons) or _length(block) <= LONGEST:
        return block
    count = len(plain(_spans(block)))
    message = words.ngettext(
        "Left out here: {count} character in one piece, too long for a chat.",
        "Left out here: {count} characters in one piece, too long for a chat.",
        count,
    )
    return Note((Plain(message.format(count=words.number(count))),))


def _ended(blocks: Sequence[Block], words: Words) -> tuple[Block, ...]:
    """Return as many of the first blocks as there is room for, what is left out, and the last."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Note | Buttons):
        end -= 1
    body, last = blocks[:end], blocks[end:]
    room = MOST - _ROOM - sum(map(_length, last))
    taken = 0
    while taken < len(body) and _length(body[taken]) <= room:
        room -= _length(body[taken])
        taken += 1
    taken = _whole(body, taken)
    return (*body[:taken], _left_out(body[taken:], words), *last)


def _whole(body: Sequence[Block], taken: int) -> int:
    """Return how many blocks to keep so that the last part is whole, if that leaves one."""
    heads = [place for place in range(1, taken + 1) if _is_head(body, place)]
    return heads[-1] if heads else taken


def _is_head(body: Sequence[Block], place: int) -> bool:
    block = body[place] if place < len(body) else None
    return isinstance(block, Heading) and block.level > 1


def _left_out(gone: Sequence[Block], words: Words) -> Note:
    names = [_name(block) for block in gone if isinstance(block, Heading)]
    if names:
        message = words.gettext("Left out here, for this would be too long for a chat: {names}.")
        said = message.format(names=listed(names, words, most=_NAMED))
    else:
        message = words.ngettext(
            "{count} more is left out here, for this would be too long for a chat.",
            "{count} more are left out here, for this would be too long for a chat.",
            len(gone),
        )
        said = message.format(count=words.number(len(gone)))
    return Note((Plain(said),))


def _name(heading: Heading) -> str:
    name = plain(heading.spans)
    if len(name) <= _NAME:
        return name
    return f"{first_words(name, Span(0, len(name)), _NAME).of(name)} …"


def _length(block: Block) -> int:
    """Return how much of a chat's messages a block takes."""
    if isinstance(block, Buttons):
        return 0
    spans = _spans(block)
    said = plain(spans)
    units = len(said) if said.isascii() else len(said.encode("utf-16-le", "surrogatepass")) // 2
    return units + _STANDS_OUT * sum(not isinstance(span, Plain) for span in spans)


def _spans(block: Prose) -> tuple[Inline, ...]:
    return (*block.term, *block.spans) if isinstance(block, Entry) else block.spans
