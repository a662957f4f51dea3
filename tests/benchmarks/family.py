"""What this process and those it started have used and hold; elsewhere than on Linux it alone."""

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

_ALL = Path("/proc")
#: Where in the numbers behind its name a process says who started it, and what it has used.
_PARENT, _USER, _SYSTEM = 1, 11, 12


def cpu() -> float:
    """Return how many seconds of a core were used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    ticks = sum(int(one[_USER]) + int(one[_SYSTEM]) for _, one in _children())
    return used.ru_utime + used.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def all_resident() -> float:
    """Return how much memory is held, in megabytes; elsewhere than on Linux by this process."""
    return resident() + sum(_held(process) for process, _ in _children())


def resident() -> float:
    """Return how much memory this process holds, in megabytes; elsewhere than on Linux at most."""
    if _ALL.exists():
        return _held("self")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024**2 if sys.platform == "darwin" else most / 1024


def _held(process: str) -> float:
    lines = (_ALL / process / "status").read_text().splitlines()
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _children() -> Iterator[tuple[str, list[str]]]:
    """Yield the processes that this one started, and what the system says of each."""
    for file in _ALL.glob("[0-9]*/stat"):
        try:
            said = file.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(said[_PARENT]) == os.getpid():
            yield file.parent.name, said
