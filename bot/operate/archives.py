"""Commands that keep everything and put it back: ``backup`` and ``restore``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.operate.arguments import ConfigPath

if TYPE_CHECKING:
    from bot.config.load import Config
    from bot.store.backup import Kept

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]

#: So many slots that are not sent again are listed; receipts has them all.
_LISTED = 200


def backup(file: File, *, config: ConfigPath = None) -> None:
    """Write everything into one file."""
    from bot.config.load import load
    from bot.operate.version import version
    from bot.operate.work import say
    from bot.store.backup import back_up

    settings = load(config)
    size = back_up(file, _kept(settings), version=version(), now=datetime.now(UTC))
    say(
        f"{file}: {max(1, round(size / 1000)):,} kB, with the archive, the keys and the "
        "configuration. Tokens are not in it."
    )


def restore(
    file: File,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Put the archive that is there aside.")
    ] = False,
    config: ConfigPath = None,
) -> None:
    """Put a backup back."""
    from bot.config.load import load
    from bot.console.operations import UNKNOWN_HEADINGS, unknown_row
    from bot.console.table import write_table
    from bot.operate.work import finished, note, say, zone
    from bot.store.restored import restore as put_back

    settings = load(config)
    _readable(file)
    finished(_stopped(settings))
    done = finished(put_back(file, _kept(settings), force=force, now=datetime.now(UTC)))
    made = f"{done.manifest.made.astimezone(zone(settings)):%Y-%m-%d %H:%M}"
    say(f"Restored from {file}, made {made} by Briefbot {done.manifest.version}.")
    if done.aside is not None:
        say(f"What stood there is put aside: {done.aside}")
    note(f"The configuration is left as it is. To see that of the backup: tar -xzOf {file} config")
    if not done.unknown:
        say("No slot has come since then: nothing was left out.")
        return
    count = len(done.unknown)
    one = ("slot has come since then, and is", "it was")
    said, sent = one if count == 1 else ("slots have come since then, and are", "they were")
    say(f"{count} {said} not sent again, for nobody knows whether {sent} sent:")
    rows = [unknown_row(each, zone=zone(settings)) for each in done.unknown[:_LISTED]]
    write_table(UNKNOWN_HEADINGS, rows, sys.stdout, whole="DESTINATION")
    if count > _LISTED:
        say(f"and {count - _LISTED} older ones, which briefbot receipts lists.")
    say("To post one all the same: briefbot resend NUMBER")
    note("What was told since the backup was made may be told once more in the next digest.")


async def _stopped(settings: "Config") -> None:
    """Raise ``BriefbotError`` while the bot runs on the data folder."""
    from bot.core.errors import BriefbotError
    from bot.store.alone import holder

    running = await holder(settings.data_dir)
    if running is not None:
        who = "" if running.pid is None else f" (process {running.pid})"
        raise BriefbotError(
            f"Briefbot runs on {settings.data_dir}{who}: stop it first, then restore. Nothing was "
            "changed."
        )


def _readable(file: Path) -> None:
    """Raise ``BriefbotError`` where there is no backup to put back, whatever is put aside."""
    from bot.core.errors import BriefbotError
    from bot.store.unpacked import is_backup

    try:
        if file.is_dir():
            raise BriefbotError(f"{file} is a folder. Name the file that briefbot backup wrote.")
        sound = is_backup(file)
    except FileNotFoundError as error:
        raise BriefbotError(f"{file} does not exist. Check the path.") from error
    except OSError as error:
        raise BriefbotError(f"{file} cannot be read: {error.strerror}. Mend that.") from error
    if not sound:
        raise BriefbotError(
            f"{file} is no backup of Briefbot, or is damaged. Nothing was changed: name a file "
            "that briefbot backup wrote."
        )


def _kept(settings: "Config") -> "Kept":
    from bot.operate.work import archive
    from bot.store.backup import Kept

    names = settings.digest.gazetteer
    beside = (*(() if names is None else (names,)), *settings.feeds.packs)
    return Kept(
        database=archive(settings),
        data_dir=settings.data_dir,
        settings=(settings.path, *(settings.path.parent / name for name in dict.fromkeys(beside))),
    )
