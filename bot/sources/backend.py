"""Connections to addresses that were checked: looked up, judged, and connected to as they are."""

import asyncio
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, zip_longest

import httpcore

from bot.core.health import Reason
from bot.sources.guard import OWN
from bot.sources.names import Resolve
from bot.sources.networks import Reach, reach
from bot.sources.stop import StopError

#: So many addresses of a host are tried before it counts as unreachable.
_TRIED = 4
#: One that does not answer leaves time for the next: so many seconds each.
_EACH = 4.0
#: A name is looked up for so many seconds.
_NAMING = 10.0
#: So many bytes are read at a time: what a server crams into them is read without a pause.
_READ = 16_384


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is read in small pieces, between which others have their turn.

    It is closed when its TLS handshake is given up, which the library forgets.
    """

    def __init__(self, plain: httpcore.AsyncNetworkStream) -> None:
        self._plain = plain

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._plain.read(min(max_bytes, _READ), timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._plain.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._plain.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._plain.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self._plain.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._plain.get_extra_info(info)


class Backend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, and with ``private`` also to those of the house.

    A name is looked up once for a connection, and the very address that was judged is connected
    to, so that a name server that changes its answer gains nothing.
    """

    def __init__(self, resolve: Resolve, *, private: bool) -> None:
        """Keep what looks names up, and how far this may reach."""
        self._resolve = resolve
        self._allowed = {Reach.PUBLIC, Reach.PRIVATE} if private else {Reach.PUBLIC}
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to the host.

        Raises ``StopError`` when it may not be asked or has no address, and the library's
        ``ConnectError`` or ``ConnectTimeout`` when none of its addresses answers.
        """
        addresses = _in_turn(await self._checked(host, port))[:_TRIED]
        del local_address, socket_options  # nobody gives any
        for address in addresses[:-1]:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._connected(address, port, min(_EACH, timeout or _EACH))
        return await self._connected(addresses[-1], port, timeout)

    async def _connected(self, address: str, port: int, seconds: float | None) -> _Stream:
        return _Stream(await self._plain.connect_tcp(address, port, seconds))

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        literal = reach(host)
        if literal is not Reach.NOWHERE:
            addresses: Sequence[str] = (host,)
        else:
            addresses = await self._looked_up(host, port)
        # One address out of bounds condemns the host: honest ones have none.
        if not {reach(address) for address in addresses} <= self._allowed:
            raise StopError(Reason.FORBIDDEN_ADDRESS, "it leads into a private network", hint=OWN)
        return addresses

    async def _looked_up(self, host: str, port: int) -> Sequence[str]:
        try:
            async with asyncio.timeout(_NAMING):
                addresses = await self._resolve(host, port)
        except TimeoutError:
            raise StopError(Reason.NO_SUCH_HOST, f"{host}: no name server answers") from None
        except (OSError, UnicodeError) as error:
            raise StopError(Reason.NO_SUCH_HOST, host) from error
        if not addresses:
            raise StopError(Reason.NO_SUCH_HOST, host)
        return addresses


def _in_turn(addresses: Sequence[str]) -> Sequence[str]:
    """Return the addresses with the two kinds by turns, so that a broken kind costs one try."""
    six = [address for address in addresses if ":" in address]
    four = [address for address in addresses if ":" not in address]
    first, second = (six, four) if addresses[0] in six else (four, six)
    turns = chain.from_iterable(zip_longest(first, second))
    return [address for address in turns if address is not None]
