"""HTTP/1.1 and 1.0 over one connection; h11 knows their rules."""

import h11

from bot.sources.request import HINTS, ClosedError, Head, PiecesError, Request, RulesError
from bot.sources.stream import Stream

#: A head may have so many bytes.
_HEAD = 100_000


class Http1:
    """A connection that speaks HTTP/1.1 (``Talk``)."""

    def __init__(self, stream: Stream) -> None:
        """Speak over this."""
        self._stream = stream
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)

    @property
    def is_free(self) -> bool:
        """Say whether another request may be sent."""
        unread, _ = self._talk.trailing_data
        return self._stream.is_silent and not unread and self._talk.our_state is h11.IDLE

    async def head(self, request: Request) -> Head:
        """Send the request and return the beginning of its answer."""
        asked = h11.Request(
            method="GET",
            target=request.target.path,
            headers=[
                (b"Host", request.target.site.encode("ascii")),
                *(
                    (name.encode("ascii"), value.encode("latin-1"))
                    for name, value in request.headers.items()
                ),
            ],
        )
        said = self._talk.send(asked) or b""
        self._talk.send(h11.EndOfMessage())
        self._stream.write(said)
        for _ in range(HINTS):
            event = await self._next(request.silence)
            if isinstance(event, h11.Response):
                return event.status_code, event.headers
        raise PiecesError

    async def piece(self, silence: float) -> bytes | None:
        """Return the next piece of the answer; None at the end."""
        event = await self._next(silence)
        if isinstance(event, h11.Data):
            return bytes(event.data)
        if h11.MUST_CLOSE not in {self._talk.our_state, self._talk.their_state}:
            self._talk.start_next_cycle()
        return None

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    async def _next(self, silence: float) -> object:
        """Return what comes next."""
        try:
            while (event := self._talk.next_event()) is h11.NEED_DATA:
                self._talk.receive_data(await self._stream.read(silence))
        except ConnectionError as error:
            raise ClosedError from error
        except h11.RemoteProtocolError as error:
            _, ended = self._talk.trailing_data
            if ended:
                raise ClosedError from error
            raise RulesError from error
        return event
