"""What a server packed, unpacked up to a limit: a small bomb costs no more than a large page."""

import zlib
from collections.abc import Callable, Mapping

import brotli
import zstandard

from bot.core.health import Reason
from bot.sources.stop import StopError

#: What a server is told we can unpack.
ACCEPTED = "gzip, deflate, br, zstd"
#: So many packings one in another; honest servers use one.
_NESTED = 2
_GZIP = b"\x1f\x8b"
#: The window that RFC 9659 allows on the web; more would be memory that a stranger chooses.
_WINDOW = 8 * 1024 * 1024
#: So many packed bytes are given to a library that has no limit of its own.
_BITE = 64
#: And so many to zlib, which copies what is left of them at the end of each piece.
_MOUTHFUL = 65_536
#: So many pieces one behind another: the common packers make one of it, and each costs time.
_PIECES = 1000


class _TooLargeError(Exception):
    """There is more than allowed."""


class _ScatteredError(Exception):
    """It is packed in more pieces than allowed."""


def inflate(content: bytes, encoding: str, *, limit: int) -> bytes:
    """Return the content without the packings that the Content-Encoding header names.

    Raises ``StopError`` when it is broken, packed in a way we do not know, or more than ``limit``
    bytes.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    packings = [name for name in reversed(names) if name not in {"", "identity"}]
    if len(packings) > _NESTED or not all(name in _UNPACK for name in packings):
        raise StopError(Reason.BAD_ANSWER, "it is packed in a way I do not know")
    for name in packings:
        try:
            content = _UNPACK[name](content, limit)
        except _TooLargeError:
            raise StopError(Reason.TOO_LARGE, f"more than {size(limit)}") from None
        except _ScatteredError:
            raise StopError(Reason.BAD_ANSWER, "it is packed in too many pieces") from None
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            raise StopError(Reason.BAD_ANSWER, "it cannot be unpacked") from error
    return content


def size(count: int) -> str:
    """Return a limit in bytes as people read it: "10 MB"."""
    return f"{count / 1e6:.3g} MB" if count >= 1e5 else f"{count} bytes"  # noqa: PLR2004


def _gzip(content: bytes, limit: int) -> bytes:
    # Some servers name the packing and send the page as it is.
    return _zlib(content, limit, 16 + zlib.MAX_WBITS) if content.startswith(_GZIP) else content


def _deflate(content: bytes, limit: int) -> bytes:
    try:
        return _zlib(content, limit, zlib.MAX_WBITS)
    except zlib.error:
        # The header says zlib, and half of the servers leave its frame out.
        return _zlib(content, limit, -zlib.MAX_WBITS)


def _zlib(content: bytes, limit: int, bits: int) -> bytes:
    packed, place, unpacked = memoryview(content), 0, bytearray()
    for _ in range(_PIECES):
        piece = zlib.decompressobj(bits)
        while not piece.eof:
            if place == len(packed):
                raise EOFError
            some = packed[place : place + _MOUTHFUL]
            unpacked += piece.decompress(some, limit + 1 - len(unpacked))
            if len(unpacked) > limit:
                raise _TooLargeError
            place += len(some) - len(piece.unused_data)
        # What follows the end is another piece, or rubbish that browsers overlook.
        if bytes(packed[place : place + 2]) != _GZIP:
            return bytes(unpacked)
    raise _ScatteredError


def _brotli(content: bytes, limit: int) -> bytes:
    packed, unpacked = brotli.Decompressor(), bytearray()
    while not packed.is_finished():
        some = packed.process(content, output_buffer_limit=limit + 1 - len(unpacked))
        content = b""
        unpacked += some
        if len(unpacked) > limit:
            raise _TooLargeError
        if not some and not packed.is_finished():
            raise EOFError
    return bytes(unpacked)


def _zstd(content: bytes, limit: int) -> bytes:
    unpack, unpacked = zstandard.ZstdDecompressor(max_window_size=_WINDOW), bytearray()
    frame, place, pieces = unpack.decompressobj(), 0, 1
    while place < len(content):
        if frame.eof:
            frame, pieces = unpack.decompressobj(), pieces + 1
        if pieces > _PIECES:
            raise _ScatteredError
        # A block holds at most 128 KiB and takes at least 4 bytes, so that a bite is bounded.
        unpacked += frame.decompress(content[place : place + _BITE])
        if len(unpacked) > limit:
            raise _TooLargeError
        place = min(place + _BITE, len(content)) - len(frame.unused_data)
    if not frame.eof:
        raise EOFError
    return bytes(unpacked)


_UNPACK: Mapping[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
