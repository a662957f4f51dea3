"""Commands on sources that only look: ``sources list``, ``check`` and ``export``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from typing import TYPE_CHECKING

import typer

from bot.console.listing import Listing
from bot.operate.arguments import ConfigPath
from bot.operate.source_arguments import Format, Names, OutFile

if TYPE_CHECKING:
    from bot.app.source_checks import Checked
    from bot.app.source_list import Listed, Unknown
    from bot.config.load import Config
    from bot.core.errors import BriefbotError
    from bot.wiring.sources import Sources


def list_sources(*, form: Format = Listing.TEXT, config: ConfigPath = None) -> None:
    """List every source."""
    from bot.config.load import load
    from bot.console.output import write_record
    from bot.console.source_listing import SOURCE_HEADINGS, source_record, source_row
    from bot.console.table import write_table
    from bot.operate.source_work import listed
    from bot.operate.work import say, zone

    settings = load(config)
    found = listed(settings, lambda sources: sources.list.all())
    places = _folders(settings)
    if form is Listing.JSON:
        write_record([source_record(each, _place(each, places)) for each in found], sys.stdout)
        return
    here = zone(settings)
    rows = [source_row(each, _place(each, places), zone=here) for each in found]
    write_table(SOURCE_HEADINGS, rows, sys.stdout, whole="ADDRESS")
    if not any(each.feed is not None and each.feed.enabled for each in found):
        say("No feed is read yet: briefbot sources add ADDRESS, or a pack in [feeds] packs.")


def check(names: Names = None, *, form: Format = Listing.TEXT, config: ConfigPath = None) -> None:
    """Ask feeds now, and say what each answered."""
    from bot.config.load import load
    from bot.console.counting import counting
    from bot.console.output import write_record
    from bot.console.source_listing import CHECK_HEADINGS, check_record, check_row
    from bot.console.table import write_table
    from bot.operate.source_work import listed
    from bot.operate.work import say, zone

    settings = load(config)

    async def ask(sources: "Sources") -> "tuple[Checked, ...]":
        feeds, unknown = await sources.list.named(names or ())
        if unknown is not None:
            raise not_known(unknown)
        with counting(len(feeds), "asked", sys.stderr) as advance:
            return await sources.check(feeds, lambda _: advance())

    found = listed(settings, ask)
    failing = sum(each.fails for each in found)
    if form is Listing.JSON:
        write_record([check_record(each) for each in found], sys.stdout)
    elif found:
        here = zone(settings)
        write_table(CHECK_HEADINGS, [check_row(each, zone=here) for each in found], sys.stdout)
        well = len(found) - failing
        say(f"{well} of {len(found)} can be read." if failing else "All of them can be read.")
    else:
        say("No feed is read: briefbot sources add ADDRESS adds one.")
    raise typer.Exit(1 if failing else 0)


def export(file: OutFile = "-", *, config: ConfigPath = None) -> None:
    """Write all feeds as OPML."""
    from pathlib import Path

    from bot.config.load import load
    from bot.console.whole import write_whole
    from bot.operate.source_work import listed
    from bot.operate.work import say
    from bot.sources.opml import write_opml

    settings = load(config)
    feeds = listed(settings, lambda sources: sources.list.settings())
    written = write_opml(feeds, title=f"Briefbot: {settings.digest.title}")
    if file == "-":
        sys.stdout.write(written.decode())
        return
    write_whole(Path(file), written)
    say(f"{file}: {len(feeds)} {'feed' if len(feeds) == 1 else 'feeds'}.")


def not_known(unknown: "Unknown") -> "BriefbotError":
    """Return that no feed has a name, and which may be meant."""
    from bot.core.errors import BriefbotError

    near = f" Did you mean {' or '.join(unknown.near)}?" if unknown.near else ""
    return BriefbotError(
        f"No feed is called {unknown.name}.{near} briefbot sources list shows them all."
    )


def _folders(settings: "Config") -> dict[str, str]:
    from bot.config.source_tables import FolderSource

    return {one.name: one.folder for one in settings.sources if isinstance(one, FolderSource)}


def _place(each: "Listed", folders: dict[str, str]) -> str:
    return folders[each.name] if each.feed is None else each.feed.address
