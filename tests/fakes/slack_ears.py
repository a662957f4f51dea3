"""The ear on Slack, between the fake Slack and a real store."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypedDict, Unpack

from bot.app.access import Access
from bot.app.counts import Counts
from bot.app.farewell import Farewell
from bot.app.hands import Hands
from bot.app.outbox import Paces
from bot.app.reply import Replies
from bot.app.saving import Saving
from bot.app.throttle import Throttle
from bot.app.tongues import Tongues
from bot.app.welcome import Welcome
from bot.core.ask import Ask
from bot.core.page import Page
from bot.core.subscription import Destination, Standing, Subscription
from bot.core.wording import English, Words
from bot.slack.channel import SlackChannel
from bot.slack.client import Me, made_clients, made_session
from bot.slack.connection import Connection
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Moved,
    Opened,
    Pressed,
    Submitted,
    Typed,
    Went,
)
from bot.slack.listen import Ear
from bot.slack.people import People
from bot.slack.rates import Rates
from bot.slack.room import Slack
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.heard import HeardBefore
from bot.store.marks import Marks
from bot.store.relocation import Relocation
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import SetClock
from tests.fakes.ears import OFFER, Unlimited, echo
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID

#: A second of the room's waiting lasts so long in a test.
SECOND = 0.001
ANY_RATE = Rates(fan_out=1e9, answers=1e9, channel=1e9)
WORKSPACE = TEAM_ID


@dataclass
class Operator:
    """Keeps what the operator is told."""

    slack: FakeSlack
    told: list[str] = field(default_factory=list)

    async def tell(self, sentence: str) -> None:
        self.told.append(sentence)
        self.slack.changed()


@dataclass
class SetWindows:
    """Opens windows, or does not, as a test says."""

    slack: FakeSlack
    opens: bool = False
    heard: list[Typed | Pressed | Opened | Clicked | Submitted] = field(default_factory=list)
    #: What was too much.
    flooded_with: list[Clicked | Submitted] = field(default_factory=list)
    #: How the bot stands in channels from then on.
    stood: list[Came | Went | Archived | Moved] = field(default_factory=list)

    async def open(self, said: Typed | Pressed) -> bool:
        self._note(said)
        return self.opens

    async def opened(self, heard: Opened) -> None:
        self._note(heard)

    async def clicked(self, heard: Clicked) -> None:
        self._note(heard)

    async def submitted(self, heard: Submitted) -> None:
        self._note(heard)

    async def flooded(self, heard: Clicked | Submitted) -> None:
        self.flooded_with.append(heard)
        self.slack.changed()

    async def stands(self, change: Came | Went | Archived | Moved) -> None:
        self.stood.append(change)
        self.slack.changed()

    def check(self, heard: Submitted) -> Mapping[str, object]:
        del heard
        return {}

    def _note(self, heard: Typed | Pressed | Opened | Clicked | Submitted) -> None:
        self.heard.append(heard)
        self.slack.changed()


@dataclass
class Scene:
    """A bot that listens on Slack."""

    slack: FakeSlack
    database: Database
    ear: Ear
    access: Access
    welcome: Welcome
    asks: list[Ask]
    operator: Operator
    windows: SetWindows
    clock: SetClock
    counts: Counts

    @property
    def texts(self) -> list[str]:
        return [ask.text for ask in self.asks]

    def at(self, channel: Channel) -> Destination:
        """Return the destination that a channel is."""
        return Destination("slack", f"{WORKSPACE}/{channel.id}")

    async def becomes(self, standing: Standing, channel: Channel) -> Subscription:
        """Wait until the channel's subscription stands so, and return it."""
        for _ in range(500):
            kept = await self.welcome.saving.of(self.at(channel))
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

    async def settles(self, *, held: int = 0) -> None:
        """Wait until all that people did was heard and worked on, but in so many held lines."""
        await self.slack.until(lambda: all(act.acked for act in self.slack.acts if act.heard))
        for _ in range(500):
            await asyncio.sleep(0.03)
            names = [task.get_name() for task in asyncio.all_tasks()]
            if sum(name.startswith("line ") for name in names) <= held:
                return
        raise TimeoutError


Answer = Callable[[Ask], Awaitable[Page]]


class How(TypedDict, total=False):
    """How a scene differs from the usual one, where everybody is served."""

    everybody: bool
    people: frozenset[str]
    #: Ids of those whom the operator lists as admins.
    admins: frozenset[str]
    answer: Answer
    most: int
    rates: Rates
    paces: Paces
    languages: Mapping[str, Words]
    #: The server, where it outlives the bot.
    slack: FakeSlack
    #: The file of the store, where it outlives the bot.
    path: Path
    #: Seconds after which who waits is told that the answer comes.
    soon: float


@asynccontextmanager
async def listening(**how: Unpack[How]) -> AsyncIterator[Scene]:
    """Give a bot that listens from the start of the block until its end."""
    async with AsyncExitStack() as stack:
        slack = how.get("slack")
        if slack is None:
            slack = await stack.enter_async_context(fake_slack())
        database = await stack.enter_async_context(open_database(how.get("path")))
        session = await stack.enter_async_context(made_session())
        server = f"{slack.url}/api/"
        clients = made_clients(slack.settings.bot_token, url=server, session=session)
        clock, chats, subscriptions = SetClock(), Chats(database), Subscriptions(database)

        def seconds() -> float:
            return clock.now().timestamp()

        async def wait(lasting: float) -> None:
            clock.forward(timedelta(seconds=lasting))
            await asyncio.sleep(lasting * SECOND)

        async def rest(lasting: float) -> None:
            # What the room waits for is no part of a scene.
            await asyncio.sleep(lasting * SECOND)

        channel = SlackChannel(clients, rates=how.get("rates", ANY_RATE), seconds=seconds)
        line = Connection(clients.posts, clients.questions, session, channel, server)
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

        known: list[Me] = []
        hands, counts = Hands(sleep=wait), Counts()
        operator, windows = Operator(slack), SetWindows(slack)
        replies = Replies(
            channels={"slack": channel},
            paces=how.get("paces", Unlimited()),
            clock=clock,
            counts=counts,
            sleep=hands.sleep,
        )
        welcome = Welcome(
            access=access,
            departures=chats,
            relocation=Relocation(database),
            saving=Saving(
                subscriptions=subscriptions, slots=Slots(database), clock=clock, language="en"
            ),
            offer=OFFER,
            tongues=tongues,
            farewell=Farewell(tell=operator, offers=replies, titles=chats, tongues=tongues),
        )
        ear = Ear(
            line=line,
            me=lambda: known[0],
            answer=answered,
            replies=replies,
            access=access,
            welcome=welcome,
            people=People(
                clients.questions,
                me=lambda: known[0],
                admins=how.get("admins", frozenset()),
                operator=lambda: access.operator("slack"),
                seconds=seconds,
            ),
            surfaces=windows,
            throttle=Throttle(seconds=seconds, most=how.get("most", 20)),
            contact=None,
            tongues=tongues,
            hands=hands,
            tell=operator,
            soon=how.get("soon", 60.0),
        )
        room = Slack(
            ear=ear,
            connection=line,
            heard=HeardBefore(database, clock),
            check=windows.check,
            tell=operator,
            clock=clock,
            chance=lambda: 1.0,
            app_token=slack.settings.app_token,
            sleep=rest,
            ready=known.append,
        )
        scene = Scene(slack, database, ear, access, welcome, asks, operator, windows, clock, counts)
        running = asyncio.create_task(room.run())
        try:
            await slack.until(lambda: slack.sockets.open)
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
