"""What somebody asked, and a bot that stopped left unanswered, is answered after the next start."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from bot.app.hands import AT_ONCE
from bot.app.undone import WAITED
from bot.core.ask import Ask
from bot.core.delivery import Post
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.slack.heard import (
    Archived,
    Came,
    Heard,
    Linked,
    Manner,
    Moved,
    Person,
    Place,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.lasting import lasts, read, written
from bot.slack.press import Press, write_press
from bot.store.database import open_database
from bot.store.delivery_tables import heard
from tests.fakes.asks import ask
from tests.fakes.delivery import NOW
from tests.fakes.ears import echo
from tests.fakes.locks import UNCOUNTABLE
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack_answers import answer
from tests.fakes.slack_ears import Scene, listening

Answer = Callable[[Ask], Awaitable[Page]]
#: Shows what somebody was told.
Shown = Callable[[], Sequence[str]]
Act = Callable[[Scene], Awaitable[Shown]]

ANNA = Person(workspace="T0", id="U1")
NEWS = Place(workspace="T0", conversation="C1", thread="1.5")
PRESS = str(write_press(Press("/brief 1")))
#: What somebody else asks later, once all before it was heard.
LATER = "sources"


async def fails(ask: Ask) -> Page:
    """Leave a question as a kill does: nobody is told anything."""
    raise LookupError(ask.text)


async def says_so(ask: Ask) -> Page:
    """Fail as the archive does, which who asked is told."""
    raise StoreError(ask.text)


def restarted(path: Path, act: Act, *answers: Answer, away: timedelta = timedelta(0)) -> list[str]:
    """Do something before a bot that answers so, and start it anew for each other answer.

    It is away for so long before each start. Returns what is shown in the end.
    """

    async def whole() -> list[str]:
        first, *others = answers
        async with fake_slack() as slack:
            async with listening(slack=slack, path=path, answer=first) as here:
                shown = await act(here)
                await here.asked(1)
                await here.settles()
            for other in others:
                await grows_older(path, away)
                async with listening(slack=slack, path=path, answer=other) as here:
                    slack.user("Zoe").says(LATER)
                    while LATER not in here.texts:
                        await here.asked(len(here.asks) + 1)
                    await here.settles()
            return list(shown())

    return asyncio.run(whole())


async def grows_older(path: Path, by: timedelta) -> None:
    """Let what was heard be so old."""
    async with open_database(path) as database:
        older = update(heard).values(moment=NOW - by)
        await database.write(lambda connection: connection.execute(older))


async def bodies(path: Path) -> list[str]:
    """Return what is kept."""
    query = select(heard.c.body).where(heard.c.body.is_not(None))
    async with open_database(path) as database:
        return await database.read(lambda connection: list(connection.execute(query).scalars()))


def typing(text: str) -> Act:
    """Return what types that in a channel, and shows what only who typed it sees."""

    async def act(here: Scene) -> Shown:
        anna = here.slack.user("Anna", role="admin")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        anna.says(text, in_=news)
        return lambda: [one.shown for one in news.ephemeral_to(anna)]

    return act


async def mention(here: Scene) -> Shown:
    anna = here.slack.user("Anna")
    news = here.slack.channel("news", members=[anna, here.slack.bot])
    asked = anna.says("@Briefbot brief 1", in_=news).message
    assert asked is not None
    return lambda: [one.shown for one in asked.thread]


async def direct(here: Scene) -> Shown:
    anna = here.slack.user("Anna")
    anna.says("brief 1")
    return lambda: [one.shown for one in here.slack.direct(anna.id).messages if one.user != anna.id]


def pressing(button: str) -> Act:
    """Return what presses that below a digest, and shows what only who pressed it sees."""

    async def act(here: Scene) -> Shown:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        channel = here.ear.line.channel
        (payload,) = channel.render(await answer(ask("/brief")))
        await channel.send(Post(series=0, part=0, destination=here.at(news), payload=payload))
        anna.presses(news.last, button)
        return lambda: [one.shown for one in news.ephemeral_to(anna)]

    return act


@pytest.mark.slow
@pytest.mark.parametrize(
    "act",
    [typing("/brief 1"), mention, direct, pressing("1")],
    ids=["command", "mention", "direct", "press"],
)
def test_it_is_answered(act: Act, tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    assert restarted(path, act, fails, echo, away=WAITED - timedelta(seconds=1)) == [
        "Answer to brief 1"
    ]
    assert asyncio.run(bodies(path)) == []


def test_what_was_answered_is_not_answered_again(tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", typing("/brief 1"), echo, echo) == ["Answer to brief 1"]


def test_nobody_is_answered_whom_slack_lets_tell_no_more(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    assert restarted(path, typing("/brief 1"), fails, echo, away=WAITED) == []
    assert asyncio.run(bodies(path)) == []


def test_a_question_that_ends_the_bot_does_so_four_times_at_most(tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", typing("/brief 1"), fails, fails, fails, fails, echo) == []


def test_trouble_that_was_said_is_an_answer(tmp_path: Path) -> None:
    (said,) = restarted(tmp_path / "a.db", typing("/brief 1"), says_so, echo)

    assert said.startswith("I cannot get at my archive just now.")


@pytest.mark.parametrize("text", ["/brief resend", "/brief schedule undo"])
def test_what_would_do_harm_twice_is_left(text: str, tmp_path: Path) -> None:
    assert restarted(tmp_path / "a.db", typing(text), fails, echo) == []


@pytest.mark.parametrize(
    "said",
    [
        Typed(place=NEWS, person=ANNA, text="/brief 1", manner=Manner.MENTION, under="5"),
        Typed(place=NEWS, person=ANNA, text="строка", manner=Manner.COMMAND, url="https://x"),
        Pressed(place=NEWS, person=ANNA, value=PRESS, private=True, buttons=(PRESS, "x")),
        Linked(place=NEWS, person=ANNA, links=("https://a", "https://b")),
        Submitted(
            person=ANNA,
            callback="settings",
            kept="C1",
            values={"time": "08:00", "days": ("1", "2"), "title": "x"},
        ),
        Came(place=NEWS, person=ANNA),
        Came(place=NEWS, person=None),
        Went(place=NEWS),
        Archived(place=NEWS, archived=True),
        Moved(place=NEWS, new="C2"),
        Uninstalled(workspace="T0"),
    ],
)
def test_what_was_written_down_is_read_as_it_was(said: Heard) -> None:
    assert lasts(said)
    assert read(written(said)) == said


def test_no_more_is_written_down_than_is_needed() -> None:
    titled = replace(NEWS, title="secret-plans")
    said = Typed(
        place=titled, person=ANNA, text="hm?", manner=Manner.COMMAND, trigger="123.456.key"
    )

    assert not any(word in written(said) for word in ("secret-plans", "123.456.key"))
    assert read(written(said)) == replace(said, place=NEWS, trigger="")


def test_of_a_message_of_somebody_else_only_the_links_are_written_down(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def links(here: Scene) -> Shown:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])
        message = ben.says("Dear all, https://example.com/a is worth a look", in_=news).message
        assert message is not None
        anna.uses("Brief this link", message)
        return list

    restarted(path, links, fails)
    (body,) = asyncio.run(bodies(path))

    assert "https://example.com/a" in body
    assert not any(word in body for word in ("Dear all", "Ben", "worth"))


def question(person: str, *, tries: int = 0) -> dict[str, object]:
    """Return the row of what a person has asked the bot alone."""
    typed = Typed(
        place=Place(workspace="T0", conversation=f"D{person}"),
        person=Person(workspace="T0", id=person),
        text="/help",
        manner=Manner.DIRECT,
    )
    return {"key": f"slack {person}", "moment": NOW, "body": written(typed), "tries": tries}


def test_nobody_else_waits_behind_what_may_have_ended_the_bot(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"
    rows = [question(f"U{number}", tries=1) for number in range(AT_ONCE + 5)]

    async def stuck(ask: Ask) -> Page:
        if ask.text == "/help":
            await released.wait()
        return await echo(ask)

    async def whole() -> None:
        async with open_database(path) as database:
            await database.write(lambda connection: connection.execute(insert(heard), rows))
        async with fake_slack() as slack:
            zoe = slack.user("Zoe")
            async with listening(slack=slack, path=path, answer=stuck) as here:
                zoe.says(LATER)
                await here.asked(2)
                await asyncio.sleep(0.1)
                # The oldest is under way, and nothing else of what was left.
                assert sorted(here.texts) == ["/help", LATER]
                released.set()

    released = asyncio.Event()
    asyncio.run(whole())


def test_what_cannot_be_counted_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.db"

    async def whole() -> None:
        async with open_database(path) as database:
            row = insert(heard).values(question("U1"))
            await database.write(lambda connection: connection.execute(row))
            await database.write(lambda connection: connection.execute(text(UNCOUNTABLE)))
        async with listening(path=path) as here:
            await asyncio.sleep(0.2)
            assert here.asks == []
        assert len(await bodies(path)) == 1

    asyncio.run(whole())
