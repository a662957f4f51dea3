"""What happens when the bot comes to a chat, goes, comes back, or the chat moves."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.app.access import Access
from bot.app.endings import Ending
from bot.app.farewell import Farewell
from bot.app.saving import Saving
from bot.app.tongues import Tongues
from bot.core.ask import Ask, Asker
from bot.core.greeting_pages import NO_LINKS, Company, Links, Offer, back_page, greeting_page
from bot.core.mendable import BLOCKED, is_removal
from bot.core.page import Page
from bot.core.schedule_words import schedule_words
from bot.core.subscription import Destination, Standing, Subscription
from bot.core.wording import Words, later

#: Why nothing is posted in a chat that the bot was removed from.
REMOVED = later("I was removed from the chat.")
#: The same where nobody can write any more.
ARCHIVED = later("The chat is archived.")
#: Whoever adds the bot by a link, or takes it back alone, asks who it is within so much time, and
#: does not know it.
_UNASKED = timedelta(minutes=1)
#: Of so many chats is remembered that the bot has just come there.
_REMEMBERED = 1000


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
class Host:
    """Who meets the bot in a chat: adds it there, or asks who it is."""

    chat: Destination
    #: The chat's name; empty where it has none.
    title: str
    company: Company
    #: The platform's id of the person; empty when not known.
    id: str
    #: The person's language, an IETF tag; empty when not told.
    language: str = ""


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
    tongues: Tongues
    farewell: Farewell
    #: When the bot has come to a chat that nobody has asked in since then.
    _come: dict[Destination, datetime] = field(default_factory=dict)

    async def entered(
        self, host: Host, *, links: Links = NO_LINKS, invited: bool = True
    ) -> Page | None:
        """Note that the bot was added; return what it says, or None where it is not served.

        What was stopped there goes on. Where nobody has invited the bot, it has let itself in to
        post: it resumes nothing, and says nothing besides. The links are those of ``greeting``.
        """
        self.farewell.back(host.chat)
        await self.access.entered(host.chat, by=host.id)
        await self.access.titled(host.chat, host.title)
        alone = host.id if host.company is Company.ALONE else ""
        if not invited or not await self.access.admits(host.chat, alone=alone):
            return None
        if len(self._come) >= _REMEMBERED:
            self._come.clear()
        self._come[host.chat] = self.saving.clock.now()
        return await self.resumed(host.chat) or await self.greeting(host, links=links)

    async def resumed(self, chat: Destination) -> Page | None:
        """Let go on what was stopped in the chat; return what is said of it, if anything was."""
        stopped = [one for one in await self._kept(chat) if one.standing is Standing.STOPPED]
        for one in stopped:
            await self._put(replace(one, standing=Standing.ACTIVE, reason=""))
        schedules = {one.destination: one.schedule for one in stopped if one.schedule is not None}
        if not schedules:
            return None
        now, words = self.saving.clock.now(), await self.tongues.words_of_chat(chat)
        schedule = schedules.get(chat) or next(iter(schedules.values()))
        return back_page(
            schedule_words(schedule, words, now), topic=chat not in schedules, words=words
        )

    async def is_set_up(self, chat: Destination) -> bool:
        """Say whether the chat, or a topic of it, has said when it gets its digest."""
        return any(one.schedule is not None for one in await self._kept(chat))

    async def left(self, chat: Destination, *, alone: bool = False) -> None:
        """Note that the bot was removed: nothing is sent there until it is back.

        The operator is told, and whoever set the digest, where one comes no more by that. What the
        bot leaves because it is not listed it leaves without a word. In a chat with one person
        ``alone``, that one has blocked it, and is not written to.
        """
        await self.departures.removed(chat, now=self.saving.clock.now())
        # What a post found to be so, and whose owner could not be told then.
        found = [one for one in await self._kept(chat) if _found_removed(one)]
        stopped = _scheduled(await self._stop(chat, BLOCKED if alone else REMOVED))
        if await self.access.admits(chat, alone=chat.address):
            await self.farewell(chat, stopped, alone=alone)
            await self.farewell.owners(chat, [*stopped, *found])

    async def ended(self, chat: Destination, ending: Ending) -> None:
        """Note that a post for the chat was refused, which ended this digest of it.

        The operator knows it, and whoever set the digest is told. Where the bot is not there any
        more, what else comes there is stopped as well, and told to whoever set any of it; unless
        the bot is back by now.
        """
        if not is_removal(ending.refused.why):
            await self.farewell.refused(chat, ending)
            return
        if (await self.saving.of(ending.of.destination)).standing is Standing.ACTIVE:
            return
        await self.departures.removed(chat, now=self.saving.clock.now())
        others = _scheduled(await self._stop(chat, ending.refused.why))
        # Where it is not served, adding it again would bring nothing back.
        if await self.access.admits(chat, alone=chat.address):
            await self.farewell.owners(chat, [ending.of, *others])

    async def archived(self, chat: Destination) -> None:
        """Note that the chat was archived: nothing is sent there until it is resumed."""
        await self._stop(chat, ARCHIVED)

    async def moved(self, old: Destination, new: Destination) -> None:
        """Follow a chat to its new address, with its topics."""
        now = self.saving.clock.now()
        for one in await self._kept(old):
            below = one.destination.address.removeprefix(old.address)
            there = Destination(new.channel, f"{new.address}{below}")
            await self.relocation.move(one.destination, there, now=now)
        await self.relocation.move(old, new, now=now)

    async def started(self, host: Host, *, links: Links = NO_LINKS) -> Page | None:
        """Return who the bot is, for somebody who asks; None where it has just come and said so."""
        come = self._come.pop(host.chat, None)
        if come is not None and abs(self.saving.clock.now() - come) < _UNASKED:
            return None
        return await self.greeting(host, links=links)

    async def greeting(self, host: Host, *, links: Links = NO_LINKS) -> Page:
        """Return who the bot is and what it offers, in the person's language.

        In a chat that has set a language it is in that one. The links add the bot to other chats.
        """
        tongues = self.tongues
        code = await tongues.of_chat(host.chat, host.language)
        # A group is answered in the operator's language until it sets one; a person in their own.
        set_there = code if host.company is Company.ALONE else await tongues.of_chat(host.chat)
        words = tongues.words(code)
        schedule, comes = await self._scheduled(host.chat, words)
        return greeting_page(
            host.title,
            replace(self.offer, language=set_there, schedule=schedule, comes=comes),
            company=host.company,
            links=links,
            words=words,
        )

    async def _scheduled(self, chat: Destination, words: Words) -> tuple[str, bool]:
        """Return when the digest comes to the chat, or to a topic of it; empty where none does.

        With it comes whether it does so, or is set in the chat itself and rests.
        """
        kept, now = _scheduled(await self._kept(chat)), self.saving.clock.now()
        active = [one for one in kept if one.standing is Standing.ACTIVE]
        rests = [one for one in kept if one.destination == chat]
        schedule = next((one.schedule for one in (*active, *rests)), None)
        said = schedule_words(schedule, words, now) if schedule else ""
        return said, bool(active) or not rests

    async def _stop(self, chat: Destination, reason: str) -> Sequence[Subscription]:
        """Stop what comes to the chat and to its topics, and return it as it was."""
        active = [one for one in await self._kept(chat) if one.standing is Standing.ACTIVE]
        for one in active:
            await self._put(replace(one, standing=Standing.STOPPED, reason=reason))
        return active

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


def _scheduled(those: Sequence[Subscription]) -> Sequence[Subscription]:
    """Return those that came by themselves."""
    return [one for one in those if one.schedule is not None]


def _found_removed(one: Subscription) -> bool:
    """Say whether it came by itself until a post found the bot removed."""
    stopped = one.schedule is not None and one.standing is Standing.STOPPED
    return stopped and is_removal(one.reason)
