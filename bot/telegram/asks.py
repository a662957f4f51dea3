"""What is typed and pressed, put to the bot as a question."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import telegram

from bot.core.ask import Ask, Asker
from bot.core.page import Page
from bot.telegram.address import Address
from bot.telegram.askers import own_language
from bot.telegram.heard import Place, Pressed, Typed
from bot.telegram.press import Press
from bot.telegram.writing import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """Puts questions, and shows in the chat that an answer is being written."""

    #: Its repr holds the token.
    bot: telegram.Bot = field(repr=False)
    answer: Callable[[Ask], Awaitable[Page]]
    sleep: Callable[[float], Awaitable[None]]

    async def typed(self, said: Typed, text: str, asker: Asker) -> Page:
        """Return the answer to the text, where somebody typed something that says it."""
        place = said.place
        ask = Ask(
            destination=place.destination,
            text=text,
            asker=asker,
            made=said.made,
            under=str(said.under) if said.under else "",
            posted=Address(said.channel).destination if said.channel else None,
            language=own_language(said.person, place),
            me=self._me(place),
        )
        return await self._answered(ask, place)

    async def pressed(self, press: Pressed, said: Press, asker: Asker) -> Page:
        """Return the answer to what a button says."""
        place = press.place
        ask = Ask(
            destination=place.destination,
            text=said.says,
            asker=asker,
            made=said.made,
            language=own_language(press.person, place),
            me=self._me(place),
            pressed=True,
        )
        return await self._answered(ask, place)

    def _me(self, place: Place) -> str:
        return "" if place.alone else f"@{self.bot.username}"

    async def _answered(self, ask: Ask, place: Place) -> Page:
        async with writing(self.bot, place, sleep=self.sleep):
            return await self.answer(ask)
