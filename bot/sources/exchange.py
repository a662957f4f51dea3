"""One request and its answer over one connection, read no further than allowed."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.health import Reason
from bot.sources.inflate import size
from bot.sources.request import PiecesError, Request, Talk
from bot.sources.stop import StopError

#: The contents of answers from here on tell a person what went wrong; they are not read.
ERROR = 400
#: An answer may come in so many pieces, and one more for each so many bytes: each costs time.
_PIECES, _CRUMB = 5000, 256
#: So many are taken at a time.
_TURN = 100
#: No length that is believed has more digits.
_DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, still packed."""

    status: int
    headers: Mapping[str, str]
    content: bytes


async def exchange(talk: Talk, request: Request) -> Answer:
    """Return the answer to a request.

    Raises ``StopError``; its ``ClosedError`` says that another connection may fare better.
    """
    try:
        status, pairs = await talk.head(request)
        headers = _headers(pairs)
        content = b""
        if status < ERROR:
            content = await _content(talk, request, headers)
    except TimeoutError as error:
        raise StopError(Reason.NO_ANSWER, f"{request.silence:.3g} seconds") from error
    return Answer(status=status, headers=headers, content=content)


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in pairs:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {said}" if key in headers else said
    return headers


async def _content(talk: Talk, request: Request, headers: Mapping[str, str]) -> bytes:
    said = headers.get("content-length", "")
    if said.isascii() and said.isdigit() and len(said) < _DIGITS and int(said) > request.max_bytes:
        raise _too_large(request)
    pieces: list[bytes] = []
    length = 0
    while (piece := await talk.piece(request.silence)) is not None:
        pieces.append(piece)
        length += len(piece)
        if length > request.max_bytes:
            raise _too_large(request)
        if len(pieces) > _PIECES + length // _CRUMB:
            raise PiecesError
        if len(pieces) % _TURN == 0:
            # What is there already is given without a pause for others.
            await asyncio.sleep(0)
    return b"".join(pieces)


def _too_large(request: Request) -> StopError:
    return StopError(Reason.TOO_LARGE, f"more than {size(request.max_bytes)}")
