"""Kills a bot that delivers, fifty times by default, and counts what was lost and doubled.

Half as many kills meet one that posts to a fake Telegram, and a tenth the command itself there.

Usage: python -m tests.benchmarks.kills [KILLS]
"""

import asyncio
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.delivery import telegram_kills
from tests.delivery.caller import PARTS as LONG
from tests.delivery.child import PARTS, POINTS
from tests.delivery.kills import Kill, any_moments, trial
from tests.delivery.telegram_kills import MOMENT, Toll, calling, commanding, gathered, suffer
from tests.fakes.bot_api.server import fake_bot_api

DESTINATIONS = 300
KILLS = 50
#: Chats on Telegram: of the bot that only delivers, and of the command.
CALLED, COMMANDED = 150, 60


def main(count: int) -> int:
    """Print the tables; return 1 when something was lost or doubled that must not be."""
    failures = [_files(count)]
    for toll in (_called(max(1, count // 2)), _commanded(max(1, count // 10))):
        unexplained = toll.doubled() - toll.in_flight
        posted = toll.ended.keys() == {"posted"}
        print(toll.drawn())
        print(f"doubled without having been in flight: {unexplained.total()}")
        print(f"chats with messages out of order: {len(toll.disordered())}\n")
        failures.append(bool(toll.lost() or unexplained or toll.disordered() or not posted))
    return int(any(failures))


def most(messages: int, kills: int) -> int:
    """Return how many messages may lie between two kills, so that the last run has some to send."""
    return max(1, messages // (2 * kills))


def _called(count: int) -> Toll:
    async def play(folder: Path) -> Toll:
        kills = telegram_kills.any_moments(count, most=most(CALLED * LONG, count), seed=count)
        async with fake_bot_api() as api:
            toll = gathered(api, folder, CALLED)
            await suffer(toll, calling(api, folder), moment=MOMENT, kills=kills)
        return toll

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(Path(folder)))


def _commanded(count: int) -> Toll:
    async def play(folder: Path) -> Toll:
        kills = telegram_kills.any_moments(count, most=most(COMMANDED, count), seed=count)
        now = datetime.now(UTC) - timedelta(seconds=1)
        (data := folder / "data").mkdir()
        async with fake_bot_api() as api:
            toll = gathered(api, data, COMMANDED)
            await suffer(toll, commanding(api, folder), moment=now, kills=kills)
        return toll

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(Path(folder)))


def _files(count: int) -> bool:
    chance = random.Random(count)  # noqa: S311 - a benchmark keeps no secret
    kills = [
        Kill(
            point,
            1 if point in POINTS[:2] else chance.randint(1, most(DESTINATIONS * PARTS, count)),
        )
        for point in POINTS[: count // 2]
    ]
    later = any_moments(count - len(kills), most=most(DESTINATIONS * PARTS, count), seed=count)
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), destinations=DESTINATIONS, kills=[*kills, *later])
        print(found.drawn())
        unexplained = found.doubled() - found.in_flight
        print(f"doubled without having been in flight: {unexplained.total()}")
        print(f"destinations with parts out of order: {len(found.disordered())}\n")
        return bool(found.lost() or unexplained or found.disordered())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
