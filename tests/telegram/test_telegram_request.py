"""Calls reach the server or do not, and what is known of it then is known to the channel too."""

import asyncio
import json
import socket
import ssl
import threading
import time
import traceback
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.core.delivery import Deferred, Outcome, Post, Refused, Unsure
from bot.core.errors import ConfigError
from bot.core.page import Document, Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.telegram import request
from bot.telegram.address import Address
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import introduced, made_bot
from bot.telegram.outcomes import outcome
from bot.telegram.request import Request
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.certified import certify, needs_openssl, proof, trust
from tests.fakes.ears import Scene, play

PASSWORD = "пароль"  # noqa: S105 # opens nothing
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
    """Return how a question fails; the error names neither token nor password."""
    try:
        with pytest.raises(TelegramError) as failed:
            await bot.get_me()
    finally:
        await bot.request.shutdown()
    assert TOKEN not in str(failed.value)
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))
    return failed.value


async def is_answered(port: int, *, pause: float) -> None:
    """Ask three times, with so many seconds between, and see each answered."""
    bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
    for _ in range(3):
        assert (await bot.get_me()).username == "b_bot"
        await asyncio.sleep(pause)
    await bot.request.shutdown()


def meant(error: TelegramError) -> type[Outcome]:
    return type(outcome(error, Address(1)))


def test_where_nobody_listens_nothing_was_sent() -> None:
    async def scene() -> TelegramError:
        async with server(me) as port:
            pass
        return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert str(error) == "ClientConnectorError: nothing was sent"
    assert meant(error) is Deferred


def test_without_a_place_among_the_connections_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> TelegramError:
        async with fake_bot_api() as api, one_at_a_time(api) as bot:
            api.goes_silent()
            waiting = asyncio.create_task(bot.get_me())
            await asyncio.sleep(0.1)
            monkeypatch.setattr(request, "_PLACE", 0.01)
            monkeypatch.setattr(request, "_CONNECT", 0.01)
            with pytest.raises(NetworkError) as failed:
                await bot.get_me()
            waiting.cancel()
            await asyncio.wait({waiting})
            return failed.value

    assert meant(asyncio.run(scene())) is Deferred


def test_who_waits_for_a_place_when_it_is_shut_down_is_told_so_and_not_cancelled() -> None:
    async def scene() -> BaseException | None:
        async with fake_bot_api() as api, one_at_a_time(api) as bot:
            api.goes_silent()
            calls = [asyncio.create_task(bot.get_me())]
            await asyncio.sleep(0.1)
            calls.append(asyncio.create_task(bot.get_me()))
            await asyncio.sleep(0.05)
            await bot.request.shutdown()
            _, waiting = await asyncio.gather(*calls, return_exceptions=True)
            return waiting if isinstance(waiting, BaseException) else None

    error = asyncio.run(scene())

    assert isinstance(error, NetworkError)
    assert str(error) == "Closed: nothing was sent"


def test_who_gives_up_waiting_for_a_place_is_cancelled() -> None:
    async def scene() -> None:
        async with fake_bot_api() as api, one_at_a_time(api) as bot:
            api.goes_silent()
            calls = [asyncio.create_task(bot.get_me())]
            await asyncio.sleep(0.1)
            calls.append(asyncio.create_task(bot.get_me()))
            await asyncio.sleep(0.05)
            for call in reversed(calls):
                call.cancel()
            await asyncio.wait(calls)
            assert all(call.cancelled() for call in calls)

    asyncio.run(scene())


@asynccontextmanager
async def one_at_a_time(api: FakeBotApi) -> AsyncIterator[Bot]:
    """Give a bot that has one connection."""
    requests = Request(connections=1), Request(connections=1)
    bot = Bot(
        api.token,
        base_url=f"{api.url}/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    try:
        yield bot
    finally:
        await bot.request.shutdown()


def test_whether_something_arrived_that_was_not_answered_nobody_knows() -> None:
    async def scene() -> TelegramError:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            api.goes_silent()
            with pytest.raises(TimedOut) as failed:
                await bot.get_me(read_timeout=0.05)
            return failed.value

    assert meant(asyncio.run(scene())) is Unsure


def test_whether_something_arrived_that_was_never_read_nobody_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_PLACE", "_SEND"):
        monkeypatch.setattr(request, name, 0.1)
    monkeypatch.setattr(request, "_CONNECT", 1)

    async def deaf(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await released.wait()
        finally:
            writer.close()

    async def scene() -> TelegramError:
        running = await asyncio.start_server(deaf, "127.0.0.1", 0, limit=1)
        async with running:
            port = running.sockets[0].getsockname()[1]
            bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
            with pytest.raises(TimedOut) as failed:
                await bot.send_document(1, InputFile(bytes(20_000_000)), read_timeout=0.1)
            await bot.request.shutdown()
            released.set()
        return failed.value

    released = asyncio.Event()
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


PAGE = b"<html>the page of somebody's proxy</html>"


def saying(body: bytes, status: int = 200) -> Answers:
    """Return what answers everything so."""
    head = b"HTTP/1.1 %d X\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
    return lambda _: head % (status, len(body)) + body


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 409, 429, 502, 503, 599])
@pytest.mark.parametrize("polled", [True, False])
def test_a_page_in_place_of_an_answer_is_a_network_that_fails_and_none_of_it_is_logged(
    status: int,
    polled: bool,  # noqa: FBT001 - one of two
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene() -> TelegramError:
        async with server(saying(PAGE, status)) as port:
            bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
            with pytest.raises(TelegramError) as failed:
                await (bot.do_api_request("get_Updates") if polled else bot.send_message(1, "a"))
            await bot.request.shutdown()
            await bot._request[0].shutdown()  # noqa: SLF001 - the library shows it to nobody
            return failed.value

    error = asyncio.run(scene())

    # Whoever said so, it was not Telegram: no chat is lost for it, and no token is wrong.
    assert type(error) is NetworkError
    assert meant(error) is Unsure
    assert "html" not in "".join(traceback.format_exception(error))
    assert caplog.text == ""


def test_through_an_outage_the_log_has_sentences_and_no_stack_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(here: Scene) -> None:
        here.api.goes_down(502)
        here.api.feed.end()
        await here.api.until(lambda: here.operator.told)
        page = Document("page.html", b"<p>Hello</p>")
        channel = TelegramChannel(here.bot)
        (payload,) = channel.render(Page((Paragraph((Plain("Hello"),)),), document=page))
        to = Destination("telegram", "7")
        for part, said in enumerate((payload, *channel.render(Page((Paragraph((Plain("b"),)),))))):
            sent = await channel.send(Post(series=1, part=part, destination=to, payload=said))
            assert isinstance(sent, Unsure)
        assert isinstance(await channel.edit(to, 1, Page((Paragraph((Plain("c"),)),))), Refused)
        here.api.comes_back()
        await here.api.until(lambda: here.api.feed.polled)

    play(scene)

    assert "Telegram could not be heard: network (NetworkError)." in caplog.text
    assert "html" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


def test_a_page_that_says_too_large_is_understood() -> None:
    async def scene() -> TelegramError:
        async with server(saying(PAGE, 413)) as port:
            return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    assert meant(asyncio.run(scene())) is Refused


@pytest.mark.parametrize("status", [200, 400, 403, 404, 502])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"5",
        b'"ok"',
        b'{"message": "Forbidden"}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"ok": ' * 200_000,
        b'{"ok": true, "result": ' + b"9" * 5000 + b"}",
        b"{",
    ],
    ids=lambda body: body[:12].decode("latin-1") + str(len(body)),
)
def test_what_is_nothing_that_telegram_says_is_no_answer(
    status: int, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> TelegramError:
        async with server(saying(body, status)) as port:
            return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert type(error) is NetworkError
    assert meant(error) is Unsure
    assert caplog.text == ""


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"ok": True},
        {"ok": True, "result": None},
        {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"},
    ],
)
def test_an_answer_without_a_result_is_none(said: dict[str, object]) -> None:
    async def scene() -> TelegramError:
        async with server(saying(json.dumps(said).encode())) as port:
            return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert type(error) is NetworkError
    assert meant(error) is Unsure


@pytest.mark.parametrize(
    "odd",
    [
        {"description": 5},
        {"description": ["x"]},
        {"parameters": 5},
        {"parameters": [1]},
        {"parameters": {"migrate_to_chat_id": "-100"}},
        {"parameters": {"migrate_to_chat_id": [1]}},
        {"parameters": {"retry_after": "soon"}},
        {"parameters": {"retry_after": True}},
        {"parameters": {"retry_after": {}}},
        {"parameters": {"retry_after": -5}},
        {"parameters": {"retry_after": 10**300}},
    ],
)
@pytest.mark.parametrize("status", [400, 429])
def test_a_refusal_with_odd_details_is_one_without_them(
    status: int, odd: dict[str, object]
) -> None:
    async def scene() -> TelegramError:
        body = json.dumps({"ok": False, "error_code": status, **odd}).encode()
        async with server(saying(body, status)) as port:
            return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    error = asyncio.run(scene())

    assert type(error) is (BadRequest if status == 400 else NetworkError)
    assert meant(error) in {Refused, Unsure}


def test_a_redirection_is_not_followed() -> None:
    asked: list[bytes] = []

    def complain(head: bytes) -> bytes:
        asked.append(head)
        return b""

    async def scene() -> TelegramError:
        async with server(complain) as other:
            away = b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
            async with server(lambda _: away % other) as port:
                return await failure(made_bot(TOKEN, url=f"http://127.0.0.1:{port}"))

    assert meant(asyncio.run(scene())) is Unsure
    assert asked == []


def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async def scene() -> None:
        async with server(me, farewell=True) as port:
            await is_answered(port, pause=0.02)

    asyncio.run(scene())


def test_a_connection_that_was_closed_while_all_else_stood_still_is_not_used_again() -> None:
    heard: list[bytes] = []

    def serve(listener: socket.socket) -> None:
        for _ in range(2):
            connection, _ = listener.accept()
            with connection:
                heard.append(connection.recv(65_536))
                connection.sendall(me(heard[-1]))
                time.sleep(0.1)

    async def scene(port: int) -> None:
        bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
        for _ in range(2):
            assert (await bot.get_me()).username == "b_bot"
            # The event loop hears nothing meanwhile.
            time.sleep(0.3)  # noqa: ASYNC251 - on purpose
        await bot.request.shutdown()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=[listener], daemon=True).start()
        asyncio.run(scene(listener.getsockname()[1]))
    assert len(heard) == 2


@pytest.mark.parametrize(
    "stray",
    [
        SAID % (len(ME), ME.replace(b"b_bot", b"other")),
        b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_comes_unasked_is_nobody_s_answer(stray: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(me(await reader.readuntil(b"\r\n\r\n")))
                await writer.drain()
                await asyncio.sleep(0.02)
                writer.write(stray)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def scene() -> None:
        running = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with running:
            await is_answered(running.sockets[0].getsockname()[1], pause=0.1)

    asyncio.run(scene())


def test_nothing_is_carried_once_it_is_shut_down_until_it_begins_again() -> None:
    async def scene() -> None:
        async with server(me) as port:
            bot = made_bot(TOKEN, url=f"http://127.0.0.1:{port}")
            await bot.request.shutdown()
            error = await failure(bot)
            assert str(error) == "Closed: nothing was sent"
            await bot.request.initialize()
            assert (await bot.get_me()).username == "b_bot"
            await bot.request.shutdown()

    asyncio.run(scene())


def test_a_file_keeps_its_name() -> None:
    async def scene() -> str:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            chat = api.private("Anna")
            file = InputFile(b"x", filename="даты ahead.ics")
            sent = await bot.send_document(chat.id, file)
            assert sent.document is not None
            return str(sent.document.file_name)

    assert asyncio.run(scene()) == "даты ahead.ics"


@needs_openssl
def test_a_server_is_believed_by_whom_the_operator_trusts(tmp_path: Path) -> None:
    folder, asked = certify(tmp_path), list[str]()

    def trusting() -> ssl.SSLContext:
        asked.append("")
        context = trust(folder)
        context.check_hostname = False
        return context

    async def scene() -> TelegramError:
        async with server(me, tls=proof(folder)) as port:
            url = f"https://127.0.0.1:{port}"
            bot = made_bot(TOKEN, url=url, trust=trusting)
            both = await asyncio.gather(bot.get_me(), bot.get_me())
            assert [one.username for one in both] == ["b_bot", "b_bot"]
            await bot.request.shutdown()
            return await failure(made_bot(TOKEN, url=url))

    error = asyncio.run(scene())

    assert len(asked) == 1
    assert str(error) == "ClientConnectorCertificateError: nothing was sent"
    assert meant(error) is Deferred


def test_where_certificates_cannot_be_read_nothing_was_sent() -> None:
    def missing() -> ssl.SSLContext:
        return ssl.create_default_context(cafile="nowhere")

    async def scene() -> TelegramError:
        return await failure(made_bot(TOKEN, url="https://127.0.0.1:1", trust=missing))

    error = asyncio.run(scene())

    assert str(error) == "FileNotFoundError: nothing was sent"
    assert meant(error) is Deferred


@pytest.mark.parametrize(
    ("name", "scheme"), [("HTTPS_PROXY", "http://"), ("https_proxy", ""), ("ALL_PROXY", "http://")]
)
@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", b"", b"nonsense\r\n\r\n"]
)
def test_a_proxy_of_the_environment_is_asked_for_the_server(
    name: str, scheme: str, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def refuse(head: bytes) -> bytes:
        asked.append(head)
        return said

    async def scene() -> TelegramError:
        async with server(refuse, farewell=True) as port:
            login = f"anna:{quote(PASSWORD)}@"
            monkeypatch.setenv(name, f"{scheme}{login}127.0.0.1:{port}")
            return await failure(made_bot(TOKEN, url="https://api.telegram.example"))

    error = asyncio.run(scene())
    (head,) = asked

    told = b64encode(f"anna:{PASSWORD}".encode())
    assert head.startswith(b"CONNECT api.telegram.example:443 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic %s\r\n" % told in head
    assert meant(error) is Deferred


@pytest.mark.parametrize(
    ("url", "exception"),
    [
        ("http://127.0.0.1:{port}", ""),
        ("https://127.0.0.1:{port}", "127.0.0.1"),
        ("https://127.0.0.1:{port}", "127.0.0.1:{port}"),
        ("https://[::1]:{port}", "::1"),
    ],
)
def test_no_proxy_leads_to_this_machine_nor_where_the_environment_excepts(
    url: str, exception: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complain(head: bytes) -> bytes:
        raise AssertionError(head)

    async def scene() -> TelegramError:
        async with server(me) as nobody:
            pass
        async with server(complain) as proxy:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy}")
            monkeypatch.setenv("NO_PROXY", exception.format(port=nobody))
            return await failure(made_bot(TOKEN, url=url.format(port=nobody)))

    assert str(asyncio.run(scene())) == "ClientConnectorError: nothing was sent"


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://anna:{}@127.0.0.1:1080",
        "http://anna:{}@127.0.0.1:99999",
        "http://anna:{}@",
        "http://an/na:{}@127.0.0.1:1080",
        "http://anna:{}/more@127.0.0.1:1080",
        "http://anna:[{}@127.0.0.1:1080",
        "http://an%3Ana:{}@127.0.0.1:1080",
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy.format(PASSWORD))

    with pytest.raises(ConfigError) as failed:
        made_bot(TOKEN, url="https://api.telegram.example")

    assert str(failed.value) == (
        "The proxy that the environment names (HTTPS_PROXY, ALL_PROXY) cannot be used for "
        "Telegram. Name one as http://HOST:PORT, or none."
    )
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))
