"""Pieces of a page as Block Kit.

Words go into rich_text blocks and never into Slack's markup: there each run of words is a value of
its own beside its style, so that nothing an article says can ping, link or format, whatever signs
it has, and nothing needs an escape that could be forgotten. They are shown in full, where sections
of markup fold. Titles are header blocks of plain text.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from bot.core.page import Button, Buttons, Page
from bot.slack.measure import fitting, size, units
from bot.slack.pieces import Dress, Look, Piece, Run, cleaned, is_blank
from bot.slack.press import ACTION, Press, write_press

#: A block as Slack takes it.
Block = dict[str, Any]

#: Buttons of an actions block (Block Kit, actions block), and of a message: more use nobody.
MOST_BUTTONS, MOST_OF_ALL = 25, 100
#: Characters of an actions block as JSON, so that it fits beside some words.
LONGEST_ACTIONS = 6000
#: Characters of a label (Block Kit, button element).
_LONGEST_LABEL = 75
#: A moment by the reader's own clock; people who read on something older see our words.
_MOMENT = "{date_short_pretty} {time}"
_NEW_LINE: Block = {"type": "text", "text": "\n"}


def blocks_of(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return the pieces as blocks, those that belong together in one."""
    made: list[Block] = []
    group: list[Piece] = []
    for before, piece in zip((None, *pieces), pieces, strict=False):
        if group and begins(piece, before):
            made.append(_block(group))
            group = []
        group.append(piece)
    return (*made, _block(group)) if group else ()


def begins(piece: Piece, before: Piece | None) -> bool:
    """Say whether the piece begins a block."""
    return piece.apart or before is None or Look.TITLE in (piece.look, before.look)


def cost(piece: Piece) -> int:
    """Return how many characters of JSON the piece takes at most."""
    return size(_block([piece])) + 1


def numbering(number: int, count: int) -> Block:
    """Return the block that says which of several messages this is."""
    said = {"type": "plain_text", "text": f"({number}/{count})", "emoji": False}
    return {"type": "context", "elements": [said]}


def actions(page: Page) -> Iterator[Block]:
    """Yield the rows of all buttons of the page, each within the limits of a block.

    A button that has no room for what it says is left out: that can be typed.
    """
    made = (
        _made(row, block)
        for block in page.blocks
        if isinstance(block, Buttons)
        for row in block.rows
    )
    number = 0
    for row in made:
        elements: list[Block] = []
        for button in islice(row, MOST_OF_ALL - number):
            element = {**button, "action_id": f"{ACTION}{number}"}
            number += 1
            if len(elements) == MOST_BUTTONS or size([*elements, element]) > LONGEST_ACTIONS:
                yield {"type": "actions", "elements": elements}
                elements = []
            elements.append(element)
        if elements:
            yield {"type": "actions", "elements": elements}


def _made(row: Sequence[Button], block: Buttons) -> Iterator[Block]:
    for button in row:
        value = write_press(Press(button.says, block.made))
        label = cleaned(button.label).strip()
        if value is not None and not is_blank(label):
            label = label[: fitting(label, _LONGEST_LABEL, units)]
            text = {"type": "plain_text", "text": label, "emoji": False}
            yield {"type": "button", "text": text, "value": value}


def _block(pieces: Sequence[Piece]) -> Block:
    first = pieces[0]
    if first.look is Look.TITLE:
        text = {"type": "plain_text", "text": first.text, "emoji": False}
        return {"type": "header", "text": text}
    return {"type": "rich_text", "elements": list(_elements(pieces))}


def _elements(pieces: Sequence[Piece]) -> Iterator[Block]:
    for look, alike in groupby(pieces, key=lambda piece: piece.look):
        rows = [[_element(run) for run in piece.runs] for piece in alike]
        match look:
            case Look.POINT:
                points = [{"type": "rich_text_section", "elements": row} for row in rows]
                yield {"type": "rich_text_list", "style": "bullet", "elements": points}
            case Look.QUOTE:
                yield from ({"type": "rich_text_quote", "elements": row} for row in rows)
            case _:
                lines = [one for row in rows for one in (_NEW_LINE, *row)][1:]
                yield {"type": "rich_text_section", "elements": lines}


def _element(run: Run) -> Block:
    dress = run.dress
    if dress.unix is not None:
        made = {"type": "date", "timestamp": dress.unix, "format": _MOMENT, "fallback": run.text}
    elif dress.url:
        made = {"type": "link", "url": dress.url, "text": run.text}
    else:
        made = {"type": "text", "text": run.text}
    return made | _style(dress)


def _style(dress: Dress) -> Block:
    styles = {"bold": dress.bold, "italic": dress.italic, "code": dress.code}
    style = {name: True for name, wanted in styles.items() if wanted}
    return {"style": style} if style else {}
