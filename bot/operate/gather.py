"""The command that reads all sources once: ``gather``.

As in ``cli``, it loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.core.errors import BriefbotError, StoreError
from bot.operate.arguments import ConfigPath
from bot.operate.source_arguments import Names

if TYPE_CHECKING:
    from bot.app.gathering import Chosen, Gathering
    from bot.config.load import Config
    from bot.core.faults import Reading


def gather(
    names: Names = None,
    *,
    ended: Annotated[
        bool, typer.Option("--all", help="Ask feeds that their publishers have ended, too.")
    ] = False,
    config: ConfigPath = None,
) -> None:
    """Read all sources once."""
    from bot.config.load import load
    from bot.operate.work import finished
    from bot.wiring.logging import logged

    settings = load(config)
    with logged(settings, level="warning"):
        sound = finished(_gathered(settings, names or [], ended=ended))
    raise typer.Exit(0 if sound else 1)


async def _gathered(config: "Config", names: list[str], *, ended: bool) -> bool:
    from contextlib import AsyncExitStack

    from bot.app.gathering import Gathering, UnknownSourceError
    from bot.core.source_names import nearest
    from bot.operate.version import version
    from bot.wiring.bot import built
    from bot.wiring.parts import SystemClock, free

    async with AsyncExitStack() as stack:
        if not await stack.enter_async_context(free(config, SystemClock())):
            raise BriefbotError(
                f"A bot that runs has the data folder {config.data_dir} and reads its sources by "
                "itself: briefbot sources list shows how they are. Stop it to gather by hand."
            )
        bot = await stack.enter_async_context(built(config, version=version()))
        if bot.trouble:
            raise StoreError(bot.trouble)
        gathering = Gathering(gather=bot.parts.gather, feeds=bot.parts.feeds)
        try:
            chosen = await gathering.choose(names, ended=ended)
        except UnknownSourceError as error:
            near = nearest(error.name, error.known)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise BriefbotError(
                f"No source is called {error.name}.{hint} briefbot sources list shows them all."
            ) from error
        return await _read(gathering, chosen)


async def _read(gathering: "Gathering", chosen: "Chosen") -> bool:
    import asyncio
    import time

    from bot.console.counting import counting
    from bot.console.round_report import fault_lines, is_sound, reading_line, summary
    from bot.core.wording import English
    from bot.operate.work import note, say

    words, begun = English(), time.monotonic()
    total = len(chosen.folders) + len(chosen.feeds)
    try:
        with counting(total, "read", sys.stderr) as advance:

            def tell(reading: "Reading") -> None:
                advance()
                if line := reading_line(reading, words):
                    say(line)

            folders, feeds = await gathering.read(chosen, tell)
    except asyncio.CancelledError:
        note("Stopped. What was read until now is stored; the rest is read the next time.")
        raise
    readings = (*folders, *feeds)
    for line in fault_lines(readings, words):
        note(line)
    say(summary(readings, time.monotonic() - begun))
    return is_sound(readings)
