"""Kills a bot that delivers, fifty times by default, and counts what was lost and doubled.

Half as many kills meet one that posts to a fake Telegram, and a tenth the command itself there.
Half as many meet one that posts to a fake Slack and may look for what it has sent, a fifth one that
may not, and a tenth the command itself there, which may.

Usage: python -m tests.benchmarks.kills [KILLS]
"""

import asyncio
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.delivery import slack_kills, telegram_kills
from tests.delivery.caller import PARTS as LONG
from tests.delivery.child import PARTS, POINTS
from tests.delivery.kills import Kill, any_moments, trial
from tests.delivery.slack_caller import PARTS as FOLDED
from tests.delivery.telegram_kills import MOMENT, Toll, calling, commanding, gathered, suffer
from tests.fakes.bot_api.server import fake_bot_api
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.settings import Settings

DESTINATIONS = 600
KILLS = 50
#: Chats on Telegram: of the bot that only delivers, and of the command.
CALLED, COMMANDED = 150, 60
#: Channels of Slack: of the bot that only delivers, and of the command, with the messages of each.
POSTED = 150
ORDERED, STORIES = 30, 1 + len(telegram_kills.TOWNS)


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
    failures += [
        _slack(max(1, count // 2), sees=True),
        _slack(max(1, count // 5), sees=False),
        _slack_commanded(max(1, count // 10)),
    ]
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


def _slack(count: int, *, sees: bool) -> bool:
    settings = Settings()
    if not sees:
        settings.scopes -= {"channels:history"}

    async def play(folder: Path) -> bool:
        kills = telegram_kills.any_moments(count, most=most(POSTED * FOLDED, count), seed=count)
        moment = datetime.now(UTC) - timedelta(seconds=1)
        async with fake_slack(settings) as slack:
            toll = slack_kills.gathered(slack, folder, POSTED)
            start = slack_kills.calling(slack, folder)
            await slack_kills.suffer(toll, start, moment=moment, kills=kills)
            return _judged(toll, FOLDED, sees=sees)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(Path(folder)))


def _slack_commanded(count: int) -> bool:
    async def play(folder: Path) -> bool:
        kills = telegram_kills.any_moments(count, most=most(ORDERED, count), seed=count)
        moment = datetime.now(UTC) - timedelta(seconds=1)
        (data := folder / "data").mkdir()
        async with fake_slack() as slack:
            toll = slack_kills.gathered(slack, data, ORDERED)
            start = slack_kills.commanding(slack, folder)
            await slack_kills.suffer(toll, start, moment=moment, kills=kills)
            return _judged(toll, STORIES, sees=True)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(Path(folder)))


def _judged(toll: slack_kills.Toll, parts: int, *, sees: bool) -> bool:
    """Print what became of the messages, and say whether a promise is broken."""
    doubled = toll.doubled() if sees else toll.doubled() - toll.in_flight
    print(toll.drawn(parts))
    print(f"its history can {'be read' if sees else 'not be read'}")
    print(f"doubled {'at all' if sees else 'without having been in flight'}: {doubled.total()}")
    print(f"channels with messages out of order: {len(toll.disordered())}\n")
    posted = toll.ended.keys() == {"posted"}
    return bool(toll.lost(parts) or doubled or toll.disordered() or not posted)


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
