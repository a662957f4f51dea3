"""A time at the terminal, with a press and an archive in memory."""

import asyncio
import io
import os
import signal
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.gather import Gather
from bot.console.form import Form
from bot.console.once import Once
from bot.console.session import Session
from bot.console.signals import until_over
from bot.core.values import Fault, Reason
from bot.core.wording import English
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths
from tests.fakes.press import ScriptedSource, StandingClock, article

BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC)
EMPTY = Fault(name="wire/empty.txt", reason=Reason.EMPTY)


@dataclass
class Room:
    """A session whose streams can be looked at."""

    source: ScriptedSource = field(default_factory=ScriptedSource)
    archive: MemoryArchive = field(default_factory=MemoryArchive)
    out: io.StringIO = field(default_factory=io.StringIO)
    screen: io.StringIO = field(default_factory=io.StringIO)

    def parts(self) -> tuple[Gather, Answer]:
        clock, healths = StandingClock(), MemoryHealths()
        digests = Digests(archive=self.archive, healths=healths, clock=clock, beat=BEAT)
        answer = Answer(
            digests=digests,
            editions=MemoryEditions(),
            words=English(),
            version="0",
            archive_file=None,
        )
        gather = Gather(sources=[self.source], intake=self.archive, healths=healths, clock=clock)
        return gather, answer

    def run(self, typed: Path) -> None:
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
            asyncio.run(session.run(("Ready.",), stay=False))

    def once(self, sought: str, form: Form) -> bool:
        gather, answer = self.parts()
        once = Once(gather=gather, answer=answer, words=English())
        return asyncio.run(once.write(sought, form, out=self.out, screen=self.screen))


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
                await room.source.happenings.join()
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

    room.run(typed)

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
