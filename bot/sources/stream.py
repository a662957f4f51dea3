"""A connection to a server: its bytes are read in pieces, and no silence outlasts its time."""

import asyncio
from typing import cast

#: So many bytes are read at a time: what a server crams into them is read without a pause.
_READ = 65_536
#: With more than so many unread the server is left waiting.
_UNREAD = 131_072


class Stream(asyncio.Protocol):
    """What comes over a connection, and the way back; who has it reads and writes alone."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._unread = bytearray()
        self._reader: asyncio.Future[None] | None = None
        self._ended = False
        self._paused = False
        self._error: Exception | None = None

    @property
    def ended(self) -> bool:
        """Say whether the server has closed it, whatever is still unread."""
        return self._ended

    @property
    def is_silent(self) -> bool:
        """Say whether it is open and nothing of it is unread."""
        return not (self._ended or self._unread)

    @property
    def protocol(self) -> str | None:
        """Return what both sides have agreed to speak over TLS, if they have."""
        tls = self._transport.get_extra_info("ssl_object")
        return tls.selected_alpn_protocol() if tls else None

    async def read(self, seconds: float) -> bytes:
        """Return what is there, once it is; nothing at the end.

        Raises ``TimeoutError`` after so many seconds, and ``ConnectionError`` where it broke off.
        """
        if not (self._unread or self._ended):
            await self._wait(seconds)
        found = bytes(self._unread[:_READ])
        del self._unread[:_READ]
        if self._paused and not self._unread:
            self._paused = False
            self._transport.resume_reading()
        if not found and self._error is not None:
            raise ConnectionResetError from self._error
        return found

    async def _wait(self, seconds: float) -> None:
        """Wait until something comes, or the end; raises ``TimeoutError``."""
        loop = asyncio.get_running_loop()
        self._reader = reader = loop.create_future()
        # A timer of the loop: to enter and leave a timeout takes four times as long.
        timer = loop.call_later(seconds, _give_up, reader)
        try:
            await reader
        finally:
            timer.cancel()
            self._reader = None

    def write(self, content: bytes) -> None:
        """Send bytes; they are few, and go when they can."""
        self._transport.write(content)

    def close(self) -> None:
        """Close it at once: whatever was to be read is read, or is not wanted."""
        self._transport.abort()

    # What the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what writes."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._unread += data
        if len(self._unread) > _UNREAD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Note the end."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end, and what broke it off."""
        self._ended = True
        self._error = exc
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)


def _give_up(reader: "asyncio.Future[None]") -> None:
    if not reader.done():
        reader.set_exception(TimeoutError())
