"""Feeds are asked what they have, and each says how it went."""

import asyncio
from dataclasses import dataclass
from itertools import count

from bot.app.feed import Brought, FeedMemory, FeedSetting, Unchanged
from bot.app.source_checks import Checked, SourceChecks
from bot.core.errors import FeedError
from bot.core.health import Fault, Reason

TASS = FeedSetting(name="TASS", address="https://tass.com/rss/v2.xml")
OFF = FeedSetting(name="Off", address="https://off.example/rss", enabled=False)
OWN = FeedSetting(name="Own", address="https://own.example/rss")
SLOW = Fault(name="TASS", reason=Reason.NO_ANSWER)
ODD = Fault(name="item 3", reason=Reason.BAD_DATE)


@dataclass
class Answers:
    """What each feed answers."""

    by_name: dict[str, Brought | Unchanged | Fault]

    async def look(self, setting: FeedSetting, memory: FeedMemory) -> Brought | Unchanged:
        assert memory == FeedMemory(source=setting.name, address=setting.address)
        answer = self.by_name[setting.name]
        if isinstance(answer, Fault):
            raise FeedError(answer)
        return answer


def test_a_check_says_what_each_feed_answers_in_the_order_asked() -> None:
    brought = Brought(items=(), faults=(ODD,))
    answers = Answers({"TASS": SLOW, "Off": brought, "Own": Unchanged()})
    ticks = count()
    told: list[Checked] = []

    check = SourceChecks(feeds=answers, steady=lambda: float(next(ticks)))
    checked = asyncio.run(check([TASS, OFF, OWN], told.append))

    assert [(one.setting, one.answer, one.faults, one.fails) for one in checked] == [
        (TASS, None, (SLOW,), True),
        (OFF, brought, (ODD,), False),
        (OWN, Unchanged(), (), False),
    ]
    assert sorted(one.setting.name for one in told) == ["Off", "Own", "TASS"]
    assert all(one.seconds > 0 for one in checked)
