"""Who is served: the chats that the operator lists, or all; and how one becomes the operator."""

import asyncio
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.app.declared import moves
from bot.app.ports import Clock, Editions
from bot.core.phrases import one_line
from bot.core.subscription import Destination

#: A chat is told so often, at most, that it is not served.
TOLD_EVERY = timedelta(hours=1)
#: A chat that is not served is left after so much time.
PATIENCE = timedelta(days=1)
#: Of so many chats is remembered that they were told.
_REMEMBERED = 10_000
#: So many characters of what a chat is called are kept.
_LONGEST_TITLE = 128


class Known(Protocol):
    """What is known of a chat."""

    @property
    def destination(self) -> Destination:
        """Return its address."""
        ...

    @property
    def allowed(self) -> bool | None:
        """Return whether the operator lists it; None where nobody has said."""
        ...

    @property
    def added(self) -> datetime | None:
        """Return since when the bot is there, if it is known to be."""
        ...

    @property
    def removed(self) -> datetime | None:
        """Return when the bot was removed; None while it is there."""
        ...


class Chats(Protocol):
    """Remembers chats. Every method raises ``StoreError``."""

    async def of(self, destination: Destination) -> Known | None:
        """Return what is known of the chat."""
        ...

    async def all(self) -> Sequence[Known]:
        """Return every chat."""
        ...

    async def allow(self, destination: Destination, *, allowed: bool) -> None:
        """Note whether the operator lists the chat."""
        ...

    async def added(self, destination: Destination, *, owner: str, now: datetime) -> None:
        """Note that the bot was added to the chat, and by whom."""
        ...

    async def titled(self, destination: Destination, title: str) -> None:
        """Note what the chat is called."""
        ...


class Marks(Protocol):
    """Remembers short texts by name. Every method raises ``StoreError``."""

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        ...

    async def those(self, prefix: str) -> dict[str, str]:
        """Return what is kept under the names that begin so."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        ...

    async def drop(self, key: str) -> None:
        """Forget what is kept under the name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Decides who is served. A chat is meant whole here, without topic or thread.

    Every method but ``tells`` raises ``StoreError``.
    """

    #: Whether every chat is served that the operator does not bar.
    everybody: bool
    #: The ids of people whose own chats with the bot are served.
    people: frozenset[str]
    #: The chats that the configuration names, which are served.
    named: frozenset[Destination]
    chats: Chats
    #: Whoever forges a button can name any moment, but none of a digest that was posted there.
    editions: Editions
    marks: Marks
    clock: Clock
    #: Makes a secret that nobody can guess and that can stand in a link.
    secret: Callable[[], str]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _told: dict[tuple[Destination, bool], datetime] = field(default_factory=dict)
    #: What those chats are called that are served, as it was noted last.
    _titles: dict[Destination, str] = field(default_factory=dict)

    async def admits(self, chat: Destination, *, alone: str = "") -> bool:
        """Say whether the chat is served; ``alone`` is who talks there alone with the bot."""
        served = await self._serves(chat, alone)
        if served:
            # Once it is so no more, it is told at once.
            self._told.pop((chat, False), None)
        return served

    async def _serves(self, chat: Destination, alone: str) -> bool:
        known = await self.chats.of(chat)
        if known is not None and known.allowed is not None:
            return known.allowed
        if self.everybody or chat in self.named or alone in self.people:
            return True
        if alone and alone == await self.operator(chat.channel):
            return True
        return bool(self.named) and await self._was_named(chat)

    async def admits_to_post(self, chat: Destination, place: Destination, made: datetime) -> bool:
        """Say whether the digest of that moment is read at a place in the chat, listed or not.

        It was posted there, by the operator's hand or while the chat was served; but nothing is
        read where the chat was taken off the list.
        """
        known = await self.chats.of(chat)
        if known is not None and known.allowed is False:
            return False
        return await self.editions.of(str(place), made) is not None

    async def those_served(self, chats: Sequence[Destination]) -> Sequence[Destination]:
        """Return those of the chats that are served; nobody talks alone with the bot there."""
        said = {one.destination: one.allowed for one in await self.chats.all()}
        moved = await moves(self.marks) if self.named else {}
        named = {str(one) for one in self.named}
        named |= {moved[one] for one in named if one in moved}
        return [
            chat
            for chat in chats
            if (self.everybody or str(chat) in named if said.get(chat) is None else said[chat])
        ]

    async def _was_named(self, chat: Destination) -> bool:
        """Say whether the chat has come from an address that the configuration names."""
        moved = await moves(self.marks)
        return any(moved.get(str(one)) == str(chat) for one in self.named)

    def tells(self, chat: Destination, *, link: bool = False) -> bool:
        """Say whether the chat is to be told now that it is not served, which counts as told.

        That a ``link`` makes nobody the operator is told besides.
        """
        now, of = self.clock.now(), (chat, link)
        before = self._told.get(of)
        if before is not None and abs(now - before) < TOLD_EVERY:
            return False
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told[of] = now
        return True

    async def entered(self, chat: Destination, *, by: str) -> None:
        """Note that somebody has added the bot; whom the operator adds it to is listed."""
        await self.chats.added(chat, owner=by, now=self.clock.now())
        if by and by == await self.operator(chat.channel):
            await self.chats.allow(chat, allowed=True)

    async def titled(self, chat: Destination, title: str) -> None:
        """Note what a group or channel is called, for the operator's lists; empty for nothing."""
        called = one_line(title)[:_LONGEST_TITLE]
        if called and self._titles.get(chat) != called:
            self._titles[chat] = called
            await self.chats.titled(chat, called)

    async def met(self, chat: Destination) -> None:
        """Note that the bot is in a chat that it was added to before anybody noted it."""
        known = await self.chats.of(chat)
        if known is None or known.added is None or known.removed is not None:
            await self.chats.added(chat, owner="", now=self.clock.now())

    async def unserved(self, platform: str) -> Sequence[Destination]:
        """Return the chats that the bot has been in for a day without serving them."""
        before = self.clock.now() - PATIENCE
        found = [
            known.destination
            for known in await self.chats.all()
            if known.destination.channel == platform
            and known.removed is None
            and known.added is not None
            and known.added <= before
        ]
        return [chat for chat in found if not await self.admits(chat)]

    async def operator(self, platform: str) -> str:
        """Return the id of who has claimed the bot on the platform, or nothing."""
        return await self.marks.of(operator_mark(platform)) or ""

    async def code(self, platform: str) -> str | None:
        """Return the code that makes its first user the operator; None once it was used."""
        async with self._turn:
            if await self.operator(platform):
                return None
            code = await self.marks.of(_code(platform))
            if code is None:
                code = self.secret()
                await self.marks.put(_code(platform), code)
            return code

    async def claim(self, chat: Destination, person: str, code: str) -> bool:
        """Make the person the operator if that is the code; their chat is listed then."""
        async with self._turn:
            expected = await self.marks.of(_code(chat.channel))
            if expected is None or not hmac.compare_digest(expected.encode(), _bytes(code)):
                return False
            await self.marks.put(operator_mark(chat.channel), person)
            await self.marks.drop(_code(chat.channel))
            await self.chats.allow(chat, allowed=True)
            return True


def _bytes(text: str) -> bytes:
    """Return what somebody typed as bytes, whatever it is."""
    return text.encode(errors="surrogatepass")


def _code(platform: str) -> str:
    return f"access.{platform}.code"


def operator_mark(platform: str) -> str:
    """Return the name under which is kept who has claimed the bot on the platform."""
    return f"access.{platform}.operator"
