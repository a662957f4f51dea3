"""A person sees their chats that are served in one place, a page at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.app.access import Access
from bot.app.overview import SHOWN, Home, Mine, Overviews
from bot.app.tongues import Tongues
from bot.core.delivery import Kind, State
from bot.core.subscription import Destination, Subscription
from bot.core.wording import English
from bot.store.chats import Chats
from bot.store.database import open_database
from bot.store.editions import Editions
from bot.store.marks import Marks
from tests.fakes.chats import Chat, series
from tests.fakes.pages import text
from tests.fakes.press import NOW

OWN = Destination("loop", "own")
NEWS, RAIL, BARRED = (Destination("loop", name) for name in ("news", "rail", "barred"))
INVITE = "/invite @briefbot"


def play(
    scene: Callable[[Overviews, Access], Awaitable[None]],
    chat: Chat,
    *,
    everybody: bool = True,
    people: frozenset[str] = frozenset(),
    named: frozenset[Destination] = frozenset(),
) -> None:
    async def whole() -> None:
        async with open_database(None) as database:
            access = Access(
                everybody=everybody,
                people=people,
                named=named,
                chats=Chats(database),
                editions=Editions(database),
                marks=Marks(database),
                clock=chat.clock,
                secret=lambda: "secret",
            )
            tongues = Tongues(
                chats=chat.subscriptions,
                codes=frozenset({"en"}),
                words=lambda _: English(),
                otherwise="en",
            )
            made = Overviews(settings=chat.settings(), access=access, tongues=tongues)
            await scene(made, access)

    asyncio.run(whole())


def mine(shared: Mapping[Destination, str], own: Destination | None = None) -> Mine:
    return Mine(person="1", own=own, shared=shared)


def titles(home: Home) -> list[str]:
    return [each.title for each in home.overviews]


def test_chats_that_get_a_digest_come_first_and_the_others_by_name() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana", of=RAIL)
    chat.subscriptions.rows[OWN] = Subscription(destination=OWN)

    async def scene(overviews: Overviews, _: Access) -> None:
        other = Destination("loop", "other")
        whose = mine({RAIL: "rail", NEWS: "news", other: "Art"}, OWN)
        home = await overviews.home(whose, number=1, invite=INVITE)

        assert titles(home) == ["", "rail", "Art", "news"]
        assert [each.chat for each in home.overviews] == [OWN, RAIL, other, NEWS]
        assert "What is set in the channels that we share." in text(home.head)
        assert text(home.overviews[1].page).split("\n") == [
            "Digest = every day at 08:00, Astana time (Asia/Almaty, UTC+5)",
            "Next = Wednesday 3 September, 08:00",
            "Topics = everything",
        ]
        assert text(home.overviews[2].page).startswith("Digest = none comes by itself")

    play(scene, chat)


def test_the_last_digests_are_told_and_other_posts_are_not() -> None:
    chat = Chat()
    day = timedelta(days=1)
    chat.posts.rows = [
        replace(series(due=NOW - number * day, ended=NOW - number * day), destination=NEWS)
        for number in range(1, 6)
    ]
    chat.posts.rows[0] = replace(chat.posts.rows[0], kind=Kind.AGAIN)
    chat.posts.rows[2] = replace(chat.posts.rows[2], state=State.MISSED)

    async def scene(overviews: Overviews, _: Access) -> None:
        home = await overviews.home(mine({NEWS: "news"}), number=1, invite=INVITE)

        assert text(home.overviews[0].page).split("\n")[2:] == [
            "_Sun 31 Aug, 03:00 · came on time_",
            "_Sat 30 Aug, 03:00 · missed; its news came with the next digest_",
            "_Fri 29 Aug, 03:00 · came on time_",
        ]

    play(scene, chat)


def test_only_chats_that_are_served_are_shown() -> None:
    async def scene(overviews: Overviews, access: Access) -> None:
        await access.chats.allow(NEWS, allowed=True)
        await access.chats.allow(BARRED, allowed=False)
        whose = mine({NEWS: "news", RAIL: "rail", BARRED: "barred"}, OWN)

        home = await overviews.home(whose, number=1, invite=INVITE)

        assert titles(home) == ["news"]
        assert "2 shared channels are left out" in text(home.head)

    play(scene, Chat(), everybody=False, named=frozenset({BARRED}))


def test_who_is_served_alone_sees_their_own_chat() -> None:
    async def scene(overviews: Overviews, _: Access) -> None:
        home = await overviews.home(mine({NEWS: "news"}, OWN), number=1, invite=INVITE)

        assert [each.chat for each in home.overviews] == [OWN]
        assert "We share no channel that I serve." in text(home.head)

    play(scene, Chat(), everybody=False, people=frozenset({"1"}))


def test_a_chat_of_the_configuration_is_shown_wherever_it_has_moved_to() -> None:
    async def scene(overviews: Overviews, access: Access) -> None:
        await access.marks.put(f"moved.{RAIL}", str(NEWS))

        home = await overviews.home(mine({NEWS: "news"}), number=1, invite=INVITE)

        assert titles(home) == ["news"]

    play(scene, Chat(), everybody=False, named=frozenset({RAIL, BARRED}))


def test_many_chats_come_page_by_page() -> None:
    many = {Destination("loop", f"{number:02}"): f"{number:02}" for number in range(SHOWN + 3)}

    async def scene(overviews: Overviews, _: Access) -> None:
        first, last, beyond, before = [
            await overviews.home(mine(many), number=number, invite=INVITE)
            for number in (1, 2, 99, -5)
        ]

        assert titles(first) == [f"{number:02}" for number in range(SHOWN)]
        assert titles(last) == ["10", "11", "12"]
        assert [(one.number, one.pages) for one in (first, last, beyond, before)] == [
            (1, 2),
            (2, 2),
            (2, 2),
            (1, 2),
        ]

    play(scene, Chat())


def test_a_person_without_a_chat_is_told_how_to_get_one() -> None:
    async def scene(overviews: Overviews, _: Access) -> None:
        home = await overviews.home(mine({}), number=1, invite=INVITE)

        assert (home.overviews, home.number, home.pages) == ((), 1, 1)
        assert f"Type {INVITE} in one" in text(home.head)

    play(scene, Chat())
