"""The app as Slack knows it: clients made from its token, and asked who it is."""

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.errors import BriefbotError, ConfigError
from bot.core.server_address import server_address
from bot.slack.complaint import Complaint, named_wait
from bot.slack.questions import ClosedError, Questions
from bot.slack.reading import list_at, text_at
from bot.slack.reasons import ACCOUNTS, APPS
from bot.slack.scopes import granted

#: Slack's own server.
API = "https://slack.com/api/"
#: After so many seconds no answer is waited for any more.
ANSWER = 30.0
#: What a call of the library raises: what Slack refuses, what the net breaks, and what the library
#: trips over in an answer that is none of Slack's.
FAILURES: tuple[type[Exception], ...] = (
    SlackClientError,
    aiohttp.ClientError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
)

#: Seconds to connect, and for a place among the connections.
_CONNECT = 10.0
#: Connections at once: the workers of the queue, and the answers beside them.
_CONNECTIONS = 64
#: Where one of these is raised, nothing has left this machine.
_UNSENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)
#: How a bot's token begins; the second where tokens are rotated.
_BOT = ("xoxb-", "xoxe.xoxb-")
_SWAPPED = (
    "SLACK_BOT_TOKEN holds an app-level token, which begins with xapp-. It belongs into "
    "SLACK_APP_TOKEN; the bot's token begins with xoxb- and stands under “OAuth & Permissions” at "
    f"{APPS}."
)


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in Slack."""

    #: The id of the workspace that it is installed in: "T0123".
    workspace: str
    #: Its own id as a user, by which people mention it, and as a bot.
    user: str
    bot: str
    #: Its handle, without "@".
    name: str
    #: What it may do; None where the server does not tell.
    scopes: frozenset[str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Clients:
    """What calls Slack's Web API with the token of the bot."""

    #: Repeats nothing by itself: what it posts would be there twice.
    posts: AsyncWebClient = field(repr=False)
    #: Asks again once where Slack has trouble, and waits for nothing: for what changes nothing.
    questions: AsyncWebClient = field(repr=False)
    #: What both connect by.
    session: aiohttp.ClientSession = field(repr=False)


class TokenError(BriefbotError):
    """Slack does not accept the token; the message says where to get one."""


class UnreachableError(BriefbotError):
    """Slack gives no answer; the message says what to look at."""

    def __init__(self, url: str) -> None:
        """Say which server it is."""
        super().__init__(
            f"Slack gives no answer at {url}. Check this machine's network, and SLACK_API_URL if "
            "you have set it."
        )


class ComplaintError(Exception):
    """Slack did not do what it was asked."""

    def __init__(self, complaint: Complaint) -> None:
        """Keep what it said, or that it said nothing."""
        super().__init__(complaint.error or f"HTTP {complaint.status}")
        self.complaint = complaint


def checked_url(url: str) -> str:
    """Return the address of a Web API with a slash at its end.

    Raises ``ConfigError`` for any that is not https, nor http on this very machine.
    """
    server = server_address(url)
    if server is None:
        raise ConfigError(
            "SLACK_API_URL: expected https://HOST/api/ or http://127.0.0.1:PORT/api/, without a "
            "name, a password or a query."
        )
    return f"{server}/"


def made_session(*, answer: float = ANSWER) -> aiohttp.ClientSession:
    """Return what connects to Slack; it is made in a running event loop, and is to be closed.

    An answer is waited for so many seconds.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
        # The library's own limit holds only for sessions that it makes itself.
        timeout=aiohttp.ClientTimeout(total=answer, connect=_CONNECT),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def made_clients(token: str, *, url: str = API, session: aiohttp.ClientSession) -> Clients:
    """Return the clients of the bot with that token, which have not spoken to the server yet.

    Raises ``TokenError`` for what can be no bot's token, and ``ConfigError`` as ``checked_url``.
    """
    known, server = _checked_token(token), checked_url(url)
    # At a lower level the library writes out each message before it asks whether anybody reads it.
    logger = logging.getLogger("slack_sdk.web.async_client")
    logger.setLevel(logging.INFO)

    how: dict[str, Any] = {"base_url": server, "session": session, "logger": logger}
    patient = [AsyncConnectionErrorRetryHandler(), AsyncServerErrorRetryHandler()]
    posts = AsyncWebClient(known, retry_handlers=[], **how)
    questions = Questions(known, how | {"retry_handlers": patient})
    if server.startswith("http://"):
        # A proxy of the environment does not lead to this very machine.
        posts.proxy = questions.proxy = None
    return Clients(posts, questions, session)


async def introduce(client: AsyncWebClient) -> Me:
    """Ask the server who the bot is. Raises ``TokenError`` or ``UnreachableError``."""
    try:
        response = await client.auth_test()
    except FAILURES as error:
        raise _unknown(complaint_of(error), client.base_url) from error
    if not isinstance(response.data, dict):
        raise UnreachableError(client.base_url)
    ids = (text_at(response.data, name) for name in ("team_id", "user_id", "bot_id"))
    workspace, user, bot = ids
    if not (workspace and user and bot):
        raise TokenError(ACCOUNTS["not_allowed_token_type"])
    # It comes with every answer; the library's own way to read it minds its case.
    told = {name.lower(): value for name, value in response.headers.items()}.get("x-oauth-scopes")
    scopes = None if told is None else granted(told)
    return Me(workspace, user, bot, text_at(response.data, "user") or "briefbot", scopes)


async def answered(call: Awaitable[AsyncSlackResponse]) -> Mapping[str, Any]:
    """Return what Slack answers to a call of the library.

    Raises ``ComplaintError`` where it is not done, or nobody knows whether it is.
    """
    try:
        response = await call
    except FAILURES as error:
        raise ComplaintError(complaint_of(error)) from error
    data: Any = response.data
    if not isinstance(data, dict):
        raise ComplaintError(Complaint(status=response.status_code))
    return data


def complaint_of(error: Exception) -> Complaint:
    """Return what Slack said by an error of the library, one of ``FAILURES``.

    Where no answer came, its status is 0, and it says whether the request may have left.
    """
    if isinstance(error, ClosedError):
        return Complaint(
            error="ratelimited", status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=error.seconds
        )
    if not isinstance(error, SlackApiError):
        return Complaint(status=0, sent=not isinstance(error, _UNSENT))
    response = error.response
    data = getattr(response, "data", None)
    return Complaint(
        error=text_at(data, "error"),
        # Where the body is no JSON, the library gives the response of the net itself.
        status=int(getattr(response, "status_code", 0) or getattr(response, "status", 0)),
        retry_after=named_wait(response.headers.get("Retry-After")),
        needed=text_at(data, "needed"),
        provided=text_at(data, "provided"),
        details=tuple(map(str, list_at(data, "response_metadata", "messages"))),
    )


def _checked_token(token: str) -> str:
    known = token.strip()
    if known.startswith("xapp-"):
        raise TokenError(_SWAPPED)
    if not known.startswith(_BOT) or not known.isascii() or not known.isprintable():
        raise TokenError(ACCOUNTS["invalid_auth"])
    return known


def _unknown(complaint: Complaint, server: str) -> BriefbotError:
    """Return why the server does not say who the bot is."""
    if complaint.error in ACCOUNTS:
        return TokenError(ACCOUNTS[complaint.error])
    return UnreachableError(server)
