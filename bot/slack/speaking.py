"""Where an answer goes: to who asked alone, or to all who read the conversation."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app.reply import Arrival, Replies
from bot.app.saving import Saving
from bot.core.alone_pages import barred_page, unseen_page, with_show_button
from bot.core.misuse import Misuse
from bot.core.page import Page
from bot.core.panel import readable
from bot.core.settings_commands import SettingsCommand
from bot.core.verbs import parse
from bot.core.wording import Words
from bot.slack.ephemeral import Corner, Ephemeral
from bot.slack.heard import Person, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where somebody is answered."""

    corner: Corner
    #: Whether the person alone sees the answer, where others read as well.
    alone: bool
    #: In the language of the place.
    words: Words

    @property
    def place(self) -> Place:
        """Return where it was asked."""
        return self.corner.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Brings answers to where they belong. Raises ``StoreError`` for public ones."""

    ephemeral: Ephemeral
    replies: Replies
    saving: Saving
    #: Says whether a person may change the settings of a place; None where nobody can.
    may: Callable[[Person, Place], Awaitable[bool | None]]

    async def answer(self, spot: Spot, page: Page, *, asked: str = "") -> None:
        """Bring the page there; what was asked can then be shown to all, where that makes sense.

        Who reads it alone and may change nothing is offered nothing to change.
        """
        if spot.alone or spot.place.is_direct:
            page = await self._offered(spot, page)
        if spot.alone:
            private = page.alone or page.document is not None or spot.place.is_direct
            shows = not private and is_showable(asked)
            shown = with_show_button(page, asked, words=spot.words) if shows else page
            await self.ephemeral.say(spot.corner, shown, words=spot.words)
        elif not page.alone or spot.place.is_direct:
            arrival = await self.publish(spot.place, page)
            if arrival is Arrival.NOTHING and not spot.place.is_direct:
                await self.ephemeral.say(
                    spot.corner, barred_page(words=spot.words), words=spot.words
                )
        elif not await self.ephemeral.say(spot.corner, page, words=spot.words):
            await self.publish(spot.place, unseen_page(words=spot.words))

    async def _offered(self, spot: Spot, page: Page) -> Page:
        """Return the page with what the person may press; Slack is asked where that differs."""
        read = readable(page)
        if read == page:
            return page
        return read if await self.may(spot.corner.person, spot.place) is False else page

    async def publish(self, place: Place, page: Page) -> Arrival:
        """Bring the page to all who read there, and say how much of it is there.

        In a thread it has no thread of its own, nor alone with a person, who waits for all of it.
        """
        whole = place.is_direct or place.thread is not None
        flat = whole or (await self.saving.of(place.whole)).flat
        return await self.replies.bring(place.destination, page, flat=flat)


def is_showable(asked: str) -> bool:
    """Say whether the answer to a text may be shown to all: no settings, and no mistake."""
    return bool(asked) and not isinstance(parse(asked), SettingsCommand | Misuse)
