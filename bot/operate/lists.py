"""Commands that only look: ``subscriptions``, ``receipts`` and ``status``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.listing import Listing
from bot.operate.arguments import ConfigPath, Format, destination

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.app.operator import Operation
    from bot.app.records import Record
    from bot.core.page import Page
    from bot.core.subscription import Subscription

#: So many slots are listed, where nobody says how many; and at most.
LAST, MOST = 50, 10_000


def subscriptions(*, form: Format = Listing.TEXT, config: ConfigPath = None) -> None:
    """List every chat that gets a digest."""
    from bot.config.load import load
    from bot.console.operations import SUBSCRIPTION_HEADINGS, subscription_record, subscription_row
    from bot.console.output import write_record
    from bot.console.table import write_table
    from bot.operate.work import operated, say

    settings = load(config)

    async def look(
        operation: "Operation",
    ) -> "tuple[Sequence[Subscription], Mapping[str, str], Mapping[str, str]]":
        found = await operation.subscriptions.all()
        return found, await operation.moved(), await operation.chats.titles()

    found, moved, titles = operated(settings, look)
    if form is Listing.JSON:
        write_record([subscription_record(each, titles=titles) for each in found], sys.stdout)
        return
    if found:
        now = datetime.now(UTC)
        rows = [subscription_row(each, now=now, titles=titles) for each in found]
        write_table(SUBSCRIPTION_HEADINGS, rows, sys.stdout, whole="DESTINATION")
    else:
        say("No chat has asked for a digest yet: /schedule in it does that.")
    known = {str(each.destination) for each in found if each.declared}
    declared = [each.to for each in settings.subscriptions]
    if waiting := [each for each in declared if moved.get(each, each) not in known]:
        listed = ", ".join(waiting)
        say(f"Declared in {settings.path}, and served from the next start on: {listed}")
    for each in declared:
        if each in moved:
            say(f"{each} has moved and is {moved[each]} now: name it so in {settings.path}.")


def receipts(
    *,
    stuck: Annotated[
        bool, typer.Option("--stuck", help="Only what should have been posted by now.")
    ] = False,
    of: Annotated[
        str | None,
        typer.Option("--destination", metavar="DESTINATION", help="Only of this chat."),
    ] = None,
    last: Annotated[
        int, typer.Option(metavar="N", min=1, max=MOST, help="How many at most.")
    ] = LAST,
    form: Format = Listing.TEXT,
    config: ConfigPath = None,
) -> None:
    """List what became of slots."""
    from bot.app import records
    from bot.config.load import load
    from bot.console.operations import RECORD_HEADINGS, receipt_record, record_row
    from bot.console.output import write_record
    from bot.console.table import write_table
    from bot.operate.work import operated, say, zone

    chat = None if of is None else destination(of)

    async def find(operation: "Operation") -> "tuple[list[Record], Mapping[str, str]]":
        if chat is not None:
            await records.known(operation, chat)
        titles = await operation.chats.titles()
        if stuck:
            now = operation.clock.now()
            return (await records.stuck(operation.records, chat, now=now))[:last], titles
        return await records.latest(operation.records, chat, most=last), titles

    settings = load(config)
    found, titles = operated(settings, find)
    if form is Listing.JSON:
        write_record([receipt_record(each, titles=titles) for each in found], sys.stdout)
    elif found:
        rows = [record_row(each, zone=zone(settings), titles=titles) for each in found]
        write_table(RECORD_HEADINGS, rows, sys.stdout, whole="DESTINATION")
    else:
        say("Nothing is stuck." if stuck else "No slot has come yet.")


def status(*, config: ConfigPath = None) -> None:
    """Say how the bot and its archive are."""
    from bot.app import records
    from bot.app.telling import DAYS
    from bot.config.load import load
    from bot.console.form import Form
    from bot.console.operations import (
        idle_row,
        running_row,
        standing_row,
        stuck_row,
        tally_rows,
        told_blocks,
    )
    from bot.console.output import write_page
    from bot.operate.work import operated, zone
    from bot.store.alone import holder

    settings = load(config)

    async def look(operation: "Operation") -> "Page":
        here, now = zone(settings), operation.clock.now()
        page = await operation.status()
        who = await holder(settings.data_dir)
        found = await records.stuck(operation.records, None, now=now)
        rows = (
            idle_row() if who is None else running_row(who.pid, who.since, zone=here),
            standing_row(await operation.subscriptions.all()),
            stuck_row(len(found)),
            *tally_rows(await operation.records.tally(now - DAYS)),
        )
        told = told_blocks(await operation.told(), zone=here)
        return replace(page, blocks=(*page.blocks, *rows, *told))

    write_page(operated(settings, look), Form.TEXT, sys.stdout)
