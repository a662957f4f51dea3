"""The ear on Telegram, between the fake Bot API and a real store."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypedDict, Unpack

from telegram import Bot

from bot.app.access import Access
from bot.app.counts import Counts
from bot.app.farewell import Farewell
from bot.app.hands import Hands
from bot.app.lately import Lately
from bot.app.reply import Replies
from bot.app.saving import Saving
from bot.app.throttle import Throttle
from bot.app.tongues import Tongues
from bot.app.welcome import Welcome
from bot.core.ask import Ask
from bot.core.delivery import Pace
from bot.core.greeting_pages import Offer
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination, Standing, Subscription, Timing
from bot.core.wording import English, Words
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.heard import HeardBefore
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.telegram.address import contact_of
from bot.telegram.admins import Admins
from bot.telegram.buttons import Buttons
from bot.telegram.channel import TelegramChannel
from bot.telegram.listen import Ear
from bot.telegram.rates import Rates
from bot.telegram.request import Request
from bot.telegram.room import Hook, Telegram
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.delivery import MemoryPaces, SetClock

#: A second of the room's waiting lasts so long in a test.
SECOND = 0.001
#: Who waits so long, in seconds, or longer only looks from time to time whether all is well.
LOOK = 300
ANY_RATE = Rates(fan_out=1e9, answers=1e9, chat=1e9, group=10**9)
WEEKDAYS = (0, 1, 2, 3, 4)
OFFER = Offer(
    beat="SCO",
    timings=(Timing(time(8), WEEKDAYS), Timing(time(8))),
    zone="Asia/Almaty",
    language="en",
    languages={"en": "English", "ru": "русский"},
)


def page(said: str) -> Page:
    return Page((Paragraph((Plain(said),)),), said)


def talker(api: FakeBotApi, *, token: str = "", timeout: float = 0.5) -> Bot:
    """Return a bot that has not spoken to the server yet."""

    def request() -> Request:
        return Request(connections=64, silence=timeout)

    return Bot(
        token or api.token,
        base_url=f"{api.url}/bot",
        request=request(),
        get_updates_request=request(),
    )


class Unlimited:
    """Has room for every answer."""

    async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
        del paces, now
        return None

    async def hold(self, name: str, *, until: datetime) -> None:
        del name, until


@dataclass
class Operator:
    """Keeps what the operator is told."""

    told: list[str] = field(default_factory=list)
    api: FakeBotApi | None = None

    async def tell(self, sentence: str) -> None:
        self.told.append(sentence)
        if self.api is not None:
            self.api.changed()


@dataclass
class Scene:
    """A bot that listens."""

    api: FakeBotApi
    bot: Bot
    database: Database
    room: Telegram
    access: Access
    welcome: Welcome
    asks: list[Ask]
    operator: Operator
    clock: SetClock
    #: Until it is set, no answer that has to wait for room goes on.
    patience: asyncio.Event

    @property
    def texts(self) -> list[str]:
        return [ask.text for ask in self.asks]

    async def becomes(self, standing: Standing, destination: Destination) -> Subscription:
        """Wait until the chat's subscription stands so, and return it."""
        for _ in range(500):
            kept = await self.welcome.saving.of(destination)
            if kept.standing is standing:
                return kept
            await asyncio.sleep(0.01)
        raise TimeoutError

    async def asked(self, times: int) -> None:
        """Wait until so much was asked, answered or not."""
        for _ in range(500):
            if len(self.asks) >= times:
                return
            await asyncio.sleep(0.01)
        raise TimeoutError

    async def settle(self) -> None:
        """Wait until the bot has heard all there is to hear."""
        await self.api.until(lambda: self.api.feed.polled and not self.api.feed.pending)


Answer = Callable[[Ask], Awaitable[Page]]


async def echo(ask: Ask) -> Page:
    return page(f"Answer to {ask.text.lstrip('/')}")


def nothing(api: FakeBotApi) -> None:
    """Leave the server as it is."""
    del api


def knows_anna(api: FakeBotApi) -> None:
    """Let there be one person, number 1001."""
    api.person("Anna")


class How(TypedDict, total=False):
    """How a scene differs from the usual one, where everybody is served and updates are fetched."""

    everybody: bool
    people: frozenset[str]
    answer: Answer
    most: int
    rates: Rates
    at_once: int
    hook: Hook | None
    #: The languages that it speaks besides English.
    languages: Mapping[str, Words]
    #: The server, where it outlives the bot.
    api: FakeBotApi
    #: What happens before the bot starts.
    before: Callable[[FakeBotApi], None]
    #: Whether the scene begins once the bot hears.
    started: bool
    #: The file of the store, where it outlives the bot.
    path: Path


@asynccontextmanager
async def listening(**how: Unpack[How]) -> AsyncIterator[Scene]:
    """Give a bot that listens from the start of the block until its end."""
    hook = how.get("hook")
    async with AsyncExitStack() as stack:
        api = how.get("api")
        if api is None:
            api = await stack.enter_async_context(fake_bot_api())
        database = await stack.enter_async_context(open_database(how.get("path")))
        how.get("before", nothing)(api)
        bot = talker(api)
        stack.push_async_callback(bot.shutdown)
        clock, chats, subscriptions = SetClock(), Chats(database), Subscriptions(database)
        tongues = Tongues(
            chats=subscriptions,
            codes=("en", *how.get("languages", {})),
            words=lambda code: how.get("languages", {}).get(code, English()),
            otherwise="en",
        )
        access = Access(
            everybody=how.get("everybody", True),
            people=how.get("people", frozenset()),
            named=frozenset(),
            chats=chats,
            editions=Editions(database),
            marks=Marks(database),
            clock=clock,
            secret=lambda: "open-sesame-open-sesame-1234",
        )
        asks: list[Ask] = []

        async def answered(ask: Ask) -> Page:
            asks.append(ask)
            return await how.get("answer", echo)(ask)

        def seconds() -> float:
            return clock.now().timestamp()

        patience = asyncio.Event()

        async def wait(lasting: float) -> None:
            await patience.wait()
            await sleep(lasting)

        hands = Hands(how.get("at_once", 32), sleep=wait)
        channel = TelegramChannel(bot, rates=how.get("rates", ANY_RATE), seconds=seconds)
        replies = Replies(
            channels={"telegram": channel},
            paces=MemoryPaces() if "rates" in how else Unlimited(),
            clock=clock,
            counts=Counts(),
            sleep=hands.sleep,
        )
        operator = Operator(api=api)
        welcome = Welcome(
            access=access,
            departures=chats,
            relocation=Relocation(database),
            saving=Saving(
                subscriptions=subscriptions,
                slots=Slots(database),
                clock=clock,
                language="en",
            ),
            offer=OFFER,
            tongues=tongues,
            farewell=Farewell(tell=operator, offers=replies, titles=chats, tongues=tongues),
        )
        ear = Ear(
            bot=bot,
            answer=answered,
            edit=channel.edit,
            replies=replies,
            hands=hands,
            access=access,
            welcome=welcome,
            admins=Admins(bot, seconds=seconds),
            throttle=Throttle(seconds=seconds, most=how.get("most", 20)),
            buttons=Buttons(seconds),
            operators=Lately(seconds),
            contact=contact_of("@boss"),
            tongues=tongues,
            sleep=lambda lasting: asyncio.sleep(lasting / 10),
        )

        async def sleep(lasting: float) -> None:
            # Such looks are no part of a scene.
            clock.forward(timedelta(seconds=lasting if lasting < LOOK else 0))
            await asyncio.sleep(lasting * SECOND)

        room = Telegram(
            ear=ear,
            heard=HeardBefore(database, clock, room="telegram"),
            tell=operator,
            clock=clock,
            chance=lambda: 1.0,
            sleep=sleep,
            hook=hook,
        )
        scene = Scene(api, bot, database, room, access, welcome, asks, operator, clock, patience)
        running = asyncio.create_task(room.run())
        try:
            if how.get("started", True) and hook is None:
                await api.until(lambda: api.feed.polled)
            yield scene
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


def play(scene: Callable[[Scene], Awaitable[None]], **how: Unpack[How]) -> None:
    """Play a scene with a bot that listens."""

    async def whole() -> None:
        async with listening(**how) as made:
            await scene(made)

    asyncio.run(whole())
