"""Bolt's app for the bot: whatever Slack tells is acknowledged as soon as it was taken."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import Me
from bot.slack.heard import Submitted
from bot.slack.hearing import heard
from bot.slack.reading import Body, text_at
from bot.slack.whereabouts import Name

#: Says what a form that was sent off is answered with: nothing, or what is wrong with it.
Check = Callable[[Submitted], Mapping[str, Any]]
#: Returns what a payload is answered with.
Dispatch = Callable[[Body], Awaitable[BoltResponse]]

_UNREADABLE, _LATER = 400, 503

log = logging.getLogger(__name__)


class Takes(Protocol):
    """Takes payloads."""

    async def take(self, body: Body) -> bool:
        """Take a payload, within a second or so; say whether there is room for it."""
        ...


def made_app(me: Me, *, command: str, check: Check, intake: Takes) -> AsyncApp:
    """Return an app that answers each payload at once; what it says is up to the intake.

    It asks Slack nothing: who the bot is is known.
    """
    logger = logging.getLogger("slack_bolt")
    # It warns of SLACK_BOT_TOKEN, which it finds in the environment itself and has no need of.
    logger.setLevel(logging.ERROR)

    async def known() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=me.workspace, bot_id=me.bot, bot_user_id=me.user
        )

    app = AsyncApp(name="briefbot", logger=logger, client=AsyncWebClient(), authorize=known)
    name = Name(workspace=me.workspace, user=me.user, command=command)

    async def take(body: dict[str, Any], ack: AsyncAck) -> BoltResponse:
        kind = text_at(body, "type")
        answer: Mapping[str, Any] = {}
        if kind == "view_submission":
            said = heard(body, name)
            answer = check(said) if isinstance(said, Submitted) else {}
        elif kind == "block_suggestion":
            answer = {"options": []}
        if answer.get("response_action") != "errors" and not await intake.take(body):
            return BoltResponse(status=_LATER)
        return await ack(**answer)

    # A listener is begun as a task that nobody waits for, and asked every 10 ms whether it has
    # acknowledged; this runs in its stead, for whatever kind there is.
    app.middleware(take)
    return app


def dispatching(app: AsyncApp) -> Dispatch:
    """Return what answers payloads that surely come from Slack."""

    async def dispatch(body: Body) -> BoltResponse:
        try:
            # As if by socket, however it came: of a body that was posted, Bolt takes a command with
            # the word "payload" in it for none.
            request = AsyncBoltRequest(mode="socket_mode", body=dict(body))
        except (AttributeError, LookupError, TypeError, ValueError):
            log.warning("Slack told something whose shape nobody knows.")
            return BoltResponse(status=_UNREADABLE)
        return await app.async_dispatch(request)

    return dispatch
