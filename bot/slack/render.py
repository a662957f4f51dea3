"""A page as Slack's messages: pure, so that the same page makes the same messages."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.delivery import Payload
from bot.core.page import Buttons, Document, Note, Page, Paragraph, Plain, Prose
from bot.slack.blocks import Block, actions, blocks_of, numbering
from bot.slack.cut import drafts
from bot.slack.fold import Folded, fold
from bot.slack.payload import File, Message, lines_of, text_of, write
from bot.slack.pieces import Piece, cleaned, is_blank, pieces, typed

#: What Slack's one command is called where nobody has named it otherwise.
COMMAND = "/brief"

#: What is to be typed, in words that bear no mark of it.
_TYPED = re.compile(r"(?<!\S)/[a-z]+\b")
#: A page that shows nothing at all, for no message can be empty.
_NOTHING = Paragraph((Plain("—"),))


def render(page: Page, *, flat: bool = False, command: str = COMMAND) -> tuple[Payload, ...]:
    """Return the page as messages within Slack's limits; nothing that it says is left out.

    A digest is folded unless it is to be flat: one message with headlines and lead lines, and a
    reply in its thread for each story. The buttons stand below the words of the channel. A document
    is left to the channel, which uploads it behind the words, or says what the page says instead.
    """
    said = tuple(pieces(_shown(page), command=command))
    folded = fold(said) if not flat and _is_digest(page) else Folded(said)
    summary = _TYPED.sub(lambda found: typed(found[0], command), cleaned(page.summary).strip())
    made = list(_messages(folded.main, actions(page), summary=summary))
    if page.document is not None:
        made.append(_file(page.document, command))
    for story in folded.replies:
        made += _messages(story, reply=True)
    return tuple(map(write, made))


def _is_digest(page: Page) -> bool:
    """Say whether it is a page whose buttons mean the stories of a digest."""
    return any(isinstance(block, Buttons) and block.made is not None for block in page.blocks)


def _messages(
    said: Sequence[Piece],
    buttons: Iterable[Block] = (),
    *,
    summary: str = "",
    reply: bool = False,
) -> Iterator[Message | File]:
    """Yield the messages, numbered where there are several; the first begins with the summary."""
    parts = list(drafts(said, buttons))
    for number, part in enumerate(parts, start=1):
        which = (numbering(number, len(parts)),) if len(parts) > 1 else ()
        blocks = (*blocks_of(part.pieces), *which)
        lines = list(lines_of(blocks, addresses=False))
        if number == 1 and not is_blank(summary) and lines[0] != summary:
            lines.insert(0, summary)
        yield Message(text_of(lines), (*blocks, *part.actions), reply)


def _shown(page: Page) -> Sequence[Prose]:
    """Return what the page says, its line for a notification where that is nothing."""
    for blocks in (page.prose, (Paragraph((Plain(page.summary),)),)):
        if any(True for _ in pieces(blocks, command=COMMAND)):
            return blocks
    return (_NOTHING,)


def _file(document: Document, command: str) -> File:
    instead = blocks_of(list(pieces(document.told or (Note(document.instead),), command=command)))
    name = cleaned(document.name.replace("\\", "/").rpartition("/")[2]).strip()
    return File(name or "file", document.content, "\n".join(lines_of(instead, addresses=True)))
