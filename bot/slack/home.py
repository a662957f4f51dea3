"""The Home tab: a person's chats, as a view that Slack shows: pure."""

from collections.abc import Iterable, Iterator

from bot.app.overview import Home, Overview
from bot.core.page import Page
from bot.core.wording import Words
from bot.slack.blocks import Block
from bot.slack.forms import plain_text
from bot.slack.windows import MOST_BLOCKS, View, button_block, words_of

#: What the buttons do (``action_id``).
OPENS, TURNS = "home:open", "home:page"
#: Characters of a header block.
_HEADER = 150


def home_view(home: Home, notice: Page | None, *, command: str) -> View:
    """Return the tab; the notice stands above all."""
    blocks = [*_noticed(notice, command), *words_of(home.head, command=command)]
    for overview in home.overviews:
        blocks += _chat(overview, home.words, command)
    return _view([*blocks, *_turning(home)])


def notice_view(notice: Page, *, command: str) -> View:
    """Return the tab with nothing but a notice."""
    return _view(words_of(notice, command=command))


def _noticed(notice: Page | None, command: str) -> Iterator[Block]:
    if notice is not None:
        yield from words_of(notice, command=command)
        yield {"type": "divider"}


def _chat(overview: Overview, words: Words, command: str) -> Iterator[Block]:
    name = f"#{overview.title}" if overview.title else words.gettext("You and me alone")
    settings = button_block(words.gettext("Settings"), OPENS, str(overview.chat))
    yield {"type": "divider"}
    yield {"type": "header", "text": plain_text(name, _HEADER)}
    yield from words_of(overview.page, command=command)
    yield {"type": "actions", "elements": [settings]}


def _turning(home: Home) -> Iterator[Block]:
    """Yield the buttons that lead to the other chats, where there are more."""
    buttons = []
    if home.number > 1:
        label = home.words.gettext("← Back")
        buttons.append(button_block(label, f"{TURNS}:back", str(home.number - 1)))
    if home.number < home.pages:
        label = home.words.gettext("More")
        buttons.append(button_block(label, f"{TURNS}:more", str(home.number + 1)))
    if buttons:
        yield {"type": "divider"}
        yield {"type": "actions", "elements": buttons}


def _view(blocks: Iterable[Block]) -> View:
    return {"type": "home", "blocks": list(blocks)[:MOST_BLOCKS]}
