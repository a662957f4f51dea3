"""A chat is greeted once where the bot comes to it, and again when somebody asks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

import pytest

from bot.app.access import Access
from bot.app.farewell import Farewell
from bot.app.saving import Saving
from bot.app.tongues import Tongues
from bot.app.welcome import Host, Welcome
from bot.core.ask import Ask, Asker
from bot.core.greeting_pages import Company, Offer
from bot.core.page import Page
from bot.core.subscription import Destination, Schedule, Standing, Subscription, Timing
from bot.core.wording import English
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import SetClock, Told
from tests.fakes.pages import text

MORNINGS = Schedule((Timing(time(8)),), "UTC")
GROUP = Host(chat=Destination("telegram", "-1"), title="Team", company=Company.GROUP, id="7")
ALONE = Host(chat=Destination("telegram", "7"), title="", company=Company.ALONE, id="7")


@dataclass
class Offered:
    """Keeps what people are offered."""

    pages: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, destination: Destination, page: Page, *, offered: bool) -> bool:
        assert offered
        self.pages.append((str(destination), page.summary))
        return False


def _welcome(
    database: Database, clock: SetClock, told: Told, offers: Offered, *, everybody: bool
) -> Welcome:
    chats, subscriptions = Chats(database), Subscriptions(database)
    tongues = Tongues(chats=subscriptions, codes=("en",), words=lambda _: English(), otherwise="en")
    return Welcome(
        access=Access(
            everybody=everybody,
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
        tongues=tongues,
        farewell=Farewell(tell=told, offers=offers, titles=chats, tongues=tongues),
    )


def play(scene: Callable[[Welcome, SetClock], Awaitable[None]]) -> None:
    async def whole() -> None:
        clock = SetClock()
        async with open_database(None) as database:
            welcome = _welcome(database, clock, Told(), Offered(), everybody=True)
            await scene(welcome, clock)

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


@dataclass
class Removal:
    """What became known of a bot that was removed from a chat."""

    told: list[str]
    offered: list[tuple[str, str]]


def removal(
    subscriptions: Sequence[Subscription],
    chat: Destination = GROUP.chat,
    *,
    title: str = "",
    everybody: bool = True,
    times: int = 1,
) -> Removal:
    """Let the bot be removed from a chat with these subscriptions."""
    told, offers = Told(), Offered()

    async def whole() -> None:
        clock = SetClock()
        async with open_database(None) as database:
            welcome = _welcome(database, clock, told, offers, everybody=everybody)
            await welcome.access.titled(chat, title)
            await database.settle()
            for one in subscriptions:
                await welcome.saving.subscriptions.save(one, now=clock.now())
            for _ in range(times):
                await welcome.left(chat)

    asyncio.run(whole())
    return Removal(told.sentences, offers.pages)


#: The digest of the group, which Anna has set.
ANNAS = Subscription(destination=GROUP.chat, schedule=MORNINGS, owner="7")


def test_a_removal_that_ends_a_digest_is_told_once_to_the_operator_and_to_who_set_it() -> None:
    found = removal([ANNAS], title="Team", times=2)

    (sentence,), (offered,) = found.told, found.offered
    assert sentence == (
        "telegram:-1 gets no digest any more: it refuses posts. The bot was removed from the chat."
        " Adding it again mends that."
    )
    assert offered[0] == "telegram:7"
    assert offered[1] == (
        "I was removed from “Team”, so its digest comes no more. Whoever adds me there again"
        " brings it back."
    )


@pytest.mark.parametrize(
    "kept",
    [
        [],
        [replace(ANNAS, schedule=None)],
        [replace(ANNAS, standing=Standing.PAUSED)],
        [replace(ANNAS, standing=Standing.STOPPED, reason="It may not write.")],
    ],
)
def test_a_removal_that_ends_no_digest_is_told_to_nobody(kept: Sequence[Subscription]) -> None:
    assert removal(kept) == Removal([], [])


def test_a_chat_that_is_not_listed_is_left_without_a_word() -> None:
    assert removal([ANNAS], everybody=False) == Removal([], [])


def test_a_person_who_blocks_the_bot_is_not_written_to() -> None:
    found = removal([replace(ANNAS, destination=ALONE.chat)], ALONE.chat)

    (sentence,) = found.told
    assert sentence == (
        "telegram:7 gets no digest any more: it refuses posts. The person has blocked the bot."
        " Unblocking it and /start mend that."
    )
    assert found.offered == []


def test_of_a_chat_with_several_digests_the_operator_hears_once_and_each_owner_too() -> None:
    chats = [Destination("telegram", address) for address in ("-1", "-1/5", "-1/6", "-1/7")]
    owners = ["7", "8", "7", ""]

    found = removal(
        [
            replace(ANNAS, destination=chat, owner=owner)
            for chat, owner in zip(chats, owners, strict=True)
        ]
    )

    assert [one.partition(" gets")[0] for one in found.told] == ["telegram:-1"]
    assert [where for where, _ in found.offered] == ["telegram:7", "telegram:8"]
    assert {said.partition(",")[0] for _, said in found.offered} == {
        "I was removed from “telegram:-1”"
    }


def test_in_a_workspace_a_persons_own_chat_is_that_of_their_id_there() -> None:
    channel = Destination("slack", "T1/C1")

    found = removal([replace(ANNAS, destination=channel, owner="U7")], channel)

    assert [where for where, _ in found.offered] == ["slack:T1/U7"]


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


def told_where_posts_find_it(
    subscriptions: Sequence[Subscription], then: Callable[[Welcome], Awaitable[None]]
) -> Removal:
    """Return what is told of a group where these came and something follows."""
    told, offers = Told(), Offered()

    async def whole() -> None:
        clock = SetClock()
        async with open_database(None) as database:
            welcome = _welcome(database, clock, told, offers, everybody=True)
            await welcome.access.titled(GROUP.chat, "Team")
            await database.settle()
            for one in subscriptions:
                await welcome.saving.subscriptions.save(one, now=clock.now())
            await then(welcome)

    asyncio.run(whole())
    return Removal(told.sentences, offers.pages)


#: The same digest as a post leaves it that found the bot removed.
ENDED = replace(ANNAS, standing=Standing.STOPPED, reason="The bot was removed from the chat.")


def test_a_removal_that_a_post_finds_is_told_in_the_same_words_and_once_if_it_is_heard_too() -> (
    None
):
    async def found_first(welcome: Welcome) -> None:
        await welcome.gone(GROUP.chat, ANNAS)
        await welcome.left(GROUP.chat)

    async def heard_first(welcome: Welcome) -> None:
        await welcome.left(GROUP.chat)
        await welcome.gone(GROUP.chat, ANNAS)

    found, heard = (
        told_where_posts_find_it([kept], then)
        for kept, then in ((ENDED, found_first), (ANNAS, heard_first))
    )

    assert found.offered == heard.offered == removal([ANNAS], title="Team").offered
    # Delivery tells the operator of what a post finds.
    assert (found.told, len(heard.told)) == ([], 1)


def test_a_removal_that_a_post_finds_in_a_topic_stops_the_others_and_is_told_once() -> None:
    others = [
        replace(ANNAS, destination=Destination("telegram", f"-1/{topic}"), owner=owner)
        for topic, owner in ((5, "7"), (6, "8"))
    ]

    async def then(welcome: Welcome) -> None:
        await welcome.gone(GROUP.chat, ANNAS)
        kept = [await welcome.saving.of(one.destination) for one in others]
        assert [one.standing for one in kept] == [Standing.STOPPED] * 2
        await welcome.gone(GROUP.chat, others[0])

    found = told_where_posts_find_it([ENDED, *others], then)

    assert [where for where, _ in found.offered] == ["telegram:7", "telegram:8"]


def test_a_bot_that_is_back_by_then_stops_nothing_and_the_next_removal_is_told_again() -> None:
    async def then(welcome: Welcome) -> None:
        await welcome.gone(GROUP.chat, ANNAS)
        await welcome.entered(GROUP)
        await welcome.gone(GROUP.chat, ANNAS)
        assert (await welcome.saving.of(GROUP.chat)).standing is Standing.ACTIVE
        await welcome.left(GROUP.chat)

    found = told_where_posts_find_it([ENDED], then)

    assert [where for where, _ in found.offered] == ["telegram:7"] * 2


def test_those_who_were_told_fill_no_memory() -> None:
    async def then(welcome: Welcome) -> None:
        many = [replace(ANNAS, owner=str(number)) for number in range(1001)]
        await welcome.farewell.owners(GROUP.chat, many)
        # The first was forgotten, so that they are told twice rather than not at all.
        await welcome.farewell.owners(GROUP.chat, many[:1])

    found = told_where_posts_find_it([], then)

    assert len(found.offered) == 1002
