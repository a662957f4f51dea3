"""Windows (modals) with the settings of a chat, as views that Slack shows: pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.app.forms import Shown
from bot.core.form import marks_of
from bot.core.page import Button, Buttons, Page
from bot.core.settings_buttons import UNDO
from bot.core.subscription import Destination
from bot.core.wording import Words
from bot.slack.blocks import Block, blocks_of
from bot.slack.cut import drafts
from bot.slack.forms import Memo, fitted, inputs, plain_text, write_memo
from bot.slack.pieces import pieces

#: A view as Slack takes it.
View = dict[str, Any]

#: Which form it is (``callback_id``).
SETTINGS = "settings"
#: What the buttons of a window do (``action_id``).
UNDOES, BEGINS = "window:undo", "window:form"
#: Characters of a title and of the two buttons below (views.open).
_TITLE = 24
#: Characters of a header block, and of a button.
_HEADER, _LABEL = 150, 75
#: Blocks of a view (Block Kit, views).
MOST_BLOCKS = 100


def page_view(page: Page, words: Words, *, command: str, title: str = "") -> View:
    """Return the window with nothing but some words, below the name of the chat they are about."""
    return _view(words, [*_header(title), *words_of(page, command=command)])


def form_view(shown: Shown, chat: Destination, title: str, *, command: str) -> View:
    """Return the window with the settings of a chat: a form, or what holds for who may not."""
    title = plain_text(title, _HEADER)["text"] if title else ""
    above = [*_header(title), *words_of(shown.page, command=command)]
    if shown.form is None:
        return _view(shown.words, above)
    form = fitted(shown.form)
    memo = Memo(chat=chat, title=title, language=shown.language, marks=marks_of(form))
    return _view(shown.words, [*above, *inputs(form)]) | {
        "callback_id": SETTINGS,
        "private_metadata": write_memo(memo),
        "submit": plain_text(shown.words.gettext("Save"), _TITLE),
        "close": plain_text(shown.words.gettext("Cancel"), _TITLE),
    }


def said_view(
    page: Page, chat: Destination, words: Words, *, command: str, title: str = ""
) -> View:
    """Return the window with what was changed; it can be taken back there, and changed again."""
    buttons = [button_block(words.gettext("Settings"), BEGINS, str(chat))]
    undo = _undo(page)
    if undo is not None:
        mark = undo.says.removeprefix(UNDO).strip()
        buttons.insert(0, button_block(undo.label, UNDOES, f"{mark} {chat}".strip()))
    actions = {"type": "actions", "elements": buttons}
    return _view(words, [*_header(title), *words_of(page, command=command), actions])


def words_of(page: Page, *, command: str) -> Sequence[Block]:
    """Return what a page says, as blocks, none of them longer than a message may be."""
    parts = drafts(pieces(page.prose, command=command))
    return [block for part in parts for block in blocks_of(part.pieces)]


def button_block(label: str, action: str, value: str) -> Block:
    """Return a button."""
    text = plain_text(label, _LABEL)
    return {"type": "button", "text": text, "action_id": action, "value": value}


def _undo(page: Page) -> Button | None:
    """Return the button that takes back what the page says, if it has one."""
    rows = (row for block in page.blocks if isinstance(block, Buttons) for row in block.rows)
    return next((one for row in rows for one in row if one.says.startswith(UNDO)), None)


def _header(title: str) -> Iterable[Block]:
    if title:
        yield {"type": "header", "text": plain_text(title, _HEADER)}


def _view(words: Words, blocks: Sequence[Block]) -> View:
    return {
        "type": "modal",
        "title": plain_text(words.gettext("Settings"), _TITLE),
        "close": plain_text(words.gettext("Close"), _TITLE),
        "blocks": list(blocks[:MOST_BLOCKS]),
    }
