"""Files as a channel: each destination is a text file to which pages are added."""

import asyncio
import errno
import hashlib
import logging
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

#: A file that cannot be written is tried again after so many seconds: until somebody mends that,
#: or it is too late.
_RETRY = 60.0
#: In this folder it is noted where what is being written begins.
NOTES = ".sending"

log = logging.getLogger(__name__)


class FileChannel:
    """Adds pages as plain text to files below one folder, which it never leaves.

    A page is written whole or not at all, and is on the disk once it is delivered. Its reference
    is the byte at which it begins.
    """

    def __init__(self, folder: Path, *, sync: Callable[[int], None] = os.fsync) -> None:
        """Write below that folder; it and those in it are made as they are needed.

        ``sync`` waits until the disk has what an open file or folder holds.
        """
        self._folder = folder
        self._sync = sync

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return the page as one text, unwrapped and without colour."""
        del flat
        return ({"text": render(page, Look()) + "\n"},)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return no limits: a file takes all."""
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        """Add the text to the file, and wait until the disk has it."""
        return await asyncio.to_thread(self._reach, post, self._add)

    async def find(self, post: Post) -> Outcome:
        """Look for this text where it was begun; a piece of it that was torn is cut off."""
        return await asyncio.to_thread(self._reach, post, self._look)

    def _reach(self, post: Post, act: Callable[[Path, Post], Outcome]) -> Outcome:
        address = post.destination.address
        try:
            path, folder = (self._folder / address).resolve(), self._folder.resolve()
        except ValueError as error:
            return Refused(f"{address!r} is no name of a file: {error}.", Scope.DESTINATION)
        except (OSError, RuntimeError) as error:
            return _deferred(address, error)
        notes = folder / NOTES
        if path == folder or not path.is_relative_to(folder) or path.is_relative_to(notes):
            why = f"{address!r} is no file below {self._folder}. Name one that is."
            return Refused(why, Scope.DESTINATION)
        try:
            return act(path, post)
        except OSError as error:
            return _deferred(address, error)

    def _add(self, path: Path, post: Post) -> Outcome:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Without O_NONBLOCK a pipe that nobody reads would hold the thread for ever.
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o666)
        try:
            found = os.fstat(file)
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.EINVAL, "it is no plain file")
            self._note(post, found.st_size)
            self._write(file, _text(post), start=found.st_size)
        finally:
            os.close(file)
        if not found.st_size:
            self._keep_names(path.parent)
        return Delivered(str(found.st_size))

    def _write(self, file: int, text: bytes, *, start: int) -> None:
        """Write all of the text, or leave the file as it was."""
        try:
            written = os.write(file, text)
            self._sync(file)
        except OSError:
            os.ftruncate(file, start)
            raise
        if written < len(text):
            os.ftruncate(file, start)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _note(self, post: Post, start: int) -> None:
        """Note where the part begins, on the disk before a byte of it is written."""
        place = self._noted(post)
        place.parent.mkdir(parents=True, exist_ok=True)
        is_new = not place.exists()
        with place.open("wb") as file:
            file.write(_note(post, start))
            file.flush()
            self._sync(file.fileno())
        if is_new:
            self._keep_names(place.parent)

    def _noted(self, post: Post) -> Path:
        """Return the file that notes where the last part for this destination begins."""
        name = hashlib.sha256(post.destination.address.encode(errors="surrogatepass")).hexdigest()
        return self._folder / NOTES / name

    def _keep_names(self, folder: Path) -> None:
        """Wait until the disk has the names in the folder, and its own, too."""
        top = self._folder.resolve()
        for each in (folder, *folder.parents):
            opened = os.open(each, os.O_RDONLY)
            try:
                self._sync(opened)
            finally:
                os.close(opened)
            if each.resolve() == top:
                return

    def _look(self, path: Path, post: Post) -> Outcome:
        start = self._start(post)
        # Without a note of this very part, none of it was written.
        if start is None or not path.is_file():
            return Deferred(0)
        text = _text(post)
        with path.open("rb") as file:
            file.seek(start)
            begun = file.read(len(text))
        if begun == text:
            return Delivered(str(start))
        # A kill can tear what is being written.
        if begun and text.startswith(begun):
            os.truncate(path, start)
        return Deferred(0)

    def _start(self, post: Post) -> int | None:
        """Return the byte at which this part was begun, None if it was not."""
        try:
            noted = self._noted(post).read_bytes()
        except FileNotFoundError:
            return None
        start = noted.rpartition(b" ")[2]
        return int(start) if start.isdigit() and noted == _note(post, int(start)) else None


def _deferred(address: str, error: OSError | RuntimeError) -> Deferred:
    reason = getattr(error, "strerror", None) or str(error)
    why = f"{address!r} cannot be written: {reason}. It is tried again each minute: mend that."
    log.warning("A file gets no digest yet: %s", why)
    return Deferred(_RETRY, why=why)


def _text(post: Post) -> bytes:
    return str(post.payload["text"]).encode()


def _note(post: Post, start: int) -> bytes:
    return f"{post.series} {post.part} {start}".encode()
