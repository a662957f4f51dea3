"""How the operator names a slot: by its number, or by its chat with the local date and time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.subscription import Destination, Slot, destination_of

#: More digits than any number of ours has; the database takes no more.
_MOST_DIGITS = 18
_NAMED = re.compile(r"(.+)@(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2})")


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A slot of a chat by its local date and time."""

    destination: Destination
    day: date
    at: time

    def __str__(self) -> str:
        """Return it as the operator types it: "file:team.txt@2026-11-23 08:00"."""
        return f"{self.destination}@{self.day} {self.at:%H:%M}"


def read_slot(text: str) -> int | NamedSlot | None:
    """Return the number or the slot that a text names; None when it names neither."""
    bare = text.strip()
    if re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", bare):
        return int(bare)
    named = _NAMED.fullmatch(bare)
    if named is None:
        return None
    place, day, at = named.groups()
    try:
        moment = datetime.strptime(f"{day} {at}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - local, of the chat's zone
    except ValueError:
        return None
    return NamedSlot(destination_of(place), moment.date(), moment.time())


def is_named(slot: Slot | None, named: NamedSlot) -> bool:
    """Say whether a slot is the one that is named, to the minute."""
    return (
        slot is not None
        and slot.day == named.day
        and (slot.at.hour, slot.at.minute) == (named.at.hour, named.at.minute)
    )
