"""A round that fails is told once, and the next one is done all the same."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.app.readiness import Pulse
from bot.app.rounds import rounds
from bot.core.errors import StoreError


class Script:
    """Does what it is told, round by round: goes well, or raises."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.done = 0

    async def rings(self) -> AsyncIterator[None]:
        for _ in range(len(self.errors)):
            yield

    async def work(self) -> None:
        error = self.errors[self.done]
        self.done += 1
        if error is not None:
            raise error


def said(script: Script, caplog: pytest.LogCaptureFixture) -> list[str]:
    with caplog.at_level(logging.INFO):
        asyncio.run(rounds(script.rings(), script.work, name="The due tick"))
    return [record.getMessage() for record in caplog.records]


def test_an_error_is_told_once_until_it_changes_or_is_mended(
    caplog: pytest.LogCaptureFixture,
) -> None:
    full, locked = StoreError("The disk is full."), StoreError("The archive is in use.")
    script = Script(full, full, locked, None, None, full)

    assert said(script, caplog) == [
        "The due tick failed and is tried again: The disk is full.",
        "The due tick failed and is tried again: The archive is in use.",
        "The due tick works again.",
        "The due tick failed and is tried again: The disk is full.",
    ]
    assert script.done == 6


def test_a_bug_does_not_end_the_rounds_and_shows_where_it_is(
    caplog: pytest.LogCaptureFixture,
) -> None:
    script = Script(KeyError("x"), None)

    assert said(script, caplog)[0] == "The due tick failed and is tried again."
    assert script.done == 2
    assert "in work" in caplog.text


def test_the_pulse_beats_only_when_a_round_went_well() -> None:
    seconds = [0.0]
    pulse = Pulse(lambda: seconds[0], within=5.0)
    seconds[0] = 10.0

    async def pulse_after(script: Script) -> str:
        await rounds(script.rings(), script.work, name="The due tick", pulse=pulse)
        return await pulse()

    assert asyncio.run(pulse_after(Script(StoreError("no")))) == "did nothing for 10 s"
    assert asyncio.run(pulse_after(Script(None))) == ""


def test_a_cancelled_round_ends_them() -> None:
    async def cancel() -> None:
        async def wait() -> None:
            await asyncio.Event().wait()

        running = asyncio.create_task(rounds(Script(None).rings(), wait, name="The due tick"))
        await asyncio.sleep(0)
        running.cancel()
        await running

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancel())
