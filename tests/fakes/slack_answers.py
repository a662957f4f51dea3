"""Answers as the bot gives them, with the buttons that they have."""

from datetime import UTC, datetime

from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Document, Heading, Item, Page, Paragraph, Plain

#: When the digest of these answers was made.
MADE = datetime(2025, 9, 2, 3, 0, 0, 123456, tzinfo=UTC)


async def answer(ask: Ask) -> Page:
    """Answer with a digest's buttons, or with those of a panel."""
    said = ask.text.removeprefix("/")
    digest = (Button("1", "/brief 1"), Button("Settings", "/settings"))
    panel = (Button("Short", "/settings length short"), Button("← Back", "/settings"))
    is_digest = said.startswith("brief")
    row = digest if is_digest else panel
    # What a member is told is what the page says in short.
    return Page(
        (Paragraph((Plain(f"Said: {said}"),)), Buttons((row,), MADE if is_digest else None)),
        f"Short: {said}",
    )


async def long_answer(ask: Ask) -> Page:
    """Answer with so much that it takes several messages."""
    del ask
    lines = (Paragraph((Plain(f"{number} " + "word " * 580),)) for number in range(20))
    return Page(tuple(lines), "Long")


async def filed_answer(ask: Ask) -> Page:
    """Answer with a file."""
    del ask
    document = Document("calendar.ics", b"BEGIN:VCALENDAR", (Plain("Ahead: the summit"),))
    return Page((Paragraph((Plain("What is ahead"),)),), "Ahead", document)


async def lonely_answer(ask: Ask) -> Page:
    """Answer with what is for who asks alone."""
    return Page((Paragraph((Plain(f"A test: {ask.text}"),)),), "A test", alone=True)


async def told_answer(ask: Ask) -> Page:
    """Answer with a digest of one story."""
    del ask
    lines = (Item((Plain(said),)) for said in ("Lead", "More"))
    buttons = Buttons(((Button("1", "/brief 1"),),), MADE)
    return Page((Heading((Plain("1. Gauge"),), level=2), *lines, buttons), "Gauge")
