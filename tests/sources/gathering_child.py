"""Reads feeds into a database once, in a process of its own that may be killed at any moment.

Usage: python -m tests.sources.gathering_child FOLDER ADDRESS ...
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.fakes.fed import fed, feed


async def main(folder: Path, addresses: Sequence[str]) -> None:
    """Look at each feed once; they are named by their number."""
    settings = [feed(f"feed {number}", address) for number, address in enumerate(addresses)]
    async with fed(folder, settings) as it:
        await it.round()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
