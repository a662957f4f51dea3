"""Takes what Slack posts to the bot's own address, if it surely comes from Slack."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

from bot.app.ports import Clock
from bot.slack.app import Dispatch
from bot.slack.troubles import Kind, TroubleError, Troubles

#: The status of HTTP, the headers and the body of an answer.
Answer = tuple[int, Mapping[str, str], bytes]

_PLAIN: Mapping[str, str] = {"content-type": "text/plain; charset=utf-8"}
#: When it was posted, in seconds since 1970, and what proves whose it is (docs.slack.dev,
#: "Verifying requests from Slack").
_MOMENT, _SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
_MOMENTS, _SIGNATURES = re.compile(r"[0-9]{1,12}"), re.compile(r"v0=[0-9a-f]{64}")
#: Slack signs what it posts now (the same page): seconds.
_FRESH = 300
#: So long after one that was rightly signed, wrong signatures are somebody else's.
_TRUST = timedelta(hours=1)


class Endpoint:
    """Answers requests."""

    def __init__(
        self, secret: str, dispatch: Dispatch, *, troubles: Troubles, clock: Clock
    ) -> None:
        """Believe what is signed with the app's signing secret, which is not empty.

        A secret that does not fit is a trouble of the room's.
        """
        self._verifier = SignatureVerifier(secret)
        self._dispatch = dispatch
        self._troubles = troubles
        self._clock = clock
        #: When a signature was last right, or found to be wrong.
        self._looked: datetime | None = None

    async def take(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Return what a request is answered with.

        What is not signed, or was signed more than five minutes ago, is refused with 401; what is
        signed and cannot be read, with 400. What there is no room for gets 503: Slack brings events
        again. The same request a second time is taken, and not heard again.
        """
        lower = {name.lower(): value for name, value in headers.items()}
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return _said(401, "not signed")
        moment, signature = lower.get(_MOMENT, ""), lower.get(_SIGNATURE, "")
        if not self._is_signed(text, moment, signature):
            # Slack may look whether the address answers at all.
            if _is_look(text):
                return _said(200)
            await self._doubt(moment, signature)
            return _said(401, "not signed")
        self._looked = self._clock.now()
        await self._troubles.well()
        payload = _payload(text)
        if payload is None:
            return _said(400, "not readable")
        response = await self._dispatch(payload)
        return response.status, response.first_headers(), response.body.encode()

    def _is_signed(self, text: str, moment: str, signature: str) -> bool:
        # The library stumbles over other moments, and over signatures that are not ASCII.
        if not (_MOMENTS.fullmatch(moment) and signature.isascii()):
            return False
        return self._verifier.is_valid(text, moment, signature)

    async def _doubt(self, moment: str, signature: str) -> None:
        """Tell the operator of what looks as if Slack had signed it, unless Slack is heard."""
        if not (_SIGNATURES.fullmatch(signature) and _MOMENTS.fullmatch(moment)):
            return
        if abs(self._verifier.clock.now() - int(moment)) > _FRESH:
            return
        now = self._clock.now()
        if self._looked is None or abs(now - self._looked) >= _TRUST:
            self._looked = now
            await self._troubles.met(TroubleError(Kind.SECRET))


def _said(status: int, text: str = "") -> Answer:
    return status, _PLAIN, text.encode()


def _is_look(text: str) -> bool:
    return ("ssl_check", "1") in parse_qsl(text[:1000])


def _payload(text: str) -> dict[str, Any] | None:
    """Return what a body says: an event is JSON, a command a form, a press JSON in a form."""
    try:
        if text.startswith("{"):
            found = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True))
            found = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
