"""A command's work done: the archive opened for it, and what it says printed."""

import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.app.operator import Operation
from bot.config.load import Config
from bot.console.output import complain
from bot.console.plain import plain
from bot.console.threads import run_unwaited
from bot.core.errors import StoreError
from bot.operate.version import version
from bot.wiring.logging import logged
from bot.wiring.operation import operating
from bot.wiring.parts import ARCHIVE

T = TypeVar("T")


def operated(
    config: Config, work: Callable[[Operation], Awaitable[T]], *, fresh: bool = False
) -> T:
    """Return what the work returns, done on the archive.

    Raises ``StoreError`` when there is none, unless a ``fresh`` one will do.
    """
    path = config.data_dir / ARCHIVE
    if not (fresh or path.exists()):
        raise StoreError(
            f"There is no archive at {path} yet: `briefbot run` makes it. If it lies elsewhere, "
            "name its folder in DATA_DIR."
        )

    async def opened() -> T:
        async with operating(config, version=version()) as operation:
            return await work(operation)

    with logged(config, level="warning"):
        return finished(opened())


def finished(work: Coroutine[Any, Any, T]) -> T:
    """Return what the work returns, at its end."""
    return run_unwaited(work)


def say(sentence: str) -> None:
    """Print a sentence that is the command's result."""
    sys.stdout.write(f"{plain(sentence)}\n")


def note(sentence: str) -> None:
    """Print a remark beside the result."""
    complain(sentence, sys.stderr)
    sys.stderr.flush()


def zone(config: Config) -> ZoneInfo:
    """Return whose time is shown where no chat's is."""
    return ZoneInfo(config.digest.zone)


def archive(config: Config) -> Path:
    """Return where the archive lies."""
    return config.data_dir / ARCHIVE
