"""What the operator's commands work on, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from bot.app.declared import moves
from bot.app.operator import Operation
from bot.app.telling import said
from bot.catalogue import words as words_of
from bot.config.load import Config
from bot.console.terminal import asked
from bot.store.database import open_database
from bot.store.marks import Marks
from bot.wiring.bot import parts
from bot.wiring.channels import ways
from bot.wiring.feeds import Outside
from bot.wiring.parts import ARCHIVE, SystemClock, free


@asynccontextmanager
async def operating(config: Config, *, version: str) -> AsyncIterator[Operation]:
    """Open the archive for a command, and close it at the end; raises ``StoreError``."""
    clock = SystemClock()
    async with (
        open_database(config.data_dir / ARCHIVE) as database,
        ways(config, database, far=True) as opened,
        Outside(config, version=version) as outside,
    ):
        made = parts(config, database, opened, outside, version=version, posts=False)
        delivery, marks = made.delivery, Marks(database)
        yield Operation(
            subscriptions=delivery.subscriptions,
            slots=delivery.slots,
            records=delivery.history,
            desk=delivery.desk,
            prepare=delivery.prepare,
            channels=delivery.channels,
            deliver=delivery.deliver,
            hold=lambda: free(config, clock),
            gather=made.gather.all_once,
            declare=delivery.declare,
            moved=lambda: moves(marks),
            chats=delivery.chats,
            forgetting=delivery.forgetting,
            status=lambda: made.answer(asked("/status")),
            told=lambda: said(marks, now=clock.now()),
            pause=asyncio.sleep,
            clock=clock,
            words=words_of(config.digest.language),
            zone=ZoneInfo(config.digest.zone),
        )
