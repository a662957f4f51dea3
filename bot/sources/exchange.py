"""One request and its answer over one connection, read no further than allowed."""

import asyncio
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import h2.exceptions
import httpcore

from bot.core.health import Reason
from bot.sources.inflate import size
from bot.sources.stop import StopError

#: The contents of answers from here on tell a person what went wrong; they are not read.
ERROR = 400
#: An answer may come in so many pieces, and one more for each so many bytes: each costs time.
_PIECES, _CRUMB = 5000, 256
#: So many are taken at a time.
_TURN = 100
#: What the libraries say of a server that is gone.
_GONE = ("disconnected", "closed connection", "connectionterminated")


class ClosedError(StopError):
    """The server closed the connection before the end of its answer."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Reason.BAD_ANSWER, "the connection was closed before the end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server."""

    url: str
    headers: Mapping[str, str]
    #: Of the answer as it comes, still packed.
    max_bytes: int
    #: Opening the connection, and each silence in the answer, may take so many seconds.
    opening: float
    silence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, still packed."""

    status: int
    headers: Mapping[str, str]
    content: bytes


async def exchange(connection: httpcore.AsyncHTTPConnection, request: Request) -> Answer:
    """Return the answer to a request.

    Raises ``StopError``; its ``ClosedError`` says that another connection may fare better.
    """
    asked = httpcore.Request(
        "GET",
        request.url.encode("ascii"),
        headers=[
            (name.encode("ascii"), value.encode("latin-1"))
            for name, value in request.headers.items()
        ],
        extensions={
            "timeout": {
                "connect": request.opening,
                "read": request.silence,
                "write": request.silence,
            }
        },
    )
    with _told(request):
        response = await connection.handle_async_request(asked)
        try:
            headers = _headers(response.headers)
            content = b""
            if response.status < ERROR:
                content = await _content(response, headers, request.max_bytes)
        finally:
            await response.aclose()
    return Answer(status=response.status, headers=headers, content=content)


def _headers(pairs: list[tuple[bytes, bytes]]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in pairs:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {said}" if key in headers else said
    return headers


async def _content(
    response: httpcore.Response, headers: Mapping[str, str], max_bytes: int
) -> bytes:
    said = headers.get("content-length", "")
    content = bytearray()
    if not (said.isascii() and said.isdigit() and len(said) < 20 and int(said) > max_bytes):  # noqa: PLR2004
        pieces = 0
        async for some in response.aiter_stream():
            content += some
            if len(content) > max_bytes:
                break
            pieces += 1
            if pieces > _PIECES + len(content) // _CRUMB:
                raise StopError(Reason.BAD_ANSWER, "it comes in too many pieces")
            if pieces % _TURN == 0:
                # What is there already is given without a pause for others.
                await asyncio.sleep(0)
        else:
            return bytes(content)
    raise StopError(Reason.TOO_LARGE, f"more than {size(max_bytes)}")


@contextmanager
def _told(request: Request) -> Iterator[None]:
    """Make what the libraries raise a reason with words."""
    try:
        yield
    except httpcore.ConnectTimeout as error:
        raise StopError(Reason.NO_ANSWER, f"{request.opening:.3g} seconds") from error
    except httpcore.TimeoutException as error:
        raise StopError(Reason.NO_ANSWER, f"{request.silence:.3g} seconds") from error
    except httpcore.ConnectError as error:
        raise _unconnected(error) from error
    except (httpcore.NetworkError, httpcore.ConnectionNotAvailable) as error:
        raise ClosedError from error
    except (httpcore.ProtocolError, h2.exceptions.H2Error) as error:
        # The libraries have one error for a server that is gone and for one that talks nonsense.
        if any(word in str(error).lower() for word in _GONE):
            raise ClosedError from error
        raise StopError(Reason.BAD_ANSWER, "it breaks the rules of HTTP") from error


def _unconnected(error: BaseException) -> StopError:
    """Return why there is no connection, by what the error came from."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None:
        causes.append(cause)
        cause = cause.__cause__
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return StopError(Reason.BAD_CERTIFICATE, cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return StopError(Reason.NO_CONNECTION, "no encryption that both of us know")
    numbers = [cause.errno for cause in causes if isinstance(cause, OSError) and cause.errno]
    return StopError(Reason.NO_CONNECTION, os.strerror(numbers[-1]) if numbers else "")
