"""The process's own streams: fit to be written to, and left without a complaint."""

# ruff: noqa: SIM115 - these streams stay open as long as the process

import io
import os
import sys
from pathlib import Path


def open_streams() -> None:
    """Give closed streams a place to go, and every character a way to be written."""
    # Python sets a stream to None whose descriptor was closed when the process began.
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def close_streams() -> None:
    """Drop what can no longer be written, so that the interpreter does not complain of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
