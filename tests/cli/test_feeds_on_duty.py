"""A bot that runs reads feeds by itself, and those that are added meanwhile."""

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import BRIEFBOT
from tests.fakes.feed_server import page
from tests.fakes.feed_texts import entries, rss
from tests.fakes.shell import Outcome
from tests.fakes.web import Web, serving

pytestmark = pytest.mark.slow

Run = Callable[..., Outcome]

NEWEST = datetime.now(UTC).replace(microsecond=0)
#: More seconds than the bot takes to look.
SOON = 30.0


@pytest.fixture
def web() -> Iterator[Web]:
    pages = {
        "/feed.xml": page(rss(entries(3, words=120, newest=NEWEST))),
        "/other.xml": page(rss(entries(2, first=50, words=120, newest=NEWEST))),
        "/gone.xml": page(b"", status=410),
    }
    with serving(pages) as web:
        yield web


@pytest.fixture
def config(folder: Path, web: Web) -> Path:
    """Let the configuration ask this machine for two feeds; return its file."""
    path = folder / "config" / "briefbot.toml"
    fetch = f"[fetch]\nallow_private = true\nports = [{web.port}]\n"
    feeds = (("Wire", "/feed.xml"), ("Ended", "/gone.xml"))
    tables = (f'[[sources]]\nname = "{name}"\nfeed = "{web.url(at)}"\n' for name, at in feeds)
    path.write_text(fetch + path.read_text("utf-8") + "".join(tables), "utf-8")
    return path


def test_the_first_digest_has_the_news_of_feeds(briefbot: Run, config: Path) -> None:
    del config

    done = briefbot("run")

    assert done.returncode == 0
    said = done.stderr.splitlines()
    assert "Read news: 2 articles, no problems." in said
    at = said.index("Read 1 feed: 3 new articles, 1 could not be read.")
    assert said[at + 1].endswith(
        "Ended: was ended by its publisher; remove it, or find its new address (410 Gone)"
    )
    assert "Sources: 2 ok, 1 ended by the publisher." in " ".join(done.stdout.split())


def test_a_feed_that_is_added_is_read_by_the_bot_that_runs(
    briefbot: Run, config: Path, folder: Path, environment: dict[str, str], web: Web
) -> None:
    del config
    running = subprocess.Popen(
        [*BRIEFBOT, "run", "--stay"],
        cwd=folder,
        env={**environment, "PYTHONUNBUFFERED": "1", "HTTP_PORT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert running.stdout is not None
        while not running.stdout.readline().startswith("Sources:"):
            assert running.poll() is None
        added = briefbot("sources", "add", web.url("/other.xml"), "--name", "Post")
        assert added.returncode == 0, added.stderr
        stored = wait_for(folder / "data" / "briefbot.db", "Post", 2)
        running.stdout.close()
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0

    assert stored == 2
    listed = json.loads(briefbot("sources", "list", "--format", "json").stdout)
    assert {one["name"]: one["standing"] for one in listed} == {
        "news": "ok",
        "Wire": "ok",
        "Post": "ok",
        "Ended": "retired",
    }


def wait_for(archive: Path, source: str, count: int) -> int:
    """Return how many articles of the source there are, once there are so many, or soon."""
    deadline = time.monotonic() + SOON
    found = 0
    while found < count and time.monotonic() < deadline:
        time.sleep(0.2)
        with closing(sqlite3.connect(archive)) as opened:
            query = "SELECT count(*) FROM articles WHERE source = ?"
            (found,) = opened.execute(query, (source,)).fetchone()
    return found
