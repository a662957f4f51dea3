import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.app.ports import Found, Present
from bot.core.health import Fault
from bot.sources.folder import Folder

Item = Found | Present | Fault
Read = Callable[..., list[Item]]


@pytest.fixture
def read() -> Read:
    """Reads a folder named "news" to the end, as the bot does."""

    def read_all(  # noqa: PLR0913 - a folder as the configuration describes it
        path: Path,
        known: Mapping[str, str] | None = None,
        *,
        publisher: str | None = None,
        language: str = "en",
        max_bytes: int = 5_000_000,
        today: date = date(2025, 9, 1),
    ) -> list[Item]:
        folder = Folder(
            "news",
            path,
            publisher=publisher,
            language=language,
            max_bytes=max_bytes,
            today=lambda: today,
        )

        async def collect() -> list[Item]:
            return [item async for item in folder.read(known or {})]

        return asyncio.run(collect())

    return read_all
