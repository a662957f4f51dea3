"""What carries the library's calls to the Bot API: aiohttp, in half the work of its own way."""

import asyncio
import json
import ssl
from collections.abc import Callable
from http.client import responses
from io import BytesIO
from typing import Any, NoReturn

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.proxy import DIRECT, Proxy

#: Makes what judges the server's certificate; it may read files.
Trust = Callable[[], ssl.SSLContext]

#: So many seconds may the server be silent where a call says nothing else.
SILENCE = 25.0
#: Seconds to connect, for a place among the connections, and to send what a call says.
_CONNECT, _PLACE, _SEND = 10.0, 20.0, 20.0
#: What sending may raise.
_FAILURES = (aiohttp.ClientError, OSError, ValueError)
#: What is read of an answer, and of its parameters with the numbers that each can be: a wait of
#: three years is none, and a chat's number has 52 bits (Bot API, ResponseParameters).
_PARTS = (("result", int | str | list | dict), ("description", str), ("parameters", dict))
_DETAILS = {"retry_after": range(1, 10**8), "migrate_to_chat_id": range(-(2**52), 2**52)}


class UnsentError(aiohttp.ClientError):
    """Nothing has left this machine; the message is the name of what was in the way."""


class Request(BaseRequest):
    """Carries calls, over connections that are opened as they are needed.

    Raises ``TimedOut`` and ``NetworkError``; the cause is an ``UnsentError`` where nothing was
    sent.
    """

    __slots__ = ("_closed", "_connections", "_lock", "_proxy", "_session", "_silence", "_trust")

    def __init__(
        self,
        *,
        connections: int,
        trust: Trust | None = None,
        proxy: Proxy = DIRECT,
        silence: float = SILENCE,
    ) -> None:
        """Have so many connections at once.

        Without trust, the authorities of the machine are believed.
        """
        self._connections = connections
        self._trust = trust
        self._proxy = proxy
        self._silence = silence
        self._lock = asyncio.Lock()
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def read_timeout(self) -> float:
        """Return how many seconds the server may be silent where a call says nothing else."""
        return self._silence

    async def initialize(self) -> None:
        """Let calls be carried again."""
        self._closed = False

    async def shutdown(self) -> None:
        """Close the connections; no call is carried any more."""
        async with self._lock:
            self._closed = True
            session, self._session = self._session, None
            if session is not None:
                await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - always _SEND
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - and _CONNECT
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - and _PLACE
    ) -> tuple[int, bytes]:
        """Return the status of the answer, and what it says."""
        silence = read_timeout if isinstance(read_timeout, int | float) else self._silence
        timeout = aiohttp.ClientTimeout(
            total=_PLACE + _CONNECT + _SEND + silence,
            connect=_PLACE + _CONNECT,
            sock_connect=_CONNECT,
            sock_read=silence,
        )
        try:
            session = await self._opened()
            async with session.request(
                method,
                url,
                data=_form(request_data),
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy.url,
                proxy_headers=self._proxy.headers,
            ) as answer:
                return answer.status, _told(answer.status, await answer.read())
        except TimeoutError as error:
            raise TimedOut from error
        except UnsentError as error:
            raise NetworkError(f"{error}: nothing was sent") from error
        except _FAILURES as error:
            # Its own words could hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return what the server says, without what is not as the Bot API documents it.

        Raises ``NetworkError`` for what is no answer of the Bot API. The library's own way would
        log all of it, with a stack trace for each try.
        """
        said = _read(payload)
        if said is None:
            message = "No answer of the Bot API"
            raise NetworkError(message)
        return said

    async def _opened(self) -> aiohttp.ClientSession:
        async with self._lock:
            if self._closed:
                message = "Closed"
                raise UnsentError(message)
            if self._session is None:
                self._session = aiohttp.ClientSession(
                    connector=_Connector(limit=self._connections, ssl=await self._tls()),
                    # The server sets none; a proxy's are none of its business.
                    cookie_jar=aiohttp.DummyCookieJar(),
                    headers={"User-Agent": self.USER_AGENT},
                )
            return self._session

    async def _tls(self) -> ssl.SSLContext | bool:
        if self._trust is None:
            return True
        try:
            return await asyncio.to_thread(self._trust)
        except OSError as error:
            raise UnsentError(type(error).__name__) from error


class _Connector(aiohttp.TCPConnector):
    """Lends connections; whatever fails before one is lent is an ``UnsentError``."""

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the library's own signature
    ) -> Connection:
        """Return a connection that stands, and over which nothing has come unasked."""
        try:
            while True:
                lent = await super().connect(req, traces, timeout)
                if await _is_quiet(lent):
                    return lent
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            # The library cancels who waits for a place, where all are closed.
            message = "Closed"
            raise UnsentError(message) from None
        except _FAILURES as error:
            raise UnsentError(type(error).__name__) from error


async def _is_quiet(lent: Connection) -> bool:
    """Say whether nothing has come over the connection while it was kept; else it is closed.

    An end would be found out too late, and anything else be taken for the answer.
    """
    quiet = False
    try:
        # In two rounds the event loop reads what has come, and hears of it.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        known = lent.protocol
        quiet = known is not None and known.is_connected() and not known.should_close
    finally:
        if not quiet:
            lent.close()
    return quiet


class _Answer(dict[str, Any]):
    """What the server says; what is looked up and not there is a ``NetworkError``."""

    def __missing__(self, name: str) -> NoReturn:
        raise NetworkError(f"An answer without {name}")


def _told(status: int, body: bytes) -> bytes:
    """Return what an answer says. Raises ``NetworkError`` for a refusal that is not Telegram's.

    By its status alone the page of somebody's proxy would stop a digest, or the whole bot.
    """
    if status // 100 != 2 and _read(body) is None:  # noqa: PLR2004 - 200 to 299 mean success
        raise NetworkError(f"{responses.get(status, 'Unknown status')} ({status})")
    return body


def _read(body: bytes) -> _Answer | None:
    """Return the answer that the bytes are; None where they are none of the Bot API."""
    try:
        said = json.loads(body.decode("utf-8", "replace"))
    except (RecursionError, ValueError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        return None
    answer = _Answer(
        (name, said[name]) for name, kind in _PARTS if isinstance(said.get(name), kind)
    )
    answer["parameters"] = {
        name: number
        for name, number in answer.get("parameters", {}).items()
        if type(number) is int and number in _DETAILS.get(name, ())
    }
    return answer


def _form(said: RequestData | None) -> aiohttp.FormData | None:
    """Return what a call says, with its files if there are any."""
    if said is None:
        return None
    form = aiohttp.FormData(said.json_parameters, quote_fields=False)
    for name, (file_name, content, kind) in (said.multipart_data or {}).items():
        # From a stream it is sent by pieces; bytes would hold up all else meanwhile.
        stream = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=kind)
    return form
