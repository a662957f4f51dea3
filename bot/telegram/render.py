"""A page as Telegram's messages: pure, so that the same page makes the same messages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.delivery import Payload
from bot.core.page import Button, Buttons, Page, Paragraph, Plain, Prose
from bot.telegram.cut import messages
from bot.telegram.payload import LONGEST_CAPTION, File, Row, Text, words_of, write
from bot.telegram.pieces import Piece, cleaned, is_blank, pieces
from bot.telegram.press import Press, write_press

#: Buttons of a row and of a message (the server's limits, which no page of Telegram's names).
ROW, MOST_BUTTONS = 8, 100
#: Characters of a label; a phone shows some twenty of them.
_LONGEST_LABEL = 60

#: A page that shows nothing at all, for no message can be empty.
_NOTHING = Paragraph((Plain("—"),))


def render(page: Page) -> tuple[Payload, ...]:
    """Return the page as messages within Telegram's limits; nothing that it says is left out.

    A document comes last, with the words below it where they fit there. The buttons stand below
    the last message; one that has no room for what it says is left out: that can be typed.
    """
    texts = [_html(each) for each in messages(pieces(_shown(page)))]
    if len(texts) > 1:
        texts = [f"{text}\n({number}/{len(texts)})" for number, text in enumerate(texts, start=1)]
    made: list[Text | File] = [Text(text) for text in texts]
    if page.document is not None:
        words = texts[-1] if len(texts) == 1 and _fits_below(texts[-1]) else ""
        made = made if not words else []
        made.append(File(_file_name(page.document.name), page.document.content, words))
    made[-1] = replace(made[-1], keyboard=tuple(_rows(page)))
    return tuple(map(write, made))


def _fits_below(html: str) -> bool:
    """Say whether the words may stand below a file."""
    return len(words_of(html, addresses=False)) <= LONGEST_CAPTION


def _file_name(name: str) -> str:
    """Return the name without the folders before it; never empty."""
    return cleaned(name.replace("\\", "/").rpartition("/")[2]).strip() or "file"


def _shown(page: Page) -> Sequence[Prose]:
    """Return what the page says, its line for a notification where that is nothing."""
    for blocks in (page.prose, (Paragraph((Plain(page.summary),)),)):
        if any(True for _ in pieces(blocks)):
            return blocks
    return (_NOTHING,)


def _html(message: Sequence[Piece]) -> str:
    lines: list[str] = []
    for piece in message:
        lines += [""] * (piece.apart and bool(lines)) + [piece.html]
    return "\n".join(lines)


def _rows(page: Page) -> Iterator[Row]:
    """Yield the rows of all buttons of the page, none wider than Telegram allows."""
    left = MOST_BUTTONS
    for block in page.blocks:
        if not isinstance(block, Buttons):
            continue
        for row in block.rows:
            made = list(_buttons(row, block))[:left]
            left -= len(made)
            for start in range(0, len(made), ROW):
                yield tuple(made[start : start + ROW])


def _buttons(row: Sequence[Button], block: Buttons) -> Iterator[tuple[str, str]]:
    for button in row:
        data = write_press(Press(button.says, block.made))
        label = cleaned(button.label).strip()
        if data is not None and not is_blank(label):
            yield label[:_LONGEST_LABEL], data
