"""What a session notes besides its answers: on a screen, or in the log where a machine reads."""

import logging
from typing import Protocol

from bot.console.look import Look
from bot.console.render import render
from bot.core.page import Page

_PLAIN = Look(colour=False, width=None)

log = logging.getLogger(__name__)


class Notes(Protocol):
    """Takes notes."""

    async def tell(self, page: Page) -> None:
        """Take down the page."""
        ...

    async def say(self, sentence: str) -> None:
        """Take down one sentence."""
        ...


class LoggedNotes:
    """Writes notes into the log, a record a line; what says nothing is left out."""

    async def tell(self, page: Page) -> None:
        """Log the lines of the page."""
        for line in render(page, _PLAIN).splitlines():
            await self.say(line)

    async def say(self, sentence: str) -> None:
        """Log the sentence, if it is one."""
        if said := sentence.strip():
            log.info("%s", said)
