"""What carries the library's calls to the Bot API: aiohttp, in half the work of its own way."""

import asyncio
import ssl
from collections.abc import Callable

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

#: Makes what judges the server's certificate; it may read files.
Trust = Callable[[], ssl.SSLContext]

#: So many seconds may the server be silent where a call says nothing else.
SILENCE = 25.0
#: So many more while a file is on its way there.
_UPLOAD = 20.0
#: Seconds to connect, and for a place among the connections.
_CONNECT, _PLACE = 10.0, 20.0

#: Where one of these is raised, nothing has left this machine.
UNSENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)


class Request(BaseRequest):
    """Carries calls, over connections that are opened as they are needed.

    Raises ``TimedOut`` and ``NetworkError``; the cause is one of ``UNSENT`` where nothing was sent.
    """

    __slots__ = ("_closed", "_connections", "_lock", "_proxy", "_session", "_silence", "_trust")

    def __init__(
        self,
        *,
        connections: int,
        trust: Trust | None = None,
        proxy: str | None = None,
        silence: float = SILENCE,
    ) -> None:
        """Have so many connections at once, through the proxy if there is one.

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
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - always _UPLOAD
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - and _CONNECT
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - and _PLACE
    ) -> tuple[int, bytes]:
        """Return the status of the answer, and what it says."""
        silence = read_timeout if isinstance(read_timeout, int | float) else self._silence
        if request_data is not None and request_data.contains_files:
            silence += _UPLOAD
        timeout = aiohttp.ClientTimeout(
            total=None, connect=_PLACE + _CONNECT, sock_connect=_CONNECT, sock_read=silence
        )
        session = await self._opened()
        try:
            async with session.request(
                method, url, data=_form(request_data), timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # What it says could hold the address, and with it the token.
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error

    async def _opened(self) -> aiohttp.ClientSession:
        async with self._lock:
            if self._closed:
                raise NetworkError("The connections to Telegram are closed.")
            if self._session is None:
                tls = True if self._trust is None else await asyncio.to_thread(self._trust)
                self._session = aiohttp.ClientSession(
                    connector=aiohttp.TCPConnector(limit=self._connections, ssl=tls),
                    # The library keeps no cookies either.
                    cookie_jar=aiohttp.DummyCookieJar(),
                    headers={"User-Agent": self.USER_AGENT},
                    proxy=self._proxy,
                )
            return self._session


def _form(said: RequestData | None) -> aiohttp.FormData | None:
    """Return what a call says, with its files if there are any."""
    if said is None:
        return None
    form = aiohttp.FormData(said.json_parameters)
    for name, (file_name, content, kind) in (said.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form
