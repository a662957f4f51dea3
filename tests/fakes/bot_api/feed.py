"""The updates that wait for the bot, and who may fetch them."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.fakes.bot_api.errors import ApiError, conflict
from tests.fakes.bot_api.values import Json

_KINDS: Final = frozenset(
    json.loads(Path(__file__).with_name("parameters.json").read_text("utf-8"))["updates"]
)
#: Not sent unless they are asked for.
_BY_CHOICE: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_RIVAL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
#: Seconds; the server waits no longer than this.
LONGEST_POLL = 50


class Feed:
    """A queue of updates, with one poller at a time."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.pending: list[Json] = []
        self.allowed = _KINDS - _BY_CHOICE
        self.webhook = False
        #: Whether somebody else fetches with the same token.
        self.rival = False
        #: How many times updates were fetched, and the longest wait that was asked for.
        self.polls = 0
        self.longest = 0
        self._last = 1000
        self._changed = changed
        self._poller: asyncio.Future[ApiError | None] | None = None

    @property
    def polled(self) -> bool:
        """Whether a poller waits now."""
        return self._poller is not None

    def add(self, update: Json) -> bool:
        """Queue an update; tell whether the bot wants that kind of update."""
        if not self.allowed & update.keys() and update.keys() & _KINDS:
            return False
        self._last += 1
        self.pending.append({"update_id": self._last, **update})
        self._end_poll(None)
        self._changed()
        return True

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds to send from now on: None changes nothing, [] means most."""
        if kinds is not None:
            self.allowed = (_KINDS & set(kinds)) or (_KINDS - _BY_CHOICE)

    async def poll(
        self, offset: int, limit: int, seconds: int, kinds: list[str] | None
    ) -> list[Json]:
        """Return the updates from this offset on, once there are any or the wait is over."""
        if self.webhook:
            raise conflict(_WEBHOOK)
        self._end_poll(conflict(_RIVAL))
        self.polls += 1
        self.longest = max(self.longest, seconds)
        self.allow(kinds)
        self._confirm(offset)
        if self.rival:
            raise conflict(_RIVAL)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return self.pending[:limit]

    def meet_rival(self) -> None:
        """End the poll, and each one from now on: another bot fetches with the same token."""
        self.rival = True
        self._end_poll(conflict(_RIVAL))

    def hook(self, *, on: bool) -> None:
        """Send updates to a webhook from now on, or stop doing so."""
        self.webhook = on
        if on:
            self._end_poll(conflict("terminated by setWebhook request"))

    def end(self) -> None:
        """Let the poller go, empty-handed."""
        self._end_poll(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = list(_left(self.pending, offset))
        self._changed()

    def _end_poll(self, error: ApiError | None) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(error)

    async def _wait(self, seconds: float) -> None:
        poller: asyncio.Future[ApiError | None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self._changed()
        try:
            error = await asyncio.wait_for(poller, seconds)
        except TimeoutError:
            error = None
        finally:
            if self._poller is poller:
                self._poller = None
        if error is not None:
            raise error


def _left(updates: Sequence[Json], offset: int) -> Iterator[Json]:
    """Yield what is not confirmed; an update whose number is none goes with the next that has one.

    A test may give any number.
    """
    numbers = [one["update_id"] for one in updates]
    before = [isinstance(number, int) and number < offset for number in numbers]
    for at, (number, update) in enumerate(zip(numbers, updates, strict=True)):
        if not (before[at] if isinstance(number, int) else any(before[at:])):
            yield update
