"""``briefbot gather`` reads all sources once; commands that answer read the feeds that are due."""

import asyncio
import json
import re
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.alone import alone
from tests.cli.conftest import BRIEFBOT
from tests.fakes.feed_server import Answer, hang, page
from tests.fakes.feed_texts import entries, rss
from tests.fakes.shell import Outcome, typed
from tests.fakes.web import Web, serving

pytestmark = pytest.mark.slow

Run = Callable[..., Outcome]
Start = Callable[..., subprocess.Popen[str]]

NEWEST = datetime.now(UTC).replace(microsecond=0)
#: Texts so long that no page is read for them.
WORDS = 120


def pages() -> dict[str, Answer]:
    return {
        "/feed.xml": page(rss(entries(3, words=WORDS, newest=NEWEST))),
        "/other.xml": page(rss(entries(2, first=50, words=WORDS, newest=NEWEST))),
        "/gone.xml": page(b"", status=410),
        "/slow.xml": hang(),
    }


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(pages()) as web:
        yield web


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in this process, in the folder."""
    monkeypatch.chdir(folder)
    return typed


@pytest.fixture
def declare(folder: Path, web: Web) -> Callable[..., None]:
    """Return what puts feeds of the site into the configuration, by names and paths."""
    config = folder / "config" / "briefbot.toml"
    before = config.read_text("utf-8")

    def put(**feeds: str) -> None:
        allowed = f"[fetch]\nallow_private = true\nports = [{web.port}]\n"
        tables = (
            f'[[sources]]\nname = "{name}"\nfeed = "{web.url(path)}"\n'
            for name, path in feeds.items()
        )
        config.write_text(allowed + before + "".join(tables), "utf-8")

    return put


Declare = Callable[..., None]


def lines(text: str) -> list[str]:
    return re.sub(r"in \d+\.\d s", "in 0.0 s", text).splitlines()


def test_all_sources_are_read_and_counted(inside: Run, declare: Declare) -> None:
    declare(Wire="/feed.xml", Post="/other.xml", Ended="/gone.xml")

    first, second = inside("gather"), inside("gather")

    assert (first.returncode, first.stderr) == (0, "")
    *said, total = lines(first.stdout)
    assert sorted(said) == [
        "Ended: was ended by its publisher; remove it, or find its new address (410 Gone)",
        "Post: 2 new",
        "Wire: 3 new",
        "news: 2 new",
    ]
    assert total == "Read 3 of 4 sources in 0.0 s: 7 new articles, 1 could not be read."
    # An ended feed is asked no more.
    assert lines(second.stdout) == [
        "Read 3 of 3 sources in 0.0 s: 0 new articles, 3 brought nothing new."
    ]


def test_some_are_read_by_name_and_all_must_not_fail(inside: Run, declare: Declare) -> None:
    declare(Wire="/feed.xml", Ended="/gone.xml")

    wire, news, ended = (
        inside("gather", "wire"),
        inside("gather", "NEWS"),
        inside("gather", "Ended"),
    )

    assert lines(wire.stdout) == ["Wire: 3 new", "Read 1 of 1 source in 0.0 s: 3 new articles."]
    assert lines(news.stdout)[0] == "news: 2 new"
    assert ended.returncode == 1
    assert lines(ended.stdout)[1] == (
        "Read 0 of 1 source in 0.0 s: 0 new articles, 1 could not be read."
    )
    assert inside("gather", "--all").returncode == 0
    assert lines(inside("gather", "--all").stdout)[0].startswith("Ended: was ended")


def test_a_name_that_nobody_has_is_said(inside: Run, declare: Declare) -> None:
    declare(Wire="/feed.xml")

    near, far = inside("gather", "Wires"), inside("gather", "zzz")

    assert (near.returncode, near.stderr) == (
        1,
        "No source is called Wires. Did you mean Wire? briefbot sources list shows them all.\n",
    )
    assert far.stderr == "No source is called zzz. briefbot sources list shows them all.\n"


def test_beside_a_bot_that_runs_it_is_refused(inside: Run, declare: Declare, folder: Path) -> None:
    declare(Wire="/feed.xml")

    async def scenario() -> tuple[Outcome, Outcome]:
        async with alone(folder / "data", pid=77, now=datetime.now(UTC)):
            refused = await asyncio.to_thread(inside, "gather")
            return refused, await asyncio.to_thread(inside, "brief")

    refused, brief = asyncio.run(scenario())

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "A bot that runs has the data folder data and reads its sources by itself: "
        "briefbot sources list shows how they are. Stop it to gather by hand.\n"
    )
    # A command that answers leaves the feeds to it.
    assert "Kazinform" in brief.stdout
    assert "news.example" not in brief.stdout


def test_an_archive_that_cannot_be_opened_stops_it(
    inside: Run, declare: Declare, folder: Path
) -> None:
    declare(Wire="/feed.xml")
    (folder / "data").mkdir()
    (folder / "data" / "briefbot.db").write_text("not a database, and long enough to be read")

    done = inside("gather")

    assert done.returncode == 1
    assert "is not a database" in done.stderr


def test_ctrl_c_keeps_what_was_read(
    declare: Declare, folder: Path, environment: dict[str, str], web: Web
) -> None:
    declare(Wire="/feed.xml", Slow="/slow.xml")
    config = folder / "config" / "briefbot.toml"
    # Another host, so that it does not wait for the slow one.
    config.write_text(config.read_text("utf-8").replace(web.url("/feed.xml"), other(web)), "utf-8")
    running = subprocess.Popen(
        [*BRIEFBOT, "gather"],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    said = [running.stdout.readline(), running.stdout.readline()]
    running.send_signal(signal.SIGINT)
    code, screen = running.wait(20), running.stderr.read()
    running.stdout.close()
    running.stderr.close()

    assert (said, code) == (["news: 2 new\n", "Wire: 3 new\n"], 130)
    assert screen == (
        "Stopped. What was read until now is stored; the rest is read the next time.\n"
    )
    with closing(sqlite3.connect(folder / "data" / "briefbot.db")) as archive:
        assert archive.execute("SELECT count(*) FROM articles").fetchone() == (5,)
        assert archive.execute("SELECT source FROM feed_memories").fetchall() == [("Wire",)]


def test_a_reader_that_goes_away_ends_it_quietly(
    declare: Declare, folder: Path, environment: dict[str, str]
) -> None:
    declare(Wire="/feed.xml", Ended="/gone.xml")
    running = subprocess.Popen(
        [*BRIEFBOT, "gather", "wire", "ended"],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    running.wait(20)
    screen = running.stderr.read()
    running.stderr.close()

    assert screen == ""
    with closing(sqlite3.connect(folder / "data" / "briefbot.db")) as archive:
        assert archive.execute("SELECT count(*) FROM feed_memories").fetchone() != (0,)


def other(web: Web) -> str:
    """Return the feed's address by another name of this machine."""
    return web.url("/feed.xml").replace("127.0.0.1", "localhost")


def test_a_command_that_answers_reads_the_feeds_that_are_due(inside: Run, declare: Declare) -> None:
    declare(Wire="/feed.xml", Ended="/gone.xml")

    first, second = inside("brief", "--format", "json"), inside("brief")

    assert first.returncode == 0
    # It waited for the turn of the second feed of that host, and said so.
    assert first.stderr.splitlines()[-2:] == [
        "Looking at the feeds whose time has come, for at most 20 seconds.",
        "Ended: was ended by its publisher; remove it, or find its new address (410 Gone).",
    ]
    told = json.loads(first.stdout)
    assert told["stories"][0]["brief"]["extent"] == "whole"
    assert second.returncode == 0
    assert second.stderr == ""


def test_where_no_feed_can_be_read_the_command_says_so_by_its_code(
    inside: Run, declare: Declare
) -> None:
    declare(Ended="/gone.xml")

    assert inside("brief").returncode == 1
