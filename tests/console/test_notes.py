"""What a session notes stands in the log where a machine reads it."""

import asyncio
import logging

import pytest

from bot.console.notes import LoggedNotes
from bot.core.page import Item, Page, Paragraph, Plain


def test_notes_are_records_a_line_without_blank_ones(caplog: pytest.LogCaptureFixture) -> None:
    page = Page((Paragraph((Plain("Read news: 1 problem."),)), Item((Plain("a.txt is empty"),))))

    async def noted() -> None:
        await LoggedNotes().say("")
        await LoggedNotes().tell(page)

    with caplog.at_level(logging.INFO):
        asyncio.run(noted())

    assert caplog.messages == ["Read news: 1 problem.", "• a.txt is empty"]
