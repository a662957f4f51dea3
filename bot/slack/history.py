"""Looks in a conversation for a part of a series that may be there already."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.drawn import Drawn
from bot.core.delivery import Deferred, Delivered, Outcome, Refused, Scope, Tried, Unsure
from bot.slack.address import Address
from bot.slack.client import ANSWER, ComplaintError, Me, answered
from bot.slack.complaint import Complaint
from bot.slack.directs import Directs
from bot.slack.metadata import carries
from bot.slack.outcomes import RETRY, outcome
from bot.slack.rates import method_pace

#: After so many seconds Slack no longer shows what an attempt has sent: it got an answer, or ended
#: without one, before that, and what was on its way is there.
SETTLED = ANSWER + 5.0

#: Messages on a page, as Slack's page on the method recommends, and pages that are looked through.
_PAGE, _PAGES = 200, 10
#: Slack's clock and ours tell the same moment within this time.
_SKEW = timedelta(hours=1)
#: So long is waited for a history that cannot be read for a moment.
_PATIENCE = timedelta(minutes=10)
#: A workspace that refuses us is asked again after so many seconds.
_REFUSED = 60.0


class _EndlessError(Exception):
    """More was said in the conversation than is looked through."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """By which time it is looked."""

    #: What is not there so many seconds after the last attempt will not come.
    settled: float = SETTLED
    #: The clock by which attempts are noted.
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class History:
    """What conversations hold, as far back as the scopes of the app let it look."""

    def __init__(self, client: AsyncWebClient, directs: Directs, looking: Looking) -> None:
        """Look through this client, which repeats nothing: who looks comes again by himself."""
        self._client = client
        self._directs = directs
        self._looking = looking
        #: Whoever died in an attempt was dead by then.
        self._begun = looking.now()
        self._drawn = Drawn()

    async def find(
        self, mark: Mapping[str, Any], address: Address, *, tried: Tried, under: str | None, me: Me
    ) -> Outcome:
        """Return what is known of the part with that mark.

        It stands in the thread of the address, else in the thread ``under`` a message, if any.
        Delivered: it is there. ``Deferred(0)``: it is not, and will not be. Deferred: it is to be
        looked for again then. Unsure: the history cannot be read, or not as far back.
        """
        asked = self._looking.now()
        seconds = self._room(address, under)
        if seconds > 0:
            return Deferred(seconds)
        since = _moment(tried, under)
        try:
            async for message in self._messages(address, under, since):
                if _is_ours(message, me) and carries(message, mark):
                    return Delivered(str(message["ts"]))
        except ComplaintError as error:
            return self._unread(error.complaint, address, tried)
        except _EndlessError:
            return Unsure(f"Too much was said in {address.destination} since then.")
        # A process that looks, sends and dies leaves the moment at which it began to look.
        waited = (asked - max(tried.last, self._begun)).total_seconds()
        settled = self._looking.settled
        return Deferred(min(settled, max(0.0, settled - waited)))

    async def _messages(
        self, address: Address, under: str | None, since: str
    ) -> AsyncIterator[Mapping[str, Any]]:
        """Yield what was said there since then. Raises ``ComplaintError`` and ``_EndlessError``."""
        conversation = await self._directs.conversation(address)
        thread = address.thread or under
        cursor = ""
        for page in range(_PAGES):
            while page and (seconds := self._room(address, under)) > 0:
                await self._looking.sleep(seconds)
            asking = self._client.conversations_history
            if thread is not None:
                asking = partial(self._client.conversations_replies, ts=thread)
            call = asking(
                channel=conversation,
                oldest=since,
                limit=_PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
            said = await answered(call)
            for message in said.get("messages") or ():
                yield message
            cursor = str((said.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return
        raise _EndlessError

    def _room(self, address: Address, under: str | None) -> float:
        """Count a question and return 0, or return in how many seconds one may be asked."""
        threaded = address.thread or under
        method = "conversations.replies" if threaded else "conversations.history"
        now = self._looking.now()
        until = self._drawn.draw([method_pace(address.workspace, method)], now=now)
        return 0.0 if until is None else (until - now).total_seconds()

    def _unread(self, complaint: Complaint, address: Address, tried: Tried) -> Outcome:
        """Return what it means for a part that nobody could look for it."""
        meant = outcome(complaint, address, me="")
        match meant:
            case Deferred(seconds):
                return Deferred(max(1.0, seconds))
            case Unsure() if self._looking.now() - tried.last < _PATIENCE:
                return Deferred(RETRY)
            case Refused(scope=Scope.ACCOUNT) if complaint.error != "missing_scope":
                return Deferred(_REFUSED)
            case _:
                said = complaint.error or complaint.status
                return Unsure(f"{address.destination} cannot be looked through ({said}).")


def _moment(tried: Tried, under: str | None) -> str:
    """Return from when the part may be there, by Slack's clock."""
    since = (tried.since - _SKEW).timestamp()
    # What stands in the thread of a message is younger than that.
    return f"{since:.6f}" if under is None else max(f"{since:.6f}", under)


def _is_ours(message: Mapping[str, Any], me: Me) -> bool:
    """Say whether the bot itself has written it: others may forge a mark."""
    return message.get("user") == me.user or message.get("bot_id") == me.bot
