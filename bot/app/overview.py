"""A person's chats in one place: what is set in each, and what became of the last digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.app.access import Access
from bot.app.saving import zone_of
from bot.app.settings import Settings
from bot.app.tongues import Tongues
from bot.core.delivery import Kind, Series
from bot.core.home_pages import home_page, overview_page
from bot.core.page import Page
from bot.core.subscription import Destination, Subscription
from bot.core.wording import Words

#: So many chats are shown at once.
SHOWN = 10
#: So many digests of each are told, and so many posts of it are looked through for them.
_LAST, _LOOKED_THROUGH = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """The chats that a person is in."""

    #: The person's id, and the chat with the bot alone; None where that is not known.
    person: str
    own: Destination | None
    #: The others that the bot is in, each with its name.
    shared: Mapping[Destination, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What one chat has set, and what became of its last digests."""

    chat: Destination
    #: Its name; empty for the chat with the bot alone.
    title: str
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Some of a person's chats."""

    head: Page
    overviews: tuple[Overview, ...]
    #: Which of so many pages it is, from 1.
    number: int
    pages: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Overviews:
    """Shows people their chats. Every method raises ``StoreError``."""

    settings: Settings
    access: Access
    tongues: Tongues

    async def home(self, mine: Mine, *, number: int, invite: str) -> Home:
        """Return the person's chats that are served, those first that get a digest.

        The number is of the page, the last one at most; ``invite`` is typed to add the bot.
        """
        words = await self.words(mine)
        kept = {one.destination: one for one in await self.settings.saving.subscriptions.all()}
        served = await self.served(mine)
        scheduled = {chat for chat in served if (one := kept.get(chat)) and one.schedule}
        ordered = sorted(
            served,
            key=lambda chat: (
                chat != mine.own,
                chat not in scheduled,
                mine.shared.get(chat, "").casefold(),
                chat,
            ),
        )
        shared = len(set(served) - {mine.own})
        pages = max(1, -(-len(ordered) // SHOWN))
        here = min(max(1, number), pages)
        shown = ordered[(here - 1) * SHOWN : here * SHOWN]
        return Home(
            head=home_page(shared, len(mine.shared) - shared, invite, words=words),
            overviews=tuple([await self._overview(chat, mine, kept, words) for chat in shown]),
            number=here,
            pages=pages,
            words=words,
        )

    async def served(self, mine: Mine) -> Sequence[Destination]:
        """Return the person's chats that are served."""
        shared = await self.access.those_served(list(mine.shared))
        if mine.own is None or not await self.access.admits(mine.own, alone=mine.person):
            return shared
        return [mine.own, *shared]

    async def words(self, mine: Mine) -> Words:
        """Return the words of the language that the person has set for themselves."""
        if mine.own is None:
            return self.tongues.words(self.tongues.otherwise)
        return await self.tongues.words_of_chat(mine.own)

    async def _overview(
        self, chat: Destination, mine: Mine, kept: Mapping[Destination, Subscription], words: Words
    ) -> Overview:
        subscription = kept.get(chat) or await self.settings.saving.of(chat)
        missed = self.settings.missed
        page = overview_page(
            subscription,
            await self._last(chat),
            now=missed.clock.now(),
            zone=zone_of(subscription, missed.zone),
            words=words,
        )
        return Overview(chat=chat, title=mine.shared.get(chat, ""), page=page)

    async def _last(self, chat: Destination) -> Sequence[Series]:
        history = self.settings.missed.history
        found = await history.series(destination=chat, limit=_LOOKED_THROUGH)
        return [one for one in found if one.kind is Kind.DIGEST][:_LAST]
