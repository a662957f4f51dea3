"""Which change a button "Undo" takes back: the one it stands under, and no other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.page import Button, Buttons, Code, Page, Paragraph
from bot.core.phrases import plain
from bot.core.settings_buttons import UNDO
from bot.core.wording import Words, fill

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def mark_of(changed: datetime) -> str:
    """Return what stands for the change of that moment behind "undo": its microsecond."""
    return str((changed - _EPOCH) // _MICROSECOND)


def bound(page: Page, changed: datetime | None) -> Page:
    """Return the page with buttons that take back the change of that moment and no later one.

    Without a moment it stays as it is.
    """
    if changed is None:
        return page
    meant = f"{UNDO} {mark_of(changed)}"
    blocks = tuple(
        replace(block, rows=tuple(tuple(_bound(each, meant) for each in row) for row in block.rows))
        if isinstance(block, Buttons)
        else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _bound(button: Button, meant: str) -> Button:
    return replace(button, says=meant) if button.says == UNDO else button


def taken_back_page(*, words: Words) -> Page:
    """Return that the change which a button means is taken back already."""
    said = fill(
        words.gettext("That was taken back already: {settings} shows what holds."),
        settings=Code("/settings"),
    )
    return Page((Paragraph(said),), plain(said))


def overtaken_page(*, words: Words) -> Page:
    """Return that the change which a button means is not the last one any more."""
    said = fill(
        words.gettext(
            "Something was changed since then, so nothing is taken back: {settings} shows what"
            " holds, {undo} takes back the last change."
        ),
        settings=Code("/settings"),
        undo=Code(UNDO),
    )
    return Page((Paragraph(said),), plain(said))
