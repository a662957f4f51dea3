"""A small web server: the bot's health, and what other rooms mount beside it."""

import errno
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.core.errors import ConfigError

#: When the server stops, a request in hand has so many seconds to end, and as many to be cancelled.
LAST_WORDS = 0.3

#: A larger request is refused, in bytes: more than any platform sends to a webhook.
LARGEST = 1_000_000


class Server:
    """Serves routes on one address; what is not there is answered in plain text."""

    def __init__(self, *, host: str, port: int) -> None:
        """Serve at that host and port; with port 0 the system chooses one."""
        self._host = host
        self._port = port
        self._app = web.Application(client_max_size=LARGEST)
        self._app.on_response_prepare.append(_sign)

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serve these, too. Only before the server is opened."""
        self._app.add_routes(routes)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Serve until the end, and give the address: "http://127.0.0.1:8080".

        Raises ``ConfigError`` when it cannot be served there. A server is opened once.
        """
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=LAST_WORDS)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self._host, self._port).start()
            except (OSError, UnicodeError) as error:
                raise ConfigError(_sentence(error, self._host, self._port)) from error
            host, port = runner.addresses[0][:2]
            yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        finally:
            await runner.cleanup()


async def _sign(_: web.Request, response: web.StreamResponse) -> None:
    """Tell neither the versions of what serves nor let a browser guess what it is served."""
    response.headers["Server"] = "briefbot"
    response.headers["X-Content-Type-Options"] = "nosniff"


def _sentence(error: OSError | UnicodeError, host: str, port: int) -> str:
    where = f"Nothing can be served at {host}, port {port}"
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"{where}: no such host is known. Set HTTP_HOST to 127.0.0.1."
    match error.errno:
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
