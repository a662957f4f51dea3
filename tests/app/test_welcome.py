"""A chat is greeted once where the bot comes to it, and again when somebody asks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

import pytest

from bot.app.access import Access
from bot.app.endings import Ending
from bot.app.farewell import Farewell
from bot.app.saving import Saving
from bot.app.tongues import Tongues
from bot.app.welcome import Host, Welcome
from bot.core.ask import Ask, Asker
from bot.core.delivery import Refused, Scope
from bot.core.errors import StoreError
from bot.core.greeting_pages import Company, Offer
from bot.core.mendable import BLOCKED, NO_WRITING, REMOVED
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
    """Keeps what people are offered, who cannot be reached the first ``lost`` times."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    lost: int = 0

    async def send(self, destination: Destination, page: Page, *, offered: bool) -> bool:
        assert offered
        if self.lost:
            self.lost -= 1
            return False
        self.pages.append((str(destination), page.summary))
        return True


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


def removal(  # noqa: PLR0913 - each is a way in which one removal differs from the others
    subscriptions: Sequence[Subscription],
    chat: Destination = GROUP.chat,
    *,
    title: str = "",
    everybody: bool = True,
    alone: bool = False,
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
                await welcome.left(chat, alone=alone)

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
    found = removal([replace(ANNAS, destination=ALONE.chat)], ALONE.chat, alone=True)

    (sentence,) = found.told
    assert sentence == (
        "telegram:7 gets no digest any more: it refuses posts. The person has blocked the bot."
        " Unblocking it and /start mend that."
    )
    assert found.offered == []


def test_a_chat_whose_person_blocks_the_bot_is_stopped_for_that_reason() -> None:
    async def scene(welcome: Welcome, clock: SetClock) -> None:
        kept = replace(ANNAS, destination=ALONE.chat)
        await welcome.saving.subscriptions.save(kept, now=clock.now())
        await welcome.left(ALONE.chat, alone=True)

        assert (await welcome.saving.of(ALONE.chat)).reason == BLOCKED

    play(scene)


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

    found = removal([replace(ANNAS, destination=channel, owner="T1/U7")], channel)

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
        assert "The digest is set, but does not come now: every day at 08:00, UTC." in text(asked)

    play(scene)


def test_what_rests_in_a_topic_is_not_offered_to_the_whole_group() -> None:
    async def scene(welcome: Welcome, clock: SetClock) -> None:
        topic = Destination("telegram", f"{GROUP.chat.address}/5")
        rests = replace(ANNAS, destination=topic, standing=Standing.PAUSED)
        await welcome.saving.subscriptions.save(rests, now=clock.now())

        asked = await welcome.greeting(GROUP)

        assert "I post nothing by myself until an admin says when." in text(asked)

    play(scene)


@pytest.mark.parametrize(("topics", "where"), [(("", "/5"), ""), (("/5",), " in the topic")])
def test_a_bot_that_is_back_says_where_the_digest_comes(topics: Sequence[str], where: str) -> None:
    async def scene(welcome: Welcome, clock: SetClock) -> None:
        for topic in topics:
            chat = Destination("telegram", f"{GROUP.chat.address}{topic}")
            one = replace(ANNAS, destination=chat, standing=Standing.STOPPED)
            await welcome.saving.subscriptions.save(one, now=clock.now())

        back = await welcome.resumed(GROUP.chat)

        assert back is not None
        said = text(back).removeprefix("I am back. The digest comes as before")
        assert said.startswith(f"{where} where it was set: every day" if where else ": every day")

    play(scene)


def test_a_bot_that_nobody_has_invited_says_nothing() -> None:
    async def scene(welcome: Welcome, _: SetClock) -> None:
        assert await welcome.entered(replace(GROUP, id=""), invited=False) is None
        # Who asks is answered.
        assert await welcome.started(GROUP) is not None

    play(scene)


def told_where_posts_find_it(
    subscriptions: Sequence[Subscription],
    then: Callable[[Welcome], Awaitable[None]],
    *,
    lost: int = 0,
) -> Removal:
    """Return what is told of a group where these came and something follows."""
    told, offers = Told(), Offered(lost=lost)

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


GONE = Refused(REMOVED, Scope.DESTINATION)
#: The same digest as a post leaves it that found the bot removed.
ENDED = replace(ANNAS, standing=Standing.STOPPED, reason=REMOVED)


def test_a_removal_that_a_post_finds_is_told_in_the_same_words_and_once_if_it_is_heard_too() -> (
    None
):
    async def found_first(welcome: Welcome) -> None:
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        await welcome.left(GROUP.chat)

    async def heard_first(welcome: Welcome) -> None:
        await welcome.left(GROUP.chat)
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))

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
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        kept = [await welcome.saving.of(one.destination) for one in others]
        assert [one.standing for one in kept] == [Standing.STOPPED] * 2
        await welcome.ended(GROUP.chat, Ending(others[0], GONE))

    found = told_where_posts_find_it([ENDED, *others], then)

    assert [where for where, _ in found.offered] == ["telegram:7", "telegram:8"]


def test_a_bot_that_is_back_by_then_stops_nothing_and_the_next_removal_is_told_again() -> None:
    async def then(welcome: Welcome) -> None:
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        await welcome.entered(GROUP)
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        assert (await welcome.saving.of(GROUP.chat)).standing is Standing.ACTIVE
        await welcome.left(GROUP.chat)

    found = told_where_posts_find_it([ENDED], then)

    assert [where for where, _ in found.offered] == ["telegram:7"] * 2


def test_where_the_bot_is_back_nothing_is_told_again_of_other_chats() -> None:
    async def then(welcome: Welcome) -> None:
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        await welcome.entered(replace(GROUP, chat=Destination("telegram", "-77")))
        await welcome.left(GROUP.chat)

    assert len(told_where_posts_find_it([ENDED], then).offered) == 1


def test_of_a_chat_that_is_not_served_any_more_nobody_is_told() -> None:
    async def then(welcome: Welcome) -> None:
        await welcome.access.chats.allow(GROUP.chat, allowed=False)
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))

    assert told_where_posts_find_it([ENDED], then) == Removal([], [])


def test_those_who_were_told_fill_no_memory() -> None:
    async def then(welcome: Welcome) -> None:
        many = [replace(ANNAS, owner=str(number)) for number in range(1001)]
        await welcome.farewell.owners(GROUP.chat, many)
        # The first was forgotten, so that they are told twice rather than not at all.
        await welcome.farewell.owners(GROUP.chat, many[:1])

    found = told_where_posts_find_it([], then)

    assert len(found.offered) == 1002


def test_a_removal_that_a_post_finds_is_noted_so_that_the_chat_is_forgotten_in_time() -> None:
    async def then(welcome: Welcome) -> None:
        assert await welcome.access.chats.of(GROUP.chat) is not None
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        known = await welcome.access.chats.of(GROUP.chat)
        assert known is not None
        assert known.removed == welcome.saving.clock.now()

    told_where_posts_find_it([ENDED], then)


def test_who_could_not_be_told_as_a_post_found_the_removal_is_told_as_it_is_heard() -> None:
    async def then(welcome: Welcome) -> None:
        await welcome.ended(GROUP.chat, Ending(ANNAS, GONE))
        await welcome.left(GROUP.chat)
        await welcome.left(GROUP.chat)

    assert told_where_posts_find_it([ENDED], then, lost=1) == Removal(
        [], removal([ANNAS], title="Team").offered
    )


def test_who_was_not_told_for_the_archive_was_busy_is_told_as_it_is_heard() -> None:
    @dataclass(frozen=True)
    class Busy:
        chats: Chats
        answers: list[bool]

        async def titles(self) -> Mapping[str, str]:
            if not self.answers.pop():
                raise StoreError("The archive is busy.")
            return await self.chats.titles()

    async def then(welcome: Welcome) -> None:
        chats = welcome.access.chats
        assert isinstance(chats, Chats)
        farewell = replace(welcome.farewell, titles=Busy(chats, [True, False]))
        told = replace(welcome, farewell=farewell)
        with pytest.raises(StoreError):
            await told.ended(GROUP.chat, Ending(ANNAS, GONE))
        await told.left(GROUP.chat)

    assert len(told_where_posts_find_it([ENDED], then).offered) == 1


def refusal(refused: Refused, of: Subscription = ANNAS) -> Removal:
    """Return what is told where a post for the group was refused so."""

    async def then(welcome: Welcome) -> None:
        await welcome.ended(GROUP.chat, Ending(of, refused))
        # Nothing else of the chat is touched.
        assert (await welcome.saving.of(Destination("telegram", "-1/9"))).standing is (
            Standing.ACTIVE
        )

    other = replace(ANNAS, destination=Destination("telegram", "-1/9"))
    return told_where_posts_find_it([other], then)


def test_who_set_a_digest_is_told_why_it_is_refused_and_what_starts_it_again() -> None:
    assert refusal(Refused(NO_WRITING, Scope.DESTINATION)).offered == [
        (
            "telegram:7",
            (
                "“Team” gets no digest any more. The bot may not write in the chat. An admin can"
                " let it. Once that is mended, /settings resume there starts it again."
            ),
        )
    ]


def test_a_reason_that_a_platform_says_may_be_read_is_told_as_it_stands() -> None:
    said = "The channel is archived. Unarchiving it mends that."
    (told,) = refusal(Refused(said, Scope.DESTINATION, mendable=True)).offered

    assert told[1].startswith(f"“Team” gets no digest any more. {said} Once that is mended, ")


def test_any_other_reason_is_for_the_operator() -> None:
    one = replace(ANNAS, destination=Destination("telegram", "-1/5"))

    assert refusal(Refused("403 Forbidden: secret", Scope.DESTINATION), one).offered == [
        (
            "telegram:7",
            (
                "A topic or thread of “Team” gets no digest any more. The platform refuses posts"
                " there; the operator sees why."
            ),
        )
    ]


@pytest.mark.parametrize("owner", ["", "-1", "some one"])
def test_where_nobody_set_the_digest_nobody_is_told(owner: str) -> None:
    assert (
        refusal(Refused(NO_WRITING, Scope.DESTINATION), replace(ANNAS, owner=owner)).offered == []
    )


def test_who_has_blocked_the_bot_is_not_written_to_though_a_post_finds_it() -> None:
    alone = replace(ENDED, destination=ALONE.chat, reason=BLOCKED)

    async def then(welcome: Welcome) -> None:
        await welcome.ended(ALONE.chat, Ending(alone, Refused(BLOCKED, Scope.DESTINATION)))

    assert told_where_posts_find_it([alone], then) == Removal([], [])
