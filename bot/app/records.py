"""What became of slots, for the operator: every series with the receipts of its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from bot.app.operator import Operation, Records
from bot.core.delivery import LATE_FROM, OPEN, Fate, Receipt, Series
from bot.core.errors import BriefbotError
from bot.core.slot_text import NamedSlot, is_named
from bot.core.subscription import Destination

#: A slot is looked for among so many of its chat: more than two years have, at six a day.
_LOOKED_THROUGH = 5_000
#: So many open series are looked at for those that are stuck.
_OPEN = 10_000


@dataclass(frozen=True, slots=True)
class Record:
    """A series with the receipts of its parts, in their order."""

    series: Series
    receipts: Sequence[Receipt]

    @property
    def delivered(self) -> int:
        """Return how many parts are known to have arrived."""
        return sum(receipt.fate is Fate.DELIVERED for receipt in self.receipts)

    @property
    def attempts(self) -> int:
        """Return how often its parts were begun to be sent."""
        return sum(receipt.attempts for receipt in self.receipts)

    @property
    def interrupted(self) -> int:
        """Return how often one of its parts may have arrived without our knowing."""
        return sum(receipt.interrupted for receipt in self.receipts)

    @property
    def why(self) -> str:
        """Return why it is not posted, or not in full; of an open one, what its parts wait for."""
        said = (receipt.why for receipt in self.receipts if receipt.why)
        return self.series.why or next(said, "")

    def is_stuck(self, now: datetime) -> bool:
        """Say whether an open one should have been posted by now, or a part of it is half sent."""
        half = any(receipt.fate is Fate.SENDING for receipt in self.receipts)
        return half or now - self.series.due >= LATE_FROM


class UnknownSlotError(BriefbotError):
    """There is no such slot; the message says how to find the right one."""


async def known(operation: Operation, chat: Destination) -> None:
    """Raise ``UnknownSlotError`` where the bot has never heard of that chat."""
    if await operation.subscriptions.of(chat) or await operation.records.series(
        destination=chat, limit=1
    ):
        return
    names = sorted(str(each.destination) for each in await operation.subscriptions.all())
    near = get_close_matches(str(chat), names, n=1)
    meant = f"did you mean {near[0]}?" if near else "briefbot subscriptions lists those there are."
    raise UnknownSlotError(
        f"Nothing was ever posted to {chat}, and it has no subscription: {meant}"
    )


async def latest(records: Records, destination: Destination | None, *, most: int) -> list[Record]:
    """Return the last series, of one chat or of all, the latest due first."""
    found = await records.series(destination=destination, limit=most)
    return [await _with_receipts(records, each) for each in found]


async def stuck(
    records: Records, destination: Destination | None, *, now: datetime
) -> list[Record]:
    """Return the open series that should have been posted by now, the latest due first."""
    found = await records.series(destination=destination, states=OPEN, limit=_OPEN)
    known = [await _with_receipts(records, each) for each in found]
    return [each for each in known if each.is_stuck(now)]


async def record(records: Records, series: int) -> Record:
    """Return the series of that number. Raises ``UnknownSlotError``."""
    found = await records.one(series)
    if found is None:
        raise UnknownSlotError(
            f"There is no slot of the number {series}. briefbot receipts lists those there are."
        )
    return await _with_receipts(records, found)


async def named_record(records: Records, named: NamedSlot) -> Record | None:
    """Return the series of a slot, None where it has none (yet)."""
    found = await records.series(destination=named.destination, limit=_LOOKED_THROUGH)
    series = next((each for each in found if is_named(each.slot, named)), None)
    return None if series is None else await _with_receipts(records, series)


async def _with_receipts(records: Records, series: Series) -> Record:
    return Record(series, await records.receipts(series.id))
