"""The operator is told: in the log, by ``status``, and in a chat of their own."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.app.telling import MOST, Said, Telling, said
from bot.core.delivery import Kind
from bot.core.errors import StoreError
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.store.database import open_database
from bot.store.desk import Desk
from bot.store.history import History
from bot.store.marks import Marks
from tests.fakes.delivery import Loop, SetClock
from tests.fakes.operations import NOW, TEAM

LOST = "loop refuses this bot: no token."


class Pages(Loop):
    """Renders pages of paragraphs."""

    def render(self, page: Page, *, flat: bool = False) -> tuple[dict[str, object], ...]:
        del flat
        [block] = page.blocks
        assert isinstance(block, Paragraph)
        [span] = block.spans
        assert isinstance(span, Plain)
        return ({"text": span.text},)


@dataclass
class Told:
    """What was opened, swept and remembered."""

    notices: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    swept: int = 0
    #: Whether anything told comes to a chat.
    reached: bool = False


def told(*sentences: str, to: Destination | None = TEAM, every: timedelta = NOW - NOW) -> Told:
    """Tell these sentences, so far apart, and return what came of it."""
    found, clock = Told(), SetClock(NOW)

    async def sweep() -> None:
        found.swept += 1

    async def main() -> None:
        async with open_database(None) as database:
            marks, history = Marks(database), History(database)
            telling = Telling(
                marks=marks,
                desk=Desk(database),
                channels={"loop": Pages()},
                destination=to,
                sweep=sweep,
                clock=clock,
            )
            for sentence in sentences:
                await telling.tell(sentence)
                clock.forward(every)
            found.reached = await telling.reaches()
            for each in reversed(await history.series(limit=100)):
                assert (each.kind, each.destination) == (Kind.NOTICE, TEAM)
                posted = await history.filled(each.id)
                assert posted is not None
                found.notices += [str(payload["text"]) for payload in posted.payloads]
            found.sentences += [one.sentence for one in await said(marks, now=clock.now())]

    asyncio.run(main())
    return found


def test_the_operator_is_told_in_the_log_by_status_and_in_a_chat(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        found = told(LOST)

    assert (found.notices, found.sentences, found.swept) == ([LOST], [LOST], 1)
    assert found.reached
    assert [record.getMessage() for record in caplog.records] == [LOST]


@pytest.mark.parametrize("nowhere", [None, Destination("slack", "C1")])
def test_without_a_chat_of_theirs_the_log_and_status_have_it(nowhere: Destination | None) -> None:
    found = told(LOST, to=nowhere)

    assert (found.notices, found.sentences, found.swept) == ([], [LOST], 0)
    assert not found.reached


def test_without_a_chat_in_the_configuration_who_claimed_the_bot_is_told_on_each_platform() -> None:
    async def main() -> list[str]:
        async with open_database(None) as database:
            marks = Marks(database)
            kept = {
                "access.telegram.operator": "7",
                "access.slack.operator": "T1/U7",
                # Not set up any more.
                "access.pager.operator": "9",
            }
            for key, value in kept.items():
                await marks.put(key, value)
            telling = Telling(
                marks=marks,
                desk=Desk(database),
                channels={"telegram": Pages(), "slack": Pages(), "loop": Pages()},
                destination=None,
                sweep=lambda: asyncio.sleep(0),
                clock=SetClock(NOW),
            )
            await telling.tell(LOST)
            return [str(one.destination) for one in await History(database).series(limit=9)]

    assert sorted(asyncio.run(main())) == ["slack:T1/U7", "telegram:7"]


def test_the_same_is_told_once_an_hour() -> None:
    found = told(LOST, LOST, "Another.", LOST, LOST, every=timedelta(minutes=25))

    assert found.notices == [LOST, "Another.", LOST]
    assert found.sentences == [LOST, "Another.", LOST]


def test_a_clock_that_was_set_back_keeps_nothing_quiet_for_long() -> None:
    found = told(LOST, LOST, every=timedelta(hours=-2))

    assert found.notices == [LOST, LOST]


def test_only_the_last_days_are_shown_and_not_more_than_fits() -> None:
    many = [f"Number {number}." for number in range(MOST + 5)]

    assert told(*many).sentences == many[:4:-1]
    assert told(*many, every=timedelta(days=2)).sentences == many[:-4:-1]


def test_an_archive_that_fails_leaves_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        async def of(self, key: str) -> str | None:
            raise StoreError(f"The archive is damaged: {key}.")

        async def put(self, key: str, value: str) -> None:
            raise NotImplementedError

    async def main() -> None:
        async with open_database(None) as database:
            telling = Telling(
                marks=Broken(),
                desk=Desk(database),
                channels={},
                destination=None,
                sweep=lambda: asyncio.sleep(0),
                clock=SetClock(NOW),
            )
            await telling.tell(LOST)

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())

    assert [record.getMessage() for record in caplog.records] == [
        LOST,
        "The operator could not be told so in a chat. The archive is damaged: told.",
    ]


def test_what_was_told_says_when() -> None:
    async def main() -> None:
        async with open_database(None) as database:
            marks = Marks(database)
            await marks.put("told", f'[["{NOW.isoformat()}", "{LOST}"]]')
            assert await said(marks, now=NOW) == [Said(NOW, LOST)]

    asyncio.run(main())


@pytest.mark.parametrize("noise", ["", "[", "[1]", '[["soon", "x"]]', '[["2025-09-02", "x"]]'])
def test_what_nobody_can_have_told_is_left_out(noise: str) -> None:
    async def main() -> None:
        async with open_database(None) as database:
            marks = Marks(database)
            await marks.put("told", noise)
            assert await said(marks, now=NOW) == []

    asyncio.run(main())


def test_of_sentences_told_at_once_none_is_lost() -> None:
    async def main() -> list[str]:
        async with open_database(None) as database:
            telling = Telling(
                marks=Marks(database),
                desk=Desk(database),
                channels={},
                destination=None,
                sweep=lambda: asyncio.sleep(0),
                clock=SetClock(NOW),
            )
            await asyncio.gather(*(telling.tell(f"Chat {number}.") for number in range(10)))
            return [one.sentence for one in await said(Marks(database), now=NOW)]

    assert sorted(asyncio.run(main())) == [f"Chat {number}." for number in range(10)]
