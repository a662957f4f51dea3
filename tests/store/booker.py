"""One of several processes that book the same slots, fill them and hand out their parts."""

import asyncio
import sys
from pathlib import Path

from bot.app.outbox import Ready
from bot.core.delivery import Delivered
from bot.store.database import open_database
from bot.store.desk import Desk
from bot.store.outbox import Outbox
from bot.store.slots import Slots
from tests.fakes.subscribed import NOW, booking, filled


def say(what: object) -> None:
    """Tell the parent."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


async def main(path: Path) -> None:
    """Say the number of each series booked, and of each part delivered."""
    async with open_database(path) as database:
        slots, desk, outbox = Slots(database), Desk(database), Outbox(database)
        while found := await slots.due(NOW, limit=7):
            for unput in await slots.book([booking(each) for each in found], now=NOW):
                say(f"booked {unput.series}")
                await desk.fill(unput.series, filled("one", "two"), now=NOW)
                while isinstance(ready := await outbox.begin(unput.series, (), now=NOW), Ready):
                    say(f"sent {ready.post.series}/{ready.post.part}")
                    await outbox.record(ready.post, Delivered("there"), (), now=NOW)
        say("done")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
