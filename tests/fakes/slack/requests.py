"""Deliveries as HTTP requests to the app, signed with its signing secret."""

import asyncio
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.acts import Delivery
from tests.fakes.slack.values import Json
from tests.fakes.slack.world import World

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the app answered to a request."""

    status: int
    text: str
    headers: Mapping[str, str]


def signed(body: str, secret: str, moment: str) -> dict[str, str]:
    """Return the headers that prove where a request comes from (docs.slack.dev, verifying)."""
    signature = hmac.new(secret.encode(), f"v0:{moment}:{body}".encode(), sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}


class Requests:
    """Sends to the address that the operator has set."""

    def __init__(self, world: World, url: str) -> None:
        self.url = url
        self._world = world

    async def knocks(
        self,
        body: str,
        *,
        kind: str = JSON,
        secret: str | None = None,
        moment: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answered:
        """Send this body, signed; another secret or moment makes it a forgery or a replay."""
        when = str(int(self._world.clock())) if moment is None else moment
        known = self._world.settings.signing_secret if secret is None else secret
        sent = {"Content-Type": kind, **signed(body, known, when), **(headers or {})}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body.encode(), headers=sent) as answer,
        ):
            return Answered(answer.status, await answer.text(), dict(answer.headers))

    async def verifies(self) -> bool:
        """Ask the app to prove that it listens here, as when the address is typed in."""
        challenge = "3eZbrw1aB10Fek6lLxSJrhzi"
        body = {"token": "deprecated", "challenge": challenge, "type": "url_verification"}
        answered = await self.knocks(json.dumps(body))
        if answered.status != 200:
            return False
        try:
            said = json.loads(answered.text)
        except ValueError:
            return answered.text == challenge
        return isinstance(said, dict) and said.get("challenge") == challenge

    async def brings(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Send a delivery; return why it was not taken, or "" when it was."""
        kind, body = _written(delivery)
        retried = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        try:
            async with asyncio.timeout(seconds):
                answered = await self.knocks(body, kind=kind, headers=retried if attempt else {})
        except TimeoutError:
            return _told(delivery, "http_timeout", "operation_timeout")
        except aiohttp.ClientError:
            return _told(delivery, "connection_failed", "dispatch_failed")
        if not 200 <= answered.status < 300:
            if answered.headers.get("X-Slack-No-Retry") == "1":
                return "no_retry"
            return _told(delivery, "http_error", f"http_error {answered.status}")
        delivery.ack = _said(answered)
        return ""


def _told(delivery: Delivery, of_event: str, of_others: str) -> str:
    return of_event if delivery.kind == "events_api" else of_others


def _written(delivery: Delivery) -> tuple[str, str]:
    """Return a payload as Slack writes it, and what kind of body that is."""
    if delivery.kind == "events_api":
        return JSON, json.dumps(delivery.payload)
    if delivery.kind == "slash_commands":
        return FORM, urlencode(delivery.payload)
    return FORM, urlencode({"payload": json.dumps(delivery.payload)})


def _said(answered: Answered) -> Json | str | None:
    """Return what the app said with its acknowledgement."""
    if not answered.text:
        return None
    if answered.headers.get("Content-Type", "").startswith(JSON):
        said: Json = json.loads(answered.text)
        return said
    return answered.text
