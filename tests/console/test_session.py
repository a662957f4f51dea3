"""A time at the terminal, with a press and an archive in memory."""

import asyncio
import io
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.gather import Gather
from bot.app.search import Searches
from bot.console.form import Form
from bot.console.once import MakeCalendar, Once
from bot.console.session import Session
from bot.console.signals import begun, until_over
from bot.core.health import Fault, Reason
from bot.core.origin import Traced
from bot.core.values import Event
from bot.core.wording import English
from tests.fakes.chats import Chat
from tests.fakes.facts import fact_answers
from tests.fakes.linked import linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.press import ScriptedSource, StandingClock, article
from tests.fakes.whys import whys

BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC)
NO_CALENDAR: MakeCalendar = lambda events: (b"", len(events))  # noqa: E731 - typed as it is used
EMPTY = Fault(name="wire/empty.txt", reason=Reason.EMPTY)


def no_calendar(_: Sequence[Traced[Event]]) -> tuple[bytes, int]:
    raise AssertionError("Nobody asked for a calendar.")


@dataclass
class Room:
    """A session whose streams can be looked at."""

    source: ScriptedSource = field(default_factory=ScriptedSource)
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    out: io.StringIO = field(default_factory=io.StringIO)
    screen: io.StringIO = field(default_factory=io.StringIO)

    def parts(self) -> tuple[Gather, Answer]:
        clock, healths = StandingClock(), MemoryHealths()
        editions = MemoryEditions()
        digests = Digests(archive=self.archive, healths=healths, clock=clock, beat=BEAT)
        answer = Answer(
            digests=digests,
            editions=editions,
            facts=fact_answers(editions, clock),
            searches=Searches(search=MemorySearch(self.archive), archive=self.archive, clock=clock),
            whys=whys(digests, self.archive, editions),
            linked=linked(self.archive, clock),
            settings=Chat().settings(),
            words=English(),
            version="0",
            archive_file=None,
        )
        gather = Gather(sources=[self.source], intake=self.archive, healths=healths, clock=clock)
        return gather, answer

    def run(self, typed: Path) -> bool:
        gather, answer = self.parts()
        with typed.open(encoding="utf-8") as stream:
            session = Session(
                gather=gather,
                answer=answer,
                words=English(),
                keep_days=365,
                history=typed,
                typed=stream,
                out=self.out,
                screen=self.screen,
            )
            return asyncio.run(session.run(("Ready.",), stay=False)).sound

    def once(self, sought: str, form: Form) -> bool:
        gather, answer = self.parts()
        once = Once(gather=gather, answer=answer, words=English(), calendar=no_calendar)
        return asyncio.run(once.write(f"/brief {sought}", form, out=self.out, screen=self.screen))


def test_a_fault_that_stands_is_told_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    room = Room()
    room.source.hold(article(1))
    room.source.faults = [EMPTY]

    async def talk() -> None:
        gather, answer = room.parts()
        with os.fdopen(reading, encoding="utf-8") as stream:
            session = Session(
                gather=gather,
                answer=answer,
                words=English(),
                keep_days=365,
                history=tmp_path / "history",
                typed=stream,
                out=room.out,
                screen=room.screen,
            )
            running = asyncio.create_task(session.run((), stay=False))
            for number in (2, 3):
                room.source.happenings.put_nowait(None)
                # A session that has ended takes nothing more.
                await asyncio.wait_for(room.source.happenings.join(), 20)
                room.source.hold(*map(article, range(1, number + 1)))
            os.close(writing)
            await running

    asyncio.run(talk())

    told = room.screen.getvalue().splitlines()
    assert [line for line in told if line.startswith("Read wire")] == [
        "Read wire: 1 article, 1 problem.",
        "Read wire: 2 articles, 1 new, 1 problem.",
    ]


def test_an_archive_that_fails_is_told_and_the_talk_goes_on(tmp_path: Path) -> None:
    typed = tmp_path / "typed"
    typed.write_text("/help\n")
    room = Room(archive=MemoryArchive(broken="The disk is full. Make room."))

    assert not room.run(typed)

    assert room.screen.getvalue().count("The disk is full. Make room.\n") == 2
    assert "The disk is full." in room.out.getvalue()
    assert "What you can type" in room.out.getvalue()
    assert room.out.getvalue().endswith("End of input. Stopped.\n")


def test_a_digest_from_a_failing_archive_is_not_sound() -> None:
    room = Room(archive=MemoryArchive(broken="The disk is full. Make room."))

    assert not room.once("", Form.TEXT)

    assert room.screen.getvalue() == "The disk is full. Make room.\n"
    assert room.out.getvalue() == "The disk is full. Make room.\n"


def test_faulty_files_are_told_and_leave_the_digest_sound() -> None:
    room = Room()
    room.source.hold(article(1))
    room.source.faults = [EMPTY]

    assert room.once("", Form.MARKDOWN)

    assert room.screen.getvalue().startswith("wire/empty.txt: is empty")
    assert room.out.getvalue().startswith("# SCO · ")


def test_what_could_not_be_stored_is_told_once_in_a_line_and_leaves_a_run_unsound(
    tmp_path: Path,
) -> None:
    typed = tmp_path / "typed"
    typed.touch()
    room = Room()
    room.source.hold(*map(article, range(10)))
    room.archive.unstorable = frozenset(f"wire/{number}.txt" for number in range(0, 10, 2))

    assert not room.run(typed)

    assert "Read wire: 5 articles, 5 could not be stored.\n" in room.screen.getvalue()
    assert room.screen.getvalue().count("each could not be stored") == 1
    assert room.out.getvalue().splitlines()[1].startswith("5 articles could not be stored and are")
    assert "5 could not be stored." in room.out.getvalue()


def test_many_files_with_one_fault_are_one_complaint() -> None:
    room = Room()
    room.source.faults = [Fault(name=f"{n}.txt", reason=Reason.EMPTY) for n in range(200)]

    assert room.once("", Form.TEXT)

    assert room.screen.getvalue() == (
        "0.txt, 1.txt, 2.txt, 3.txt and 196 more: each is empty; there is nothing to read.\n"
    )


@pytest.mark.parametrize(("sought", "sound"), [("1", True), ("2", False), ("1 sources", True)])
def test_a_story_that_is_not_there_is_no_success(sought: str, *, sound: bool) -> None:
    room = Room()
    room.source.hold(article(1))

    assert room.once(sought, Form.TEXT) == sound


def test_a_story_of_no_digest_is_no_success() -> None:
    assert not Room().once("1", Form.TEXT)


def test_a_slow_work_goes_on_beside_the_next() -> None:
    async def scenario() -> list[str]:
        done: list[str] = []
        gate = asyncio.Event()

        async def slow() -> None:
            await gate.wait()
            done.append("slow")

        async def quick() -> None:
            done.append("quick")
            gate.set()

        async with begun(patience=0.02) as works:
            assert not await works.begin(slow())
            assert await works.begin(quick())
            await works.finish()
        return done

    assert asyncio.run(scenario()) == ["quick", "slow"]


def test_works_are_waited_for_where_nobody_can_type_meanwhile() -> None:
    async def scenario() -> None:
        async with begun(patience=None) as works:
            assert await works.begin(asyncio.sleep(0.02))

    asyncio.run(scenario())


def test_what_a_slow_work_raises_is_raised_at_the_next() -> None:
    async def scenario() -> None:
        gate = asyncio.Event()

        async def leave() -> None:
            await gate.wait()
            raise BrokenPipeError

        async def open_gate() -> None:
            gate.set()
            await asyncio.sleep(0.02)

        async with begun(patience=1) as works:
            works.tasks.add(asyncio.create_task(leave()))
            await works.begin(open_gate())

    with pytest.raises(BrokenPipeError):
        asyncio.run(scenario())


def test_a_work_that_goes_on_at_the_end_is_left() -> None:
    async def scenario() -> None:
        async with begun(patience=0) as works:
            assert not await works.begin(forever())

    asyncio.run(asyncio.wait_for(scenario(), 5))


async def forever() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all(number: signal.Signals) -> None:
    async def ask() -> None:
        os.kill(os.getpid(), number)
        await forever()

    assert asyncio.run(until_over(ask(), beside=(forever(),)))


def test_the_end_of_the_talk_ends_the_rest() -> None:
    async def nothing() -> None:
        await asyncio.sleep(0)

    assert not asyncio.run(until_over(nothing(), beside=(forever(), nothing())))


@pytest.mark.parametrize("stay", [True, False])
def test_what_goes_wrong_ends_all_and_is_told(*, stay: bool) -> None:
    async def leave() -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        asyncio.run(until_over(forever(), beside=(leave(),), stay=stay))
