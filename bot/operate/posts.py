"""Commands that post, or keep from posting: ``post``, ``resend`` and ``cancel``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.operate.arguments import ConfigPath, SlotText, posted_to
from bot.operate.arguments import slot as read_slot

if TYPE_CHECKING:
    from bot.app.dispatch import Dispatch
    from bot.app.operator import Operation
    from bot.app.records import Record
    from bot.config.load import Config
    from bot.core.page import Page


def post(
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="DESTINATION", help="Where to.", show_default=False)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it, and post nothing.")] = False,
    config: ConfigPath = None,
) -> None:
    """Post a digest of now."""
    from bot.config.load import load

    chat = posted_to(to)
    settings = load(config)
    if not dry_run:
        _send(settings, lambda dispatch: dispatch.post(chat), fresh=True)

    from bot.app.dispatch import Dispatch
    from bot.console.form import Form
    from bot.console.output import write_page
    from bot.operate.work import note, operated

    async def preview(operation: "Operation") -> "Page":
        return await Dispatch(operation=operation, note=note).preview(chat)

    write_page(operated(settings, preview, fresh=True), Form.TEXT, sys.stdout)
    note(f"Nothing was posted. Without --dry-run this goes to {chat}.")


def resend(slot: SlotText, *, config: ConfigPath = None) -> None:
    """Post a slot once more."""
    from bot.app.ordering import find
    from bot.config.load import load

    asked = read_slot(slot)

    async def again(dispatch: "Dispatch") -> "Record":
        return await dispatch.resend(await find(dispatch.operation, asked))

    _send(load(config), again)


def cancel(slot: SlotText, *, config: ConfigPath = None) -> None:
    """Cancel a slot."""
    from bot.app.ordering import cancel as cancelled
    from bot.config.load import load
    from bot.operate.work import operated, say

    asked = read_slot(slot)
    say(operated(load(config), lambda operation: cancelled(operation, asked)))


def _send(
    settings: "Config",
    send: Callable[["Dispatch"], Awaitable["Record"]],
    *,
    fresh: bool = False,
) -> NoReturn:
    """Print the receipt of what is sent, and end; the command failed where it was not posted."""
    from bot.app.dispatch import Dispatch
    from bot.console.form import Form
    from bot.console.operations import receipt_page
    from bot.console.output import write_page
    from bot.core.delivery import State
    from bot.operate.work import note, operated, zone

    async def sent(operation: "Operation") -> "Record":
        return await send(Dispatch(operation=operation, note=note))

    found = operated(settings, sent, fresh=fresh)
    write_page(receipt_page(found, zone=zone(settings)), Form.TEXT, sys.stdout)
    raise typer.Exit(0 if found.series.state is State.POSTED else 1)
