"""Lets only so many in at once, and nobody who does not say in time what they want."""

import asyncio
from collections.abc import Callable

#: How a request's head ends (RFC 9112, section 2.1; a bare line feed counts as the end of a line).
_ENDS = (b"\r\n\r\n", b"\n\n", b"\n\r\n")
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Gate:
    """Stands before what answers connections."""

    def __init__(
        self, inside: Callable[[], asyncio.Protocol], *, patience: float, most: int
    ) -> None:
        """Let that many in, and wait so many seconds for the first request of each."""
        self.inside = inside
        self.patience = patience
        self.most = most
        #: How many are in.
        self.count = 0

    def __call__(self) -> asyncio.Protocol:
        """Return what takes one connection."""
        return _Visitor(self)


class _Visitor(asyncio.Protocol):
    """A connection, until its first request is there whole; then it is left to the one inside."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._inside: asyncio.Protocol | None = None
        self._limit: asyncio.TimerHandle | None = None
        #: The last bytes of what came before the head was whole.
        self._tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._gate.count >= self._gate.most and isinstance(transport, asyncio.Transport):
            transport.write(_FULL)
            transport.close()
            return
        self._gate.count += 1
        self._inside = self._gate.inside()
        self._inside.connection_made(transport)
        # The one inside says nothing before it is asked, so nothing is cut off.
        loop = asyncio.get_running_loop()
        self._limit = loop.call_later(self._gate.patience, transport.close)

    def data_received(self, data: bytes) -> None:
        if self._inside is None:
            return
        if self._limit is not None:
            seen = self._tail + data
            self._tail = seen[-3:]
            if any(end in seen for end in _ENDS):
                self._leave()
        self._inside.data_received(data)

    def eof_received(self) -> bool | None:
        return None if self._inside is None else self._inside.eof_received()

    def pause_writing(self) -> None:
        if self._inside is not None:
            self._inside.pause_writing()

    def resume_writing(self) -> None:
        if self._inside is not None:
            self._inside.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        if self._inside is not None:
            self._gate.count -= 1
            self._inside.connection_lost(exc)

    def _leave(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
