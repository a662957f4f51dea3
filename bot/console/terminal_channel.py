"""The terminal as a channel of delivery: digests are printed there when they are due."""

from bot.console.terminal import DESTINATION, Terminal
from bot.core.delivery import (
    Deferred,
    Delivered,
    Outcome,
    Pace,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.core.written import read_page, write_page

#: The name of this channel in destinations; there is one terminal, so they have no address.
CHANNEL = DESTINATION

#: A stream that cannot be written now is tried again after so many seconds.
_RETRY = 60.0


class TerminalChannel:
    """Prints pages as they are due, as wide and as coloured as the terminal is by then."""

    def __init__(self, terminal: Terminal) -> None:
        """Print there."""
        self._terminal = terminal

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return the page itself: how it looks is decided when it is printed."""
        del flat
        return (write_page(page),)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return no limits: a terminal takes all."""
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        """Print the page and a blank line."""
        if post.destination.address:
            why = f"There is one terminal: {CHANNEL!r}, not {str(post.destination)!r}."
            return Refused(why, Scope.DESTINATION)
        try:
            page = read_page(post.payload)
        except (KeyError, TypeError, ValueError) as error:
            return Refused(f"This version cannot read the page: {error}.", Scope.PART)
        try:
            await self._terminal.send(page)
        except (OSError, ValueError) as error:
            # ValueError: the stream was closed.
            return Deferred(_RETRY, Scope.ACCOUNT, f"The terminal cannot be written: {error}.")
        return Delivered("printed")

    async def find(self, post: Post) -> Outcome:
        """Say that nobody knows: what was printed cannot be looked at."""
        return Unsure(f"Part {post.part} may have been printed.")
