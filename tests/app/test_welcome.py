"""A chat is greeted once where the bot comes to it, and again when somebody asks."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.app.access import Access
from bot.app.saving import Saving
from bot.app.tongues import Tongues
from bot.app.welcome import Host, Welcome
from bot.core.ask import Ask, Asker
from bot.core.greeting_pages import Company, Offer
from bot.core.subscription import Destination, Schedule, Standing, Timing
from bot.core.wording import English
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import SetClock

MORNINGS = Schedule((Timing(time(8)),), "UTC")
GROUP = Host(chat=Destination("telegram", "-1"), title="Team", company=Company.GROUP, id="7")
ALONE = Host(chat=Destination("telegram", "7"), title="", company=Company.ALONE, id="7")


def _welcome(database: Database, clock: SetClock) -> Welcome:
    chats, subscriptions = Chats(database), Subscriptions(database)
    return Welcome(
        access=Access(
            everybody=True,
            people=frozenset(),
            named=frozenset(),
            chats=chats,
            marks=Marks(database),
            clock=clock,
            secret=lambda: "secret",
        ),
        departures=chats,
        relocation=Relocation(database),
        saving=Saving(
            subscriptions=subscriptions, slots=Slots(database), clock=clock, language="en"
        ),
        offer=Offer(beat="SCO", timings=(), zone="UTC", language="en", languages={"en": "English"}),
        tongues=Tongues(
            chats=subscriptions, codes=("en",), words=lambda _: English(), otherwise="en"
        ),
    )


def play(scene: Callable[[Welcome, SetClock], Awaitable[None]]) -> None:
    async def whole() -> None:
        clock = SetClock()
        async with open_database(None) as database:
            await scene(_welcome(database, clock), clock)

    asyncio.run(whole())


@pytest.mark.parametrize("host", [GROUP, ALONE])
def test_who_brings_the_bot_asks_besides_without_knowing_it(host: Host) -> None:
    async def scene(welcome: Welcome, clock: SetClock) -> None:
        assert await welcome.entered(host) is not None
        assert await welcome.started(host) is None
        # Whoever asks again means it.
        assert await welcome.started(host) is not None

        assert await welcome.entered(host) is not None
        clock.forward(timedelta(minutes=1))
        assert await welcome.started(host) is not None

    play(scene)


def test_the_chats_that_the_bot_comes_to_fill_no_memory() -> None:
    async def scene(welcome: Welcome, _: SetClock) -> None:
        await welcome.entered(GROUP)
        for number in range(2, 1002):
            await welcome.entered(replace(GROUP, chat=Destination("telegram", str(-number))))

        # It was forgotten, so that it is greeted twice rather than not at all.
        assert await welcome.started(GROUP) is not None

    play(scene)


def test_where_the_bot_is_removed_only_that_chat_is_stopped() -> None:
    chats = [Destination("telegram", address) for address in ("-100", "-100/5", "-1001", "-10")]

    async def scene(welcome: Welcome, _: SetClock) -> None:
        for chat in chats:
            wanted = replace(await welcome.saving.of(chat), schedule=MORNINGS)
            await welcome.saving.save(wanted, Ask(destination=chat, text="", asker=Asker()))
        await welcome.left(chats[0])

        kept = [(await welcome.saving.of(chat)).standing for chat in chats]
        assert kept == [Standing.STOPPED, Standing.STOPPED, Standing.ACTIVE, Standing.ACTIVE]

    play(scene)
