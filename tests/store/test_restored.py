"""A backup that is put back sends nothing twice, and one that is no backup changes nothing."""

import asyncio
import contextlib
import gzip
import io
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.app.counts import Counts
from bot.app.deliver import Deliver
from bot.app.publish import PUBLISH, Publish
from bot.core.delivery import Kind, State
from bot.core.errors import BriefbotError
from bot.core.slots import next_slot
from bot.core.subscription import Destination, Schedule, Slot, Standing, Subscription, Timing
from bot.engine.local import Engine
from bot.store.alone import FolderTakenError, alone
from bot.store.backup import Kept, back_up
from bot.store.database import Database, open_database
from bot.store.desk import Desk
from bot.store.heard import HeardBefore
from bot.store.history import History
from bot.store.holding import held_if_free
from bot.store.keys import key
from bot.store.marks import Marks
from bot.store.outbox import Outbox
from bot.store.restored import WHY, Restored, restore
from bot.store.schema import SCHEMA
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.store.unpacked import is_backup
from bot.store.works import Works
from tests.fakes.delivery import Loop, Preparing, SetClock, Told, filled

pytestmark = pytest.mark.slow

#: Monday, an hour after the first slot.
MONDAY = datetime(2025, 9, 1, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY = Schedule(timings=(Timing(time(8)),), zone="Asia/Almaty")
TEAM, QUIET = Destination("loop", "team"), Destination("loop", "quiet")


def kept(folder: Path) -> Kept:
    return Kept(database=folder / "briefbot.db", data_dir=folder)


class Bot:
    """A bot over a real file, with a clock that is set and a channel that keeps what it is sent."""

    def __init__(self, folder: Path) -> None:
        self.place = kept(folder)
        self.clock = SetClock(MONDAY)
        self.loop = Loop()
        self.prepare = Preparing()

    def subscribe(self, destination: Destination, standing: Standing = Standing.ACTIVE) -> None:
        async def save(database: Database) -> None:
            wanted = Subscription(
                destination=destination,
                schedule=DAILY,
                standing=standing,
                next=next_slot(DAILY, self.clock.now() - 2 * HOUR),
            )
            await Subscriptions(database).save(wanted, now=self.clock.now())

        self.do(save)

    def serve(self) -> None:
        """Run until all that is due by now is sent."""

        async def run(database: Database) -> None:
            slots = Slots(database)
            deliver = Deliver(
                desk=Desk(database),
                outbox=Outbox(database),
                prepare=self.prepare,
                channels={"loop": self.loop},
                clock=self.clock,
                tell=Told(),
                counts=Counts(),
            )
            engine = Engine(Works(database), {PUBLISH: deliver}, clock=self.clock)
            publish = Publish(
                slots=slots,
                subscriptions=Subscriptions(database),
                queue=engine,
                clock=self.clock,
                tell=Told(),
                counts=Counts(),
            )
            working = asyncio.create_task(engine.run())
            await publish.start()
            await publish.due()
            await engine.still()
            working.cancel()
            await asyncio.wait({working})

        self.do(run)

    def series(self) -> Sequence[tuple[str, date | None, State]]:
        async def find(database: Database) -> None:
            for each in await History(database).series(limit=100):
                day = None if each.slot is None else each.slot.day
                found.append((str(each.destination), day, each.state))

        found: list[tuple[str, date | None, State]] = []
        self.do(find)
        return sorted(found, key=lambda row: (row[0], row[1] or date.min))

    def next(self, destination: Destination) -> Slot | None:
        async def find(database: Database) -> None:
            subscription = await Subscriptions(database).of(destination)
            assert subscription is not None
            found.append(subscription.next)

        found: list[Slot | None] = []
        self.do(find)
        return found[0]

    def back_up(self, file: Path) -> Path:
        back_up(file, self.place, version="1.0", now=self.clock.now())
        return file

    def restore(self, file: Path, *, force: bool = True) -> Restored:
        return asyncio.run(restore(file, self.place, force=force, now=self.clock.now()))

    def do(self, work: Callable[[Database], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_database(self.place.database) as database:
                await work(database)

        asyncio.run(main())


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A bot that has posted Monday's digest to the team."""
    bot = Bot(tmp_path_factory.mktemp("begun") / "data")
    bot.subscribe(TEAM)
    bot.serve()
    assert bot.loop.sent == [("loop:team", "one"), ("loop:team", "two")]
    return bot


@pytest.fixture
def bot(begun: Bot, tmp_path: Path) -> Bot:
    """The same in a folder of its own."""
    shutil.copytree(begun.place.data_dir, tmp_path / "data")
    bot = Bot(tmp_path / "data")
    bot.loop.sent = list(begun.loop.sent)
    return bot


def test_no_slot_is_sent_twice_after_a_backup_was_put_back(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    for _ in range(2):
        bot.clock.forward(DAY)
        bot.serve()
    sent = list(bot.loop.sent)
    assert len(sent) == 6

    done = bot.restore(file)
    bot.serve()

    assert bot.loop.sent == sent
    assert bot.series() == [
        ("loop:team", date(2025, 9, 1), State.POSTED),
        ("loop:team", date(2025, 9, 2), State.UNKNOWN),
        ("loop:team", date(2025, 9, 3), State.UNKNOWN),
    ]
    assert [(each.slot and each.slot.day, each.why) for each in done.unknown] == [
        (date(2025, 9, 3), WHY),
        (date(2025, 9, 2), WHY),
    ]
    bot.clock.forward(DAY)
    bot.serve()
    assert len(bot.loop.sent) == 8


def test_what_was_heard_as_a_backup_was_made_is_not_done_again(bot: Bot, tmp_path: Path) -> None:
    left: list[str] = []

    async def hear(database: Database) -> None:
        heard = HeardBefore(database, bot.clock, room="loop")
        assert heard.first("loop 1", "/schedule 8am")
        assert await heard.stored("loop 1", patience=20)

    async def recall(database: Database) -> None:
        heard = HeardBefore(database, bot.clock, room="loop")
        await heard.load()
        left.extend(heard.left)
        assert not heard.first("loop 1", "/schedule 8am")

    bot.do(hear)
    bot.do(recall)
    assert left == ["loop 1"]
    left.clear()

    bot.restore(bot.back_up(tmp_path / "backup.tar.gz"))

    bot.do(recall)
    assert left == []


def test_the_next_slot_lies_after_the_restoring(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(10 * DAY)

    done = bot.restore(file)

    following = bot.next(TEAM)
    assert following is not None
    assert (following.day, len(done.unknown)) == (date(2025, 9, 12), 10)


def test_what_was_on_its_way_is_not_sent_again(bot: Bot, tmp_path: Path) -> None:
    async def open_some(database: Database) -> None:
        desk = Desk(database)
        await desk.open(TEAM, Kind.DIGEST, None, now=MONDAY)
        await desk.open(TEAM, Kind.NOTICE, filled("told"), now=MONDAY)

    bot.do(open_some)
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.serve()
    sent = list(bot.loop.sent)

    done = bot.restore(file)
    bot.serve()

    assert ("loop:team", "told") in sent
    assert bot.loop.sent == sent
    assert {each.kind for each in done.unknown} == {Kind.DIGEST, Kind.NOTICE}


def test_who_is_not_served_has_nothing_that_is_unknown(bot: Bot, tmp_path: Path) -> None:
    bot.subscribe(QUIET, Standing.PAUSED)
    bot.subscribe(TEAM, Standing.STOPPED)
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(DAY)

    assert bot.restore(file).unknown == []


def test_a_zone_that_is_gone_keeps_nothing_from_being_put_back(bot: Bot, tmp_path: Path) -> None:
    bot.subscribe(QUIET)
    with closing(sqlite3.connect(bot.place.database)) as opened:
        opened.execute(
            "UPDATE subscriptions SET zone = 'Mars/Base' WHERE destination = 'loop:team'"
        )
        opened.commit()
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(DAY)

    done = bot.restore(file)

    assert {str(each.destination) for each in done.unknown} == {"loop:quiet"}


def test_only_what_this_restoring_left_out_is_listed(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(DAY)
    bot.restore(file)
    again = bot.back_up(tmp_path / "again.tar.gz")
    bot.clock.forward(DAY)

    done = bot.restore(again)

    assert [each.slot and each.slot.day for each in done.unknown] == [date(2025, 9, 3)]


def test_what_is_put_back_is_its_owner_s_alone(bot: Bot, tmp_path: Path) -> None:
    bot.restore(bot.back_up(tmp_path / "backup.tar.gz"))

    assert bot.place.database.stat().st_mode & 0o777 == 0o600


def test_it_is_remembered_when_it_was_put_back(bot: Bot, tmp_path: Path) -> None:
    bot.restore(bot.back_up(tmp_path / "backup.tar.gz"))

    async def look(database: Database) -> None:
        assert await Marks(database).of("restored") == MONDAY.isoformat()

    bot.do(look)


def test_what_stood_there_is_put_aside_each_time(bot: Bot, tmp_path: Path) -> None:
    old_key = key(bot.place.data_dir, "buttons")
    file = bot.back_up(tmp_path / "backup.tar.gz")
    keys = bot.place.data_dir / "keys"
    (keys / "buttons").unlink()
    new_key = key(bot.place.data_dir, "buttons")

    first, second = bot.restore(file).aside, bot.restore(file).aside

    assert first == bot.place.database.with_name("briefbot.db.before-restore")
    assert second == bot.place.database.with_name("briefbot.db.before-restore1")
    assert new_key != old_key == key(bot.place.data_dir, "buttons")
    assert (keys / ".buttons.before-restore").read_bytes() == old_key
    assert stat.S_IMODE((keys / "buttons").stat().st_mode) == 0o600
    assert sorted(each.name for each in bot.place.data_dir.iterdir()) == [
        "briefbot.db",
        "briefbot.db.before-restore",
        "briefbot.db.before-restore1",
        "keys",
        "running.lock",
    ]


def test_what_was_last_written_is_put_aside_too(bot: Bot, tmp_path: Path) -> None:
    """A bot that was killed leaves what it wrote last beside its database."""
    file = bot.back_up(tmp_path / "backup.tar.gz")
    script = (
        "import os, sqlite3, sys; opened = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "opened.execute(\"INSERT INTO marks VALUES ('last', 'words')\"); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(bot.place.database)], check=False)
    assert bot.place.database.with_name("briefbot.db-wal").stat().st_size

    aside = bot.restore(file).aside

    assert aside is not None
    with closing(sqlite3.connect(aside)) as opened:
        assert opened.execute("SELECT value FROM marks WHERE key = 'last'").fetchone() == ("words",)
    with closing(sqlite3.connect(bot.place.database)) as opened:
        assert opened.execute("SELECT value FROM marks WHERE key = 'last'").fetchone() is None


def test_a_damaged_archive_is_put_aside_as_it_is(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.place.database.write_bytes(b"noise" * 1000)
    bot.place.database.with_name("briefbot.db-wal").write_bytes(b"more noise")

    aside = bot.restore(file).aside

    assert aside is not None
    assert aside.read_bytes() == b"noise" * 1000
    assert bot.series() == [("loop:team", date(2025, 9, 1), State.POSTED)]


def test_an_empty_folder_takes_a_backup_without_force(bot: Bot, tmp_path: Path) -> None:
    made = key(bot.place.data_dir, "buttons")
    file = bot.back_up(tmp_path / "backup.tar.gz")
    moved = Bot(tmp_path / "new" / "data")

    done = moved.restore(file, force=False)

    assert (done.aside, done.manifest.version, done.manifest.made) == (None, "1.0", MONDAY)
    assert moved.series() == bot.series()
    assert key(moved.place.data_dir, "buttons") == made


def test_an_archive_that_is_there_is_refused_without_force(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")

    with unchanged(bot), pytest.raises(BriefbotError) as raised:
        bot.restore(file, force=False)

    assert str(raised.value) == (
        f"There is an archive at {bot.place.database} already. Name an empty DATA_DIR, or give "
        "--force: it is then put aside, not deleted."
    )


def test_nothing_is_put_back_under_a_running_bot(bot: Bot, tmp_path: Path) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")

    async def while_running() -> None:
        async with alone(bot.place.data_dir, pid=1, now=MONDAY):
            await restore(file, bot.place, force=True, now=MONDAY)

    with unchanged(bot), pytest.raises(FolderTakenError):
        asyncio.run(while_running())


def test_nothing_is_put_back_while_another_program_reads_the_archive(
    bot: Bot, tmp_path: Path
) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    with closing(sqlite3.connect(bot.place.database, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("INSERT INTO marks VALUES ('before', '1')")
        with closing(sqlite3.connect(bot.place.database, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM marks").fetchall()
            writer.execute("INSERT INTO marks VALUES ('last', '1')")
            before = bot.place.database.stat().st_ino

            with pytest.raises(BriefbotError, match=r"another program reads .* Nothing was chang"):
                bot.restore(file)

            assert bot.place.database.stat().st_ino == before


def test_what_is_put_back_is_on_the_disk_before_it_takes_its_place(
    bot: Bot, tmp_path: Path
) -> None:
    key(bot.place.data_dir, "buttons")
    file = bot.back_up(tmp_path / "backup.tar.gz")
    synced: list[tuple[int, int]] = []

    def sync(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, bot.place.database.stat().st_ino))

    old = bot.place.database.stat().st_ino
    asyncio.run(restore(file, bot.place, force=True, now=bot.clock.now(), sync=sync))

    new = bot.place.database.stat().st_ino
    folder = bot.place.data_dir
    assert synced == [
        (new, old),
        ((folder / "keys").stat().st_ino, old),
        (folder.stat().st_ino, new),
    ]


def test_a_folder_is_held_if_nobody_else_does(tmp_path: Path) -> None:
    async def scenario() -> tuple[bool, bool]:
        async with (
            held_if_free(tmp_path, pid=1, now=MONDAY) as first,
            held_if_free(tmp_path, pid=2, now=MONDAY) as second,
        ):
            return first, second

    assert asyncio.run(scenario()) == (True, False)
    assert asyncio.run(scenario()) == (True, False)


def test_a_file_that_is_not_there_is_told(bot: Bot, tmp_path: Path) -> None:
    with unchanged(bot), pytest.raises(BriefbotError) as raised:
        bot.restore(tmp_path / "none.tar.gz")

    assert str(raised.value) == f"{tmp_path / 'none.tar.gz'} does not exist, or is no plain file."


def test_an_older_backup_is_brought_up_to_date(bot: Bot, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    database = older / "briefbot.db"
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        opened.commit()
    upgrade(database, to="0003")
    file = tmp_path / "older.tar.gz"
    back_up(file, kept(older), version="0.9", now=MONDAY)

    done = bot.restore(file)

    assert (done.manifest.schema, bot.series()) == ("0003", [])


def upgrade(database: Path, *, to: str) -> None:
    script = """
import sys
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from bot.store.schema import SCHEMA
config = Config()
config.set_main_option("script_location", str(SCHEMA.scripts).replace("%", "%%"))
with create_engine(f"sqlite:///{sys.argv[1]}").begin() as connection:
    config.attributes["connection"] = connection
    command.upgrade(config, sys.argv[2])
"""
    subprocess.run([sys.executable, "-c", script, str(database), to], check=True)


# What somebody else made.

MANIFEST = {
    "format": "briefbot backup 1",
    "version": "1",
    "schema": SCHEMA.head,
    "made": "2025-09-01",
}
Member = tuple[str, bytes] | tarfile.TarInfo


def packed(file: Path, *members: Member) -> Path:
    with tarfile.open(file, "w:gz") as opened:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                opened.addfile(member, io.BytesIO(bytes(member.size)))
                continue
            name, content = member
            info = tarfile.TarInfo(name)
            info.size = len(content)
            opened.addfile(info, io.BytesIO(content))
    return file


def manifest(**said: object) -> tuple[str, bytes]:
    return "manifest.json", json.dumps({**MANIFEST, **said}).encode()


def link(name: str, to: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


def header(kind: bytes) -> list[Member]:
    """Return a header of half of what is too long, twice."""
    info = tarfile.TarInfo("x")
    info.type, info.size = kind, 500_000
    return [info, info]


def database(bot: Bot) -> tuple[str, bytes]:
    return "briefbot.db", bot.place.database.read_bytes()


class unchanged:  # noqa: N801 - reads as a remark beside what is tried
    """Assert that nothing in the bot's folder, or above it, has changed meanwhile."""

    def __init__(self, bot: Bot) -> None:
        self.folder = bot.place.data_dir

    def look(self) -> dict[str, bytes]:
        return {
            str(each.relative_to(self.folder.parent)): each.read_bytes()
            for each in self.folder.parent.rglob("*")
            if each.is_file() and each.name != "running.lock" and each.suffix != ".gz"
        }

    def __enter__(self) -> None:
        self.before = self.look()

    def __exit__(self, *_: object) -> None:
        assert self.look() == self.before
        assert not list(self.folder.glob(".restore-*"))


@pytest.mark.parametrize(
    "members",
    [
        pytest.param([], id="nothing"),
        pytest.param([("readme.txt", b"x")], id="another program's"),
        pytest.param([("manifest.json", b"x" * 200_000)], id="a manifest too large"),
        pytest.param([("manifest.json", b"[" * 90_000)], id="a manifest too deep"),
        pytest.param([("manifest.json", b"\xff")], id="a manifest of noise"),
        pytest.param([("manifest.json", b"[]")], id="a manifest that is a list"),
        pytest.param([manifest(format="zip")], id="another format"),
        pytest.param([manifest(made="soon")], id="no date"),
        pytest.param([manifest(made="0001-01-01T00:00:00+14:00")], id="no date in UTC"),
        pytest.param([manifest(schema=4)], id="a schema that is a number"),
        pytest.param([manifest(schema="0000")], id="a schema that never was"),
        pytest.param([manifest(schema="newer")], id="a schema that is none"),
        pytest.param([manifest()], id="no database"),
        pytest.param([manifest(), ("briefbot.db", b"noise" * 999)], id="a database of noise"),
        pytest.param([manifest(), ("briefbot.db", b"")], id="an empty database"),
        pytest.param([link("manifest.json", "/etc/passwd")], id="a manifest that is a link"),
        pytest.param([manifest(), link("briefbot.db", "/etc/passwd")], id="a linked database"),
        pytest.param(
            [manifest(), link("briefbot.db", "", tarfile.FIFOTYPE)], id="a pipe as database"
        ),
        pytest.param([*header(tarfile.XHDTYPE), manifest()], id="a long header"),
        pytest.param([manifest(), *header(tarfile.GNUTYPE_LONGNAME)], id="a long name"),
        pytest.param([manifest(), *header(tarfile.GNUTYPE_LONGLINK) * 30], id="many long links"),
        pytest.param([manifest(), ("keys/buttons", b"short")], id="a key too short"),
        pytest.param([manifest(), ("keys/buttons", b"x" * 9_000)], id="a key too long"),
        pytest.param(
            [manifest(), *((f"keys/{number}", b"x" * 32) for number in range(1_200))],
            id="too many members",
        ),
    ],
)
def test_what_is_no_backup_changes_nothing(
    bot: Bot, tmp_path: Path, members: Sequence[Member]
) -> None:
    file = packed(tmp_path / "bad.tar.gz", *members)

    with unchanged(bot), pytest.raises(BriefbotError) as raised:
        bot.restore(file)

    assert str(raised.value) == (
        f"{file} is no backup of Briefbot, or is damaged. Nothing was changed."
    )


def test_a_backup_whose_parts_do_not_belong_together_changes_nothing(
    bot: Bot, tmp_path: Path
) -> None:
    file = packed(tmp_path / "bad.tar.gz", manifest(schema="0001"), database(bot))

    with unchanged(bot), pytest.raises(BriefbotError, match=r"is no backup of Briefbot"):
        bot.restore(file)


def test_a_second_database_in_it_changes_nothing(bot: Bot, tmp_path: Path) -> None:
    file = packed(tmp_path / "bad.tar.gz", manifest(), database(bot), database(bot))

    with unchanged(bot), pytest.raises(BriefbotError, match=r"is no backup of Briefbot"):
        bot.restore(file)


@pytest.mark.parametrize("kind", [tarfile.LNKTYPE, tarfile.SYMTYPE])
def test_a_database_that_is_a_link_to_a_sound_one_changes_nothing(
    bot: Bot, tmp_path: Path, kind: bytes
) -> None:
    _, content = database(bot)
    info = link("briefbot.db", "other.db", kind)
    info.size = len(content)
    file = tmp_path / "bad.tar.gz"
    whole = packed(tmp_path / "whole.tar.gz", manifest(), ("other.db", content), manifest())
    with gzip.open(whole) as stream:
        # The link stands where the last member does: no content follows it.
        members = stream.read().rstrip(b"\0")
    last = members.rindex(b"manifest.json")
    file.write_bytes(gzip.compress(members[:last] + info.tobuf() + bytes(1024)))

    with unchanged(bot), pytest.raises(BriefbotError, match=r"is no backup of Briefbot"):
        bot.restore(file)


def test_a_bomb_of_one_header_takes_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "bomb.tar.gz"
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 50_000_000
    with gzip.open(file, "wb", compresslevel=1) as stream:
        stream.write(info.tobuf())
        for _ in range(50):
            stream.write(bytes(1_000_000))
    tracemalloc.start()

    try:
        assert not is_backup(file)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_newer_backup_is_refused(bot: Bot, tmp_path: Path) -> None:
    file = packed(tmp_path / "new.tar.gz", manifest(schema="9999", version="9.9\x1b[31m"))

    with unchanged(bot), pytest.raises(BriefbotError) as raised:
        bot.restore(file)

    assert str(raised.value) == (
        f"{file} was made by a newer Briefbot, 9.9[31m: its schema is 9999, this Briefbot knows "
        f"{SCHEMA.head}. Nothing was changed: install the newer Briefbot first."
    )


def test_a_database_that_lacks_what_is_asked_of_it_changes_nothing(
    bot: Bot, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.db"
    with closing(sqlite3.connect(bare)) as opened:
        opened.execute("CREATE TABLE alembic_version (version_num TEXT)")
        opened.execute("INSERT INTO alembic_version VALUES (?)", (SCHEMA.head,))
        opened.commit()
    file = packed(tmp_path / "bad.tar.gz", manifest(), ("briefbot.db", bare.read_bytes()))

    with (
        unchanged(bot),
        pytest.raises(BriefbotError, match=r"could not be restored, and nothing was changed\. "),
    ):
        bot.restore(file)


def test_more_than_the_disk_has_is_refused_before_it_is_written(bot: Bot, tmp_path: Path) -> None:
    said, claimed = manifest()[1], tarfile.TarInfo("briefbot.db")
    first = tarfile.TarInfo("manifest.json")
    first.size, claimed.size = len(said), 1 << 60
    file = tmp_path / "bomb.tar.gz"
    file.write_bytes(gzip.compress(first.tobuf() + said.ljust(512, b"\0") + claimed.tobuf()))

    with unchanged(bot), pytest.raises(BriefbotError, match=r"MB, and the disk has less"):
        bot.restore(file)


@pytest.mark.parametrize(
    "member",
    [
        ("keys/../briefbot.toml", b"x" * 32),
        ("keys/.hidden", b"x" * 32),
        ("keys/", b"x" * 32),
        ("keys/a\nb", b"x" * 32),
        (f"keys/{'é' * 150}", b"x" * 32),
        ("../../evil", b"x" * 32),
        ("/evil", b"x" * 32),
        link("evil", "/etc"),
        link("evil", "briefbot.db", tarfile.LNKTYPE),
        link("evil", "", tarfile.DIRTYPE),
    ],
    ids=range(10),
)
def test_what_else_is_in_it_is_not_taken_out(bot: Bot, tmp_path: Path, member: Member) -> None:
    file = packed(tmp_path / "more.tar.gz", manifest(), member, database(bot))

    bot.restore(file)

    found = {each.name for each in tmp_path.rglob("*") if each.suffix != ".gz"}
    assert found == {"data", "briefbot.db", "briefbot.db.before-restore", "keys", "running.lock"}


def test_a_backup_that_was_torn_or_garbled_anywhere_changes_nothing(
    bot: Bot, tmp_path: Path
) -> None:
    sound = bot.back_up(tmp_path / "backup.tar.gz").read_bytes()
    file = tmp_path / "bad.tar.gz"
    # The first ten bytes say when it was packed, and the like.
    places = [10 + number * (len(sound) - 11) // 7 for number in range(8)]
    torn = [sound[:place] for place in places]
    garbled = [
        sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :] for place in places[:-1]
    ]

    with unchanged(bot):
        for content in (*torn, *garbled, b"", b"\x1f\x8b"):
            file.write_bytes(content)
            with pytest.raises(BriefbotError, match=r"is no backup of Briefbot, or is damaged"):
                bot.restore(file)


def test_more_behind_its_end_is_no_backup_of_ours(bot: Bot, tmp_path: Path) -> None:
    sound = bot.back_up(tmp_path / "backup.tar.gz").read_bytes()
    file = tmp_path / "bomb.tar.gz"
    file.write_bytes(sound + gzip.compress(bytes(1_000_000)))

    with unchanged(bot), pytest.raises(BriefbotError, match=r"is no backup of Briefbot"):
        bot.restore(file)


def test_what_a_killed_restoring_left_is_cleared_away(bot: Bot, tmp_path: Path) -> None:
    left = bot.place.data_dir / ".restore-1"
    left.mkdir()
    (left / "briefbot.db").write_bytes(b"x")

    bot.restore(bot.back_up(tmp_path / "backup.tar.gz"))

    assert not left.exists()


#: With a number it is killed just before the so-manieth time that it names a file anew.
RESTORING = """
import asyncio, os, sys
from datetime import datetime
from pathlib import Path
from bot.store.backup import Kept
from bot.store.restored import restore

file, folder = map(Path, sys.argv[1:3])
place = Kept(database=folder / "briefbot.db", data_dir=folder)
print("begun", flush=True)
left = int(sys.argv[4]) if sys.argv[4:] else 0

def renamed(event, names):
    global left
    # Python renames files, too, where it keeps its compiled modules.
    if event in {"os.rename", "os.link"} and str(folder) in str(names[1]):
        left -= 1
        if left == 0:
            os._exit(9)

sys.addaudithook(renamed)
asyncio.run(restore(file, place, force=True, now=datetime.fromisoformat(sys.argv[3])))
"""


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06])
def test_a_restoring_that_is_killed_sends_nothing_twice(
    bot: Bot, tmp_path: Path, delay: float
) -> None:
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(DAY)
    bot.serve()
    sent = list(bot.loop.sent)
    arguments = [str(file), str(bot.place.data_dir), bot.clock.now().isoformat()]

    with subprocess.Popen(
        [sys.executable, "-c", RESTORING, *arguments], stdout=subprocess.PIPE
    ) as restoring:
        assert restoring.stdout is not None
        assert restoring.stdout.readline() == b"begun\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            restoring.wait(delay)
        restoring.kill()
    bot.serve()

    assert bot.loop.sent == sent


@pytest.mark.parametrize("moment", range(1, 6))
def test_there_is_an_archive_at_each_moment(bot: Bot, tmp_path: Path, moment: int) -> None:
    key(bot.place.data_dir, "buttons")
    file = bot.back_up(tmp_path / "backup.tar.gz")
    bot.clock.forward(DAY)
    bot.serve()
    sent = list(bot.loop.sent)
    now = bot.clock.now().isoformat()
    arguments = [str(file), str(bot.place.data_dir), now, str(moment)]

    killed = subprocess.run([sys.executable, "-c", RESTORING, *arguments], check=False)

    assert killed.returncode == (9 if moment < 5 else 0)
    with closing(sqlite3.connect(bot.place.database)) as opened:
        assert opened.execute("SELECT count(*) FROM subscriptions").fetchone() == (1,)
    bot.serve()
    assert bot.loop.sent == sent


#: Puts a backup back on a disk that takes no file of more than so many bytes.
LIMITED = """
import asyncio, resource, signal, sys
from datetime import datetime
from pathlib import Path
from bot.core.errors import BriefbotError
from bot.store.backup import Kept
from bot.store.restored import restore

sys.dont_write_bytecode = True
file, folder = map(Path, sys.argv[1:3])
place = Kept(database=folder / "briefbot.db", data_dir=folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    asyncio.run(restore(file, place, force=True, now=datetime.fromisoformat(sys.argv[3])))
except BriefbotError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("room", [0, 8_192, 40_960, 4_000_000])
def test_a_disk_that_fills_up_meanwhile_is_told_or_takes_all(
    bot: Bot, tmp_path: Path, room: int
) -> None:
    for number in range(200):
        bot.subscribe(Destination("loop", f"chat {number}"))
    file = bot.back_up(tmp_path / "backup.tar.gz")
    limit = bot.place.database.stat().st_size + room
    place = kept(tmp_path / "new")
    now = (bot.clock.now() + DAY).isoformat()
    arguments = [str(file), str(place.data_dir), now, str(limit)]

    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments], check=False, capture_output=True, text=True
    )

    if done.returncode:
        assert "othing was changed." in done.stderr
        assert not place.database.exists()
    else:
        with closing(sqlite3.connect(place.database)) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            query = "SELECT count(*) FROM series WHERE state = 'unknown'"
            assert opened.execute(query).fetchone()[0] > 200
    assert (done.returncode == 0) >= (room == 4_000_000)


def test_a_place_that_cannot_be_taken_is_told(bot: Bot, tmp_path: Path) -> None:
    key(bot.place.data_dir, "buttons")
    file = bot.back_up(tmp_path / "backup.tar.gz")
    aside = bot.place.data_dir / "keys" / ".buttons.before-restore"
    aside.mkdir()

    with pytest.raises(BriefbotError) as raised:
        bot.restore(file)

    assert str(raised.value) == (
        f"{file} was restored in part: Is a directory. What stood in {bot.place.data_dir} lies "
        "beside, as .before-restore: begin anew."
    )
