"""A digest is found again by when it was made, by its message, and after its chat has moved."""

from datetime import timedelta

from bot.app.outbox import Ready
from bot.app.ports import Edition
from bot.core.delivery import Delivered
from bot.core.subscription import Destination
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.outbox import Outbox
from bot.store.relocation import Relocation
from bot.store.subscriptions import Subscriptions
from tests.fakes.subscribed import HERE, NOW, THERE, Opened, due_series, filled

ELSEWHERE = Destination("file", "elsewhere.txt")


def test_a_digest_is_found_by_the_second_it_was_made_in(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        editions = Editions(database)
        made = [
            Edition(destination="team", made=NOW + timedelta(seconds=after), stories=((one,),))
            for one, after in (("a", 0.0), ("b", 1.25), ("c", 1.75), ("d", 2.0))
        ]
        for edition in made:
            await editions.publish(edition)

        assert await editions.of("team", NOW) == made[0]
        assert await editions.of("team", NOW + timedelta(seconds=1)) == made[2]
        assert await editions.of("team", NOW + timedelta(seconds=3)) is None
        assert await editions.of("others", NOW) is None

    opened(scenario)


def test_a_digest_is_found_by_any_of_its_messages(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        number = await due_series(database)
        await Desk(database).fill(number, filled("one", "two"), now=NOW)
        for reference in ("m1", "m2"):
            ready = await Outbox(database).begin(number, (), now=NOW)
            assert isinstance(ready, Ready)
            await Outbox(database).record(ready.post, Delivered(reference), (), now=NOW)
        editions = Editions(database)
        posted = Edition(destination=str(HERE), made=NOW, stories=(("a",), ("b",)))

        found = [await editions.under(str(HERE), reference) for reference in ("m1", "m2")]
        assert found == [posted, posted]
        assert await editions.under(str(HERE), "m3") is None
        assert await editions.under(str(THERE), "m1") is None

    opened(scenario)


def test_a_chat_that_says_it_moved_is_followed_once_and_for_all(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await due_series(database)
        edition = Edition(destination=str(HERE), made=NOW, stories=(("a",),))
        await Editions(database).publish(edition)
        relocation = Relocation(database)
        for _ in range(2):
            await relocation.move(HERE, ELSEWHERE, now=NOW)
        await relocation.move(ELSEWHERE, ELSEWHERE, now=NOW)

        subscriptions = Subscriptions(database)
        assert await subscriptions.of(HERE) is None
        moved = await subscriptions.of(ELSEWHERE)
        assert moved is not None
        assert moved.schedule is not None
        assert await Editions(database).of(str(ELSEWHERE), NOW) is not None

    opened(scenario)
