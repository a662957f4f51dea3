"""``briefbot check`` waits for no platform that says nothing, and for none after another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.console.checks import Check
from bot.wiring.checks import examine
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN

FAR = ("Telegram", "Slack", "Slack hears")
BODY = b'{"ok": false, "error": "invalid_auth", "error_code": 401, "description": "Unauthorized"}'
ANSWER = (
    b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
)


@asynccontextmanager
async def serving(callers: int | None) -> AsyncIterator[str]:
    """Give the address of what answers once so many wait for it; nobody where that is None."""
    waiting: set[asyncio.StreamWriter] = set()
    enough = asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        waiting.add(writer)
        if len(waiting) == callers:
            enough.set()
        if callers is not None:
            await enough.wait()
            writer.write(ANSWER)
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in waiting:
            writer.close()


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Examined":
    return Examined(tmp_path, monkeypatch)


class Examined:
    """A configuration whose platforms are somewhere."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "briefbot.toml"
        self.path.write_text('[[sources]]\nname = "news"\nfolder = "news"\n')
        (folder / "news").mkdir()
        monkeypatch.chdir(folder)
        self.set = monkeypatch.setenv
        self.set("HTTP_PORT", "0")
        self.set("TELEGRAM_BOT_TOKEN", "123456:fake-token-of-the-tests")
        self.set("SLACK_BOT_TOKEN", BOT_TOKEN)
        self.set("SLACK_APP_TOKEN", APP_TOKEN)

    async def found(self, url: str, *, patience: float) -> dict[str, Check]:
        self.set("TELEGRAM_API_URL", url)
        self.set("SLACK_API_URL", f"{url}/api/")
        checks = await examine(self.path, patience=patience)
        return {one.part: one for one in checks if one.part in FAR}


def test_a_platform_that_says_nothing_is_not_waited_for(examined: Examined) -> None:
    async def scenario() -> None:
        async with serving(None) as url:
            found = await examined.found(url, patience=0.3)

        assert {part: one.broken[0].partition(" Check this")[0] for part, one in found.items()} == {
            "Telegram": f"Telegram gives no answer at {url}.",
            "Slack": f"Slack gives no answer at {url}/api/.",
            "Slack hears": f"Slack gives no answer at {url}/api/.",
        }

    asyncio.run(asyncio.wait_for(scenario(), 20))


def test_all_that_is_far_is_asked_at_once(examined: Examined) -> None:
    async def scenario() -> None:
        async with serving(len(FAR)) as url:
            found = await examined.found(url, patience=60)

        assert [found[part].broken[0].partition(".")[0] for part in FAR] == [
            "Telegram does not accept the bot's token",
            "Slack does not accept the bot's token",
            "Slack does not accept the app-level token",
        ]

    asyncio.run(asyncio.wait_for(scenario(), 20))
