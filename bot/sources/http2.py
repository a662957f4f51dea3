"""HTTP/2 over one connection, one request at a time; h2 knows its rules."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
from h2.settings import SettingCodes

from bot.sources.request import HINTS, ClosedError, Head, PiecesError, Request, RulesError
from bot.sources.stream import Stream

_CONFIG = h2.config.H2Configuration(client_side=True, header_encoding=None)
#: So many bytes may be on their way before we say that we had some of them.
_WINDOW = 1_000_000
#: A head may have so many bytes, unpacked.
_HEAD = 65_536
_SETTINGS = {
    SettingCodes.ENABLE_PUSH: 0,
    SettingCodes.INITIAL_WINDOW_SIZE: _WINDOW,
    SettingCodes.MAX_HEADER_LIST_SIZE: _HEAD,
}
_STATUS = b":status"


class Http2:
    """A connection that speaks HTTP/2 (``Talk``)."""

    def __init__(self, stream: Stream) -> None:
        """Speak over this."""
        self._stream = stream
        self._talk = h2.connection.H2Connection(_CONFIG)
        self._talk.local_settings = h2.settings.Settings(client=True, initial_values=_SETTINGS)
        self._talk.initiate_connection()
        self._talk.increment_flow_control_window(_WINDOW)
        self._events: deque[h2.events.Event] = deque()
        #: Whether no answer is under way.
        self._rests = True

    @property
    def is_free(self) -> bool:
        """Say whether another request may be sent."""
        leaves = any(isinstance(one, h2.events.ConnectionTerminated) for one in self._events)
        return self._rests and not (leaves or self._stream.ended)

    async def head(self, request: Request) -> Head:
        """Send the request and return the beginning of its answer."""
        self._rests = False
        with _told():
            stream = self._talk.get_next_available_stream_id()
            self._talk.send_headers(
                stream,
                [
                    (":method", "GET"),
                    (":scheme", request.target.scheme),
                    (":authority", request.target.site),
                    (":path", request.target.path),
                    *((name.lower(), value) for name, value in request.headers.items()),
                ],
                end_stream=True,
            )
        self._send()
        for _ in range(HINTS):
            event = await self._next(request.silence)
            if isinstance(event, h2.events.ResponseReceived):
                return _head(event)
        raise PiecesError

    async def piece(self, silence: float) -> bytes | None:
        """Return the next piece of the answer, which may be empty; None at the end."""
        event = await self._next(silence)
        if isinstance(event, h2.events.StreamEnded):
            self._rests = True
            return None
        if isinstance(event, h2.events.DataReceived):
            with _told():
                self._talk.acknowledge_received_data(
                    event.flow_controlled_length or 0, event.stream_id
                )
            self._send()
            return event.data
        return b""

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    async def _next(self, silence: float) -> h2.events.Event:
        """Return what comes next of the answer, or of what goes on beside it."""
        while not self._events:
            try:
                came = await self._stream.read(silence)
            except ConnectionError as error:
                raise ClosedError from error
            if not came:
                raise ClosedError
            with _told():
                self._events += self._talk.receive_data(came)
            self._send()
        event = self._events.popleft()
        if isinstance(event, h2.events.ConnectionTerminated):
            raise ClosedError
        if isinstance(event, h2.events.StreamReset):
            raise RulesError
        return event

    def _send(self) -> None:
        if said := self._talk.data_to_send():
            self._stream.write(said)


def _head(event: h2.events.ResponseReceived) -> Head:
    pairs = [(bytes(name), bytes(value)) for name, value in event.headers or ()]
    status = next(value for name, value in pairs if name == _STATUS)
    if not (status.isascii() and status.isdigit()):
        raise RulesError
    return int(status), [pair for pair in pairs if pair[0] != _STATUS]


@contextmanager
def _told() -> Iterator[None]:
    """Make what the library says of the server's talk an error of ours."""
    try:
        yield
    except h2.exceptions.H2Error as error:
        raise RulesError from error
