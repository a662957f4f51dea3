"""Measures Telegram on a strict fake of its server: a fan-out, with its limits and without, and
how long an answer takes beside an echo bot's, at rest and during the fan-out.

Usage: python -m tests.benchmarks.telegram [CHATS]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.app.outbox import Filled, Job
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.store.database import Database, open_database
from bot.telegram.channel import TelegramChannel
from bot.telegram.rates import Rates
from bot.wiring.parts import SystemClock
from tests.benchmarks.tables import progress, table
from tests.delivery.node import node, subscribe
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.clients import polling, talking
from tests.fakes.bot_api.flood import Limits
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.on_air import on_air

CHATS = 1000
#: The promises: what a fan-out may take above what its limit allows, what it reaches of a bare
#: loop without limits, and an answer's time as a multiple of an echo's.
LATE, REACHED, SLOWER = 1.05, 0.5, 2.0
#: So many requests are under way at once, in the bot and in the bare loop.
AT_ONCE = 32
#: So many answers are measured, with so many seconds between two: below the rate of answers.
ASKED, PAUSE = 25, 0.25
PAGE = Page((Paragraph((Plain(1500 * "x"),)),), "A digest")


async def main(chats: int) -> int:
    """Print the table; return 1 when a promise is broken."""
    progress("an echo bot")
    echo = await echoed()
    progress("without limits")
    bare, ours = await unlimited(chats)
    progress(f"{chats:,} chats with Telegram's limits, {chats / Rates().fan_out:.0f} s at least")
    rest, busy, took, refused, missing = await limited(chats)
    allowed = chats / Rates().fan_out
    print(
        table(
            f"A fan-out to {chats:,} chats of Telegram",
            ["", "seconds", "ratio"],
            [
                ["with limits", f"{took:.1f}", f"{took / allowed:.3f}"],
                ["what they allow", f"{allowed:.1f}", "1.000"],
                ["without limits", f"{ours:.1f}", f"{ours / bare:.2f}"],
                ["bare send_message", f"{bare:.1f}", "1.00"],
            ],
        )
    )
    print(
        table(
            "Until an answer is there, the median",
            ["", "ms", "ratio"],
            [
                ["an echo bot", f"{1000 * echo:.1f}", "1.00"],
                ["/brief", f"{1000 * rest:.1f}", f"{rest / echo:.2f}"],
                ["/brief during the fan-out", f"{1000 * busy:.1f}", f"{busy / echo:.2f}"],
            ],
        )
    )
    print(f"{refused} refused for flooding, {missing} chats without their digest")
    kept = (
        took <= LATE * allowed,
        ours <= bare / REACHED,
        rest <= SLOWER * echo,
        busy <= SLOWER * echo,
        refused == missing == 0,
    )
    return int(not all(kept))


async def echoed() -> float:
    """Return how long a bot takes that only repeats what it hears."""

    async def echo(update: Update, _: Any) -> None:  # noqa: ANN401 - the library's own context
        assert update.message is not None
        await update.message.reply_text(update.message.text or "")

    async with fake_bot_api() as api, polling(api, MessageHandler(filters.ALL, echo)):
        return await answered(api, "/brief", asked=ASKED)


async def answered(api: FakeBotApi, text: str, *, asked: int) -> float:
    """Return the median of the seconds until the answer is there, each in a chat of its own."""
    took: list[float] = []
    for number in range(asked + 2):
        chat = api.private(f"Asker {number}")
        begun = time.perf_counter()
        chat.says(None, text)
        await api.until(partial(has_answer, chat), seconds=30)
        took.append(time.perf_counter() - begun)
        await asyncio.sleep(PAUSE)
    # The first ones open connections.
    return median(took[2:])


def has_answer(chat: Chat) -> bool:
    """Say whether the bot has written there."""
    return bool(chat.messages)


async def unlimited(chats: int) -> tuple[float, float]:
    """Return the seconds of a bare loop, and of the bot with all its receipts."""
    async with fake_bot_api() as api, talking(api) as bot:
        known = [api.private(f"Reader {number}") for number in range(chats)]
        rates = Rates(fan_out=1e6, answers=1e6, chat=1e6, group=10**6)
        channel = TelegramChannel(bot, rates=rates)
        payloads = channel.render(PAGE)

        async def filled(job: Job) -> Filled:
            del job
            return Filled(page=PAGE, payloads=payloads)

        left = iter(known)

        async def send() -> None:
            for chat in left:
                await bot.send_message(chat.id, str(payloads[0]["html"]), parse_mode="HTML")

        begun = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        bare = time.perf_counter() - begun
        async with served(known) as database:
            made = node(database, {"telegram": channel}, filled, clock=SystemClock())
            running = asyncio.create_task(made.engine.run())
            begun = time.perf_counter()
            await made.publish.start()
            await made.publish.due()
            await made.engine.still()
            ours = time.perf_counter() - begun
            running.cancel()
            await asyncio.wait({running})
        assert all(len(chat.messages) == 2 for chat in known)
        return bare, ours


@asynccontextmanager
async def served(chats: Sequence[Chat]) -> AsyncIterator[Database]:
    """Give a database in which these chats' digests are due."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "briefbot.db") as database:
            due = datetime.now(UTC) - timedelta(seconds=1)
            await subscribe(database, places(chats), moment=due)
            yield database


async def limited(chats: int) -> tuple[float, float, float, int, int]:
    """Return the answer's time at rest and during the fan-out, its seconds, and what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        async with on_air(Path(folder), limits=Limits()) as stage:
            rest = await answered(stage.api, "/brief", asked=ASKED)
            known = [stage.api.private(f"Reader {number}") for number in range(chats)]
            due = datetime.now(UTC) - timedelta(seconds=1)
            await subscribe(stage.bot.parts.database, places(known), moment=due)
            await stage.api.until(lambda: any(chat.messages for chat in known), seconds=30)
            busy = await answered(stage.api, "/brief", asked=ASKED)
            await stage.api.until(lambda: done(known), seconds=None)
            ids = {chat.id for chat in known}
            sent = [
                call.moment
                for call in stage.api.calls
                if call.method == "sendMessage" and call.said["chat_id"] in ids
            ]
            took = sent[-1] - sent[0]
            missing = sum(not chat.messages for chat in known)
            return rest, busy, took, stage.api.flood.refused, missing


def done(known: Sequence[Chat]) -> bool:
    """Say whether every chat has its digest; the last ones are looked at first."""
    return all(chat.messages for chat in reversed(known))


def places(known: Sequence[Chat]) -> list[Destination]:
    """Return where their digests go."""
    return [Destination("telegram", str(chat.id)) for chat in known]


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CHATS)))
