"""What is asked at the same time is answered together, and each hears of their own alone."""

import asyncio
from collections.abc import Sequence

from bot.app.bundle import Bundle
from bot.core.errors import StoreError


class Doubling:
    """Doubles numbers, and notes which came together; a zero is refused."""

    def __init__(self) -> None:
        self.bundles: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.bundles.append(list(numbers))
        await asyncio.sleep(0)
        if 0 in numbers:
            raise StoreError("Not now.")
        return [2 * one for one in numbers]


def test_what_waits_meanwhile_is_answered_together() -> None:
    doubling = Doubling()

    async def scenario() -> list[int]:
        bundle = Bundle(doubling, most=3)
        return await asyncio.gather(*(bundle.ask(number) for number in range(1, 6)))

    assert asyncio.run(scenario()) == [2, 4, 6, 8, 10]
    assert doubling.bundles == [[1, 2, 3], [4, 5]]


def test_what_cannot_be_found_is_told_to_all_who_asked_with_it_and_to_nobody_else() -> None:
    async def scenario() -> list[int | BaseException]:
        bundle = Bundle(Doubling(), most=2)
        asked = (bundle.ask(number) for number in (1, 0, 3))
        return await asyncio.gather(*asked, return_exceptions=True)

    first, second, third = asyncio.run(scenario())

    assert isinstance(first, StoreError)
    assert isinstance(second, StoreError)
    assert third == 6


def test_who_gives_up_is_left_out_and_the_others_are_answered() -> None:
    doubling = Doubling()

    async def scenario() -> list[int | BaseException]:
        bundle = Bundle(doubling, most=2)
        asked = [asyncio.create_task(bundle.ask(number)) for number in (1, 2, 3, 4)]
        await asyncio.sleep(0)
        asked[2].cancel()
        asked[3].cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        asked[1].cancel()
        return await asyncio.gather(*asked, return_exceptions=True)

    first, *others = asyncio.run(scenario())

    assert first == 2
    assert all(isinstance(one, asyncio.CancelledError) for one in others)
    assert doubling.bundles == [[1, 2]]


def test_who_gives_up_while_it_is_found_spoils_nothing() -> None:
    async def scenario() -> tuple[int, int]:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def find(numbers: Sequence[int]) -> Sequence[int]:
            begun.set()
            await go_on.wait()
            return numbers

        bundle = Bundle(find, most=2)
        one, other = (asyncio.create_task(bundle.ask(number)) for number in (1, 2))
        await begun.wait()
        one.cancel()
        go_on.set()
        return await other, await bundle.ask(3)

    assert asyncio.run(scenario()) == (2, 3)


def test_nobody_waits_for_a_bundle_that_was_stopped() -> None:
    async def scenario() -> None:
        async def find(numbers: Sequence[int]) -> Sequence[int]:
            del numbers
            await asyncio.Event().wait()
            return ()

        bundle = Bundle(find, most=1)
        asked = [asyncio.create_task(bundle.ask(number)) for number in (1, 2)]
        await asyncio.sleep(0.01)
        (work,) = (task for task in asyncio.all_tasks() if task.get_name() == "a bundle")
        work.cancel()
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in found)

    asyncio.run(scenario())


def test_a_bundle_that_is_closed_ends_what_is_under_way() -> None:
    async def scenario() -> None:
        ended = asyncio.Event()

        async def find(numbers: Sequence[int]) -> Sequence[int]:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            return numbers

        bundle = Bundle(find, most=1)
        await bundle.aclose()
        asked = asyncio.create_task(bundle.ask(1))
        await asyncio.sleep(0.01)
        await bundle.aclose()
        assert ended.is_set()
        (found,) = await asyncio.gather(asked, return_exceptions=True)
        assert isinstance(found, asyncio.CancelledError)

    asyncio.run(scenario())
