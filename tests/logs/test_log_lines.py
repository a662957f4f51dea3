"""Every record is one line, with no secret in it, whoever wrote it."""

import asyncio
import json
import logging
import os
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import httpx
import pytest
import urllib3
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.about import about
from bot.logs import Form, logging_to

# Shaped like the real ones, and nobody's.
TOKEN = "123456789:" + "AAE-x_" * 6
HIDDEN = "p&ss w<o>rd/é"

LOG = logging.getLogger("bot.app.somewhere")


def logged(
    folder: Path,
    write: Callable[[], object],
    *,
    form: Form = Form.JSON,
    level: str = "info",
) -> str:
    file = folder / "log"
    with (
        file.open("w", encoding="utf-8") as stream,
        logging_to(stream, form=form, level=level, secrets=[HIDDEN]),
    ):
        write()
    return file.read_text(encoding="utf-8")


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def no_secret(text: str) -> bool:
    forms = (HIDDEN, quote(HIDDEN), quote(HIDDEN, safe=""), repr(HIDDEN), TOKEN, quote(TOKEN))
    return not any(form in text for form in (*forms, json.dumps(HIDDEN)[1:-1], TOKEN[10:]))


def test_a_record_is_an_object_a_line_with_what_it_is_about(tmp_path: Path) -> None:
    def write() -> None:
        with about(series=12, slot="2025-09-02 08:00"), about(part=0):
            LOG.info("Sent %s.", "a part", extra={"seconds": 0.25, "late": None})

    (record,) = records(logged(tmp_path, write))

    stamp = str(record.pop("timestamp"))
    assert stamp.endswith("Z")
    assert record == {
        "level": "info",
        "logger": "bot.app.somewhere",
        "message": "Sent a part.",
        "series": 12,
        "slot": "2025-09-02 08:00",
        "part": 0,
        "seconds": 0.25,
        "late": None,
    }


def test_a_person_reads_the_same_in_words(tmp_path: Path) -> None:
    def write() -> None:
        with about(series=12):
            LOG.warning("The disk is full.")

    text = logged(tmp_path, write, form=Form.HUMAN)

    assert "[warning  ] The disk is full." in text
    assert "series=12" in text
    assert "\x1b" not in text
    assert "\x1b[" in logged(tmp_path, write, form=Form.COLOURED)


def test_works_side_by_side_are_told_apart(tmp_path: Path) -> None:
    async def part(number: int) -> None:
        with about(part=number):
            await asyncio.sleep(0)
            LOG.info("Sent.")

    async def both() -> None:
        await asyncio.gather(part(0), part(1))

    found = records(logged(tmp_path, lambda: asyncio.run(both())))

    assert [record["part"] for record in found] == [0, 1]


def test_ours_are_written_from_the_level_on_and_vendors_from_warning_on(tmp_path: Path) -> None:
    def write() -> None:
        for name in ("bot.app.somewhere", "apscheduler.scheduler", "botanist"):
            logging.getLogger(name).setLevel(logging.NOTSET)
            for level in (logging.DEBUG, logging.INFO, logging.WARNING):
                logging.getLogger(name).log(level, "said")

    def said(level: str) -> list[tuple[object, object]]:
        found = records(logged(tmp_path, write, level=level))
        return [(record["logger"], record["level"]) for record in found]

    vendors = [("apscheduler.scheduler", "warning"), ("botanist", "warning")]
    ours = [("bot.app.somewhere", level) for level in ("debug", "info", "warning")]
    assert said("debug") == [*ours, *vendors]
    assert said("info") == [*ours[1:], *vendors]
    assert said("error") == []


def test_a_vendor_that_sets_its_own_level_stays_quiet(tmp_path: Path) -> None:
    loud = logging.getLogger("loud_vendor")
    loud.setLevel(logging.DEBUG)

    assert logged(tmp_path, lambda: loud.info("hello")) == ""


@pytest.mark.parametrize("form", Form)
def test_no_secret_is_written_wherever_it_stands(tmp_path: Path, form: Form) -> None:
    names: dict[str, str] = {}

    def fail() -> str:
        try:
            return names[HIDDEN]
        except KeyError as error:
            message = f"https://example.org/?key={quote(HIDDEN, safe='')}"
            raise ValueError(message) from error

    def write() -> None:
        LOG.info(f"in the text {HIDDEN}")  # noqa: G004 - what others write
        LOG.info("in an argument %s %r %s", HIDDEN, HIDDEN, {"key": HIDDEN})
        LOG.info("encoded %s %s", quote(HIDDEN), quote(quote(HIDDEN, safe="")))
        LOG.info("beside it", extra={"token": HIDDEN, HIDDEN: [HIDDEN, {HIDDEN: (HIDDEN,)}]})
        LOG.info("an object", extra={"path": Path(HIDDEN), "bytes": HIDDEN.encode()})
        LOG.info("a stack", stack_info=True, extra={"set": {HIDDEN}})
        with about(destination=HIDDEN):
            LOG.info("about %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
        try:
            fail()
        except ValueError:
            LOG.exception("It failed with %s.", HIDDEN)

    text = logged(tmp_path, write, form=form)

    assert no_secret(text)
    assert text.count("***") >= 17
    assert "KeyError" in text
    assert "test_log_lines.py" in text


def test_a_secret_made_of_digits_leaves_the_lines_readable(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with file.open("w") as stream, logging_to(stream, form=Form.JSON, secrets=["4711"]):
        LOG.info("Sent.", extra={"port": 4711, "share": 0.4711, "well": True})

    (record,) = records(file.read_text())

    assert (record["port"], record["share"], record["well"]) == ("***", "0.***", True)


def test_an_uncaught_error_of_a_task_or_a_thread_is_blanked(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError(HIDDEN)

    async def forget() -> None:
        async def work() -> None:
            fail()

        task = asyncio.create_task(work())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    class Unraisable:
        def __del__(self) -> None:
            fail()

    def write() -> None:
        asyncio.run(forget())
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
        Unraisable()

    text = logged(tmp_path, write)

    assert no_secret(text)
    assert [record["message"] for record in records(text)] == [
        "Task exception was never retrieved\\nfuture: <Task finished name='"
        + text.partition("name='")[2].partition("'")[0]
        + "' coro=<test_an_uncaught_error_of_a_task_or_a_thread_is_blanked.<locals>.forget.<locals>"
        + f".work() done, defined at {__file__}:"
        + text.partition(f"{__file__}:")[2].partition(">")[0]
        + "> exception=ValueError('***')>",
        "A thread ended by an error.",
        "An error could not be raised.",
    ]


def test_a_warning_of_python_is_a_record(tmp_path: Path) -> None:
    def write() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(capture=True)
            warnings.warn(HIDDEN, UserWarning, stacklevel=1)

    (record,) = records(logged(tmp_path, write))

    assert record["logger"] == "py.warnings"
    assert "UserWarning: ***" in str(record["message"])


def test_what_ends_the_process_is_blanked() -> None:
    start = (
        "import sys\nfrom bot.logs import logging_to\n"
        f"with logging_to(sys.stderr, secrets=[{HIDDEN!r}]):\n    raise ValueError({HIDDEN!r})"
    )

    done = subprocess.run(
        [sys.executable, "-"], input=start, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "ValueError: ***" in done.stderr
    assert no_secret(done.stderr)


def test_a_text_cannot_pass_for_a_record_nor_paint_the_terminal(tmp_path: Path) -> None:
    hostile = "news\n2025-09-02 [error] all is lost\x1b[31m\u202e\r"

    def write() -> None:
        LOG.info("Read %s", hostile, extra={"title": hostile})

    text = logged(tmp_path, write, form=Form.HUMAN)

    assert len(text.splitlines()) == 1
    assert not set(text) & {"\x1b", "\u202e", "\r"}
    assert "Read news\\n2025-09-02 [error] all is lost\\x1b[31m\\u202e" in text


def test_a_text_without_end_is_cut_after_it_was_blanked(tmp_path: Path) -> None:
    text = logged(tmp_path, lambda: LOG.info("%s", f"{TOKEN} {HIDDEN} " * 6_000))

    assert len(text) < 30_000
    assert no_secret(text)


def test_a_record_that_cannot_be_written_does_no_harm() -> None:
    # In a process of its own, for pytest has its own opinion of such records.
    start = f"""
import logging, sys
from bot.logs import Form, logging_to

class Broken:
    def __repr__(self):
        raise ValueError({HIDDEN!r})

log = logging.getLogger("bot.app.somewhere")
with logging_to(sys.stderr, form=Form.JSON, secrets=[{HIDDEN!r}]):
    log.info("%d articles", {HIDDEN!r})
    log.info("odd", extra={{"what": Broken()}})
    log.log(25, "between the levels \\ud800")
"""

    done = subprocess.run(
        [sys.executable, "-"], input=start, capture_output=True, text=True, check=True
    )

    assert [record["message"] for record in records(done.stderr)] == [
        "A record of bot.app.somewhere cannot be written (TypeError).",
        "A record of bot.app.somewhere cannot be written (ValueError).",
        "between the levels \\ud800",
    ]


def test_a_text_that_holds_itself_has_an_end(tmp_path: Path) -> None:
    endless: dict[str, object] = {}
    endless["again"] = endless

    (record,) = records(logged(tmp_path, lambda: LOG.info("round", extra={"trip": endless})))

    assert "again" in str(record["trip"])


@contextmanager
def pipe() -> Iterator[tuple[int, TextIO]]:
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w", encoding="utf-8")
    try:
        yield reading, stream
    finally:
        os.close(reading)
        stream.close()


def test_nobody_waits_for_a_pipe_that_nobody_reads() -> None:
    with pipe() as (_, stream):
        begun = time.monotonic()
        with logging_to(stream):
            for _ in range(500):
                LOG.info("x" * 1000)
            logged_after = time.monotonic() - begun
        ended_after = time.monotonic() - begun

    assert logged_after < 5
    assert ended_after < 10


def test_what_is_left_out_is_counted() -> None:
    said = bytearray()
    with pipe() as (reading, stream), logging_to(stream, form=Form.JSON, waiting=10):
        for _ in range(200):
            LOG.info("x" * 1000)
        while b"left out" not in said:
            said += os.read(reading, 65536)

    lines = said.decode().splitlines()
    found = [json.loads(line)["message"] for line in lines if line.endswith("}")]
    notes = [message for message in found if "left out" in message]
    assert notes
    assert notes[0].endswith(" records before this are left out: nobody read them.")


def test_a_stream_that_does_not_wait_gets_everything() -> None:
    said = bytearray()
    with pipe() as (reading, stream):
        os.set_blocking(stream.fileno(), False)
        with logging_to(stream, form=Form.JSON):
            for _ in range(200):
                LOG.info("x" * 1000)
            while said.count(b"\n") < 200:
                said += os.read(reading, 65536)

    assert len(records(said.decode())) == 200


def test_a_reader_that_has_left_stops_nobody() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream, logging_to(stream):
        LOG.info("to nobody")
        LOG.info("to nobody")


def test_at_the_end_all_is_as_it_was(tmp_path: Path) -> None:
    def state() -> tuple[object, ...]:
        root, ours = logging.getLogger(), logging.getLogger("bot")
        hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)
        return (*root.handlers, root.level, ours.level, *hooks)

    before = state()
    logged(tmp_path, lambda: None, level="debug")

    assert state() == before


def test_the_vendors_own_records_hold_no_secret(tmp_path: Path) -> None:
    path = f"/bot{TOKEN}/getMe?key={quote(HIDDEN, safe='')}"

    async def broken(_: web.Request) -> web.Response:
        raise KeyError(path)

    async def rung() -> None:
        raise ValueError(HIDDEN)

    async def vendors() -> None:
        app = web.Application()
        app.router.add_get("/{tail:.*}", broken)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(address + path)
        await runner.cleanup()
        try:
            answer.raise_for_status()
        except httpx.HTTPStatusError:
            LOG.exception("The call failed.")
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.start()
        scheduler.add_job(rung, name=HIDDEN)
        await asyncio.sleep(0.02)
        scheduler.shutdown()
        await asyncio.sleep(0)

    def write() -> None:
        asyncio.run(vendors())
        pool = urllib3.PoolManager(retries=urllib3.Retry(1, backoff_factor=0))
        with pytest.raises(urllib3.exceptions.MaxRetryError):
            pool.request("GET", f"http://127.0.0.1:1{path}")

    text = logged(tmp_path, write, level="debug")

    assert no_secret(text)
    found = {str(record["logger"]).partition(".")[0] for record in records(text)}
    assert found == {"bot", "aiohttp", "apscheduler", "urllib3"}
    assert text.count("***") >= 6
