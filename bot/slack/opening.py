"""Asks Slack where to listen in Socket Mode, and says in a sentence why it does not let the bot."""

import re

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.errors import BriefbotError
from bot.slack.client import ComplaintError, TokenError, UnreachableError, answered
from bot.slack.complaint import Complaint, asks_to_slow_down, is_server_trouble
from bot.slack.reading import text_at
from bot.slack.reasons import APPS
from bot.slack.troubles import Kind, TroubleError

#: How an app-level token begins, and a bot's.
_APP, _BOT = "xapp-", ("xoxb-", "xoxe.xoxb-")
#: What stands in an app-level token for the app.
_APP_ID = re.compile(r"xapp-[0-9]+-(?P<id>A[0-9A-Z]+)-")
_UNDER = f"at {APPS}, under “Basic Information”, “App-Level Tokens”"
_WHERE = f"{APPS} shows under “Basic Information”, “App-Level Tokens”"
_WRONG = (
    "Slack does not accept the app-level token. Set SLACK_APP_TOKEN to the one that "
    f"{_WHERE} (it begins with xapp-)."
)
_SWAPPED = (
    "SLACK_APP_TOKEN holds a bot's token, which begins with xoxb-. It belongs into "
    f"SLACK_BOT_TOKEN; the app-level token begins with xapp-, as {_WHERE}."
)
_UNSCOPED = (
    f"The app-level token lacks the scope connections:write. Make one that has it {_UNDER}, and "
    "set SLACK_APP_TOKEN to it."
)
_REVOKED = (
    f"Slack has revoked the app-level token. Make a new one {_UNDER}, and set SLACK_APP_TOKEN to "
    "it."
)
_FOREIGN = (
    "SLACK_APP_TOKEN belongs to another app than SLACK_BOT_TOKEN, and hears what is meant for that "
    "one. Set both to tokens of the same app: its own app-level tokens stand under “Basic "
    f"Information” at {APPS}."
)
_TOKENS = {
    "missing_scope": _UNSCOPED,
    "no_permission": _UNSCOPED,
    "token_revoked": _REVOKED,
    "token_expired": _REVOKED,
    "account_inactive": _REVOKED,
    "invalid_auth": _WRONG,
    "not_authed": _WRONG,
    "not_allowed_token_type": _WRONG,
}
#: What Slack answers while Socket Mode is switched off for the app.
_OFF = frozenset({"not_allowed", "link_disabled"})


async def opened(client: AsyncWebClient, token: str) -> str:
    """Return where to connect, once and within some seconds. Raises ``TroubleError``."""
    if not token.startswith(_APP):
        raise TroubleError(Kind.TOKEN, _SWAPPED if token.startswith(_BOT) else _WRONG)
    try:
        said = await answered(client.apps_connections_open(app_token=token))
    except ComplaintError as error:
        raise _trouble(error.complaint) from error
    url = said.get("url")
    if not isinstance(url, str) or not url.startswith(("wss://", "ws://")):
        raise TroubleError(Kind.REFUSED, "it names no address")
    return url


async def paired(client: AsyncWebClient, bot: str, token: str) -> None:
    """See that the bot is one of the token's app. Raises ``TroubleError`` where it surely is not.

    ``bot`` is the bot's id; who may not ask (users:read) is told nothing.
    """
    named = _APP_ID.match(token)
    if named is None:
        return
    try:
        told = text_at(await answered(client.bots_info(bot=bot)), "bot", "app_id")
    except ComplaintError:
        return
    if told and told != named["id"]:
        raise TroubleError(Kind.TOKEN, _FOREIGN)


async def preflight(client: AsyncWebClient, token: str) -> None:
    """See whether Slack would let the bot listen with that app-level token.

    Raises ``TokenError``, ``UnreachableError``, or another ``BriefbotError``: a sentence each.
    """
    try:
        await opened(client, token)
    except TroubleError as error:
        match error.kind:
            case Kind.TOKEN:
                raise TokenError(error.detail) from error
            case Kind.NETWORK:
                raise UnreachableError(client.base_url) from error
            case Kind.SWITCHED_OFF:
                message = (
                    "Socket Mode is switched off for the Slack app. Switch it on at "
                    f"{APPS}, under “Socket Mode”."
                )
            case _:
                message = f"Slack does not let the bot listen: {error}. Try again in a minute."
        raise BriefbotError(message) from error


def _trouble(complaint: Complaint) -> TroubleError:
    error = complaint.error
    if error in _TOKENS:
        return TroubleError(Kind.TOKEN, _TOKENS[error])
    if error in _OFF:
        return TroubleError(Kind.SWITCHED_OFF)
    if asks_to_slow_down(complaint):
        return TroubleError(Kind.FLOOD, wait=complaint.pause)
    if is_server_trouble(complaint):
        return TroubleError(Kind.NETWORK, error or f"HTTP {complaint.status}")
    return TroubleError(Kind.REFUSED, error)
