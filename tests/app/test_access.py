"""Only who is listed is served, and the code makes one operator."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count

from bot.app.access import PATIENCE, Access
from bot.app.ports import Edition
from bot.core.subscription import Destination
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from tests.fakes.delivery import NOW, SetClock

TEAM = Destination("telegram", "-100123")
ANNA = Destination("telegram", "7")


def moving(
    scene: Callable[[Access, Database], Awaitable[None]], *, named: frozenset[Destination]
) -> None:
    async def whole() -> None:
        async with open_database(None) as database:
            access = Access(
                everybody=False,
                people=frozenset(),
                named=named,
                chats=Chats(database),
                editions=Editions(database),
                marks=Marks(database),
                clock=SetClock(),
                secret=lambda: "secret",
            )
            await scene(access, database)

    asyncio.run(whole())


def play(
    scene: Callable[[Access, SetClock], Awaitable[None]],
    *,
    everybody: bool = False,
    people: frozenset[str] = frozenset(),
    named: frozenset[Destination] = frozenset(),
) -> None:
    async def whole() -> None:
        numbers = count(1)
        async with open_database(None) as database:
            clock = SetClock()
            access = Access(
                everybody=everybody,
                people=people,
                named=named,
                chats=Chats(database),
                editions=Editions(database),
                marks=Marks(database),
                clock=clock,
                secret=lambda: f"secret-{next(numbers)}",
            )
            await scene(access, clock)

    asyncio.run(whole())


def test_what_was_posted_is_read_there_unless_the_chat_was_taken_off_the_list() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        topic = Destination("telegram", f"{TEAM.address}/5")
        for place in (topic, ANNA):
            shown = Edition(destination=str(place), made=NOW, stories=())
            await access.editions.publish(shown)
        await access.entered(TEAM, by="")
        assert await access.admits_to_post(TEAM, topic, NOW)
        assert await access.admits_to_post(ANNA, ANNA, NOW)

        await access.chats.allow(TEAM, allowed=False)
        assert not await access.admits_to_post(TEAM, topic, NOW)

    play(scene)


def test_where_no_digest_of_that_moment_was_posted_none_is_read() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        await access.editions.publish(Edition(destination=str(TEAM), made=NOW, stories=()))
        await access.entered(ANNA, by="")
        assert not await access.admits_to_post(TEAM, TEAM, NOW + timedelta(seconds=1))
        assert not await access.admits_to_post(ANNA, ANNA, NOW)

    play(scene)


def test_a_chat_that_nobody_has_listed_is_not_served() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        assert not await access.admits(TEAM)
        assert not await access.admits(ANNA, alone="7")

    play(scene)


def test_while_there_is_no_operator_nobody_lists_a_chat_by_adding_the_bot() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        await access.entered(TEAM, by="")
        assert not await access.admits(TEAM)

    play(scene)


def test_whom_the_operator_bars_is_not_served_where_all_are() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        assert await access.admits(TEAM)
        await access.chats.allow(TEAM, allowed=False)
        assert not await access.admits(TEAM)

    play(scene, everybody=True)


def test_listed_people_are_served_alone_and_not_their_groups() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        assert await access.admits(ANNA, alone="7")
        assert not await access.admits(TEAM)

    play(scene, people=frozenset({"7"}))


def test_chats_of_the_configuration_are_served() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        assert await access.admits(TEAM)

    play(scene, named=frozenset({TEAM}))


def test_a_chat_of_the_configuration_is_served_wherever_it_has_moved_to() -> None:
    old, first = Destination("telegram", "-5"), Destination("telegram", "-1005")

    async def scene(access: Access, database: Database) -> None:
        for one, other in ((old, first), (first, TEAM)):
            assert not await access.admits(TEAM)
            await Relocation(database).move(one, other, now=NOW)

        assert await access.admits(TEAM)
        await access.chats.added(TEAM, owner="", now=NOW - PATIENCE)
        assert await access.unserved("telegram") == []
        await access.chats.allow(TEAM, allowed=False)
        assert not await access.admits(TEAM)

    moving(scene, named=frozenset({old}))


def test_a_chat_that_is_not_named_is_served_no_more_for_having_moved() -> None:
    async def scene(access: Access, database: Database) -> None:
        await Relocation(database).move(ANNA, TEAM, now=NOW)

        assert not await access.admits(TEAM)

    moving(scene, named=frozenset({Destination("telegram", "-5")}))


def test_the_code_stays_until_it_is_used_and_works_once() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        code = await access.code("telegram")
        assert (code, await access.code("telegram")) == ("secret-1", "secret-1")

        for wrong in ("", "secret-2", "Secret-1", "секрет", "\udcff"):
            assert not await access.claim(ANNA, "8", wrong)
        assert await access.claim(ANNA, "7", "secret-1")
        assert not await access.claim(TEAM, "8", "secret-1")

        assert await access.operator("telegram") == "7"
        assert await access.code("telegram") is None
        assert await access.code("slack") == "secret-2"

    play(scene)


def test_the_operator_is_served_and_lists_chats_by_adding_the_bot() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        await access.claim(ANNA, "7", await access.code("telegram") or "")
        await access.entered(TEAM, by="7")
        other = Destination("telegram", "-100999")
        await access.entered(other, by="8")

        assert await access.admits(TEAM)
        assert not await access.admits(other)
        # In whatever chat alone with the bot.
        assert await access.admits(Destination("telegram", "70"), alone="7")

    play(scene)


def test_a_chat_is_told_once_an_hour() -> None:
    async def scene(access: Access, clock: SetClock) -> None:
        told = [access.tells(TEAM), access.tells(TEAM), access.tells(ANNA)]
        clock.forward(timedelta(hours=1))
        assert [*told, access.tells(TEAM)] == [True, False, True, True]

    play(scene)


def test_a_chat_that_was_served_meanwhile_is_told_at_once() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        assert access.tells(TEAM)
        await access.chats.allow(TEAM, allowed=True)
        assert await access.admits(TEAM)
        await access.chats.allow(TEAM, allowed=False)
        assert not await access.admits(TEAM)

        assert [access.tells(TEAM), access.tells(TEAM)] == [True, False]

    play(scene)


def test_that_a_link_makes_nobody_the_operator_is_told_besides() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        told = [access.tells(ANNA), access.tells(ANNA, link=True), access.tells(ANNA, link=True)]

        assert told == [True, True, False]

    play(scene)


def test_of_a_flood_of_chats_no_more_is_remembered_than_there_is_room_for() -> None:
    async def scene(access: Access, _: SetClock) -> None:
        chats = [Destination("telegram", str(number)) for number in range(1, 10_002)]
        assert all(access.tells(chat) for chat in chats)
        assert access.tells(chats[0])
        assert not access.tells(chats[-1])

    play(scene)


def test_what_a_chat_is_called_is_noted_when_it_changes() -> None:
    noted: list[tuple[Destination, str]] = []

    class Titled(Chats):
        async def titled(self, destination: Destination, title: str) -> None:
            noted.append((destination, title))
            await super().titled(destination, title)

    async def scene() -> None:
        async with open_database(None) as database:
            access = Access(
                everybody=False,
                people=frozenset(),
                named=frozenset(),
                chats=Titled(database),
                editions=Editions(database),
                marks=Marks(database),
                clock=SetClock(),
                secret=lambda: "secret",
            )
            for title in ("SCO\n  news", "SCO news", "", "S" * 200, "S" * 128):
                await access.titled(TEAM, title)
                await database.settle()
            assert noted == [(TEAM, "SCO news"), (TEAM, "S" * 128)]
            assert await Chats(database).titles() == {str(TEAM): "S" * 128}

    asyncio.run(scene())


def test_chats_that_were_not_served_for_a_day_are_to_be_left() -> None:
    async def scene(access: Access, clock: SetClock) -> None:
        served, barred, late = (Destination("telegram", f"-{number}") for number in (1, 2, 3))
        elsewhere, gone, unseen = Destination("slack", "C1"), *_more()
        for chat in (TEAM, served, barred, elsewhere, gone):
            await access.met(chat)
            await access.met(chat)
        await access.chats.allow(served, allowed=True)
        await access.chats.allow(barred, allowed=False)
        await access.chats.allow(unseen, allowed=False)
        assert isinstance(access.chats, Chats)
        await access.chats.removed(gone, now=clock.now())
        clock.forward(timedelta(hours=1))
        await access.met(late)
        clock.forward(timedelta(hours=23))

        assert set(await access.unserved("telegram")) == {TEAM, barred}
        await access.met(gone)
        clock.forward(timedelta(days=1))
        assert set(await access.unserved("telegram")) == {TEAM, barred, late, gone}

    play(scene)


def _more() -> tuple[Destination, Destination]:
    return Destination("telegram", "-4"), Destination("telegram", "-5")
