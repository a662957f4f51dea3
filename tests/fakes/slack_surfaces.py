"""Slack's surfaces, between the fake Slack with a real Bolt, and a real store."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypedDict, Unpack

from bot.app.access import Access
from bot.app.forms import Forms
from bot.app.overview import Overviews
from bot.app.saving import Saving
from bot.app.settings import Settings
from bot.app.tongues import Tongues
from bot.core.abilities import Ability
from bot.core.ask import Ask, Asker
from bot.core.gazetteer import Gazetteer, Topic
from bot.core.subscription import Destination, Subscription
from bot.core.wording import English
from bot.slack.app import made_app
from bot.slack.client import Me, introduce, made_clients, made_session
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Moved,
    Opened,
    Person,
    Place,
    Pressed,
    Submitted,
    Typed,
    Went,
)
from bot.slack.hearing import heard
from bot.slack.reading import Body
from bot.slack.sharing import Sharing
from bot.slack.surfaces import Surfaces
from bot.slack.whereabouts import Name
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.editions import Editions
from bot.store.history import History
from bot.store.marks import Marks
from bot.store.slots import Slots
from bot.store.subscriptions import Subscriptions
from tests.fakes.chats import Chat
from tests.fakes.press import StandingClock
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.clients import by_socket
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.values import TEAM_ID

TOPICS = ("trade", "energy", "transport", "water", "AI")

log = logging.getLogger(__name__)


@dataclass
class Keepers:
    """Says who may change what."""

    slack: FakeSlack
    #: Ids of those who may change everything.
    admins: set[str] = field(default_factory=set)
    #: Whether nobody can say.
    doubted: bool = False

    async def who(self, person: Person, place: Place) -> Asker | None:
        if self.doubted:
            return None
        direct = self.slack.direct(person.id).id == place.conversation
        if person.id in self.admins or direct:
            return Asker(id=person.name, admin=True)
        return Asker(id=person.name, admins="Anna, who made this channel")


@dataclass
class Stage:
    """A bot that has nothing but surfaces."""

    slack: FakeSlack
    surfaces: Surfaces
    settings: Settings
    access: Access
    database: Database
    keepers: Keepers
    #: What was slept through, in seconds.
    slept: list[float]
    #: Whether ``open`` did, each time.
    opened: list[bool] = field(default_factory=list)
    #: While it is clear, nothing that was heard is worked on.
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _name: Name | None = None

    async def take(self, body: Body) -> bool:
        """Work on what Slack tells, each beside the others."""
        assert self._name is not None
        found = heard(body, self._name)
        task = asyncio.create_task(self._work(found))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    def meet(self, me: Me) -> None:
        self._name = Name(workspace=me.workspace, user=me.user, command="/brief")

    async def _work(self, found: object) -> None:
        await self.ready.wait()
        match found:
            case Typed() | Pressed():
                self.opened.append(await self.surfaces.open(found))
            case Opened():
                await self.surfaces.opened(found)
            case Clicked():
                await self.surfaces.clicked(found)
            case Submitted():
                await self.surfaces.submitted(found)
            case Came() | Went() | Archived() | Moved():
                await self.surfaces.stands(found)
            case _:
                log.info("Nothing for surfaces.")

    async def settles(self) -> None:
        """Wait until all that people did was heard and worked on."""
        await self.slack.until(lambda: all(act.acked for act in self.slack.acts if act.heard))
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def kept(self, channel: Channel) -> Subscription:
        return await self.settings.saving.of(at(channel))

    async def change(self, channel: Channel, **changes: object) -> Subscription:
        """Change what a channel has set, as if somebody else did."""
        changed = replace(await self.kept(channel), **changes)  # type: ignore[arg-type]  # fields by their names
        ask = Ask(destination=at(channel), text="", asker=Asker(id="other", admin=True))
        return await self.settings.saving.save(changed, ask)


def at(channel: Channel) -> Destination:
    """Return the destination that a channel is."""
    return Destination("slack", f"{TEAM_ID}/{channel.id}")


class How(TypedDict, total=False):
    """How a stage differs from the usual one, where everybody is served."""

    everybody: bool
    people: frozenset[str]
    languages: Mapping[str, str]
    topics: tuple[str, ...]
    sleep: Callable[[float], Awaitable[None]]
    #: Slack's clock, in seconds since 1970.
    clock: Callable[[], float]


@asynccontextmanager
async def setting_up(**how: Unpack[How]) -> AsyncIterator[Stage]:
    """Give a bot whose surfaces work from the start of the block until its end."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(fake_slack(clock=how.get("clock", time.time)))
        database = await stack.enter_async_context(open_database(None))
        session = await stack.enter_async_context(made_session())
        clients = made_clients(slack.settings.bot_token, url=f"{slack.url}/api/", session=session)
        me = await introduce(clients.questions)
        languages = dict(how.get("languages", {"en": "English"}))
        settings = _settings(database, languages, how.get("topics", TOPICS))
        access = Access(
            everybody=how.get("everybody", True),
            people=how.get("people", frozenset()),
            named=frozenset(),
            chats=Chats(database),
            editions=Editions(database),
            marks=Marks(database),
            clock=settings.saving.clock,
            secret=lambda: "secret",
        )
        tongues = Tongues(
            chats=settings.saving.subscriptions,
            codes=frozenset(languages),
            words=lambda _: English(),
            otherwise="en",
        )
        slept: list[float] = []

        async def sleep(seconds: float) -> None:
            slept.append(seconds)

        keepers = Keepers(slack)
        # Each look at the clock is a minute later: nothing that Slack told is remembered.
        minutes = count(0, 60)
        surfaces = Surfaces(
            posts=clients.posts,
            sharing=Sharing(clients.questions, me=lambda: me, seconds=lambda: next(minutes)),
            forms=Forms(settings=settings, tongues=tongues),
            overviews=Overviews(settings=settings, access=access, tongues=tongues),
            who=keepers.who,
            me=lambda: me,
            command="/brief",
            sleep=how.get("sleep", sleep),
        )
        stage = Stage(slack, surfaces, settings, access, database, keepers, slept)
        stage.meet(me)
        stage.ready.set()
        app = made_app(me, command="/brief", check=surfaces.check, intake=stage)
        await stack.enter_async_context(by_socket(slack, app))
        yield stage


def _settings(database: Database, languages: dict[str, str], topics: tuple[str, ...]) -> Settings:
    gazetteer = Gazetteer(topics=tuple(Topic(name=name, words=(name,)) for name in topics))
    clock = StandingClock()
    bare = Chat(clock=clock, languages=languages, gazetteer=gazetteer).settings()
    saving = Saving(
        subscriptions=Subscriptions(database), slots=Slots(database), clock=clock, language="en"
    )
    return replace(
        bare,
        saving=saving,
        scheduling=replace(bare.scheduling, saving=saving),
        topics=replace(bare.topics, saving=saving),
        missed=replace(bare.missed, history=History(database)),
        abilities={"slack": frozenset({Ability.THREADS})},
    )


def play(scene: Callable[[Stage], Awaitable[None]], **how: Unpack[How]) -> None:
    """Play a scene with a bot whose surfaces work."""

    async def whole() -> None:
        async with setting_up(**how) as stage:
            await scene(stage)
            await stage.settles()

    asyncio.run(whole())
