"""Commands from pipes and files."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.console.lines import LONGEST_LINE, lines, split


async def collected(descriptor: int) -> list[str]:
    return [line async for line in lines(descriptor)]


def test_lines_come_whole_however_the_bytes_arrive() -> None:
    data = "/brief\r\n\n/brief Токаев\n/help".encode()
    chunks = [data[place : place + 1] for place in range(len(data))]

    assert list(split(iter(chunks))) == ["/brief", "", "/brief Токаев", "/help"]


def test_bytes_that_are_no_text_are_marked() -> None:
    assert list(split(iter([b"a\xffb\n", b"c\xd0"]))) == ["a\ufffdb", "c\ufffd"]


def test_an_endless_line_is_cut_and_never_held_whole() -> None:
    def endless() -> Iterator[bytes]:
        yield from [b"x" * 65_536] * 1000
        yield b"y\n/help\n"

    assert [len(line) for line in split(endless())] == [LONGEST_LINE, len("/help")]


def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "commands"
    path.write_text("/brief\n/help\n" * 500)

    with path.open("rb") as file:
        found = asyncio.run(collected(file.fileno()))

    assert found == ["/brief", "/help"] * 500


@pytest.mark.parametrize("path", ["/dev/null", "/"])
def test_what_holds_no_lines_ends_at_once(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        assert asyncio.run(collected(descriptor)) == []
    finally:
        os.close(descriptor)


def test_a_line_is_answered_before_the_next_one_is_typed() -> None:
    reading, writing = os.pipe()

    async def talk() -> list[str]:
        found = []
        os.write(writing, b"one\n")
        async for line in lines(reading):
            found.append(line)
            if line == "one":
                os.write(writing, b"two\n")
            else:
                os.close(writing)
        return found

    assert asyncio.run(talk()) == ["one", "two"]
    os.close(reading)


def test_input_that_never_ends_does_not_hold_up_the_end() -> None:
    reading, writing = os.pipe()

    async def wait_in_vain() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(collected(reading), 0.05)

    asyncio.run(wait_in_vain())
    # What comes after the loop was closed is nobody's any more.
    os.write(writing, b"late\n")
    os.close(writing)
    for thread in [thread for thread in threading.enumerate() if thread.name == "input"]:
        thread.join(5)
        assert not thread.is_alive()
    os.close(reading)
