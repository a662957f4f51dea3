import asyncio
import io
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from bot.app.feed import Brought, Seen, Unchanged
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason
from bot.sources.feed_answer import Crash, FeedAnswer, outcome
from bot.sources.feed_process import READY, packed, serve
from bot.sources.feed_reader import BrokenReaderError, FeedReader
from tests.fakes import feed_texts

pytestmark = pytest.mark.slow

NEWS = feed_texts.rss(feed_texts.entries(3))
FEW, MANY = 3, 16


class Does:
    """Does something where it arrives in another process."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, (self.what,)


class Once(Does):
    """Does something where it arrives, and is nothing more than an empty mapping then."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, (f"[exec({self.what!r}), {{}}][1]",)


def answer(number: int = 0, *, content: bytes = NEWS, shown: object = None) -> FeedAnswer:
    return FeedAnswer(
        source=f"steppe {number}",
        content=content,
        url=f"https://steppe.example/{number}.xml",
        content_type="application/rss+xml",
        etag=None,
        modified=None,
        language="en",
        mark=None,
        shown=cast("Mapping[bytes, Seen]", {} if shown is None else shown),
        now=datetime(2026, 5, 5, 8, 0, tzinfo=UTC),
    )


def doing(what: str, number: int = 0) -> FeedAnswer:
    return answer(number, shown=Does(what))


def read(
    answers: Sequence[FeedAnswer], reader: FeedReader | None = None
) -> list[Brought | Unchanged | BaseException]:
    """Return what came of answers that came at the same time."""

    async def scene() -> list[Brought | Unchanged | BaseException]:
        async with reader or FeedReader(many=MANY // 2) as reads:
            return await asyncio.gather(*map(reads.read, answers), return_exceptions=True)

    return asyncio.run(scene())


def leaving_its_number(file: Path) -> str:
    # Whole at once, for who waits for it.
    place = f"open({str(file)!r} + '+', 'w').write(str(os.getpid()))"
    return f"import os; {place}; os.rename({str(file)!r} + '+', {str(file)!r})"


def is_written(file: Path) -> bool:
    """Say whether a file is there within some seconds."""
    deadline = time.monotonic() + 20
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return file.exists()


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # Ended, and not yet noted by whoever started it.
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def is_gone(process: int) -> bool:
    """Say whether a process ends within some seconds."""
    deadline = time.monotonic() + 20
    while is_there(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_there(process)


def test_many_at_once_are_read_by_another_process_as_few_are_by_this_one(tmp_path: Path) -> None:
    answers = [answer(number) for number in range(MANY)]
    answers[5] = answer(5, content=b"<html><body>Back soon</body></html>")

    found = read([*answers, doing(leaving_its_number(tmp_path / "number"))])

    alone = [outcome(one) for one in answers]
    assert [one.fault if isinstance(one, FeedError) else one for one in found[:-1]] == alone
    assert isinstance(alone[0], Brought)
    assert len(alone[0].items) == len(feed_texts.entries(3))
    assert isinstance(alone[5], Fault)
    assert (tmp_path / "number").read_text() != str(os.getpid())
    assert is_gone(int((tmp_path / "number").read_text()))


def test_few_are_read_here(tmp_path: Path) -> None:
    # What stays here is not packed, and so does nothing.
    read([answer(1), doing(leaving_its_number(tmp_path / "number"), 2)])

    assert not (tmp_path / "number").exists()


def test_one_that_ends_the_process_is_called_broken_and_the_others_are_read() -> None:
    answers = [answer(number) for number in range(MANY)]
    answers[3] = doing("import os; os._exit(3)", 3)

    found = read(answers)

    assert isinstance(lost := found.pop(3), FeedError)
    assert (lost.fault.name, lost.fault.reason) == ("steppe 3", Reason.BROKEN_FEED)
    assert lost.fault.detail == "reading it ended the process that reads feeds"
    assert all(isinstance(one, Brought) for one in found)


def test_a_process_that_is_ended_once_is_nobody_s_fault(tmp_path: Path) -> None:
    once = tmp_path / "once"
    what = f"import os; os.path.exists({str(once)!r}) or (open({str(once)!r}, 'w'), os._exit(9))"
    answers = [answer(number) for number in range(MANY)]
    # Unpacked to nothing shown the second time, as if the system had ended the first process.
    answers[3] = replace(answers[3], shown=cast("Mapping[bytes, Seen]", Once(what)))

    assert all(isinstance(one, Brought) for one in read(answers))
    assert once.exists()


@pytest.mark.parametrize("wait", [0.0, 0.5])
def test_a_process_that_ends_while_it_rests_is_nobody_s_fault(tmp_path: Path, wait: float) -> None:
    async def scene() -> Sequence[Brought | Unchanged]:
        async with FeedReader(many=2) as reader:
            what = doing(leaving_its_number(tmp_path / "number"))
            both = (reader.read(answer()), reader.read(what))
            await asyncio.gather(*both, return_exceptions=True)
            os.kill(int((tmp_path / "number").read_text()), 9)
            await asyncio.sleep(wait)
            return await asyncio.gather(*(reader.read(answer(number)) for number in range(FEW)))

    assert all(isinstance(one, Brought) for one in asyncio.run(scene()))


def test_the_folder_where_the_bot_was_started_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot").mkdir()
    for name in ("bot/__init__.py", "hashlib.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)

    found = read([*map(answer, range(MANY)), doing(leaving_its_number(tmp_path / "number"))])

    assert isinstance(found[0], Brought)
    assert (tmp_path / "number").exists()
    assert not (tmp_path / "ran").exists()


def test_one_that_takes_for_ever_is_given_up() -> None:
    answers = [answer(number) for number in range(MANY)]
    answers[0] = doing("import time; time.sleep(600)")

    found = read(answers, FeedReader(many=2, silence=3.0))

    assert isinstance(found.pop(0), FeedError)
    assert all(isinstance(one, Brought) for one in found)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_a_fault_of_ours_stops_no_other_and_says_where_it_is(count: int) -> None:
    answers = [answer(number) for number in range(count)]
    answers[1] = replace(answers[1], now=cast("datetime", None))

    found = read(answers)

    assert isinstance(fault := found.pop(1), BrokenReaderError)
    assert "Traceback" in str(fault)
    assert all(isinstance(one, Brought) for one in found)


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false", "/bin/cat"])
def test_where_no_process_can_be_had_all_are_read_here(
    python: str, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [answer(number) for number in range(MANY)]

    found = read([*answers, *answers], FeedReader(many=2, python=python, silence=1.0))

    assert all(isinstance(one, Brought) for one in found)
    (said,) = caplog.messages
    assert said.startswith("No process could be started to read feeds in: ")


def test_the_process_is_not_told_the_secrets_of_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:secret")
    told = tmp_path / "told"

    read([doing(f"import os; open({str(told)!r}, 'w').write(repr(os.environ))")] * MANY)

    # Some systems add a word or two of their own.
    assert "PYTHONPATH" in told.read_text()
    assert "secret" not in told.read_text()


def test_an_idle_process_ends_and_another_one_is_started_when_many_come(tmp_path: Path) -> None:
    async def scene() -> None:
        async with FeedReader(many=2, idle=0.1) as reader:
            for number in ("first", "second"):
                what = doing(leaving_its_number(tmp_path / number))
                both = (reader.read(answer()), reader.read(what))
                await asyncio.gather(*both, return_exceptions=True)
                assert await asyncio.to_thread(is_gone, int((tmp_path / number).read_text()))

    asyncio.run(scene())
    assert (tmp_path / "first").read_text() != (tmp_path / "second").read_text()


@pytest.mark.parametrize("moment", [0.0, 0.002, 0.02, 0.2, 0.5])
def test_a_start_that_is_interrupted_leaves_nothing_behind(moment: float) -> None:
    program = f"""
import asyncio
from bot.sources.feed_reader import FeedReader
from tests.sources.test_feed_reader import answer
async def scene():
    async with FeedReader(many=2) as reader:
        for number in range(2):
            asyncio.create_task(reader.read(answer(number)))
        await asyncio.sleep({moment})
asyncio.run(scene())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_process_at_work_is_ended_with_the_bot(tmp_path: Path) -> None:
    what = f"{leaving_its_number(tmp_path / 'number')}; import time; time.sleep(600)"

    async def scene() -> None:
        async with FeedReader(many=2) as reader:
            both = [asyncio.create_task(reader.read(one)) for one in (doing(what), answer())]
            await asyncio.to_thread(is_written, tmp_path / "number")
        await asyncio.wait(both)

    asyncio.run(scene())
    assert is_gone(int((tmp_path / "number").read_text()))


def test_the_process_does_not_outlive_a_bot_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import asyncio, os
from bot.sources.feed_reader import FeedReader
from tests.sources.test_feed_reader import answer, doing, leaving_its_number
from pathlib import Path
async def scene():
    async with FeedReader(many=2) as reader:
        what = doing(leaving_its_number(Path({str(tmp_path / "number")!r})))
        both = (reader.read(answer()), reader.read(what))
        await asyncio.gather(*both, return_exceptions=True)
        os.kill(os.getpid(), 9)
asyncio.run(scene())
"""
    subprocess.run([sys.executable, "-c", program], check=False, timeout=60)

    assert is_gone(int((tmp_path / "number").read_text()))


def test_answers_are_told_in_their_order_until_there_are_no_more() -> None:
    answers = [answer(), replace(answer(1), now=cast("datetime", None))]
    told = io.BytesIO()

    serve(io.BytesIO(b"".join(b"".join(packed(one)) for one in answers)), told)

    first = b"".join(packed(outcome(answers[0])))
    assert told.getvalue().startswith(READY + first)
    assert isinstance(outcome(answers[1]), Crash)
    assert len(told.getvalue()) > len(READY + first)
