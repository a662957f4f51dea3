"""HTTP/1.1 and 1.0 over one connection."""

import re

from bot.sources.answering import Answering
from bot.sources.request import ClosedError, Head, Request, RulesError
from bot.sources.stream import Stream

#: What is sent of a request, line by line: the path has no spaces, and no line hides another.
_ASKED = re.compile(r"GET [\x21-\x7e]+ HTTP/1\.1")
_HEADER = re.compile(r"[-!#$%&'*+.^_`|~0-9A-Za-z]+: [\t\x20-\x7e\x80-\xff]*")


class Http1:
    """A connection that speaks HTTP/1.1 (``Talk``)."""

    _answer: Answering

    def __init__(self, stream: Stream) -> None:
        """Speak over this."""
        self._stream = stream
        #: Whether no answer is under way, and another may follow.
        self._rests = True

    @property
    def is_free(self) -> bool:
        """Say whether another request may be sent."""
        return self._rests and self._stream.is_silent

    async def head(self, request: Request) -> Head:
        """Send the request and return the beginning of its answer."""
        self._rests = False
        self._stream.write(written(request))
        self._answer = answer = Answering()
        while answer.head is None:
            answer.feed(await self._came(request.silence))
        return answer.head

    async def piece(self, silence: float) -> bytes | None:
        """Return the next piece of the answer; None at the end."""
        answer = self._answer
        while not (answer.pieces or answer.is_whole):
            if answer.broken is not None:
                raise RulesError from answer.broken
            answer.feed(await self._came(silence))
        if answer.pieces:
            return answer.pieces.popleft()
        self._rests = answer.is_followed
        return None

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    async def _came(self, silence: float) -> bytes:
        """Return what came over the connection, once it did."""
        try:
            return await self._stream.read(silence)
        except ConnectionError as error:
            raise ClosedError from error


def written(request: Request) -> bytes:
    """Return a request as it is sent; raises ``ValueError`` for what would be another one."""
    lines = [f"GET {request.target.path} HTTP/1.1", f"Host: {request.target.site}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    if not (_ASKED.fullmatch(lines[0]) and all(map(_HEADER.fullmatch, lines[1:]))):
        message = "a request cannot be sent with these characters in its path or its headers"
        raise ValueError(message)
    return "\r\n".join((*lines, "", "")).encode("latin-1")
