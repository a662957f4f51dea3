"""Measures Telegram on a strict fake of its server: a fan-out, with its limits and without, and
how long an answer takes beside an echo bot's, at rest and during the fan-out.

A bare loop sends with the library as it comes, and another over the bot's own connections: beside
the second one stands what queue, receipts and archive take.

The echo bot is the library's own application, which polls and replies with the text it heard, on
the same fake and event loop; at rest it takes turns with ``/brief``. During a fan-out it is the
same application in a process that sends as many messages a second with bare library calls.

Usage: python -m tests.benchmarks.telegram [CHATS]
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from telegram import Bot, Update
from telegram.ext import MessageHandler, filters

from bot.app.outbox import Filled, Job
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.store.database import Database, open_database
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import introduced
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
#: So many answers are measured, at rest and during a fan-out, which they take part of its limit
#: from; with so many seconds between two: below the rate of answers.
RESTING, ASKED, PAUSE = 50, 25, 0.25
#: So often are both loops run without limits, in turns; the median counts.
ROUNDS = 3
PAGE = Page((Paragraph((Plain(1500 * "x"),)),), "A digest")


async def main(chats: int) -> int:
    """Print the table; return 1 when a promise is broken."""
    progress("without limits")
    rounds = [await unlimited(chats) for _ in range(ROUNDS)]
    bare, carried, ours = map(median, zip(*rounds, strict=True))
    progress(f"{chats:,} chats with Telegram's limits, {chats / Rates().fan_out:.0f} s at least")
    run = await limited(chats)
    progress("an echo bot beside a bare fan-out")
    beside = await echoed_beside()
    allowed = chats / Rates().fan_out
    print(
        table(
            f"A fan-out to {chats:,} chats of Telegram",
            ["", "seconds", "ratio"],
            [
                ["with limits", f"{run.took:.1f}", f"{run.took / allowed:.3f}"],
                ["what they allow", f"{allowed:.1f}", "1.000"],
                ["without limits", f"{ours:.1f}", f"{ours / bare:.2f}"],
                ["bare send_message", f"{bare:.1f}", "1.00"],
                ["the same over our connections", f"{carried:.1f}", f"{carried / bare:.2f}"],
            ],
        )
    )
    print(
        table(
            "Until an answer is there, the median",
            ["", "ms", "to an echo at rest", "to an echo likewise"],
            [
                answer_row("an echo bot", run.echo, run.echo, run.echo),
                answer_row("an echo bot beside a bare fan-out", beside, run.echo, beside),
                answer_row("/brief", run.rest, run.echo, run.echo),
                answer_row("/brief during the fan-out", run.busy, run.echo, beside),
            ],
        )
    )
    print(f"{run.refused} refused for flooding, {run.missing} chats without their digest")
    kept = (
        run.took <= LATE * allowed,
        ours <= bare / REACHED,
        run.rest <= SLOWER * run.echo,
        run.busy <= SLOWER * beside,
        run.refused == run.missing == 0,
    )
    return int(not all(kept))


def answer_row(what: str, seconds: float, rest: float, likewise: float) -> list[str]:
    """Return a row of the second table."""
    ratios = [f"{seconds / rest:.2f}", f"{seconds / likewise:.2f}"]
    return [what, f"{1000 * seconds:.1f}", *ratios]


async def echo(update: Update, _: Any) -> None:  # noqa: ANN401 - the library's own context
    """Repeat what was heard."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def echoed_beside() -> float:
    """Return an echo's time in a process that sends to ever more chats, at the fan-out's rate.

    The messages are sent by the bare library, without a database, on the same event loop. It keeps
    no pace of its own that could be judged: no limit is set.
    """
    async with (
        fake_bot_api() as api,
        polling(api, MessageHandler(filters.ALL, echo)),
        talking(api) as bot,
    ):
        html = str(TelegramChannel(bot).render(PAGE)[0]["html"])
        sending: set[asyncio.Task[Any]] = set()

        async def fan_out() -> None:
            begun, sent = time.perf_counter(), 0
            while True:
                chat = api.private(f"Reader {sent}")
                task = asyncio.create_task(bot.send_message(chat.id, html, parse_mode="HTML"))
                sending.add(task)
                task.add_done_callback(sending.discard)
                sent += 1
                due = begun + sent / Rates().fan_out
                await asyncio.sleep(max(0.0, due - time.perf_counter()))

        running = asyncio.create_task(fan_out())
        took = await answered(api, asked=RESTING)
        running.cancel()
        await asyncio.gather(running, *sending, return_exceptions=True)
        return took[0]


async def answered(*apis: FakeBotApi, asked: int = ASKED) -> list[float]:
    """Return the medians of the seconds until ``/brief`` is answered on each of these servers.

    They take turns, so that what else goes on at the machine meets all alike; each question comes
    from a chat of its own.
    """
    took: list[list[float]] = [[] for _ in apis]
    for number in range(asked + 2):
        for api, seconds in zip(apis, took, strict=True):
            chat = api.private(f"Asker {number}")
            begun = time.perf_counter()
            chat.says(None, "/brief")
            await api.until(partial(has_answer, chat), seconds=30)
            seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(PAUSE)
    # The first ones open connections.
    return [median(seconds[2:]) for seconds in took]


def has_answer(chat: Chat) -> bool:
    """Say whether the bot has written there."""
    return bool(chat.messages)


async def unlimited(chats: int) -> tuple[float, float, float]:
    """Return the seconds of both bare loops, and of the bot with all its receipts."""
    async with (
        fake_bot_api() as api,
        talking(api) as bot,
        introduced(api.token, url=api.url) as own,
    ):
        known = [api.private(f"Reader {number}") for number in range(chats)]
        rates = Rates(fan_out=1e6, answers=1e6, chat=1e6, group=10**6)
        channel = TelegramChannel(own, rates=rates)
        payloads = channel.render(PAGE)

        async def filled(job: Job) -> Filled:
            del job
            return Filled(page=PAGE, payloads=payloads)

        async def bare(sender: Bot) -> float:
            left = iter(known)

            async def send() -> None:
                for chat in left:
                    await sender.send_message(chat.id, str(payloads[0]["html"]), parse_mode="HTML")

            begun = time.perf_counter()
            await asyncio.gather(*(send() for _ in range(AT_ONCE)))
            return time.perf_counter() - begun

        loops = await bare(bot), await bare(own)
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
        assert all(len(chat.messages) == 3 for chat in known)
        return *loops, ours


@asynccontextmanager
async def served(chats: Sequence[Chat]) -> AsyncIterator[Database]:
    """Give a database in which these chats' digests are due."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "briefbot.db") as database:
            due = datetime.now(UTC) - timedelta(seconds=1)
            await subscribe(database, places(chats), moment=due)
            yield database


@dataclass(frozen=True)
class Limited:
    """What came of a run with Telegram's limits; times are in seconds."""

    echo: float
    #: Until ``/brief`` was answered, at rest and during the fan-out.
    rest: float
    busy: float
    #: From the first message of the fan-out to the last.
    took: float
    refused: int
    missing: int


async def limited(chats: int) -> Limited:
    """Ask at rest, in turns with an echo bot, and during a fan-out."""
    with tempfile.TemporaryDirectory() as folder:
        async with on_air(Path(folder), limits=Limits()) as stage:
            async with (
                fake_bot_api(limits=Limits()) as other,
                polling(other, MessageHandler(filters.ALL, echo)),
            ):
                echo_took, rest = await answered(other, stage.api, asked=RESTING)
            known = [stage.api.private(f"Reader {number}") for number in range(chats)]
            due = datetime.now(UTC) - timedelta(seconds=1)
            await subscribe(stage.bot.parts.database, places(known), moment=due)
            await stage.api.until(lambda: any(chat.messages for chat in known), seconds=30)
            busy = (await answered(stage.api))[0]
            await stage.api.until(lambda: done(known), seconds=None)
            ids = {chat.id for chat in known}
            sent = [
                call.moment
                for call in stage.api.calls
                if call.method == "sendMessage" and call.said["chat_id"] in ids
            ]
            return Limited(
                echo=echo_took,
                rest=rest,
                busy=busy,
                took=sent[-1] - sent[0],
                refused=stage.api.flood.refused,
                missing=sum(not chat.messages for chat in known),
            )


def done(known: Sequence[Chat]) -> bool:
    """Say whether every chat has its digest; the last ones are looked at first."""
    return all(chat.messages for chat in reversed(known))


def places(known: Sequence[Chat]) -> list[Destination]:
    """Return where their digests go."""
    return [Destination("telegram", str(chat.id)) for chat in known]


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else CHATS)))
