"""What goes to Telegram stays below its limits, however unevenly it arrives."""

from collections.abc import Sequence
from math import ceil

import pytest
from telegram import Bot

from bot.core.delivery import Deferred, Pace, Post, Scope
from bot.core.subscription import Destination
from bot.telegram.address import Address
from bot.telegram.channel import TelegramChannel
from bot.telegram.payload import Text, write
from bot.telegram.rates import Rates
from tests.fakes.bot_api.clients import run
from tests.fakes.bot_api.flood import Flood, Limits
from tests.fakes.bot_api.place import Place
from tests.fakes.bot_api.server import FakeBotApi


class Paced:
    """Lets messages go as the paces of a store do, on a clock of its own."""

    def __init__(self) -> None:
        self.arrivals: dict[str, float] = {}

    def room(self, paces: Sequence[Pace], now: float) -> bool:
        known = {pace.name: max(now, self.arrivals.get(pace.name, now)) for pace in paces}
        if any(known[pace.name] - (pace.burst - 1) * pace.interval > now + 1e-9 for pace in paces):
            return False
        self.arrivals |= {pace.name: known[pace.name] + pace.interval for pace in paces}
        return True


@pytest.mark.parametrize("rates", [Rates(), Rates(group=1), Rates(group=5)])
def test_no_more_go_to_a_group_in_a_minute_than_may(rates: Rates) -> None:
    now = 0.0
    flood = Flood(lambda: now, Limits(group=rates.group))
    paced, paces = Paced(), rates.paces(Address(-5), answer=False)

    for tick in range(6_000):
        now = tick / 20
        if paced.room(paces, now):
            flood.count(-5, group=True)

    assert flood.refused == 0


@pytest.mark.parametrize("group", [1, 5, 20])
def test_a_group_gets_some_at_once_and_then_most_of_what_may_go(group: int) -> None:
    rates, paced, gone = Rates(group=group), Paced(), list[float]()
    for tick in range(12_000):
        now = tick / 20
        if paced.room(rates.paces(Address(-5), answer=False), now):
            gone.append(now)

    assert len(gone) >= 10 * max(1, group * 3 // 4)
    assert sum(now < 10 for now in gone) <= max(1, group // 2)


def test_a_fan_out_and_answers_provoke_no_flood_control() -> None:
    now, left, answers = 0.0, 1000, 0
    flood, paced, rates = Flood(lambda: now, Limits()), Paced(), Rates()

    while left:
        while left and paced.room(rates.paces(Address(left), answer=False), now):
            flood.count(left, group=False)
            left -= 1
        # Somebody asks four times a second, in ever another chat.
        chat = 100_000 + int(now * 4)
        if answers <= now * 4 and paced.room(rates.paces(Address(chat), answer=True), now):
            flood.count(chat, group=False)
            answers += 1
        now += 0.005

    assert flood.refused == 0
    assert now == pytest.approx((1000 + answers) / rates.fan_out, rel=0.01)
    assert answers == pytest.approx(4 * now, abs=2)


@pytest.mark.parametrize("heap", [0.02, 0.1])
def test_messages_that_arrive_in_heaps_provoke_no_flood_control(heap: float) -> None:
    now = arrived = 0.0
    flood, paced, rates = Flood(lambda: arrived, Limits()), Paced(), Rates()
    gone = 0

    for tick in range(4_000):
        now = tick / 200
        arrived = ceil(now / heap) * heap
        if paced.room(rates.paces(Address(tick + 1), answer=False), now):
            flood.count(tick + 1, group=False)
            gone += 1
        # Somebody asks four times a second, in ever another chat.
        if tick % 50 == 0 and paced.room(rates.paces(Address(100_000 + tick), answer=True), now):
            flood.count(100_000 + tick, group=False)
            gone += 1

    assert flood.refused == 0
    assert gone == pytest.approx(20 * rates.fan_out, rel=0.01)


def hello(place: Place) -> Post:
    destination = Destination("telegram", str(place.id))
    return Post(series=1, part=0, destination=destination, payload=write(Text("Hello")))


def test_nothing_is_sent_while_telegram_wants_to_hear_nothing() -> None:
    now = [100.0]

    async def scene(api: FakeBotApi, bot: Bot) -> None:
        channel = TelegramChannel(bot, seconds=lambda: now[0])
        api.floods(30)
        asked = await channel.send(hello(api.private("Anna")))
        now[0] += 10
        other = hello(api.private("Boris"))

        assert isinstance(asked, Deferred)
        assert await channel.send(other) == Deferred(
            asked.seconds - 10, Scope.ACCOUNT, "Telegram asks the bot to slow down."
        )
        assert len(api.called("sendMessage")) == 1

        now[0] += asked.seconds - 10
        await channel.send(other)

        assert len(api.called("sendMessage")) == 2

    run(scene)
