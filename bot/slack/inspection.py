"""What the app hears with, as far as it can be seen before it listens."""

import re

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import Me, TokenError, introduce, made_session
from bot.slack.connection import connected
from bot.slack.opening import paired, preflight
from bot.slack.reasons import APPS
from bot.slack.troubles import TroubleError

#: A signing secret, as Slack makes them.
_SECRET = re.compile(r"[0-9a-f]{32}")


async def connects(app_token: str, *, url: str) -> None:
    """See whether Socket Mode is to be had; no connection is opened. Raises as ``preflight``."""
    async with made_session() as session:
        client = AsyncWebClient(base_url=url, session=session, retry_handlers=[])
        if url.startswith("http://"):
            # A proxy of the environment does not lead to this very machine.
            client.proxy = None
        await preflight(client, app_token)


async def fits(token: str, app_token: str, *, url: str) -> None:
    """See whether both tokens are of one app, as far as Slack says so. Raises ``BriefbotError``."""
    async with connected(token, url=url) as line:
        await matches(line.questions, await introduce(line.questions), app_token)


async def matches(client: AsyncWebClient, me: Me, app_token: str) -> None:
    """See the same of the bot that the client's token is of. Raises ``TokenError``."""
    try:
        await paired(client, me.bot, app_token)
    except TroubleError as error:
        raise TokenError(error.detail) from error


def secret_fault(secret: str) -> str:
    """Return what is wrong with a signing secret and how it is mended, or nothing."""
    if _SECRET.fullmatch(secret):
        return ""
    return (
        "SLACK_SIGNING_SECRET is no signing secret of Slack's: those have 32 of the letters 0-9 and"
        f" a-f. It stands under “Basic Information”, “App Credentials” at {APPS}."
    )
