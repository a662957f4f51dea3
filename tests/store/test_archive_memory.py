"""What the archive remembers of sources and chats, in a file and in memory alike."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

from bot.app.ports import Edition
from bot.core.health import Fault, Health, Reason
from bot.core.values import Published
from bot.store.database import Database
from bot.store.editions import Editions
from bot.store.healths import Healths
from bot.store.intake import Intake

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]
MORNING = datetime(2025, 9, 2, 8, tzinfo=UTC)


def test_the_last_health_of_each_source_is_kept_by_name(opened: Opened) -> None:
    fault = Fault(name="a\udcff.txt", reason=Reason.TOO_LARGE, detail="52 MB")
    fine = Health(
        source="folder",
        failing=None,
        checked=MORNING,
        articles=2,
        newest=Published(day=date(2025, 9, 1), at=datetime(2025, 9, 1, 7, tzinfo=UTC)),
        faults=(fault, fault),
    )
    down = Health(
        source="feed",
        failing=Fault(
            name="feed", reason=Reason.UNREADABLE, detail="Permission denied", hint="/news"
        ),
        checked=MORNING,
        since=MORNING - timedelta(hours=9),
    )
    odd = Health(source="\udcff \0", failing=None, checked=MORNING)

    async def scenario(database: Database) -> None:
        healths = Healths(database)
        before = await healths.all()
        await healths.note(Health(source="folder", failing=fault, checked=MORNING))
        await healths.note(fine)
        await healths.note(down)
        await healths.note(odd)
        assert (before, await healths.all()) == ([], [down, fine, odd])

    opened(scenario)


def test_the_last_edition_of_each_chat_is_returned(opened: Opened) -> None:
    later = MORNING + timedelta(minutes=1)
    editions = [
        Edition(destination="team", made=later, stories=(("a", "b"), ("c\udcff",))),
        Edition(destination="team", made=MORNING, stories=(("older",),)),
        Edition(destination="others", made=MORNING, stories=(("first",),)),
        Edition(destination="others", made=MORNING, stories=()),
    ]

    async def scenario(database: Database) -> None:
        kept = Editions(database)
        for edition in editions:
            await kept.publish(edition)
        assert await kept.last("team") == editions[0]
        assert await kept.last("others") == editions[3]
        assert await kept.last("nobody") is None

    opened(scenario)


def test_old_editions_go_with_old_articles_save_the_last_of_each_chat(opened: Opened) -> None:
    made = [
        Edition(destination="team", made=MORNING, stories=(("1",),)),
        Edition(destination="team", made=MORNING, stories=(("2",),)),
        Edition(destination="quiet", made=MORNING, stories=(("3",),)),
        Edition(destination="busy", made=MORNING, stories=(("4",),)),
        Edition(destination="busy", made=MORNING + timedelta(days=1), stories=(("5",),)),
        Edition(destination="busy", made=MORNING + timedelta(days=2), stories=(("6",),)),
        # One person alone was shown these: they neither outlast nor outdo those of all.
        Edition(destination="team", made=MORNING, stories=(("7",),), private=True),
        Edition(destination="quiet", made=MORNING + timedelta(days=2), stories=(), private=True),
    ]

    async def scenario(database: Database) -> None:
        editions = Editions(database)
        for edition in made:
            await editions.publish(edition)
        await database.settle()
        await Intake(database).prune(MORNING + timedelta(days=1))
        left = await database.read(
            lambda connection: connection.exec_driver_sql(
                "SELECT stories FROM editions ORDER BY id"
            ).all()
        )
        stories = ['[["2"]]', '[["3"]]', '[["5"]]', '[["6"]]', "[]"]
        assert [row.stories for row in left] == stories
        assert await editions.last("team") == made[1]

    opened(scenario)
