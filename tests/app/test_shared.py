"""What many ask for at the same time is made once, and no more is kept than was said."""

import asyncio

import pytest

from bot.app.shared import Shared
from bot.core.errors import StoreError


class Making:
    """Makes a thing of its number, counts how often, and fails as often as it is told to."""

    def __init__(self, *, failures: int = 0) -> None:
        self.made = 0
        self.failures = failures

    async def __call__(self) -> int:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise StoreError("Not now.")
        self.made += 1
        return self.made


def test_what_many_ask_for_at_once_is_made_once() -> None:
    shared, make = Shared[str, int](most=2), Making()

    async def scenario() -> list[int]:
        return await asyncio.gather(*(shared.get("a", make) for _ in range(32)))

    assert asyncio.run(scenario()) == [1] * 32
    assert make.made == 1


def test_a_failure_is_seen_by_one_and_the_next_tries_again() -> None:
    shared, make = Shared[str, int](most=2), Making(failures=1)

    async def scenario() -> list[int | BaseException]:
        asked = (shared.get("a", make) for _ in range(3))
        return await asyncio.gather(*asked, return_exceptions=True)

    first, *others = asyncio.run(scenario())

    assert isinstance(first, StoreError)
    assert others == [1, 1]


def test_those_who_wait_go_on_when_the_one_that_makes_is_stopped() -> None:
    shared, make = Shared[str, int](most=2), Making()

    async def scenario() -> int:
        first = asyncio.create_task(shared.get("a", make))
        second = asyncio.create_task(shared.get("a", make))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert asyncio.run(scenario()) == 1


def test_what_was_asked_for_longest_ago_is_let_go() -> None:
    shared, make = Shared[str, int](most=2), Making()

    async def scenario() -> list[int]:
        return [await shared.get(key, make) for key in "abacab"]

    # "b" went when "c" came, for "a" had been asked for since.
    assert asyncio.run(scenario()) == [1, 2, 1, 3, 1, 4]
