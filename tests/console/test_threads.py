"""Work in threads comes back, and what is left of it is not waited for."""

import asyncio
import threading

import pytest

from bot.console.threads import run_unwaited


def test_what_a_thread_returns_and_raises_comes_back() -> None:
    async def scenario() -> int:
        with pytest.raises(ValueError, match="invalid literal"):
            await asyncio.to_thread(int, "no number")
        return await asyncio.to_thread(int, "7")

    assert run_unwaited(scenario()) == 7


def test_a_thread_that_goes_on_is_left() -> None:
    gate = threading.Event()

    async def scenario() -> None:
        task = asyncio.create_task(asyncio.to_thread(gate.wait, 30))
        await asyncio.sleep(0)
        task.cancel()

    run_unwaited(scenario())

    assert not gate.is_set()
    left = [thread for thread in threading.enumerate() if thread.name == "work"]
    assert all(thread.daemon for thread in left)
    gate.set()
    for thread in left:
        thread.join(5)
