"""A request and its answer, whichever HTTP they are spoken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.health import Reason
from bot.sources.guard import Target
from bot.sources.stop import StopError

#: So many hints and notes of a connection may stand before an answer; there is no use for any.
HINTS = 100

#: The status of an answer, and its headers as they came.
Head = tuple[int, Sequence[tuple[bytes, bytes]]]


class ClosedError(StopError):
    """The server closed the connection before the end of its answer."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Reason.BAD_ANSWER, "the connection was closed before the end")


class RulesError(StopError):
    """The server talks nonsense."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Reason.BAD_ANSWER, "it breaks the rules of HTTP")


class PiecesError(StopError):
    """The server says little with many words, and each of them costs time."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Reason.BAD_ANSWER, "it comes in too many pieces")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server."""

    target: Target
    headers: Mapping[str, str]
    #: Of the answer as it comes, still packed.
    max_bytes: int
    #: Opening the connection, and each silence in the answer, may take so many seconds.
    opening: float
    silence: float


class Talk(Protocol):
    """A connection on which one request is answered after another.

    ``head`` and ``piece`` raise ``TimeoutError`` after a silence, and ``StopError``.
    """

    @property
    def is_free(self) -> bool:
        """Say whether another request may be sent."""
        ...

    async def head(self, request: Request) -> Head:
        """Send the request and return the beginning of its answer."""
        ...

    async def piece(self, silence: float) -> bytes | None:
        """Return the next piece of the answer, which may be empty; None at the end."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
