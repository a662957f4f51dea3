"""Commands from a pipe, a file or any input that is not a terminal with a prompt."""

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

#: More than any command needs, in characters; what follows it on a line is dropped.
LONGEST_LINE = 5_000

#: How many lines are read ahead of the one that is being answered.
READ_AHEAD = 64

_CHUNK_BYTES = 65_536


async def lines(descriptor: int) -> AsyncIterator[str]:
    """Yield each line without its end; memory stays flat whatever comes in.

    Bytes that are not UTF-8 become "\ufffd". The end is the end of input; a descriptor that is not
    open for reading has none. The reading waits in a thread of its own that nothing waits for.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[str | None] = asyncio.Queue()
    room = threading.Semaphore(READ_AHEAD)

    def read() -> None:
        # The loop is closed when the program ends before its input does.
        with suppress(RuntimeError):
            for line in split(_chunks(descriptor)):
                room.acquire()
                loop.call_soon_threadsafe(arrived.put_nowait, line)
            loop.call_soon_threadsafe(arrived.put_nowait, None)

    # A daemon, for a read that waits for ever must not keep the program from ending.
    threading.Thread(target=read, name="input", daemon=True).start()
    while (line := await arrived.get()) is not None:
        room.release()
        yield line


def split(chunks: Iterator[bytes]) -> Iterator[str]:
    """Yield the lines that the chunks make up, each cut to ``LONGEST_LINE`` characters."""
    decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
    held = ""
    for chunk in chunks:
        *ended, rest = (held + decode(chunk)).split("\n")
        for line in ended:
            yield line.removesuffix("\r")[:LONGEST_LINE]
        held = rest[: LONGEST_LINE + 1]
    held += decode(b"", final=True)
    if held:
        yield held.removesuffix("\r")[:LONGEST_LINE]


def _chunks(descriptor: int) -> Iterator[bytes]:
    with suppress(OSError):
        while chunk := os.read(descriptor, _CHUNK_BYTES):
            yield chunk
