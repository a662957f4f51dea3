"""Answers that are timed by their verbs."""

from collections.abc import Awaitable, Callable

from bot.app.numbers import Timings
from bot.core.ask import Ask
from bot.core.page import Page
from bot.core.verbs import VERB_NAMES

#: What is asked without a verb of ours: its words are nobody's business here.
_OTHER = "other"


class Timed:
    """Answers as another does, and counts how long each verb's answers take."""

    def __init__(self, answer: Callable[[Ask], Awaitable[Page]], timings: Timings) -> None:
        """Answer that way, and count there."""
        self._answer = answer
        self._timings = timings

    async def __call__(self, ask: Ask) -> Page:
        """Return the answer."""
        with self._timings.measured(_verb(ask.text)):
            return await self._answer(ask)


def _verb(text: str) -> str:
    first = next(iter(text.split()), "").removeprefix("/").partition("@")[0].casefold()
    return first if first in VERB_NAMES else _OTHER
