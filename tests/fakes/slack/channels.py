"""The bot's own channel, talking to the fake server."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.core.delivery import Payload, Post
from bot.core.subscription import Destination
from bot.slack.channel import SlackChannel
from bot.slack.client import ANSWER, made_clients, made_session
from bot.slack.history import Looking
from bot.slack.joins import Been, nowhere
from bot.slack.payload import Message, write
from bot.slack.rates import Rates
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import Settings
from tests.fakes.slack.user import User
from tests.fakes.slack.values import TEAM_ID

Scene = Callable[[FakeSlack, SlackChannel], Awaitable[None]]

HELLO = write(Message("Hello", ()))


@asynccontextmanager
async def posting(  # noqa: PLR0913 - what a channel is made from
    slack: FakeSlack,
    *,
    answer: float = ANSWER,
    rates: Rates | None = None,
    seconds: Callable[[], float] = time.monotonic,
    looking: Looking | None = None,
    been: Been = nowhere,
) -> AsyncIterator[SlackChannel]:
    """Give a channel to the server, which waits for so many seconds for an answer."""
    async with made_session(answer=answer) as session:
        clients = made_clients(slack.settings.bot_token, url=f"{slack.url}/api/", session=session)
        yield SlackChannel(clients, rates=rates, seconds=seconds, looking=looking, been=been)


def play(
    scene: Scene,
    *,
    settings: Settings | None = None,
    answer: float = ANSWER,
    looking: Looking | None = None,
    been: Been = nowhere,
) -> None:
    """Play a scene with a server and a channel to it."""

    async def whole() -> None:
        async with (
            fake_slack(settings) as slack,
            posting(slack, answer=answer, looking=looking, been=been) as channel,
        ):
            await scene(slack, channel)

    asyncio.run(whole())


def to(place: Channel | User | str, thread: str | None = None) -> Destination:
    """Return the destination of a conversation, a person, or an id."""
    number = place if isinstance(place, str) else place.id
    return Destination("slack", f"{TEAM_ID}/{number}{'' if thread is None else f'/{thread}'}")


def post(
    destination: Destination,
    payload: Payload = HELLO,
    *,
    series: int = 1,
    part: int = 0,
    under: str | None = None,
) -> Post:
    """Return a part of a series."""
    return Post(series=series, part=part, destination=destination, payload=payload, under=under)
