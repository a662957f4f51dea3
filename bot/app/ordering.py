"""What the operator orders: a slot cancelled, a chat listed or not, a chat or person forgotten."""

from dataclasses import replace

from bot.app.operator import Operation
from bot.app.records import Record, UnknownSlotError, named_record, record
from bot.core.delivery import OPEN, State
from bot.core.errors import BriefbotError
from bot.core.slot_text import NamedSlot, is_named
from bot.core.slots import Booked, Booking, next_slot
from bot.core.subscription import NOT_LISTED, Destination, Standing
from bot.core.wording import later

#: Why a slot is cancelled.
CANCELLED = later("The operator cancelled it.")

#: What the operator's own machine has; no list says who is served there.
_OWN = frozenset({"terminal", "file"})


async def find(operation: Operation, asked: int | NamedSlot) -> Record:
    """Return the slot that is named. Raises ``UnknownSlotError``."""
    if isinstance(asked, int):
        return await record(operation.records, asked)
    found = await named_record(operation.records, asked)
    if found is None:
        raise UnknownSlotError(await _unknown(operation, asked))
    return found


async def cancel(operation: Operation, asked: int | NamedSlot) -> str:
    """Cancel a slot that is open, or a chat's next one; return what was done, in a sentence.

    Raises ``BriefbotError`` when there is none of that name, or it is over.
    """
    if isinstance(asked, NamedSlot) and (said := await _cancel_next(operation, asked)):
        return said
    found = await find(operation, asked)
    series = found.series
    now = operation.clock.now()
    if series.state in OPEN:
        await operation.desk.close(series.id, State.CANCELLED, why=CANCELLED, now=now)
        found = await record(operation.records, series.id)
    if found.series.state is not State.CANCELLED or series.state not in OPEN:
        raise BriefbotError(
            f"Slot {series.id} is over ({found.series.state.value}): nothing is left to cancel."
        )
    arrived = f" {found.delivered} of {found.series.parts} parts had arrived."
    return f"Slot {series.id} is cancelled.{arrived if found.delivered else ''}"


async def allow(operation: Operation, chat: Destination, *, allowed: bool) -> str:
    """Note whether a chat is served; return what was done, in a sentence.

    One that is not gets no digest any more; once it is listed again it does. Raises
    ``BriefbotError`` for a place that no list is kept of.
    """
    if chat.channel in _OWN:
        raise BriefbotError(f"{chat} is the operator's own: it is served without being listed.")
    await operation.chats.allow(chat, allowed=allowed)
    now = operation.clock.now()
    subscription = await operation.subscriptions.of(chat)
    if subscription is not None:
        barred = subscription.standing is Standing.STOPPED and subscription.reason == NOT_LISTED
        if not allowed:
            stopped = replace(subscription, standing=Standing.STOPPED, reason=NOT_LISTED, next=None)
            await operation.subscriptions.save(stopped, now=now)
        elif barred:
            schedule = subscription.schedule
            following = None if schedule is None else next_slot(schedule, now)
            served = replace(subscription, standing=Standing.ACTIVE, reason="", next=following)
            await operation.subscriptions.save(served, now=now)
    if allowed:
        return f"{chat} is listed: the bot serves it."
    return f"{chat} is not listed any more: the bot posts nothing there."


async def forget(operation: Operation, whom: Destination | str) -> str:
    """Delete what is kept of a chat, or a person's id; return what was done, in a sentence.

    Raises ``BriefbotError`` when nothing is kept.
    """
    if isinstance(whom, Destination):
        rows = await operation.forgetting.chat(whom)
    else:
        rows = await operation.forgetting.person(whom)
    if not rows:
        raise BriefbotError(
            f"Nothing is kept of {whom}. A chat is named as briefbot subscriptions lists it, a "
            "person by the platform's id."
        )
    return f"{whom} is forgotten: {rows} {'row' if rows == 1 else 'rows'} deleted or blanked."


async def _unknown(operation: Operation, named: NamedSlot) -> str:
    """Return why there is no such slot, and what to do: it may not have come yet."""
    chat = named.destination
    subscription = await operation.subscriptions.of(chat)
    following = None if subscription is None else subscription.next
    if following is not None and (named.day, named.at) >= (following.day, following.at):
        return (
            f"{named} has not come yet. Its next slot is {following.day} {following.at:%H:%M}: "
            f"only that one can be cancelled. briefbot post --to {chat} sends a digest of now."
        )
    return (
        f"{chat} has had no slot on {named.day} at {named.at:%H:%M}. "
        f"briefbot receipts --destination {chat} lists those it had."
    )


async def _cancel_next(operation: Operation, named: NamedSlot) -> str:
    """Cancel a chat's next slot if that is meant, and say so."""
    subscription = await operation.subscriptions.of(named.destination)
    if subscription is None or subscription.schedule is None or subscription.next is None:
        return ""
    slot, now = subscription.next, operation.clock.now()
    if not is_named(slot, named):
        return ""
    # Those that have come meanwhile are not passed over: the bot books them.
    following = next_slot(subscription.schedule, slot.moment)
    cancelled = Booked(slot=slot, state=State.CANCELLED, why=CANCELLED)
    booking = Booking(subscription=subscription, slots=(cancelled,), next=following)
    await operation.slots.book([booking], now=now)
    written = await named_record(operation.records, named)
    if written is None or written.series.state is not State.CANCELLED:
        # The running bot was quicker.
        return ""
    after = "" if following is None else f" The next one is {following.day} {following.at:%H:%M}."
    return f"{named} is cancelled.{after}"
