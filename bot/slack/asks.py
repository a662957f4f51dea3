"""What somebody typed or linked, and its answer."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app.access import Access
from bot.app.hands import Hands
from bot.core.alone_pages import (
    absent_page,
    no_link_page,
    slow_page,
    unclaimed_page,
    visitor_page,
    which_link_page,
)
from bot.core.ask import Ask
from bot.core.greeting_pages import claimed_page
from bot.core.page import Page
from bot.core.settings_commands import ADMINS_ONLY, Panel, ShowSettings
from bot.core.settings_pages import unproven_page
from bot.core.verbs import BRIEF, parse
from bot.slack.askers import Askers
from bot.slack.client import Me
from bot.slack.heard import Linked, Manner, Pressed, Typed
from bot.slack.members import Members
from bot.slack.mention import by_mention
from bot.slack.people import Presence
from bot.slack.speaking import Speaking, Spot

#: A window has to be opened within 3 seconds; so long of them may something else take before.
_HASTE = 1.0
#: What makes somebody the operator, as ``bot.slack.commands`` tells it from words.
_CLAIM = re.compile(r"/claim (?P<code>\S+)")
_START = re.compile(r"/?start", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """Answers what is typed. Every method raises ``StoreError``."""

    me: Callable[[], Me]
    #: Never raises ``StoreError``.
    ask: Callable[[Ask], Awaitable[Page]]
    access: Access
    askers: Askers
    members: Members
    speaking: Speaking
    #: Opens a window for the settings, and says whether it is open.
    window: Callable[[Typed | Pressed], Awaitable[bool]]
    hands: Hands
    #: Who sees nothing of the bot for so many seconds is told that the answer comes.
    soon: float

    async def typed(self, said: Typed, spot: Spot) -> None:
        """Answer a text."""
        place, person, text = said.place, said.person, said.text
        if claim := _CLAIM.fullmatch(text.strip()):
            claimed = await self.access.claim(place.whole, person.name, claim["code"])
            page = (claimed_page if claimed else unclaimed_page)(words=spot.words)
            await self.speaking.answer(spot, page)
        elif not await self.admits(spot):
            await self.refuse(spot, met=said.manner is Manner.MENTION)
        elif _START.fullmatch(text.strip()):
            greeting = await self.members.greeting(place, person)
            await self.speaking.answer(spot, greeting)
        elif opens_window(text) and said.trigger and await self.windowed(said, spot):
            return
        else:
            await self.answer(spot, text, under=said.under)

    async def linked(self, said: Linked, spot: Spot) -> None:
        """Answer with a brief of the message's link, or with a choice of several."""
        links = tuple(dict.fromkeys(said.links))
        if not await self.admits(spot):
            await self.refuse(spot)
        elif not links:
            await self.speaking.answer(spot, no_link_page(words=spot.words))
        elif len(links) > 1:
            await self.speaking.answer(spot, which_link_page(links, words=spot.words))
        else:
            await self.answer(spot, f"{BRIEF.slash} {links[0]}")

    async def answer(self, spot: Spot, text: str, *, under: str = "") -> None:
        """Answer a text where it was asked; who may not change something is told who may."""
        place, person = spot.place, spot.corner.person
        guarded = isinstance(parse(text), ADMINS_ONLY)
        if (guarded or opens_window(text)) and await self.is_absent(spot):
            await self.speaking.answer(spot, self.absent(spot))
            return
        asker = await self.askers.of(person, place, text)
        if asker is None:
            await self.speaking.answer(spot, unproven_page(words=spot.words))
            return
        if guarded and not asker.admin and place.is_direct:
            # Alone with the bot, only a guest may not.
            await self.speaking.answer(spot, visitor_page(words=spot.words))
            return
        ask = Ask(
            destination=place.whole,
            text=text,
            asker=asker,
            under=under,
            language=await self.askers.language(person, place),
            private=spot.alone,
        )
        await self.speaking.answer(spot, await self.asked(spot, ask), asked=text)

    async def asked(self, spot: Spot, ask: Ask) -> Page:
        """Return the answer; who asks alone, and waits for long, is told that it comes.

        In a thread it says what can be typed there.
        """
        made = asyncio.ensure_future(self.ask(ask))
        try:
            done, _ = await asyncio.wait({made}, timeout=self.soon)
            if not done and spot.alone:
                await self.speaking.answer(spot, slow_page(words=spot.words))
            page = await made
            return page if spot.place.thread is None else by_mention(page, self.me().name)
        finally:
            made.cancel()

    async def admits(self, spot: Spot) -> bool:
        """Say whether the conversation is served, or the person who is alone with the bot there."""
        place, person = spot.place, spot.corner.person
        own = place.is_direct and not spot.alone
        served = await self.access.admits(place.whole, alone=person.name if own else "")
        if served and place.title:
            await self.access.titled(place.whole, f"#{place.title}")
        return served

    async def refuse(self, spot: Spot, *, met: bool = False) -> None:
        """Say that the conversation is not served; to all there only once in a while."""
        place = spot.place
        if met:
            await self.access.met(place.whole)
        if not spot.alone and not self.access.tells(place.whole):
            return
        page = self.members.unlisted(place, spot.words)
        # Whoever is served has the answers' pace before any number of strangers.
        await self.hands.aside(lambda: self.speaking.answer(spot, page))

    async def is_absent(self, spot: Spot) -> bool:
        """Say whether the bot is surely not in the conversation."""
        if not spot.alone:
            return False
        presence = await self.askers.people.presence(spot.corner.person, spot.place)
        return presence is Presence.OUTSIDE

    def absent(self, spot: Spot) -> Page:
        """Return that the bot is not in the conversation, and how it gets there."""
        name = f"@{self.me().name}"
        return absent_page(name, direct=spot.place.is_direct, words=spot.words)

    async def windowed(self, said: Typed | Pressed, spot: Spot) -> bool:
        """Open a window for the settings, unless the bot is not there; say whether it is open."""
        try:
            async with asyncio.timeout(_HASTE):
                absent = await self.is_absent(spot)
        except TimeoutError:
            absent = False
        return not absent and await self.window(said)


def opens_window(text: str) -> bool:
    """Say whether a text asks for all settings, which have a window where one can be opened."""
    asked = parse(text)
    return isinstance(asked, ShowSettings) and asked.panel is Panel.ALL
