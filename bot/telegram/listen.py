"""The ear of the bot on Telegram: what is typed and pressed there is answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import assert_never

import telegram

from bot.app import crowd
from bot.app.access import Access
from bot.app.hands import Hands
from bot.app.lately import Lately
from bot.app.lines import Lines
from bot.app.reply import Replies
from bot.app.throttle import Throttle, Verdict
from bot.app.tongues import Tongues
from bot.app.welcome import Welcome
from bot.core.again import brought_page
from bot.core.ask import Ask
from bot.core.delivery import Outcome
from bot.core.errors import BriefbotError, StoreError
from bot.core.greeting_pages import claimed_page, flooded_page
from bot.core.page import Inline, Page
from bot.core.panel import reads
from bot.core.settings_pages import unproven_page
from bot.core.subscription import Destination
from bot.core.verbs import VERB_NAMES
from bot.telegram.admins import Admins
from bot.telegram.askers import Askers
from bot.telegram.asks import Asks
from bot.telegram.buttons import Buttons
from bot.telegram.heard import Heard, Migrated, Person, Place, Pressed, Standing, Typed
from bot.telegram.hearing import command
from bot.telegram.members import Members
from bot.telegram.moves import Moves
from bot.telegram.press import read_press
from bot.telegram.presses import Presses, notify
from bot.telegram.speaking import Speaking
from bot.telegram.turns import Job, Promised, Turns, is_answered

#: The operator's link carries 32 characters: so many show that it is meant, even if cut short.
_CODE = 16

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """Hears updates and answers them."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    #: Never raises ``StoreError``.
    answer: Callable[[Ask], Awaitable[Page]]
    replies: Replies
    #: Puts a page in place of a message's, by its number.
    edit: Callable[[Destination, int, Page], Awaitable[Outcome]]
    access: Access
    welcome: Welcome
    admins: Admins
    throttle: Throttle
    buttons: Buttons
    #: Who had claimed the bot on a platform a moment ago.
    operators: Lately[str, str]
    #: The operator's name as people see it, where it is known.
    contact: Inline | None
    tongues: Tongues
    #: What answers are made with; while the replies wait they hold none.
    hands: Hands
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _moves: Moves = field(init=False, default_factory=Moves)

    async def hand(
        self, said: Heard, lines: Lines[Job], steps: crowd.Steps = crowd.UNNOTED
    ) -> None:
        """Bring what was heard to its line.

        It is done once it was worked on, whatever came of it but trouble of our own.
        """
        await self._turns.hand(said, lines, steps)

    async def work(self, job: Job) -> None:
        """Do what follows from what was heard; trouble is said where it happened."""
        said = job.heard
        if isinstance(said, Promised):
            await self._promised(said, job.verdict)
            job.steps.done()
            return
        try:
            async with job.steps.turn() as its_turn:
                if its_turn and await self._worked(said, job):
                    job.steps.done()
        finally:
            self._turns.over(said)

    async def leave(self) -> None:
        """Leave the chats that were not served for a day. Raises ``StoreError``."""
        await self._members().leave()

    async def _worked(self, said: Heard, job: Job) -> bool:
        """Work, and say whether nothing is left to do."""
        try:
            await self._work(said, job)
        except BriefbotError as error:
            log.error("An answer to %s failed. %s", said.place.chat, error)  # noqa: TRY400 - the sentence says all
            if not isinstance(said, Typed | Pressed):
                return False
            await self._speaking.trouble(said.place, said.person, error)
        return True

    async def _work(self, heard: Heard, job: Job) -> None:
        said, members = await self._followed(heard), self._members()
        match said:
            case Typed():
                await self._typed(said, self._turns.judged(said, job))
            case Pressed():
                await self._pressed(said, job)
            case Standing():
                page = await members.stands(said)
                if page is not None:
                    await self._speaking.say(said.place, page)
            case Migrated():
                await members.migrated(said)
            case _:
                assert_never(said)

    async def _promised(self, said: Promised, verdict: Verdict) -> None:
        """Answer a press whose message is on its way, or was sent just before."""
        text, press = "", said.press
        if said.again:
            # Without the archive there are no words, and the button must not spin on.
            with suppress(StoreError):
                words = await self._speaking.words(press.place, press.person)
                page = brought_page if verdict is Verdict.ANSWER else flooded_page
                text = page(words=words).summary
        await notify(self.bot, press, text)

    async def _followed(self, said: Heard) -> Heard:
        """Return what is meant for where a group has moved to while it waited, as said there."""
        new = self._moves.now(said.place.chat)
        if new == said.place.chat or not isinstance(said, Typed | Pressed):
            return said
        # The news of it waits behind.
        await self._members().migrated(Migrated(place=said.place, new=new))
        return replace(said, place=replace(said.place, chat=new, asked=0))

    async def _typed(self, said: Typed, verdict: Verdict) -> None:
        if verdict is Verdict.ANSWER:
            await self._answers(said)
        elif verdict is Verdict.SAY:
            await self._flooded(said)

    async def _flooded(self, said: Typed | Pressed) -> None:
        words = await self._speaking.words(said.place, said.person)
        await self._speaking.say(said.place, flooded_page(words=words))

    async def _answers(self, said: Typed) -> None:
        place, started, members = said.place, _started(said.text), self._members()
        if started and place.alone and await self._claims(said, started):
            words = await self._speaking.words(place, said.person)
            await self._speaking.say(place, claimed_page(links=members.links(), words=words))
            return
        if not await self._admits(place, said.person):
            link = place.alone and started is not None and len(started) >= _CODE
            await self._refuse(place, said.person, link=link)
            return
        if started is not None and started not in VERB_NAMES:
            greeting = await members.started(place, said.person)
            if greeting is not None:
                await self._speaking.say(place, greeting)
            return
        text = said.text if started is None else f"/{started}"
        asker = await self._askers().of(said.person, place, text)
        if asker is None:
            words = await self._speaking.words(place, said.person)
            await self._speaking.say(place, unproven_page(words=words))
            return
        await self._speaking.answer(place, said.person, await self._asks.typed(said, text, asker))

    async def _pressed(self, press: Pressed, job: Job) -> None:
        answered, verdict = is_answered(press, job), self._turns.judged(press, job)
        if answered and verdict is Verdict.SAY:
            await self._flooded(press)
        if answered and verdict is not Verdict.ANSWER:
            return
        words = await self._speaking.words(press.place, press.person)

        async def send(place: Place, person: Person, page: Page) -> None:
            if await self._speaking.answer(place, person, page):
                self._turns.brought(press)

        presses = Presses(
            bot=self.bot,
            who=lambda press, says, guarded: self._askers().of(
                press.person, press.place, says, guarded=guarded
            ),
            ask=self._asks.pressed,
            edit=self._edited,
            send=send,
            begin=self._turns.begin,
            shown=self._turns.shown,
            show=self._turns.show,
            words=words,
        )
        if verdict is not Verdict.ANSWER:
            await presses.notify(press, flooded_page(words=words).summary)
        elif not await self._admits(press.place, press.person) and not await self._reads(press):
            if not answered:
                await presses.notify(press)
            await self._refuse(press.place, press.person)
        else:
            await presses.work(press)

    async def _reads(self, press: Pressed) -> bool:
        """Say whether it reads a digest that was posted here, though nobody is served here."""
        said = read_press(press.data)
        if said is None or said.made is None or not reads(said.says):
            return False
        place = press.place
        return await self.access.admits_to_post(place.whole, place.destination, said.made)

    async def _edited(self, destination: Destination, message: int, page: Page) -> bool:
        return await self.replies.edit(destination, lambda: self.edit(destination, message, page))

    async def _claims(self, said: Typed, code: str) -> bool:
        chat = said.place.whole
        claimed = await self.access.claim(chat, str(said.person.id), code)
        if claimed:
            self.operators.drop(chat.channel)
        return claimed

    async def _admits(self, place: Place, person: Person) -> bool:
        alone = str(person.id) if place.alone else ""
        served = await self.access.admits(place.whole, alone=alone)
        if served and not place.alone:
            await self.access.titled(place.whole, place.title)
        return served

    async def _refuse(self, place: Place, person: Person, *, link: bool = False) -> None:
        async def refuse() -> None:
            page = await self._members().refusal(place, person, link=link)
            if page is not None:
                await self._speaking.say(place, page)

        # Whoever is served has the answers' pace before any number of strangers.
        await self.hands.aside(refuse)

    @property
    def _asks(self) -> Asks:
        return Asks(bot=self.bot, answer=self.answer, sleep=self.sleep)

    @property
    def _speaking(self) -> Speaking:
        return Speaking(self.replies, self.tongues, self.bot.username)

    @property
    def _turns(self) -> Turns:
        return Turns(self.throttle, self._moves, self.buttons)

    def _askers(self) -> Askers:
        return Askers(self.admins, self.tongues, self.access.operator, self.operators)

    def _members(self) -> Members:
        return Members(
            bot=self.bot,
            access=self.access,
            welcome=self.welcome,
            contact=self.contact,
            tongues=self.tongues,
        )


def _started(text: str) -> str | None:
    """Return what a ``/start`` carries, which may be nothing; None for other texts."""
    said = command(text)
    return said[1] if said is not None and said[0] == "start" else None
