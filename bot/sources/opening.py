"""Connections to addresses that were checked: looked up, judged, and connected to as they are."""

import asyncio
import errno
import os
import select
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain, zip_longest

from bot.core.health import Reason
from bot.sources.guard import OWN, Target
from bot.sources.names import Resolve
from bot.sources.networks import Reach, reach
from bot.sources.stop import StopError
from bot.sources.stream import Stream
from bot.sources.wire import Wire

#: So many addresses of a host are tried before it counts as unreachable.
_TRIED = 4
#: One that does not answer leaves time for the next: so many seconds each.
_EACH = 4.0
#: A name is looked up for so many seconds.
_NAMING = 10.0
#: What a system says of a socket that is on its way.
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EINTR})


class Opening:
    """Connects to public addresses, and with ``private`` also to those of the house.

    A name is looked up once for a connection, and the very address that was judged is connected
    to, so that a name server that changes its answer gains nothing.
    """

    def __init__(self, resolve: Resolve, *, private: bool) -> None:
        """Keep what looks names up, and how far this may reach."""
        self._resolve = resolve
        self._allowed = {Reach.PUBLIC, Reach.PRIVATE} if private else {Reach.PUBLIC}

    async def open(self, target: Target, *, tls: ssl.SSLContext | None, seconds: float) -> Stream:
        """Return a connection to the target's host, over TLS where that is given.

        Connecting and agreeing on TLS may take so many seconds each. Raises ``StopError`` when the
        host may not be asked, has no address, does not answer or is not who it should be.
        """
        addresses = _in_turn(await self._checked(target.host, target.port))[:_TRIED]
        try:
            connected = await _connected(addresses, target.port, seconds)
            return await _spoken_to(connected, target.host, tls, seconds)
        except TimeoutError as error:
            raise StopError(Reason.NO_ANSWER, f"{seconds:.3g} seconds") from error
        except OSError as error:
            raise _unconnected(error) from error

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        literal = reach(host)
        if literal is not Reach.NOWHERE:
            addresses: Sequence[str] = (host,)
        else:
            addresses = await self._looked_up(host, port)
        # One address out of bounds condemns the host: honest ones have none.
        found = {reach(address) for address in addresses}
        if not found <= self._allowed:
            hint = "" if Reach.NOWHERE in found else OWN
            raise StopError(Reason.FORBIDDEN_ADDRESS, "it leads into a private network", hint=hint)
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
    if len(addresses) == 1:
        return addresses
    six = [address for address in addresses if ":" in address]
    four = [address for address in addresses if ":" not in address]
    first, second = (six, four) if addresses[0] in six else (four, six)
    turns = chain.from_iterable(zip_longest(first, second))
    return [address for address in turns if address is not None]


async def _connected(addresses: Sequence[str], port: int, seconds: float) -> socket.socket:
    """Return a socket at the first of the addresses that answers; raises ``OSError``."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return await _socket(address, port, min(_EACH, seconds))
    return await _socket(addresses[-1], port, seconds)


async def _socket(address: str, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.settimeout(0)
        await _connect(made, (address, port), seconds)
    except BaseException:
        made.close()
        raise
    return made


async def _connect(made: socket.socket, place: tuple[str, int], seconds: float) -> None:
    """Connect a socket that never blocks; raises ``OSError``."""
    state = made.connect_ex(place)
    if state in _UNDER_WAY:
        await _answered(made, seconds)
        state = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if state:
        raise OSError(state, os.strerror(state))


async def _answered(made: socket.socket, seconds: float) -> None:
    """Wait until it is known whether a socket is connected; raises ``TimeoutError``."""
    look = select.poll()
    look.register(made, select.POLLOUT)
    if look.poll(0):
        # Who is near has answered by now: the event loop need not be told and asked.
        return
    loop = asyncio.get_running_loop()
    known: asyncio.Future[None] = loop.create_future()
    loop.add_writer(made.fileno(), _settle, known)
    try:
        async with asyncio.timeout(seconds):
            await known
    finally:
        loop.remove_writer(made.fileno())


def _settle(known: "asyncio.Future[None]") -> None:
    if not known.done():
        known.set_result(None)


async def _spoken_to(
    connected: socket.socket, host: str, tls: ssl.SSLContext | None, seconds: float
) -> Stream:
    """Return what is said over a socket; the host proves its name where TLS is given."""
    if tls is None:
        stream = Stream()
        Wire(connected, stream)
        return stream
    async with asyncio.timeout(seconds):
        _, stream = await asyncio.get_running_loop().create_connection(
            Stream, sock=connected, ssl=tls, server_hostname=host
        )
    return stream


def _unconnected(error: OSError) -> StopError:
    """Return why there is no connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return StopError(Reason.BAD_CERTIFICATE, error.verify_message)
    if isinstance(error, ssl.SSLError):
        return StopError(Reason.NO_CONNECTION, "no encryption that both of us know")
    return StopError(Reason.NO_CONNECTION, os.strerror(error.errno) if error.errno else "")
