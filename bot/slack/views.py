"""Opens, changes and publishes views; what Slack says to that is never raised."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import ComplaintError, answered
from bot.slack.reading import text_at
from bot.slack.reasons import APPS

#: How Slack says that a window cannot be opened (any more) for what somebody did.
_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
#: How it says that the window was closed, or shows something newer.
_GONE, _CONFLICT = "not_found", "hash_conflict"
#: How it says that the app has no Home tab.
_OFF = "not_enabled"
#: How it says that it cannot show such a view.
_OURS = frozenset({"invalid_arguments", "view_too_large", "invalid_blocks"})

log = logging.getLogger(__name__)


class Became(Enum):
    """What became of a view that is not shown."""

    #: The window was closed, or nobody can reach it.
    GONE = "gone"
    #: Something newer is shown there.
    OVERTAKEN = "overtaken"
    #: Slack cannot show such a view: our bug.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Seen:
    """A view that is shown."""

    id: str
    #: What Slack calls its state; empty where that does not matter.
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Views:
    """Shows views."""

    #: Its repr holds the token.
    posts: AsyncWebClient = field(repr=False)

    async def open(self, trigger: str, view: dict[str, Any]) -> Seen | None:
        """Open a window; None where that cannot be."""
        if not trigger:
            return None
        try:
            said = await answered(self.posts.views_open(trigger_id=trigger, view=view))
        except ComplaintError as error:
            level = logging.INFO if error.complaint.error in _LATE else logging.WARNING
            log.log(level, "No window was opened: %s.", error)
            return None
        return _seen(said)

    async def update(self, seen: Seen, view: dict[str, Any]) -> Seen | Became:
        """Show another view in a window, unless something newer than what was seen is there."""
        state = {"hash": seen.hash} if seen.hash else {}
        try:
            said = await answered(self.posts.views_update(view_id=seen.id, view=view, **state))
        except ComplaintError as error:
            return _became(error)
        return _seen(said)

    async def publish(self, user: str, view: dict[str, Any], hash: str = "") -> Seen | Became:
        """Show somebody's Home tab, unless something newer than that state is there."""
        state = {"hash": hash} if hash else {}
        try:
            said = await answered(self.posts.views_publish(user_id=user, view=view, **state))
        except ComplaintError as error:
            return _became(error)
        return _seen(said)


def _seen(said: Mapping[str, Any]) -> Seen:
    return Seen(text_at(said, "view", "id"), text_at(said, "view", "hash"))


def _became(error: ComplaintError) -> Became:
    complaint = error.complaint
    if complaint.error == _CONFLICT:
        return Became.OVERTAKEN
    if complaint.error in _OURS:
        log.error("Slack cannot show a view of ours: %s (%s).", error, "; ".join(complaint.details))
        return Became.REFUSED
    if complaint.error == _OFF:
        log.warning("The app has no Home tab: switch it on under “App Home” at %s.", APPS)
    elif complaint.error != _GONE:
        log.warning("A view was not shown: %s.", error)
    return Became.GONE
