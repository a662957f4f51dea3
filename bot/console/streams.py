"""The process's own streams: fit to be written to, and left without a complaint."""

# ruff: noqa: SIM115 - these streams stay open as long as the process

import io
import os
import sys
import threading
from pathlib import Path
from typing import NoReturn

#: What a thread is called that computes or writes, and that the end of the process leaves alone.
WORK = "work"

#: So long, in seconds, does the end of a process wait for who should read its last words.
LAST_WORDS = 0.5


def open_streams() -> None:
    """Give closed streams a place to go, and every character a way to be written."""
    # Python sets a stream to None whose descriptor was closed when the process began.
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # Where files may not grow, Python would cut its cached modules and trip over them next time.
    if _files_are_limited():
        sys.dont_write_bytecode = True


def _files_are_limited() -> bool:
    try:
        from resource import RLIM_INFINITY, RLIMIT_FSIZE, getrlimit  # noqa: PLC0415 - Unix only
    except ImportError:
        return False
    return getrlimit(RLIMIT_FSIZE)[0] != RLIM_INFINITY


def write_out() -> None:
    """Write what still stands in the standard output's buffer. Raises ``OSError``.

    While threads are at work, one of which may hold the stream, that is waited for a moment.
    """
    if not at_work():
        sys.stdout.flush()
        return
    errors: list[OSError] = []

    def write() -> None:
        try:
            sys.stdout.flush()
        except OSError as error:
            errors.append(error)

    writing = threading.Thread(target=write, daemon=True)
    writing.start()
    writing.join(LAST_WORDS)
    for error in errors:
        raise error


def close_streams() -> None:
    """Drop what can no longer be written, so that the interpreter does not complain of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def at_work() -> bool:
    """Say whether threads still compute or write that nobody waits for."""
    return any(thread.name == WORK for thread in threading.enumerate())


def leave(code: int) -> NoReturn:
    """End the process with that exit code, whatever its threads are at.

    What they hold, such as the lock of a stream whose reader does not read, would stop the
    interpreter's own way out: it is left by the shortest way, once what can be written is.
    """
    if not at_work():
        close_streams()
        sys.exit(code)
    closing = threading.Thread(target=close_streams, daemon=True)
    closing.start()
    closing.join(LAST_WORDS)
    os._exit(code)
