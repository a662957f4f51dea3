"""The terminal as a channel."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.console.progress import progress
from bot.console.terminal import Terminal
from bot.core.page import Heading, Page, Plain


def test_a_page_is_printed_with_a_blank_line_after_it() -> None:
    out = io.StringIO()

    asyncio.run(Terminal(out).send(Page((Heading((Plain("SCO"),)),))))

    assert out.getvalue() == "SCO\n\n"


def test_a_sentence_is_printed_alone_and_harmless() -> None:
    out = io.StringIO()

    asyncio.run(Terminal(out).say("seeds/\x1b[2J: 2 articles."))

    assert out.getvalue() == "seeds/: 2 articles.\n"


def test_everything_is_printed_aside_of_the_prompt() -> None:
    out = io.StringIO()

    @asynccontextmanager
    async def aside() -> AsyncIterator[None]:
        out.write("<")
        yield
        out.write(">")

    asyncio.run(Terminal(out, aside=aside).say("News."))

    assert out.getvalue() == "<News.\n>"


def test_progress_counts_what_is_done_and_how_far_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"x\n" * 4)
    screen = io.StringIO()

    with path.open("rb") as source, progress(source, screen) as advance:
        for _ in range(4):
            source.readline()
            advance()

    assert "4 briefed" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_progress_of_a_source_without_a_size_only_counts() -> None:
    screen = io.StringIO()

    with Path("/dev/null").open("rb") as source, progress(source, screen) as advance:
        advance()

    assert "1 briefed" in screen.getvalue()
