"""The ear of the bot on Telegram: what is typed and pressed there is answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import assert_never

import telegram
from telegram import Update

from bot.app.access import Access
from bot.app.reply import Replies
from bot.app.welcome import Welcome
from bot.core.ask import Ask, Asker
from bot.core.errors import BriefbotError
from bot.core.greeting_pages import claimed_page, flooded_page
from bot.core.page import Page
from bot.core.replies import trouble_page
from bot.core.subscription import Destination
from bot.core.verb import Who
from bot.core.verbs import HELP, VERBS
from bot.core.wording import Words
from bot.telegram.admins import Admins
from bot.telegram.heard import Heard, Migrated, Person, Place, Pressed, Standing, Typed
from bot.telegram.hearing import command, heard
from bot.telegram.lines import Lines
from bot.telegram.members import Members
from bot.telegram.press import Press
from bot.telegram.presses import Presses
from bot.telegram.throttle import Throttle, Verdict
from bot.telegram.writing import writing

_VERBS = {verb.name: verb for verb in VERBS}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that was heard, and what is to be done with it."""

    heard: Heard
    verdict: Verdict = Verdict.ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """Hears updates and answers them."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: Never raises ``StoreError``.
    answer: Callable[[Ask], Awaitable[Page]]
    replies: Replies
    #: Puts a page in place of a message's, by its number; says whether it stands there.
    edit: Callable[[Destination, int, Page], Awaitable[bool]]
    access: Access
    welcome: Welcome
    admins: Admins
    throttle: Throttle
    #: The operator's name as people see it; empty when not known.
    contact: str
    words: Words
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def hand(self, update: Update, lines: Lines[Job]) -> None:
        """Bring an update to its chat's line; what is not for the bot is left where it is."""
        said = heard(update, self.bot.bot)
        if said is None:
            return
        if not isinstance(said, Typed | Pressed):
            await lines.put(str(said.place.chat), Job(said))
            return
        person = said.person.id or said.place.chat
        verdict = self.throttle.judge(str(person))
        if verdict is Verdict.ANSWER:
            await lines.put(str(said.place.chat), Job(said))
        elif verdict is Verdict.SAY or isinstance(said, Pressed):
            # In a line of its own: the others of the chat do not wait for it.
            await lines.put(f"flood {person}", Job(said, verdict))

    async def work(self, job: Job) -> None:
        """Do what follows from what was heard; trouble is said where it happened."""
        try:
            await self._work(job)
        except BriefbotError as error:
            log.error("An answer to %s failed. %s", job.heard.place.chat, error)  # noqa: TRY400 - the sentence says all
            if isinstance(job.heard, Typed | Pressed):
                await self._send(job.heard.place, trouble_page(str(error)))

    async def leave(self) -> None:
        """Leave the chats that were not served for a day. Raises ``StoreError``."""
        await self._members().leave()

    async def _work(self, job: Job) -> None:
        said, members = job.heard, self._members()
        match said:
            case Typed():
                if job.verdict is Verdict.ANSWER:
                    await self._typed(said)
                else:
                    await self._send(said.place, flooded_page(words=self.words))
            case Pressed():
                await self._pressed(said, job.verdict)
            case Standing():
                page = await members.stands(said)
                if page is not None:
                    await self._send(said.place, page)
            case Migrated():
                await members.migrated(said)
            case _:
                assert_never(said)

    async def _typed(self, said: Typed) -> None:
        place, started = said.place, _started(said.text)
        if started and place.alone and await self._claims(said, started):
            await self._send(place, claimed_page(link=self._link(), words=self.words))
            return
        if not await self._admits(place, said.person):
            await self._refuse(place)
            return
        if started is not None and started not in _VERBS:
            page = self.welcome.greeting(place.title, alone=place.alone, link=self._link())
            await self._send(place, page)
            return
        text = said.text if started is None else f"/{started}"
        ask = Ask(
            destination=place.destination,
            text=text,
            asker=await self._asker(said.person, place, text),
            made=said.made,
            under=str(said.under) if said.under else "",
        )
        await self._send(place, await self._answered(ask, place))

    async def _pressed(self, press: Pressed, verdict: Verdict) -> None:
        presses = Presses(
            bot=self.bot, ask=self._said, edit=self.edit, send=self._send, words=self.words
        )
        if verdict is not Verdict.ANSWER:
            await presses.notify(press, flooded_page(words=self.words).summary)
        elif not await self._admits(press.place, press.person):
            await presses.notify(press)
            await self._refuse(press.place)
        else:
            await presses.work(press)

    async def _said(self, press: Pressed, said: Press) -> tuple[Page, bool]:
        """Return the answer to what a button says, and whether an admin pressed it."""
        place = press.place
        asker = await self._asker(press.person, place, said.says)
        ask = Ask(
            destination=place.destination,
            text=said.says,
            asker=asker,
            made=said.made,
            pressed=True,
        )
        return await self._answered(ask, place), asker.admin

    async def _answered(self, ask: Ask, place: Place) -> Page:
        async with writing(self.bot, place, sleep=self.sleep):
            return await self.answer(ask)

    async def _asker(self, person: Person, place: Place, text: str) -> Asker:
        """Return who asks; Telegram is asked about them only where it makes a difference."""
        name = str(person.id) if person.id else ""
        verb = _VERBS.get((command(text) or _bare(text))[0])
        if verb is None or (verb.who is not Who.ADMINS and verb != HELP):
            return Asker(id=name, admin=place.alone or person.surely_admin)
        admin = await self.admins.admit(person, place)
        told = "" if admin or verb == HELP else await self.admins.named(place)
        return Asker(id=name, admin=admin, admins=told)

    async def _claims(self, said: Typed, code: str) -> bool:
        return await self.access.claim(said.place.whole, str(said.person.id), code)

    async def _admits(self, place: Place, person: Person) -> bool:
        return await self.access.admits(place.whole, alone=str(person.id) if place.alone else "")

    async def _refuse(self, place: Place) -> None:
        page = await self._members().refusal(place)
        if page is not None:
            await self._send(place, page)

    async def _send(self, place: Place, page: Page) -> None:
        await self.replies.send(place.destination, page)

    def _link(self) -> str:
        """Return the address that adds the bot to a group."""
        return f"https://t.me/{self.bot.username}?startgroup=true"

    def _members(self) -> Members:
        return Members(
            bot=self.bot,
            access=self.access,
            welcome=self.welcome,
            contact=self.contact,
            words=self.words,
        )


def _started(text: str) -> str | None:
    """Return what a ``/start`` carries, which may be nothing; None for other texts."""
    said = command(text)
    return said[1] if said is not None and said[0] == "start" else None


def _bare(text: str) -> tuple[str, str]:
    """Return the verb of a command without its slash."""
    name, _, rest = text.strip().partition(" ")
    return name.casefold(), rest
