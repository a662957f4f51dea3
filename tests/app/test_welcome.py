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
from bot.store.editions import Editions
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import SetClock
from tests.fakes.pages import text

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
            editions=Editions(database),
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


def test_an_archived_chat_is_stopped_until_it_is_back_and_counts_as_no_removal() -> None:
    async def scene(welcome: Welcome, _: SetClock) -> None:
        chat = Destination("slack", "T1/C1")
        wanted = replace(await welcome.saving.of(chat), schedule=MORNINGS)
        await welcome.saving.save(wanted, Ask(destination=chat, text="", asker=Asker()))

        await welcome.archived(chat)
        stopped = await welcome.saving.of(chat)
        page = await welcome.resumed(chat)

        assert (stopped.standing, stopped.reason) == (Standing.STOPPED, "The chat is archived.")
        assert page is not None
        assert page.summary.startswith("I am back.")
        assert (await welcome.saving.of(chat)).standing is Standing.ACTIVE
        assert await welcome.access.chats.of(chat) is None

    play(scene)


def test_a_chat_that_gets_its_digest_is_greeted_with_its_times() -> None:
    async def scene(welcome: Welcome, _: SetClock) -> None:
        wanted = replace(await welcome.saving.of(GROUP.chat), schedule=MORNINGS)
        await welcome.saving.save(wanted, Ask(destination=GROUP.chat, text="", asker=Asker()))

        came, paused = await welcome.entered(GROUP), replace(wanted, standing=Standing.PAUSED)
        await welcome.saving.save(paused, Ask(destination=GROUP.chat, text="", asker=Asker()))
        asked = await welcome.greeting(GROUP)

        assert came is not None
        assert "The digest comes by itself: every day at 08:00, UTC." in text(came)
        assert "I post nothing by myself until an admin says when." in text(asked)

    play(scene)


def test_a_bot_that_nobody_has_invited_says_nothing() -> None:
    async def scene(welcome: Welcome, _: SetClock) -> None:
        assert await welcome.entered(replace(GROUP, id=""), invited=False) is None
        # Who asks is answered.
        assert await welcome.started(GROUP) is not None

    play(scene)
