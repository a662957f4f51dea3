"""What a work is about is known inside it and what it starts, and nowhere else."""

import asyncio
from collections.abc import Mapping

from bot.app.about import about, ids


def test_names_add_up_inside_and_are_gone_outside() -> None:
    with about(series=12):
        with about(part=0):
            assert ids() == {"series": 12, "part": 0}
        assert ids() == {"series": 12}
    assert ids() == {}


def test_works_side_by_side_do_not_mix() -> None:
    async def work(number: int) -> Mapping[str, object]:
        with about(series=number):
            await asyncio.sleep(0)
            return ids()

    async def both() -> tuple[Mapping[str, object], Mapping[str, object]]:
        first, second = await asyncio.gather(work(1), work(2))
        return first, second

    assert asyncio.run(both()) == ({"series": 1}, {"series": 2})
