"""The prompt, typed at through the library's own pipe input."""

import asyncio
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.console.prompt import Prompt

VERBS: Mapping[str, str] = {
    "/brief": "the news",
    "/help": "what you can type",
    "/sources": "what is read",
    "/status": "how the bot is",
}


@contextmanager
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


async def typed(history: Path | None) -> list[str]:
    return [line async for line in Prompt(VERBS, history=history).lines()]


def test_lines_come_until_ctrl_d() -> None:
    with keyboard() as keys:
        keys.send_text("/brief 1\rhello\r\x04")

        assert asyncio.run(typed(None)) == ["/brief 1", "hello"]


@pytest.mark.parametrize(
    ("keyed", "line"),
    [
        ("/so\t\r", "/sources"),
        ("/S\t\t\t\r", "/status"),
        ("/xy\t\r", "/xy"),
        ("/sources\t\r", "/sources"),
        ("/he\t me\r", "/help me"),
    ],
)
def test_tab_has_completed_before_the_next_key_is_read(keyed: str, line: str) -> None:
    with keyboard() as keys:
        keys.send_text(f"{keyed}\x04")

        assert asyncio.run(typed(None)) == [line]


def test_ctrl_c_leaves_a_line_and_then_the_prompt() -> None:
    with keyboard() as keys:
        keys.send_text("half a li\x03whole\r\x03never\r")

        assert asyncio.run(typed(None)) == ["whole"]


def test_what_was_typed_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "history"
    with keyboard() as keys:
        keys.send_text("/brief Astana\r\x04")
        asyncio.run(typed(path))

    assert "+/brief Astana\n" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_earlier_line_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_text("\n# 2025-09-01 08:00:00\n+/brief Astana\n", "utf-8")

    async def arrow_up() -> list[str]:
        prompt = Prompt(VERBS, history=path)
        found = []
        lines = prompt.lines()
        keys.send_text("/help\r")
        found.append(await anext(lines))
        keys.send_text("\x1b[A\x1b[A\r")
        found.append(await anext(lines))
        return found

    with keyboard() as keys:
        assert asyncio.run(arrow_up()) == ["/help", "/brief Astana"]


@pytest.mark.parametrize("place", ["", "missing/history"])
def test_a_history_that_cannot_be_kept_is_done_without(tmp_path: Path, place: str) -> None:
    with keyboard() as keys:
        keys.send_text("/help\r\x04")

        assert asyncio.run(typed(tmp_path / place)) == ["/help"]


def test_a_history_that_can_no_longer_be_written_is_done_without(tmp_path: Path) -> None:
    path = tmp_path / "history"

    async def ask() -> str:
        prompt = Prompt(VERBS, history=path)
        path.unlink()
        path.mkdir()
        keys.send_text("/help\r")
        return await anext(prompt.lines())

    with keyboard() as keys:
        assert asyncio.run(ask()) == "/help"


def test_something_can_be_printed_above_the_prompt() -> None:
    async def announced() -> list[str]:
        prompt = Prompt(VERBS, history=None)
        lines = prompt.lines()
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        async with prompt.aside():
            keys.send_text("/help\r")
        return [await waiting]

    with keyboard() as keys:
        assert asyncio.run(announced()) == ["/help"]
