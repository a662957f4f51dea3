"""A run in which looking through an article takes an age, as a hostile one might make it."""

import sys
import time
from dataclasses import replace

from bot.app.facts import extract
from bot.app.ports import Extracted
from bot.config.load import load
from bot.console.streams import leave
from bot.console.threads import run_unwaited
from bot.core.values import Article
from bot.wiring.bot import built

#: Far more seconds than anybody waits.
AGE = 60


def toil(article: Article) -> Extracted:
    """Compute without a pause, then return the facts."""
    sys.stderr.write("Toiling.\n")
    sys.stderr.flush()
    end = time.monotonic() + AGE
    while time.monotonic() < end:
        pass
    return extract(article)


async def run() -> None:
    """Run over the folder that the configuration names."""
    async with built(load(None), version="0") as bot:
        gather = replace(bot.session.gather, extract=toil)
        await replace(bot.session, gather=gather).run((), stay=False)


if __name__ == "__main__":
    run_unwaited(run())
    leave(0)
