"""What a press of a button does to the message it stands under."""

from dataclasses import replace
from typing import assert_never

from bot.core.fact_verbs import StorySources
from bot.core.page import Block, Button, Buttons, Item, Page, Paragraph
from bot.core.settings_buttons import undo_button
from bot.core.settings_commands import (
    ADMINS_ONLY,
    Change,
    Follow,
    MissedList,
    Panel,
    Preview,
    Privacy,
    Resend,
    ScheduleOff,
    SetSchedule,
    SettingsCommand,
    ShowSchedule,
    ShowSettings,
    TopicsList,
    Undo,
    Unfollow,
)
from bot.core.timing_terms import ENGLISH
from bot.core.verbs import SourcesList, StoryNumber, parse
from bot.core.wording import Words


def edits(says: str) -> bool:
    """Say whether the answer to a press takes the place of the message, as a panel does.

    Not so below a digest: what was read there stays.
    """
    command = parse(says)
    return isinstance(command, SettingsCommand) and panel_of(command) is not None


def changes(says: str) -> bool:
    """Say whether only an admin of the chat may press what says so."""
    return isinstance(parse(says), ADMINS_ONLY)


def panel_of(command: SettingsCommand) -> Panel | None:
    """Return the panel that is shown after a press, or None where the answer stands alone."""
    match command:
        case ShowSettings():
            return command.panel
        case Change() | Undo() | ScheduleOff():
            return Panel.ALL
        case SetSchedule():
            # Of days, one seldom presses just one.
            return Panel.DAYS if _only_days(command.typed) else Panel.ALL
        case Follow() | Unfollow():
            return Panel.TOPICS
        case ShowSchedule() | TopicsList() | Preview() | Resend() | MissedList() | Privacy():
            return None
        case _:
            assert_never(command)


def reads(says: str) -> bool:
    """Say whether it asks for what the buttons of a digest show: a story of it, or its sources."""
    return isinstance(parse(says), StoryNumber | StorySources | SourcesList)


def readable(page: Page) -> Page:
    """Return the page without the buttons that are for admins alone."""
    blocks: list[Block] = []
    for block in page.blocks:
        if not isinstance(block, Buttons):
            blocks.append(block)
            continue
        rows = (tuple(one for one in row if not _is_for_admins(one.says)) for row in block.rows)
        if left := tuple(filter(None, rows)):
            blocks.append(Buttons(left, block.made))
    return replace(page, blocks=tuple(blocks))


def _is_for_admins(says: str) -> bool:
    """Say whether it changes something, or shows what there is to choose from."""
    asked = parse(says)
    chooses = isinstance(asked, ShowSettings) and asked.panel is not Panel.ALL
    return chooses or isinstance(asked, ADMINS_ONLY)


def after(said: Page, panel: Page, *, words: Words) -> Page:
    """Return the panel below what a press has changed, and how that is taken back."""
    told = tuple(block for block in said.blocks if isinstance(block, Paragraph | Item))
    undo = undo_button(words)
    offered = [block.rows for block in said.blocks if isinstance(block, Buttons)]
    undone = any(undo in row for rows in offered for row in rows)
    blocks = tuple(_with(undo, block) if undone else block for block in panel.blocks)
    return Page((*told, *blocks), said.summary)


def _with(button: Button, block: Block) -> Block:
    return Buttons((*block.rows, (button,)), block.made) if isinstance(block, Buttons) else block


def _only_days(typed: str) -> bool:
    words = typed.casefold().split()
    return bool(words) and all(word in ENGLISH.days for word in words)
