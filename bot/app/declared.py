"""Subscriptions that the operator's file declares, made into rows like any other."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.app.saving import Saving
from bot.core.ask import Ask, Asker
from bot.core.errors import ZoneError
from bot.core.subscription import Destination, Standing, Subscription, destination_of

#: What was declared is remembered under this name and the destination.
_MARK = "declared."
#: Where a chat has moved to is remembered under this name and its old destination.
_MOVED = "moved."

log = logging.getLogger(__name__)


class Marks(Protocol):
    """Remembers short texts by name. Every method raises ``StoreError``."""

    async def those(self, prefix: str) -> dict[str, str]:
        """Return what is kept under the names that begin so."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        ...

    async def drop(self, key: str) -> None:
        """Forget what is kept under the name."""
        ...


def mark_of(destination: str) -> str:
    """Return the name under which is kept what was declared of a destination."""
    return f"{_MARK}{destination}"


def moved_mark_of(destination: str) -> str:
    """Return the name under which is kept where the chat of a destination has moved to."""
    return f"{_MOVED}{destination}"


async def moves(marks: Marks) -> dict[str, str]:
    """Return where chats are that have moved, by where they were. Raises ``StoreError``."""
    kept = await marks.those(_MOVED)
    return {key.removeprefix(_MOVED): new for key, new in kept.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaring:
    """Brings the rows in step with the file. Raises ``StoreError``.

    What a chat's admins changed stays until the file says something new of that chat. One that
    has moved since is meant by its old address, too.
    """

    saving: Saving
    marks: Marks

    async def declare(self, wanted: Sequence[Subscription]) -> None:
        """Write what the file says anew, and unschedule what it says no more."""
        known = await self.marks.those(_MARK)
        for each in _followed(wanted, await moves(self.marks)):
            key, said = mark_of(str(each.destination)), _said(each)
            if known.pop(key, None) != said and await self._write(each):
                await self.marks.put(key, said)
        for key in known:
            await self._withdraw(destination_of(key.removeprefix(_MARK)))
            await self.marks.drop(key)

    async def _write(self, wanted: Subscription) -> bool:
        """Store what the file says of a chat; say whether that could be."""
        there = await self.saving.of(wanted.destination)
        declared = replace(wanted, id=there.id, standing=Standing.ACTIVE, declared=True)
        try:
            await self.saving.save(declared, _ask(wanted.destination))
        except ZoneError as error:
            place = there.destination
            log.warning("%s is not subscribed as the configuration declares. %s", place, error)
            return False
        log.info("%s is subscribed as the configuration declares.", wanted.destination)
        return True

    async def _withdraw(self, destination: Destination) -> None:
        there = await self.saving.of(destination)
        if not there.declared:
            return
        bare = replace(there, schedule=None, declared=False)
        await self.saving.save(bare, _ask(destination))
        log.info("%s left the configuration: nothing is posted there by itself.", destination)


def _followed(wanted: Sequence[Subscription], moved: Mapping[str, str]) -> Sequence[Subscription]:
    """Return what is wanted, for the chats' present addresses; none is meant twice."""
    found = {each.destination: each for each in wanted}
    for each in wanted:
        new = moved.get(str(each.destination))
        if new is not None:
            log.warning("%s is %s now: name it so in the configuration.", each.destination, new)
            del found[each.destination]
            destination = destination_of(new)
            found.setdefault(destination, replace(each, destination=destination))
    return tuple(found.values())


def _said(wanted: Subscription) -> str:
    """Return what the file says of a chat, as a text that changes when it does, and only then."""
    schedule = wanted.schedule
    timings = schedule.timings if schedule else ()
    return json.dumps(
        {
            "timings": [[f"{timing.at:%H:%M}", timing.days] for timing in timings],
            "zone": schedule.zone if schedule else "",
            "topics": wanted.topics,
            "length": wanted.length.value,
            "language": wanted.language,
            "silent": wanted.silent,
            "quiet": wanted.quiet.value,
            "grace": wanted.grace.total_seconds(),
            # Only where it is said: what was declared before it could be said stays the same.
            **({"flat": True} if wanted.flat else {}),
        }
    )


def _ask(destination: Destination) -> Ask:
    return Ask(destination=destination, text="", asker=Asker(admin=True))
