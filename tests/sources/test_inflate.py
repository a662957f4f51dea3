"""Packed contents come out whole, up to a limit, however they were packed."""

import gzip
import random
import resource
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bot.core.health import Reason
from bot.sources.inflate import inflate, size
from bot.sources.stop import StopError

TEXT = b"Ministers met in Astana. " * 400 + bytes(range(256))


def raw_deflate(content: bytes) -> bytes:
    return zlib.compress(content)[2:-4]


PACKINGS = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": (" X-GZIP ", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "deflate": ("deflate", raw_deflate),
    "brotli": ("br", partial(brotli.compress, quality=4)),
    "zstd": ("zstd", zstandard.compress),
}
Pack = Callable[[bytes], bytes]
EACH = pytest.mark.parametrize(("name", "pack"), PACKINGS.values(), ids=PACKINGS)


@EACH
def test_what_was_packed_comes_out(name: str, pack: Pack) -> None:
    for content in (TEXT, b"", b"x"):
        assert inflate(pack(content), name, limit=len(content)) == content


@EACH
def test_one_byte_more_than_allowed_is_too_large(name: str, pack: Pack) -> None:
    with pytest.raises(StopError) as stopped:
        inflate(pack(TEXT), name, limit=len(TEXT) - 1)

    assert stopped.value.reason is Reason.TOO_LARGE


@EACH
def test_what_breaks_off_cannot_be_unpacked(name: str, pack: Pack) -> None:
    packed = pack(TEXT)
    for end in (3, len(packed) // 2, len(packed) - 1):
        with pytest.raises(StopError) as stopped:
            inflate(packed[:end], name, limit=len(TEXT))
        assert stopped.value.reason is Reason.BAD_ANSWER


@EACH
def test_a_bomb_takes_no_memory(name: str, pack: Pack) -> None:
    bomb = pack(bytes(40_000_000))
    before = peak()

    with pytest.raises(StopError) as stopped:
        inflate(bomb, name, limit=1_000_000)

    assert stopped.value.detail == "more than 1 MB"
    assert peak() - before < 30_000_000


def peak() -> int:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def test_what_stands_in_several_pieces_comes_out_whole() -> None:
    for name, pack in (("gzip", gzip.compress), ("zstd", zstandard.compress)):
        assert inflate(pack(TEXT) + pack(b"end"), name, limit=20_000) == TEXT + b"end"


def test_a_thousand_pieces_are_enough() -> None:
    for pack, name in ((gzip.compress, "gzip"), (zstandard.compress, "zstd")):
        assert inflate(pack(b"x") * 1000, name, limit=1000) == b"x" * 1000
        with pytest.raises(StopError, match="it is packed in too many pieces"):
            inflate(pack(b"") * 1001, name, limit=1000)


def test_large_pieces_come_out_whole() -> None:
    noise = random.Random(1).randbytes(200_000)  # noqa: S311 - it has to be incompressible only
    packed = gzip.compress(noise) + gzip.compress(TEXT) + gzip.compress(noise)

    assert inflate(packed, "gzip", limit=500_000) == noise + TEXT + noise
    assert inflate(zlib.compress(noise) + b"rubbish", "deflate", limit=500_000) == noise


def test_rubbish_behind_the_end_is_overlooked() -> None:
    assert inflate(gzip.compress(TEXT) + b"\0\0rubbish", "gzip", limit=20_000) == TEXT


def test_what_is_said_to_be_packed_and_is_not_is_taken_as_it_is() -> None:
    assert inflate(b"<rss/>", "gzip", limit=100) == b"<rss/>"


def test_two_packings_are_taken_off_and_more_are_not() -> None:
    twice = gzip.compress(brotli.compress(TEXT))

    assert inflate(twice, "br, gzip", limit=20_000) == TEXT
    assert inflate(TEXT, "identity, ", limit=20_000) == TEXT
    for name in ("gzip, gzip, gzip", "compress", "aes128gcm"):
        with pytest.raises(StopError, match="packed in a way I do not know"):
            inflate(twice, name, limit=20_000)


def test_a_size_is_said_as_people_read_it() -> None:
    assert [size(1000), size(512_000), size(10_000_000)] == ["1000 bytes", "0.512 MB", "10 MB"]


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_no_bytes_break_it(content: bytes, name: str) -> None:
    for start in (b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"):
        with suppress(StopError):
            assert len(inflate(start + content, name, limit=1000)) <= 1000
