"""Calls reach the server or do not, and what is known of it then is known to the channel too."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.core.delivery import Deferred, Outcome, Unsure
from bot.core.errors import ConfigError
from bot.telegram import request
from bot.telegram.address import Address
from bot.telegram.client import introduced, made_bot
from bot.telegram.outcomes import outcome
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.certified import certify, needs_openssl, proof, trust

TOKEN = "123456:the-secret-of-the-token"  # noqa: S105 # opens nothing
ME = b'{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "B", "username": "b_bot"}}'
SAID = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"

#: Answers what came, up to the end of its head.
Answers = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def server(
    answers: Answers, *, tls: ssl.SSLContext | None = None, farewell: bool = False
) -> AsyncIterator[int]:
    """Give the port of a server that answers each request, and may close the connection then."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(answers(head))
                await writer.drain()
                if farewell:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with running:
        yield running.sockets[0].getsockname()[1]


def me(head: bytes) -> bytes:
    assert head.startswith(b"POST /bot")
    return SAID % (len(ME), ME)


async def failure(bot: Bot) -> TelegramError:
    """Return how a question fails; the error names no token, nor does what it came from."""
    try:
        with pytest.raises(TelegramError) as failed:
            await bot.get_me()
    finally:
        await bot.request.shutdown()
    assert TOKEN not in str(failed.value)
    return failed.value


def meant(error: TelegramError) -> type[Outcome]:
    return type(outcome(error, Address(1)))


def test_where_nobody_listens_nothing_was_sent() -> None:
    async def scene() -> TelegramError:
        async with server(me) as port:
            pass
        return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert str(error) == "aiohttp.ClientConnectorError"
    assert meant(error) is Deferred


def test_without_a_place_among_the_connections_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> TelegramError:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            chat = api.private("Anna")
            api.goes_silent()
            # All connections wait for an answer.
            waiting = [asyncio.create_task(bot.send_message(chat.id, "x")) for _ in range(64)]
            await asyncio.sleep(0.1)
            monkeypatch.setattr(request, "_PLACE", 0.01)
            monkeypatch.setattr(request, "_CONNECT", 0.01)
            with pytest.raises(TimedOut) as failed:
                await bot.get_me()
            for one in waiting:
                one.cancel()
            await asyncio.wait(waiting)
            return failed.value

    assert meant(asyncio.run(scene())) is Deferred


def test_whether_something_arrived_that_was_not_answered_nobody_knows() -> None:
    async def scene() -> TelegramError:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            api.goes_silent()
            with pytest.raises(TimedOut) as failed:
                await bot.get_me(read_timeout=0.05)
            return failed.value

    assert meant(asyncio.run(scene())) is Unsure


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH_9.9\r\n\r\n"])
def test_whether_something_arrived_that_was_answered_with_nonsense_nobody_knows(
    said: bytes,
) -> None:
    async def scene() -> TelegramError:
        async with server(lambda _: said, farewell=True) as port:
            return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert isinstance(error, NetworkError)
    assert meant(error) is Unsure


def test_a_redirection_is_not_followed() -> None:
    async def scene() -> TelegramError:
        async with server(me) as other:
            away = b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
            async with server(lambda _: away % other) as port:
                return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    assert meant(asyncio.run(scene())) is Unsure


def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async def scene() -> None:
        async with server(me, farewell=True) as port:
            bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
            for _ in range(3):
                assert (await bot.get_me()).username == "b_bot"
                await asyncio.sleep(0.02)
            await bot.request.shutdown()

    asyncio.run(scene())


def test_nothing_is_carried_once_it_is_shut_down_until_it_begins_again() -> None:
    async def scene() -> None:
        async with server(me) as port:
            bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
            await bot.request.shutdown()
            error = await failure(bot)
            assert str(error) == "The connections to Telegram are closed."
            await bot.request.initialize()
            assert (await bot.get_me()).username == "b_bot"
            await bot.request.shutdown()

    asyncio.run(scene())


@needs_openssl
def test_a_server_is_believed_by_whom_the_operator_trusts(tmp_path: Path) -> None:
    folder = certify(tmp_path)

    def trusting() -> ssl.SSLContext:
        context = trust(folder)
        context.check_hostname = False
        return context

    async def scene() -> TelegramError:
        async with server(me, tls=proof(folder)) as port:
            url = f"https://127.0.0.1:{port}"
            bot = made_bot(TOKEN, url=url, trust=trusting)
            assert (await bot.get_me()).username == "b_bot"
            await bot.request.shutdown()
            return await failure(made_bot(TOKEN, url=url))

    error = asyncio.run(scene())

    assert str(error) == "aiohttp.ClientConnectorCertificateError"
    assert meant(error) is Deferred


@pytest.mark.parametrize(
    ("name", "scheme"), [("HTTPS_PROXY", "http://"), ("https_proxy", ""), ("ALL_PROXY", "http://")]
)
def test_a_proxy_of_the_environment_is_asked_for_the_server(
    name: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def refuse(head: bytes) -> bytes:
        asked.append(head.splitlines()[0])
        return b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"

    async def scene() -> TelegramError:
        async with server(refuse) as port:
            monkeypatch.setenv(name, f"{scheme}127.0.0.1:{port}")
            return await failure(made_bot(TOKEN, url="https://api.telegram.example"))

    error = asyncio.run(scene())

    assert asked == [b"CONNECT api.telegram.example:443 HTTP/1.1"]
    assert meant(error) is Deferred


@pytest.mark.parametrize(
    ("url", "exception"),
    [("http://127.0.0.1:{port}", ""), ("https://127.0.0.1:{port}", "127.0.0.1")],
)
def test_no_proxy_leads_to_this_machine_nor_where_the_environment_excepts(
    url: str, exception: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complain(head: bytes) -> bytes:
        raise AssertionError(head)

    async def scene() -> TelegramError:
        async with server(complain) as proxy, server(me) as nobody:
            pass
        async with server(complain) as proxy:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
            monkeypatch.setenv("NO_PROXY", exception)
            return await failure(made_bot(TOKEN, url=url.format(port=nobody)))

    assert str(asyncio.run(scene())) == "aiohttp.ClientConnectorError"


def test_a_proxy_that_cannot_be_used_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:secret@127.0.0.1:1080")

    with pytest.raises(ConfigError) as failed:
        made_bot(TOKEN, url="https://api.telegram.example")

    assert str(failed.value) == (
        "The proxy that the environment names (HTTPS_PROXY, ALL_PROXY) cannot be used for "
        "Telegram. Name one that begins with http://, or none."
    )
