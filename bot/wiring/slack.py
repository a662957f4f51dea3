"""Slack put together: what hears there, and what is asked of it by the configuration."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.app.access import Access
from bot.app.endings import Ending
from bot.app.forms import Forms
from bot.app.hands import Hands
from bot.app.identity import recognise
from bot.app.overview import Overviews
from bot.app.throttle import Throttle
from bot.app.tongues import Tongues
from bot.catalogue import words as words_of
from bot.config.load import Config
from bot.core.ask import Ask
from bot.core.errors import ConfigError
from bot.core.introduction import arrival_page
from bot.core.page import Page, Plain
from bot.core.subscription import Destination
from bot.core.wording import Words
from bot.slack.address import CHANNEL
from bot.slack.askers import Askers
from bot.slack.client import Me, TokenError, UnreachableError, introduce
from bot.slack.connection import Connection
from bot.slack.inspection import secret_fault
from bot.slack.jobs import Job
from bot.slack.listen import Ear
from bot.slack.people import People
from bot.slack.room import Slack
from bot.slack.sharing import Sharing
from bot.slack.surfaces import Surfaces
from bot.store.database import Database
from bot.store.heard import HeardBefore
from bot.store.marks import Marks
from bot.wiring.access import access_to, ids_of, replies, welcome
from bot.wiring.acquaintance import Acquaintance
from bot.wiring.delivery import Delivery
from bot.wiring.parts import SystemClock
from bot.wiring.slack_line import secret

#: So long, in seconds, does the start wait to learn whose token it is.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What goes on in Slack for as long as the bot is on duty."""

    slack: Slack[Job]
    access: Access
    database: Database
    #: Whether the database is taken over from another bot.
    adopt: bool
    #: What Slack's command is called.
    command: str
    #: Whether Slack calls the bot, which must be served then.
    hooked: bool
    #: Shows a page to who runs the bot.
    show: Callable[[Page], Awaitable[None]]
    words: Words
    known: Acquaintance
    #: Tells whoever set a digest of a conversation that takes no posts any more.
    ended: Callable[[Ending], Awaitable[None]]
    #: What a destination calls it.
    channel: str = CHANNEL

    async def arrive(self) -> None:
        """Say by which name Slack knows the bot, and how it is claimed.

        Raises ``StrangerError`` when the database belongs to another bot.
        """
        me = await self.known.wait()
        await recognise(Marks(self.database), CHANNEL, _id(me), adopt=self.adopt)
        code = await self.access.code(CHANNEL)
        claim = None if code is None else f"{self.command} claim {code}"
        await self.show(arrival_page("Slack", f"@{me.name}", claim, typed=True, words=self.words))


async def recognised(line: Connection, database: Database, *, adopt: bool) -> None:
    """Remember which bot the database belongs to, if Slack says soon whose token it is.

    Raises ``StrangerError`` when that is another one, unless it is to be adopted. Where Slack gives
    no answer, the room asks on, and ``Room.arrive`` looks again.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            me = await introduce(line.questions)
    except (TokenError, UnreachableError, TimeoutError):
        # The room meets the same, and tells the operator.
        return
    await recognise(Marks(database), CHANNEL, _id(me), adopt=adopt)


def room(  # noqa: PLR0913 - what it is put together from
    config: Config,
    delivering: Delivery,
    line: Connection,
    *,
    answer: Callable[[Ask], Awaitable[Page]],
    tongues: Tongues,
    show: Callable[[Page], Awaitable[None]],
    adopt: bool,
) -> Room:
    """Return what hears and answers on Slack. Raises ``ConfigError``."""
    known, database = Acquaintance(), delivering.database
    access = access_to(CHANNEL, config, database, whole=whole)
    app_token, signing_secret = hearing(config)
    hands, clock, operator = Hands(), SystemClock(), config.operator.contact
    people = People(
        line.questions,
        me=known.me,
        admins=ids_of(CHANNEL, config.slack.admins),
        operator=lambda: access.operator(CHANNEL),
        seconds=time.monotonic,
    )
    surfaces = _surfaces(config, delivering, line, access, people, tongues, known)
    answers = replies(delivering, hands)
    greeter = welcome(config, delivering, access, tongues, offers=answers)

    async def ended(ending: Ending) -> None:
        # What is said waits with a hand that it lets go of.
        async with hands.held():
            await greeter.ended(Destination(CHANNEL, whole(ending.of.destination.address)), ending)

    ear = Ear(
        line=line,
        me=known.me,
        answer=answer,
        replies=answers,
        access=access,
        welcome=greeter,
        people=people,
        surfaces=surfaces,
        throttle=Throttle(seconds=time.monotonic),
        contact=Plain(operator) if operator else None,
        tongues=tongues,
        hands=hands,
        tell=delivering.telling,
    )
    slack = Slack(
        ear=ear,
        connection=line,
        app_token=app_token,
        signing_secret=signing_secret,
        heard=HeardBefore(database, clock, room=CHANNEL),
        check=surfaces.check,
        command=config.slack.command,
        tell=delivering.telling,
        clock=clock,
        chance=random.random,
        ready=known.meet,
    )
    return Room(
        slack=slack,
        access=access,
        database=database,
        adopt=adopt,
        command=config.slack.command,
        hooked=not app_token,
        show=show,
        words=words_of(config.digest.language),
        known=known,
        ended=ended,
    )


def _surfaces(  # noqa: PLR0913, PLR0917 - as above
    config: Config,
    delivering: Delivery,
    line: Connection,
    access: Access,
    people: People,
    tongues: Tongues,
    known: Acquaintance,
) -> Surfaces:
    settings = delivering.settings
    return Surfaces(
        posts=line.posts,
        sharing=Sharing(line.questions, me=known.me, seconds=time.monotonic),
        forms=Forms(settings=settings, tongues=tongues),
        overviews=Overviews(settings=settings, access=access, tongues=tongues),
        who=Askers(people, tongues).who,
        me=known.me,
        command=config.slack.command,
    )


def hearing(config: Config) -> tuple[str, str]:
    """Return the app token for Socket Mode, or none and the signing secret for HTTP mode.

    Raises ``ConfigError`` where there is neither, or none that could hear.
    """
    app_token = secret(config, "slack_app_token")
    signing_secret = secret(config, "slack_signing_secret")
    if not app_token and not signing_secret:
        raise ConfigError(
            "SLACK_BOT_TOKEN is set, but nothing is heard from Slack. Set SLACK_APP_TOKEN, too: it"
            " begins with xapp- (api.slack.com/apps, Basic Information, App-Level Tokens). Or, if"
            " Slack is to call the bot at a public address, SLACK_SIGNING_SECRET."
        )
    fault = "" if app_token else secret_fault(signing_secret)
    if fault:
        raise ConfigError(fault)
    return app_token, "" if app_token else signing_secret


def whole(address: str) -> str:
    """Return the address of the conversation that a thread is in."""
    return "/".join(address.split("/")[:2])


def _id(me: Me) -> str:
    return f"{me.workspace}/{me.bot}"
