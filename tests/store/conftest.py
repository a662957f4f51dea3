"""Where the tests keep their archives, and how they start other processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import bot
from bot.store.database import Database, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file may be; its folder is not there yet."""
    return tmp_path / "data" / "briefbot.db"


@pytest.fixture(params=["file", "memory"])
def opened(
    request: pytest.FixtureRequest, path: Path
) -> Callable[[Callable[[Database], Awaitable[None]]], None]:
    """Run a scenario on a new archive of each kind: what holds for one must for the other."""
    place = path if request.param == "file" else None

    def run(scenario: Callable[[Database], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_database(place) as database:
                await scenario(database)

        asyncio.run(main())

    return run


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """Start a script of this folder in a process of its own; what it prints can be read."""

    def run(script: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(script)), *arguments],
            env={**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run
