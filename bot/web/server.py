"""A small web server: the bot's health, and what other rooms mount beside it."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.errors import ConfigError
from bot.web.gate import Gate

#: When the server stops, a request in hand has so many seconds to end, and as many to be cancelled.
LAST_WORDS = 0.3

#: A larger request is refused, in bytes: more than any platform sends to a webhook.
LARGEST = 1_000_000
#: A request's head, and then its body, is waited for so many seconds.
PATIENCE = 10.0
#: So many connections are open at once; the bot needs other descriptors as well.
MOST = 200


class Server:
    """Serves routes on one address; what is not there is answered in plain text."""

    def __init__(
        self, *, host: str, port: int, patience: float = PATIENCE, most: int = MOST
    ) -> None:
        """Serve at that host and port; with port 0 the system chooses one."""
        self._host = host
        self._port = port
        self._patience = patience
        self._most = most
        self._app = web.Application(client_max_size=LARGEST, middlewares=[self._read])
        self._app.on_response_prepare.append(_sign)

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serve these, too. Only before the server is opened."""
        self._app.add_routes(routes)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Serve until the end, and give the address: "http://127.0.0.1:8080".

        Raises ``ConfigError`` when it cannot be served there. A server is opened once.
        """
        runner = web.AppRunner(
            self._app,
            access_log=None,
            shutdown_timeout=LAST_WORDS,
            # So long is the rest of a body read that nobody wanted.
            lingering_time=self._patience,
        )
        await runner.setup()
        try:
            served = await self._serve(runner)
            host, port = served.sockets[0].getsockname()[:2]
            try:
                yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
            finally:
                served.close()
        finally:
            await runner.cleanup()

    async def _serve(self, runner: web.AppRunner) -> asyncio.Server:
        inside = runner.server
        if inside is None:
            raise RuntimeError("the runner is not set up")
        gate = Gate(inside, patience=self._patience, most=self._most)
        try:
            return await asyncio.get_running_loop().create_server(gate, self._host, self._port)
        except (OSError, UnicodeError) as error:
            raise ConfigError(_sentence(error, self._host, self._port)) from error

    @web.middleware
    async def _read(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Wait for the body; it is kept for whoever answers."""
        try:
            async with asyncio.timeout(self._patience):
                await request.read()
        except TimeoutError:
            refused = web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
            refused.force_close()
            return refused
        return await handler(request)


async def _sign(_: web.Request, response: web.StreamResponse) -> None:
    """Tell neither the versions of what serves nor let a browser guess what it is served."""
    response.headers["Server"] = "briefbot"
    response.headers["X-Content-Type-Options"] = "nosniff"


def _sentence(error: OSError | UnicodeError, host: str, port: int) -> str:
    where = f"Nothing can be served at {host}, port {port}"
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"{where}: no such host is known. Set HTTP_HOST to 127.0.0.1."
    # From Python 3.13 on asyncio gives no number where the machine lacks the address.
    lacks = "could not bind on any address" in str(error)
    match errno.EADDRNOTAVAIL if lacks else error.errno:
        case errno.EADDRINUSE:
            return (
                f"{where}: another program uses that port. "
                "Stop it, or set HTTP_PORT to a port that is free."
            )
        case errno.EACCES | errno.EPERM:
            return (
                f"{where}: this user may not. Set HTTP_PORT to a port from 1024 on, such as 8080."
            )
        case errno.EADDRNOTAVAIL:
            return (
                f"{where}: this machine has no such address. "
                "Set HTTP_HOST to one that it has, such as 127.0.0.1."
            )
        case _:
            why = error.strerror or error
            return f"{where}: {why}. Set HTTP_HOST and HTTP_PORT to what can be served."
