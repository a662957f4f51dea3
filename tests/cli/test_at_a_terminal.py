"""The command at a terminal: prompt, completion, Ctrl-C, Ctrl-D, colour, width."""

import asyncio
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from bot.core.subscription import destination_of
from bot.store.chats import Chats
from bot.store.database import open_database
from tests.fakes.subscribed import due_series

pytestmark = pytest.mark.slow

Open = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def terminal(folder: Path, environment: dict[str, str]) -> Iterator[Open]:
    """Return what opens the command at a terminal of its own."""
    opened: list[pexpect.spawn[str]] = []

    def begin(*arguments: str, width: int = 80, **more: str) -> "pexpect.spawn[str]":
        screen = pexpect.spawn(
            sys.executable,
            ["-m", "bot", *arguments],
            cwd=str(folder),
            # A terminal that does not tell where the cursor is would be waited for.
            env={**environment, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **more},
            dimensions=(40, width),
            encoding="utf-8",
            timeout=20,
        )
        opened.append(screen)
        return screen

    yield begin
    for screen in opened:
        screen.close(force=True)


def ended(screen: "pexpect.spawn[str]") -> int | None:
    """Return the exit code, once the screen is done."""
    screen.expect(pexpect.EOF)
    screen.close()
    return screen.exitstatus


def test_a_person_is_prompted_helped_and_told_what_comes_in(terminal: Open, folder: Path) -> None:
    screen = terminal("run")
    screen.expect("Archive ready: data/briefbot.db")
    screen.expect("───")
    screen.expect("Four countries agreed")
    screen.expect("Ctrl-D to leave")
    screen.expect("brief>")

    screen.send("/he\t")
    # What is already on the screen is not drawn again.
    screen.expect("lp")
    screen.send("\r")
    screen.expect("What you can type")
    screen.expect("brief>")

    screen.send("/brief half")
    (folder / "news" / "late.txt").write_text("Markets in Osh opened late on Monday.", "utf-8")
    screen.expect("1 new")
    screen.expect("brief>.*/brief half")
    screen.send("\x03")
    screen.expect("brief>")
    screen.send("\x03")

    assert ended(screen) == 0
    assert "+/help" in (folder / "data" / "history").read_text("utf-8")


def test_sigterm_at_the_prompt_gives_the_terminal_back(terminal: Open) -> None:
    screen = terminal("run")
    screen.expect("brief>")

    began = time.monotonic()
    screen.kill(signal.SIGTERM)

    assert ended(screen) == 0
    assert time.monotonic() - began < 2
    assert screen.before is not None
    # The modes that a prompt sets are taken back.
    assert "\x1b[?2004l" in screen.before
    assert screen.before.endswith("Stopped.\r\n")


@pytest.mark.parametrize(("width", "longest"), [(40, 40), (80, 80), (200, 100)])
def test_lines_keep_to_the_width_of_the_terminal(terminal: Open, width: int, longest: int) -> None:
    screen = terminal("brief", "news/gauge.txt", width=width)

    assert ended(screen) == 0
    assert screen.before is not None
    rows = re.sub(r"\x1b\[[\d;]*m", "", screen.before).split("\r\n")
    assert longest - 20 < max(map(len, rows)) <= longest


@pytest.mark.parametrize("command", ["subscriptions", "receipts"])
def test_no_name_of_a_chat_breaks_its_address(terminal: Open, folder: Path, command: str) -> None:
    topic = "telegram:-1002000000002/12"

    async def call() -> None:
        (folder / "data").mkdir()
        async with open_database(folder / "data" / "briefbot.db") as database:
            await due_series(database, destination_of(topic))
            await Chats(database).titled(destination_of(topic), "long " * 25)

    asyncio.run(call())
    screen = terminal(command)

    assert ended(screen) == 0
    assert screen.before is not None
    assert f"\r\n  {topic} “long long long long long long…”\r\n" in screen.before


@pytest.mark.parametrize(
    ("more", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_those_who_want_it(
    terminal: Open, more: dict[str, str], *, coloured: bool
) -> None:
    screen = terminal("brief", "news/gauge.txt", **more)

    assert ended(screen) == 0
    assert screen.before is not None
    assert ("\x1b[1m" in screen.before) == coloured
    assert ("\x1b" in screen.before) == coloured


def test_a_long_job_shows_how_far_it_is(folder: Path, environment: dict[str, str]) -> None:
    (folder / "many.jsonl").write_text('{"text": "Rain fell on Osh."}\n' * 50, "utf-8")
    command = f"exec {sys.executable} -m bot brief --jsonl many.jsonl >out.jsonl"
    screen = pexpect.spawn(
        "/bin/sh",
        ["-c", command],
        cwd=str(folder),
        env={**environment, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
    )

    assert ended(screen) == 0
    assert screen.before is not None
    assert "50 briefed" in screen.before
    assert len((folder / "out.jsonl").read_text("utf-8").splitlines()) == 50
