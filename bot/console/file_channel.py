"""Files as a channel: each destination is a text file to which pages are added."""

import asyncio
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from bot.console.look import Look
from bot.console.render import render
from bot.core.delivery import Deferred, Delivered, Outcome, Pace, Payload, Post, Refused, Scope
from bot.core.page import Page
from bot.core.subscription import Destination

#: The name of this channel in destinations: "file:digests/team.txt".
CHANNEL = "file"

#: What may mend itself is tried again after so many seconds.
_RETRY = 60.0
#: What only the operator can mend.
_LASTING = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.ENXIO),
        *(errno.ENAMETOOLONG, errno.EINVAL, errno.ELOOP, errno.EEXIST),
    }
)


class FileChannel:
    """Adds pages as plain text to files below one folder, which it never leaves.

    A page is written whole or not at all, and is on the disk once it is delivered. Its reference
    is the byte at which it begins.
    """

    def __init__(self, folder: Path) -> None:
        """Write below that folder; it and those in it are made as they are needed."""
        self._folder = folder

    def render(self, page: Page) -> tuple[Payload, ...]:
        """Return the page as one text, unwrapped and without colour."""
        return ({"text": render(page, Look()) + "\n"},)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return no limits: a file takes all."""
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        """Add the text to the file, and wait until the disk has it."""
        return await asyncio.to_thread(self._reach, post, _add)

    async def find(self, post: Post) -> Outcome:
        """Look whether the file ends with this text; a piece of it that was torn is cut off."""
        return await asyncio.to_thread(self._reach, post, _look)

    def _reach(self, post: Post, act: Callable[[Path, bytes], Outcome]) -> Outcome:
        address, text = post.destination.address, str(post.payload["text"]).encode()
        try:
            path = (self._folder / address).resolve()
            if path == self._folder.resolve() or not path.is_relative_to(self._folder.resolve()):
                why = f"{address!r} is no file below {self._folder}. Name one that is."
                return Refused(why, Scope.DESTINATION)
            return act(path, text)
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if isinstance(error, OSError) and error.errno not in _LASTING:
                return Deferred(_RETRY, why=f"{address}: {reason}.")
            why = f"{address!r} cannot be written: {reason}. Mend that, or name another file."
            return Refused(why, Scope.DESTINATION)


def _add(path: Path, text: bytes) -> Outcome:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without O_NONBLOCK a pipe that nobody reads would hold the thread for ever.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o666)
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        _write(file, text, start=found.st_size)
    finally:
        os.close(file)
    if not found.st_size:
        _keep_name(path.parent)
    return Delivered(str(found.st_size))


def _write(file: int, text: bytes, *, start: int) -> None:
    """Write all of the text, or leave the file as it was."""
    try:
        written = os.write(file, text)
        os.fsync(file)
    except OSError:
        os.ftruncate(file, start)
        raise
    if written < len(text):
        os.ftruncate(file, start)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _keep_name(folder: Path) -> None:
    """Wait until the disk has the names in the folder, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _look(path: Path, text: bytes) -> Outcome:
    if not path.is_file():
        return Deferred(0)
    size = path.stat().st_size
    start = max(0, size - len(text))
    with path.open("rb") as file:
        file.seek(start)
        tail = file.read()
    if tail == text:
        return Delivered(str(start))
    # A kill can tear what is being written. A shorter piece than the first line may be anything.
    torn = tail.rfind(text[: text.index(b"\n") + 1])
    if torn >= 0 and text.startswith(tail[torn:]):
        os.truncate(path, start + torn)
    return Deferred(0)
