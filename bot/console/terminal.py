"""The terminal as a channel: what the bot says is printed there."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TextIO

from bot.console.look import look_of
from bot.console.render import render
from bot.core.ask import Ask, Asker
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import destination_of

#: What the terminal is called where chats are told apart.
DESTINATION = "terminal"

#: Makes room above a prompt for as long as it is entered.
Aside = Callable[[], AbstractAsyncContextManager[None]]


def asked(text: str) -> Ask:
    """Return a text as it is asked at the terminal, where whoever types may change anything."""
    asker = Asker(admin=True, operator=True)
    return Ask(destination=destination_of(DESTINATION), text=text, asker=asker)


class Terminal:
    """Prints pages to a stream, above the prompt where there is one.

    Raises ``OSError`` when nobody reads the stream any more, or its disk is full.
    """

    def __init__(self, stream: TextIO, *, aside: Aside = nullcontext) -> None:
        """Print to that stream; its look is looked up for each page, for windows are resized."""
        self._stream = stream
        #: Makes room above a prompt; whoever prompts sets it.
        self.aside = aside

    async def send(self, page: Page) -> None:
        """Print the page and a blank line."""
        await self._print(render(page, look_of(self._stream)) + "\n")

    async def tell(self, page: Page) -> None:
        """Print the page as one of several that belong together."""
        await self._print(render(page, look_of(self._stream)))

    async def say(self, sentence: str) -> None:
        """Print one sentence; an empty one is a blank line."""
        await self.tell(Page((Paragraph((Plain(sentence),)),)))

    async def _print(self, text: str) -> None:
        async with self.aside():
            # A pipe that nobody empties must not hold up the rest.
            await asyncio.to_thread(self._write, text)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
