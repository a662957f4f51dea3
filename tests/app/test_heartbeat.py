"""The heartbeat is silent while the bot cannot work, and tells its own trouble once."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.app.heartbeat import Heartbeat


@dataclass
class Listener:
    """Hears calls, or says why it does not; the bot is as ready as the test says."""

    answers: list[str] = field(default_factory=list)
    missing: list[tuple[str, ...]] = field(default_factory=list)
    heard: int = 0

    async def call(self) -> str:
        self.heard += 1
        return self.answers.pop(0) if self.answers else ""

    async def ready(self) -> Sequence[str]:
        return self.missing.pop(0) if self.missing else ()


def said(listener: Listener, beats: int, caplog: pytest.LogCaptureFixture) -> list[str]:
    async def go() -> None:
        heartbeat = Heartbeat(listener.call, ready=listener.ready)
        for _ in range(beats):
            await heartbeat.beat()

    with caplog.at_level(logging.INFO):
        asyncio.run(go())
    return [record.getMessage() for record in caplog.records]


def test_it_calls_and_says_nothing_while_all_is_well(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener()

    assert said(listener, 3, caplog) == []
    assert listener.heard == 3


def test_it_is_silent_while_the_bot_cannot_work(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener(missing=[("archive: full", "engine: stands"), ("archive: full",), ()])

    assert said(listener, 3, caplog) == [
        "No heartbeat is sent, for the bot cannot work: archive: full; engine: stands",
        "No heartbeat is sent, for the bot cannot work: archive: full",
        "The heartbeat is heard again.",
    ]
    assert listener.heard == 1


def test_what_hinders_it_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    down = "example.org cannot be reached."
    listener = Listener(answers=[down, down, down, "", down])

    assert said(listener, 5, caplog) == [
        f"The heartbeat is not heard: {down} It is tried again.",
        "The heartbeat is heard again.",
        f"The heartbeat is not heard: {down} It is tried again.",
    ]
