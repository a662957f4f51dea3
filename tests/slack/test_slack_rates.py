"""What goes to Slack stays below its limits, and not far below them."""

from collections.abc import Sequence
from itertools import pairwise

from bot.core.delivery import Pace
from bot.slack.address import Address
from bot.slack.rates import TIER_THREE, Rates, method_pace

#: Messages a minute in a workspace: what "several hundred" is at least.
WORKSPACE = 300


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


def channel(number: int, workspace: str = "T1") -> Address:
    return Address(workspace, f"C{number}")


def most_in_a_minute(gone: Sequence[float]) -> int:
    return max(sum(start <= one < start + 60 for one in gone) for start in gone[::7])


def test_a_channel_gets_one_message_a_second() -> None:
    paced, gone = Paced(), list[float]()
    for tick in range(2_000):
        now = tick / 100
        # Threads of a channel have no limit of their own.
        address = Address("T1", "C1", f"{tick}.000000" if tick % 2 else None)
        if paced.room(Rates().paces(address, answer=False), now):
            gone.append(now)

    assert len(gone) == 20
    assert min(after - before for before, after in pairwise(gone)) >= 0.99


def test_a_fan_out_and_answers_stay_below_the_limit_of_a_workspace_and_not_far() -> None:
    paced, rates, gone, answers = Paced(), Rates(), list[float](), 0
    left, now = 1000, 0.0
    while left:
        while left and paced.room(rates.paces(channel(left), answer=False), now):
            gone.append(now)
            left -= 1
        # Somebody asks once in two seconds, in ever another channel.
        if answers <= now / 2 and paced.room(
            rates.paces(channel(5000 + answers), answer=True), now
        ):
            gone.append(now)
            answers += 1
        now += 0.05

    assert most_in_a_minute(gone) <= WORKSPACE
    assert now <= 1.1 * len(gone) / (WORKSPACE / 60)


def test_an_answer_waits_for_no_fan_out() -> None:
    paced, rates = Paced(), Rates()
    while paced.room(rates.paces(channel(len(paced.arrivals)), answer=False), 0.0):
        pass

    assert paced.room(rates.paces(channel(5000), answer=True), 0.0)
    assert not paced.room(rates.paces(channel(5001), answer=False), 0.1)


def test_eight_who_ask_at_once_are_answered_within_seconds_amid_a_fan_out() -> None:
    paced, rates, gone = Paced(), Rates(), list[float]()
    # An answer of two messages for each.
    left = [channel(5000 + number % 8) for number in range(16)]
    for tick in range(400):
        now = tick / 20
        if now >= 10 and left and paced.room(rates.paces(left[-1], answer=True), now):
            left.pop()
            gone.append(now)
        paced.room(rates.paces(channel(tick), answer=False), now)

    assert len(gone) == 16
    assert gone[-1] - 10 < 5


def test_a_fan_out_makes_room_for_answers_without_end() -> None:
    paced, rates, gone = Paced(), Rates(), list[float]()
    for tick in range(3_000):
        now = tick / 20
        for number, answer in ((tick, False), (5000 + tick, now >= 30)):
            if paced.room(rates.paces(channel(number), answer=answer), now):
                gone.append(now)

    assert most_in_a_minute(gone) <= WORKSPACE


def test_workspaces_wait_for_each_other_in_nothing() -> None:
    ours, others = (
        {pace.name for pace in Rates().paces(channel(1, name), answer=answer)}
        for name in ("T1", "T2")
        for answer in (True,)
    )

    assert not ours & others
    assert Rates().paces(channel(1), answer=False)[0].name == "slack:T1"


def test_a_method_is_called_within_its_tier_and_not_far_below() -> None:
    paced, gone = Paced(), list[float]()
    for tick in range(6_000):
        now = tick / 20
        if paced.room([method_pace("T1", "conversations.join")], now):
            gone.append(now)

    assert most_in_a_minute(gone) <= TIER_THREE
    assert len(gone) >= 5 * TIER_THREE * 0.7
    assert method_pace("T1", "x").name == "slack:T1:x"
