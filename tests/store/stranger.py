"""A process of a user who owns nothing here: permissions bind it even when started by root."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from bot.core.errors import StoreError
from bot.store.database import open_database
from bot.store.inspection import inspect

NOBODY = 65534


async def look(path: Path) -> object:
    """Return what is found at the path, or what is said of it."""
    try:
        return await inspect(path)
    except StoreError as error:
        return error


async def use(path: Path) -> object:
    """Return what is said to one who opens the archive there."""
    try:
        async with open_database(path):
            return "opened"
    except StoreError as error:
        return error


async def main(path: Path) -> None:
    """Look at the archive, then open it; tell the parent what is said of each."""
    sys.stdout.write(f"{await look(path)}\n{await use(path)}\n")


if __name__ == "__main__":
    # Once where all is allowed, for what is loaded late may be out of the stranger's reach.
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(Path(folder) / "briefbot.db"))
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    asyncio.run(main(Path(sys.argv[1])))
