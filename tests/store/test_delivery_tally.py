"""The operator sees how many digests were late or missed lately, and how much waits."""

from datetime import timedelta

from bot.app.operator import Tally
from bot.core.delivery import Delivered, State
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.outbox import Outbox
from tests.fakes.subscribed import HERE, NOW, THERE, Opened, due_series, filled

DAY = timedelta(days=1)


def test_what_was_late_or_missed_and_what_waits_is_counted(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        desk, outbox, history = Desk(database), Outbox(database), History(database)
        first = await due_series(database)
        second = await due_series(database, THERE)
        await desk.fill(first, filled("one", "two"), now=NOW)

        assert await history.tally(NOW - DAY) == Tally(late=0, missed=0, waiting=2, parts=2)

        for _ in range(2):
            ready = await outbox.begin(first, (), now=NOW)
            assert ready is not None
            assert hasattr(ready, "post")
            late = NOW + timedelta(minutes=15)
            await outbox.record(ready.post, Delivered(str(HERE)), (), now=late)
        await desk.close(second, State.MISSED, why="", now=NOW)

        assert await history.tally(NOW - DAY) == Tally(late=1, missed=1, waiting=0, parts=0)
        assert await history.tally(NOW + DAY) == Tally(late=0, missed=0, waiting=0, parts=0)

    opened(scenario)
