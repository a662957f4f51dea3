"""The ear on Telegram, between the fake Bot API and a real store."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypedDict, Unpack

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.app.access import Access
from bot.app.counts import Counts
from bot.app.reply import Replies
from bot.app.saving import Saving
from bot.app.welcome import Welcome
from bot.core.ask import Ask
from bot.core.delivery import Pace
from bot.core.greeting_pages import Offer
from bot.core.page import Page, Paragraph, Plain
from bot.core.subscription import Destination, Standing, Subscription, Timing
from bot.core.wording import English
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from bot.telegram.admins import Admins
from bot.telegram.channel import TelegramChannel
from bot.telegram.listen import Ear
from bot.telegram.room import Hook, Telegram
from bot.telegram.throttle import Throttle
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api
from tests.fakes.delivery import SetClock

#: A second of the room's waiting lasts so long in a test.
SECOND = 0.001
HOUR = 3600
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

    def request() -> HTTPXRequest:
        return HTTPXRequest(read_timeout=timeout, httpx_kwargs={"verify": False})

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

    async def settle(self) -> None:
        """Wait until the bot has heard all there is to hear."""
        await self.api.until(lambda: self.api.feed.polled and not self.api.feed.pending)


Answer = Callable[[Ask], Awaitable[Page]]


async def echo(ask: Ask) -> Page:
    return page(f"Answer to {ask.text.lstrip('/')}")


def nothing(api: FakeBotApi) -> None:
    """Leave the server as it is."""
    del api


class How(TypedDict, total=False):
    """How a scene differs from the usual one, where everybody is served and updates are fetched."""

    everybody: bool
    people: frozenset[str]
    answer: Answer
    most: int
    hook: Hook | None
    #: The server, where it outlives the bot.
    api: FakeBotApi
    #: What happens before the bot starts.
    before: Callable[[FakeBotApi], None]
    #: Whether the scene begins once the bot hears.
    started: bool


@asynccontextmanager
async def listening(**how: Unpack[How]) -> AsyncIterator[Scene]:
    """Give a bot that listens from the start of the block until its end."""
    hook = how.get("hook")
    async with AsyncExitStack() as stack:
        api = how.get("api")
        if api is None:
            api = await stack.enter_async_context(fake_bot_api())
        database = await stack.enter_async_context(open_database(None))
        how.get("before", nothing)(api)
        bot = talker(api)
        stack.push_async_callback(bot.shutdown)
        clock, words, chats = SetClock(), English(), Chats(database)
        access = Access(
            everybody=how.get("everybody", True),
            people=how.get("people", frozenset()),
            named=frozenset(),
            chats=chats,
            marks=Marks(database),
            clock=clock,
            secret=lambda: "open-sesame",
        )
        welcome = Welcome(
            access=access,
            departures=chats,
            relocation=Relocation(database),
            saving=Saving(
                subscriptions=Subscriptions(database),
                slots=Slots(database),
                clock=clock,
                language="en",
            ),
            offer=OFFER,
            words=words,
        )
        asks: list[Ask] = []

        async def answered(ask: Ask) -> Page:
            asks.append(ask)
            return await how.get("answer", echo)(ask)

        def seconds() -> float:
            return clock.now().timestamp()

        channel = TelegramChannel(bot)
        ear = Ear(
            bot=bot,
            answer=answered,
            edit=channel.edit,
            replies=Replies(
                channels={"telegram": channel},
                paces=Unlimited(),
                clock=clock,
                counts=Counts(),
            ),
            access=access,
            welcome=welcome,
            admins=Admins(bot, seconds=seconds, words=words),
            throttle=Throttle(seconds=seconds, most=how.get("most", 20)),
            contact="@boss",
            words=words,
            sleep=lambda lasting: asyncio.sleep(lasting / 10),
        )
        operator = Operator(api=api)

        async def sleep(lasting: float) -> None:
            # The long wait of the look for chats to leave is no part of a scene.
            clock.forward(timedelta(seconds=lasting if lasting < HOUR else 0))
            await asyncio.sleep(lasting * SECOND)

        room = Telegram(
            ear=ear,
            tell=operator,
            clock=clock,
            chance=lambda: 1.0,
            sleep=sleep,
            hook=hook,
        )
        scene = Scene(api, bot, database, room, access, welcome, asks, operator, clock)
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
