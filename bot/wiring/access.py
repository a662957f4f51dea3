"""What the rooms of all platforms need alike: who is served, who greets, and what answers."""

import secrets
from collections.abc import Callable

from bot.app.access import Access
from bot.app.farewell import Farewell
from bot.app.hands import Hands
from bot.app.reply import Replies
from bot.app.settings import Settings
from bot.app.tongues import Tongues
from bot.app.welcome import Welcome
from bot.config.load import Config
from bot.core.greeting_pages import Offer
from bot.core.subscription import EVERY_DAY, Destination, Timing, destination_of
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.editions import Editions
from bot.store.marks import Marks
from bot.store.paces import Paces
from bot.store.relocation import Relocation
from bot.wiring.delivery import Delivery
from bot.wiring.parts import SystemClock


def access_to(
    channel: str, config: Config, database: Database, *, whole: Callable[[str], str]
) -> Access:
    """Return who decides which chats of a channel are served.

    ``whole`` returns the address of a chat without the topic or thread in it.
    """
    named = [one.to for one in config.subscriptions]
    if config.operator.destination is not None:
        named.append(config.operator.destination)
    chats = [place for place in map(destination_of, named) if place.channel == channel]
    return Access(
        everybody=config.access.mode == "open",
        # Whom the configuration writes to may answer.
        people=ids_of(channel, config.access.people) | {place.address for place in chats},
        named=frozenset(Destination(channel, whole(place.address)) for place in chats),
        chats=Chats(database),
        editions=Editions(database),
        marks=Marks(database),
        clock=SystemClock(),
        # Fits the 64 characters of a link, letters, digits, dashes and underscores only.
        secret=lambda: secrets.token_urlsafe(24),
    )


def ids_of(channel: str, people: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of those people who are known on that channel."""
    return frozenset(
        person.removeprefix(f"{channel}:") for person in people if person.startswith(f"{channel}:")
    )


def replies(delivering: Delivery, hands: Hands) -> Replies:
    """Return what sends answers; who waits has the hand that is held free for others."""
    return Replies(
        channels=delivering.channels,
        paces=Paces(delivering.database),
        clock=SystemClock(),
        counts=delivering.counts,
        sleep=hands.sleep,
    )


def welcome(
    config: Config, delivering: Delivery, access: Access, tongues: Tongues, *, offers: Replies
) -> Welcome:
    """Return who greets chats and keeps their settings while the bot is away."""
    settings, chats = delivering.settings, Chats(delivering.database)
    return Welcome(
        access=access,
        departures=chats,
        relocation=Relocation(delivering.database),
        saving=settings.saving,
        offer=_offer(config, settings),
        tongues=tongues,
        farewell=Farewell(tell=delivering.telling, offers=offers, titles=chats, tongues=tongues),
    )


def _offer(config: Config, settings: Settings) -> Offer:
    """Return what a chat is offered that has not chosen a time yet."""
    proposed = settings.scheduling.proposed.timings
    daily = tuple(Timing(timing.at, tuple(sorted(EVERY_DAY))) for timing in proposed)
    return Offer(
        beat=config.digest.title,
        timings=tuple(dict.fromkeys((*proposed, *daily))),
        zone=config.digest.zone,
        language=config.digest.language,
        languages=settings.languages,
    )
