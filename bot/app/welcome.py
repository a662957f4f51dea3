"""What happens when the bot comes to a chat, goes, comes back, or the chat moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.app.access import Access
from bot.app.saving import Saving
from bot.core.ask import Ask, Asker
from bot.core.greeting_pages import Offer, back_page, greeting_page
from bot.core.page import Page
from bot.core.schedule_words import schedule_words
from bot.core.subscription import Destination, Standing, Subscription
from bot.core.wording import Words


class Departures(Protocol):
    """Remembers which chats the bot was removed from. Raises ``StoreError``."""

    async def removed(self, destination: Destination, *, now: datetime) -> None:
        """Note that the bot was removed from the chat."""
        ...


class Relocation(Protocol):
    """Follows chats that move. Raises ``StoreError``."""

    async def move(self, old: Destination, new: Destination, *, now: datetime) -> None:
        """Rewrite the address wherever it stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Greets chats and keeps their settings while the bot is away. Raises ``StoreError``.

    A chat is meant whole here: the address of a topic or thread in it begins with the chat's
    address and a slash.
    """

    access: Access
    departures: Departures
    relocation: Relocation
    saving: Saving
    offer: Offer
    words: Words

    async def entered(self, chat: Destination, *, title: str, by: str, alone: bool) -> Page | None:
        """Note that the bot was added; return what it says, or None where it is not served.

        What was stopped there goes on.
        """
        await self.access.entered(chat, by=by)
        if not await self.access.admits(chat, alone=by if alone else ""):
            return None
        return await self.resumed(chat) or self.greeting(title, alone=alone)

    async def resumed(self, chat: Destination) -> Page | None:
        """Let go on what was stopped in the chat; return what is said of it, if anything was."""
        stopped = [one for one in await self._kept(chat) if one.standing is Standing.STOPPED]
        for one in stopped:
            await self._put(replace(one, standing=Standing.ACTIVE, reason=""))
        schedules = [one.schedule for one in stopped if one.schedule is not None]
        if not schedules:
            return None
        now = self.saving.clock.now()
        return back_page(schedule_words(schedules[0], self.words, now), words=self.words)

    async def left(self, chat: Destination) -> None:
        """Note that the bot was removed: nothing is sent there until it is back."""
        await self.departures.removed(chat, now=self.saving.clock.now())
        reason = self.words.gettext("I was removed from the chat.")
        for one in await self._kept(chat):
            if one.standing is Standing.ACTIVE:
                await self._put(replace(one, standing=Standing.STOPPED, reason=reason))

    async def moved(self, old: Destination, new: Destination) -> None:
        """Follow a chat to its new address, with its topics."""
        now = self.saving.clock.now()
        for one in await self._kept(old):
            below = one.destination.address.removeprefix(old.address)
            there = Destination(new.channel, f"{new.address}{below}")
            await self.relocation.move(one.destination, there, now=now)
        await self.relocation.move(old, new, now=now)

    def greeting(self, title: str, *, alone: bool, link: str = "") -> Page:
        """Return who the bot is and what it offers; the link adds it to a group."""
        return greeting_page(title, self.offer, alone=alone, link=link, words=self.words)

    async def _kept(self, chat: Destination) -> Sequence[Subscription]:
        """Return what the chat and its topics have asked for."""
        return [
            one
            for one in await self.saving.subscriptions.all()
            if one.destination == chat or str(one.destination).startswith(f"{chat}/")
        ]

    async def _put(self, changed: Subscription) -> None:
        """Store it in the name of whose it is."""
        owner = Asker(id=changed.owner)
        await self.saving.save(changed, Ask(destination=changed.destination, text="", asker=owner))
