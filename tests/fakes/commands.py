"""The command itself, in a process of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.on_air import GAUGE

ROOT = Path(__file__).parents[2]
CONFIG = """
[access]
mode = "open"
[[sources]]
name = "news"
folder = "news"
"""
Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(
    folder: Path, api: FakeBotApi, *arguments: str, token: str = "", heard: bool = True, **more: str
) -> AsyncIterator[Process]:
    """Run the bot in that folder, on this Telegram; it is ended at the end.

    Unless it is heard, what it says is thrown away.
    """
    more.setdefault("TELEGRAM_API_URL", api.url)
    more.setdefault("TELEGRAM_BOT_TOKEN", token or api.token)
    async with started(folder, "run", *arguments, heard=heard, **more) as process:
        yield process


@asynccontextmanager
async def started(
    folder: Path, *words: str, config: str = CONFIG, heard: bool = True, **variables: str
) -> AsyncIterator[Process]:
    """Start the command with these words in that folder, with one article; it is ended at the end.

    Unless it is heard, what it says is thrown away.
    """
    (folder / "news").mkdir(exist_ok=True)
    (folder / "news" / "gauge.txt").write_text(GAUGE.format(day="2025-06-02"), "utf-8")
    (folder / "briefbot.toml").write_text(config, "utf-8")
    kept = {key: value for key, value in os.environ.items() if key.startswith("COV")}
    set_out = {
        **kept,
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "BRIEFBOT_CONFIG": "briefbot.toml",
        "HTTP_PORT": "0",
        **variables,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=set_out,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE if heard else asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
