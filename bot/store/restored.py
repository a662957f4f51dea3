"""A backup put back: what may have been sent since it was made is not sent again."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.core.delivery import OPEN, Series, State
from bot.core.errors import BriefbotError, StoreError, ZoneError
from bot.core.slots import Booking, overdue
from bot.core.subscription import Standing, Subscription
from bot.store.alone import alone
from bot.store.backup import DAMAGED, Kept
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.housekeeping import leave_unanswered
from bot.store.keys import KEYS, write_private
from bot.store.marks import Marks
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.store.unpacked import Manifest, Unpacked, unpack

#: Why nothing is known of a slot.
WHY = "A backup was restored: nobody knows whether this was sent, so it is not sent again."

#: The database remembers under this name when it was restored.
RESTORED = "restored"

#: How many slots of one subscription are listed one by one.
_MOST = 400
#: So many rows are changed together, and so many series that were open are listed at most.
_BATCH, _LISTED = 500, 100_000
#: Folders of this kind are left behind only when a restoring was killed.
_STAGE = ".restore-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and what was put aside for it."""

    manifest: Manifest
    #: What is not sent again, the latest first.
    unknown: Sequence[Series]
    #: Where the database that stood there lies now.
    aside: Path | None


class _HalfwayError(Exception):
    """Some of it took its place, and some did not."""


async def restore(
    file: Path,
    kept: Kept,
    *,
    force: bool,
    now: datetime,
    sync: Callable[[int], None] = os.fsync,
) -> Restored:
    """Put a backup's database and keys into the data folder, which nobody may hold meanwhile.

    What was due or on its way by now is marked as unknown before the database takes its place,
    so that no kill can make a slot go out twice; what was heard is answered no more. A database
    that is there already is refused, and with ``force`` put aside, as keys are. The configuration
    stays in the backup, for it may lie anywhere. Raises ``BriefbotError``, and has then changed
    nothing. ``sync`` waits until the disk has a file.
    """
    await asyncio.to_thread(_allow, file, kept, force=force)
    async with alone(kept.data_dir, pid=os.getpid(), now=now):
        stage = kept.data_dir / f"{_STAGE}{os.getpid()}"
        try:
            unpacked = await asyncio.to_thread(_staged, file, stage)
            async with open_database(unpacked.database) as database:
                unknown = await mark_unknown(database, now=now)
                # It was answered since; what was set then would be set again.
                await leave_unanswered(database)
                await Marks(database).put(RESTORED, now.isoformat())
            await asyncio.to_thread(_settle, unpacked.database)
            aside = await asyncio.to_thread(_put_in_place, unpacked, stage, kept, sync)
        except _HalfwayError as error:
            message = f"{file} was restored in part: {error}. What stood in {kept.data_dir} lies "
            raise BriefbotError(f"{message}beside, as .before-restore: begin anew.") from error
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"{file} could not be restored: {reason}. Nothing was changed."
            raise BriefbotError(message) from error
        except StoreError as error:
            message = f"{file} could not be restored, and nothing was changed. {error}"
            raise BriefbotError(message) from error
        finally:
            await asyncio.to_thread(shutil.rmtree, stage, ignore_errors=True)
    return Restored(manifest=unpacked.manifest, unknown=unknown, aside=aside)


async def mark_unknown(database: Database, *, now: datetime) -> Sequence[Series]:
    """Mark what was due or on its way up to now as unknown, and return it, the latest first.

    Each subscription's next slot lies after now. Raises ``StoreError``.
    """
    desk, history, slots = Desk(database), History(database), Slots(database)
    while found := await history.series(states=OPEN, limit=_BATCH):
        # Together, they are one commit.
        await asyncio.gather(
            *(desk.close(each.id, State.UNKNOWN, why=WHY, now=now) for each in found)
        )
    subscriptions = await Subscriptions(database).all()
    bookings = [made for each in subscriptions if (made := _booking(each, now)) is not None]
    for start in range(0, len(bookings), _BATCH):
        await slots.book(bookings[start : start + _BATCH], now=now)
    most = sum(len(booking.slots) for booking in bookings) + _LISTED
    everything = await history.series(states=frozenset({State.UNKNOWN}), limit=most)
    return [each for each in everything if each.ended is not None and each.ended >= now]


def _booking(subscription: Subscription, now: datetime) -> Booking | None:
    """Return its overdue slots, none of which is to be sent; None where there are none."""
    if subscription.standing is not Standing.ACTIVE:
        return None
    try:
        booking = overdue(subscription, now, most=_MOST)
    except ZoneError:
        # The bot stops such a subscription when it meets it, and sends nothing.
        return None
    unknown = tuple(replace(slot, state=State.UNKNOWN, why=WHY, covers=0) for slot in booking.slots)
    return replace(booking, slots=unknown) if unknown else None


def _allow(file: Path, kept: Kept, *, force: bool) -> None:
    if kept.database.exists() and not force:
        raise BriefbotError(
            f"There is an archive at {kept.database} already. Name an empty DATA_DIR, or give "
            "--force: it is then put aside, not deleted."
        )
    if not file.is_file():
        raise BriefbotError(f"{file} does not exist, or is no plain file.")


def _staged(file: Path, stage: Path) -> Unpacked:
    # Nobody else restores meanwhile, so others of the kind belong to the dead.
    for left in stage.parent.glob(f"{_STAGE}*"):
        shutil.rmtree(left, ignore_errors=True)
    stage.mkdir(mode=0o700)
    unpacked = unpack(file, stage)
    (stage / KEYS).mkdir(mode=0o700)
    for name, content in unpacked.keys.items():
        write_private(stage / KEYS / name, content)
    return unpacked


def _settle(database: Path) -> None:
    """See to it that all is in the one file that takes its place; raises ``OSError``."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            (mode,) = opened.execute("PRAGMA journal_mode = DELETE").fetchone()
            (sound,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise OSError(0, f"its database could not be written whole: {error}") from error
    if (mode, sound) != ("delete", "ok"):
        raise OSError(0, "its database could not be written whole")


def _put_in_place(
    unpacked: Unpacked, stage: Path, kept: Kept, sync: Callable[[int], None]
) -> Path | None:
    """Put all in its place by renaming, the database last; return where the old one lies now.

    At each moment there is a whole database in the place: the old one, then the new one.
    """
    _keep(unpacked.database, sync)
    aside = _set_aside(kept.database)
    keys = kept.data_dir / KEYS
    keys.mkdir(exist_ok=True, mode=0o700)
    try:
        for name in unpacked.keys:
            if (keys / name).exists():
                (keys / name).replace(keys / f".{name}.before-restore")
            (stage / KEYS / name).replace(keys / name)
        _keep(keys, sync)
        unpacked.database.replace(kept.database)
        _keep(kept.database.parent, sync)
    except OSError as error:
        raise _HalfwayError(error.strerror or str(error)) from error
    return aside


def _keep(path: Path, sync: Callable[[int], None]) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        sync(opened)
    finally:
        os.close(opened)


def _set_aside(database: Path) -> Path | None:
    """Give a database a second name and return it, None if there is none; raises ``OSError``."""
    if not database.exists():
        return None
    _empty_log(database)
    names = (f"{database.name}.before-restore{number or ''}" for number in count())
    aside = next(path for name in names if not (path := database.with_name(name)).exists())
    os.link(database, aside)
    # Only a damaged one has a log by now; the new one must never be read with it.
    for end in ("-wal", "-shm"):
        there = database.with_name(f"{database.name}{end}")
        if there.exists():
            there.replace(aside.with_name(f"{aside.name}{end}"))
    return aside


def _empty_log(database: Path) -> None:
    """Have a database take in what was written last, unless it is damaged.

    Raises ``OSError`` when it cannot: without its log it would send again what it has sent.
    """
    try:
        with closing(sqlite3.connect(database)) as opened:
            (busy, *_) = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in DAMAGED:
            return
        raise OSError(0, f"the archive that is there cannot be put aside: {error}") from error
    if busy:
        raise OSError(0, "another program reads the archive that is there")
