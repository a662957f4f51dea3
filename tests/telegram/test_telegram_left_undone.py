"""What somebody asked, and a bot that stopped left unanswered, is answered after the next start."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text, update

from bot.app.hands import AT_ONCE
from bot.app.undone import WAITED
from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.store.chats import Chats
from bot.store.database import open_database
from bot.store.delivery_tables import heard
from bot.telegram.heard import Heard, Migrated, Person, Place, Pressed, Standing, Typed
from bot.telegram.lasting import lasts, read, written
from bot.telegram.press import Press, write_press
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.delivery import NOW
from tests.fakes.ears import Scene, echo, listening, play
from tests.fakes.locks import UNCOUNTABLE, held

Answer = Callable[[Ask], Awaitable[Page]]

MADE = datetime(2025, 9, 2, 3, 0, 0, 7, tzinfo=UTC)
ANNA = Person(id=7, language="en")
GROUP = Place(chat=-1001, thread=5, title="News")
PRESS = str(write_press(Press("/brief 1", MADE)))
#: What somebody else asks later, once all before it was heard.
LATER = "/sources"


async def fails(ask: Ask) -> Page:
    """Leave a question as a kill does: nobody is told anything."""
    raise LookupError(ask.text)


async def says_so(ask: Ask) -> Page:
    """Fail as the archive does, which who asked is told."""
    raise StoreError(ask.text)


def restarted(path: Path, text: str, *answers: Answer, away: timedelta = timedelta(0)) -> list[str]:
    """Type a text for a bot that answers so, and start it anew for each other answer.

    It is away for so long before each start. Returns what was answered in the end.
    """

    async def whole() -> list[str]:
        first, *others = answers
        async with fake_bot_api() as api:
            chat, later = api.private("Anna"), api.private("Zoe")
            async with listening(api=api, path=path, answer=first) as here:
                chat.says(None, text)
                await here.asked(1)
                await here.settle()
            for other in others:
                await grows_older(path, away)
                async with listening(api=api, path=path, answer=other) as here:
                    later.says(None, LATER)
                    while LATER not in here.texts:
                        await here.asked(len(here.asks) + 1)
                    await here.settle()
            return list(chat.texts)

    return asyncio.run(whole())


async def grows_older(path: Path, by: timedelta) -> None:
    """Let what was heard be so old."""
    async with open_database(path) as database:
        older = update(heard).values(moment=NOW - by)
        await database.write(lambda connection: connection.execute(older))


async def kept(path: Path) -> int:
    """Return of how much the words are kept."""
    query = select(func.count()).where(heard.c.body.is_not(None))
    async with open_database(path) as database:
        return await database.read(lambda connection: connection.execute(query).scalar_one())


def test_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    away = WAITED - timedelta(seconds=1)
    assert restarted(path, "/brief 1", fails, echo, away=away) == ["Answer to brief 1"]
    assert asyncio.run(kept(path)) == 0


def test_a_press_that_was_answered_still_brings_its_message(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        async with fake_bot_api() as api:
            chat = api.private("Anna")
            async with listening(api=api, path=path, answer=fails) as here:
                press = chat.presses(chat.says(None, "/help"), data=PRESS)
                await api.until(lambda: press.answered)
                await here.asked(2)
                await here.settle()
            async with listening(api=api, path=path) as here:
                await api.until(lambda: len(chat.texts) == 2)
            assert sorted(chat.texts) == ["Answer to brief 1", "Answer to help"]

    asyncio.run(whole())


def test_a_press_that_was_told_of_another_is_done(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        async with fake_bot_api() as api:
            chat = api.private("Anna")
            async with listening(api=api, path=path) as here:
                asked = chat.says(None, "/help")
                presses = [chat.presses(asked, data=PRESS) for _ in range(3)]
                await api.until(lambda: all(press.answered for press in presses))
                await api.until(lambda: len(chat.texts) == 2)
                await here.settle()

    asyncio.run(whole())
    assert asyncio.run(kept(path)) == 0


def test_what_was_answered_is_not_answered_again(tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", "/brief 1", echo, echo) == ["Answer to brief 1"]


def test_nobody_is_answered_who_asked_half_an_hour_ago(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    assert restarted(path, "/brief 1", fails, echo, away=WAITED) == []
    assert asyncio.run(kept(path)) == 0


def test_a_question_that_ends_the_bot_does_so_four_times_at_most(tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", "/brief 1", fails, fails, fails, fails, echo) == []


def test_trouble_that_was_said_is_an_answer(tmp_path: Path) -> None:
    (said,) = restarted(tmp_path / "a.db", "/brief 1", says_so, echo)

    assert said.startswith("I cannot get at my archive just now.")


@pytest.mark.parametrize("text", ["/resend", "/schedule undo"])
def test_what_would_do_harm_twice_is_left(text: str, tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", text, fails, echo) == []


def test_a_group_that_moved_is_followed_after_a_stop(tmp_path: Path) -> None:
    path, old, new = tmp_path / "briefbot.db", Destination("telegram", "-5"), "telegram:-1005"
    move = Migrated(place=Place(chat=-5), new=-1005)

    async def whole() -> None:
        async with open_database(path) as database:
            await Chats(database).allow(old, allowed=True)
            row = insert(heard).values(key="telegram 1", moment=NOW, body=written(move))
            await database.write(lambda connection: connection.execute(row))
        async with listening(path=path) as here:
            for _ in range(500):
                if await here.access.chats.of(old) is None:
                    break
                await asyncio.sleep(0.01)
            assert [str(one.destination) for one in await here.access.chats.all()] == [new]
        assert await kept(path) == 0

    asyncio.run(whole())


def test_nothing_is_confirmed_nor_done_before_it_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        with held(path):
            chat.says(None, "/status")
            await asyncio.sleep(0.2)
            assert here.asks == []
            assert here.api.feed.pending
        await here.api.until(lambda: chat.texts)
        await here.settle()

    play(scene, path=path)


def test_an_archive_that_is_held_for_long_holds_up_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "briefbot.db"

    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        with held(path):
            for _ in range(5):
                chat.says(None, "/status")
            await here.api.until(lambda: len(chat.texts) == 5)
            await here.settle()

    play(scene, path=path)
    assert "What was heard is not stored yet: something else holds the archive." in caplog.messages


@pytest.mark.parametrize(
    "said",
    [
        Typed(place=GROUP, person=ANNA, text="/brief 1", under=3, made=MADE),
        Typed(place=Place(chat=7, alone=True), person=Person(id=0, chat=-9), text="строка"),
        Pressed(place=GROUP, person=ANNA, query="9", data=PRESS, message=4, buttons=(PRESS, "x")),
        Standing(place=GROUP, person=ANNA, before=False, after=True),
        Migrated(place=GROUP, new=-1005),
    ],
)
def test_what_was_written_down_is_read_as_it_was(said: Heard) -> None:
    assert lasts(said)
    assert read(written(said)) == said


def test_what_a_message_with_a_button_says_is_not_written_down() -> None:
    press = Pressed(place=GROUP, person=ANNA, query="1", data=PRESS, message=5, text="Ask @anna.")

    assert "@anna" not in written(press)
    assert read(written(press)) == replace(press, text="")


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "{", 2000 * "[", "\x00"),
        *('{"kind": "Sung"}', '{"kind": "Typed", "place": {"moon": 1}}'),
    ],
)
def test_what_another_version_wrote_down_is_left(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("data", ["no button of ours", str(write_press(Press("/resend")))])
def test_a_press_that_says_nothing_or_would_do_harm_is_not_written_down(data: str) -> None:
    assert not lasts(Pressed(place=GROUP, person=ANNA, query="9", data=data, message=4))


def test_nobody_else_waits_behind_what_may_have_ended_the_bot(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    rows = [
        {
            "key": f"telegram {number}",
            "moment": NOW,
            "body": written(
                Typed(place=Place(chat=number, alone=True), person=Person(id=number), text="/help")
            ),
            "tries": 1,
        }
        for number in range(1, AT_ONCE + 5)
    ]

    async def stuck(ask: Ask) -> Page:
        if ask.text == "/help":
            await released.wait()
        return await echo(ask)

    async def whole() -> None:
        async with open_database(path) as database:
            await database.write(lambda connection: connection.execute(insert(heard), rows))
        async with fake_bot_api() as api:
            zoe = api.private("Zoe")
            async with listening(api=api, path=path, answer=stuck) as here:
                zoe.says(None, LATER)
                await here.asked(2)
                await asyncio.sleep(0.1)
                # The oldest is under way, and nothing else of what was left.
                assert sorted(here.texts) == ["/help", LATER]
                released.set()

    released = asyncio.Event()
    asyncio.run(whole())


def test_what_cannot_be_counted_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    row = {
        "key": "telegram 1",
        "moment": NOW,
        "body": written(Typed(place=Place(chat=7, alone=True), person=ANNA, text="/help")),
    }

    async def whole() -> None:
        async with open_database(path) as database:
            await database.write(lambda connection: connection.execute(insert(heard), [row]))
            await database.write(lambda connection: connection.execute(text(UNCOUNTABLE)))
        async with listening(path=path) as here:
            await asyncio.sleep(0.2)
            assert here.asks == []
        assert await kept(path) == 1

    asyncio.run(whole())
