"""The bot's clients and its channel to Slack, opened together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.channel import SlackChannel
from bot.slack.client import API, checked_url, made_clients, made_session
from bot.slack.joins import Been, nowhere
from bot.slack.render import COMMAND


@dataclass(frozen=True, slots=True)
class Connection:
    """What speaks to Slack."""

    #: As in ``Clients``.
    posts: AsyncWebClient = field(repr=False)
    questions: AsyncWebClient = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    channel: SlackChannel
    #: The address of the Web API, with a slash at its end.
    server: str


@asynccontextmanager
async def connected(
    token: str, *, url: str = API, command: str = COMMAND, been: Been = nowhere
) -> AsyncIterator[Connection]:
    """Give the clients with that token and the channel, and close their connections at the end.

    Nothing is asked of the server yet. ``command`` is what people type; ``been`` says where the bot
    was before. Raises ``TokenError`` and
    ``ConfigError`` as ``made_clients`` does.
    """
    async with made_session() as session:
        clients = made_clients(token, url=url, session=session)
        channel = SlackChannel(clients, command=command, been=been)
        yield Connection(clients.posts, clients.questions, session, channel, checked_url(url))
