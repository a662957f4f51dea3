"""Which conversations a person and the bot are both in."""

import logging
from collections.abc import Callable, Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.app.lately import Lately
from bot.app.overview import Mine
from bot.core.subscription import Destination
from bot.slack.address import Address, read_address
from bot.slack.client import ComplaintError, Me, answered
from bot.slack.directs import Directs
from bot.slack.heard import Person
from bot.slack.pieces import cleaned
from bot.slack.reading import list_at, text_at

#: So long, in seconds, holds what Slack told: whoever has just invited the bot looks for it soon.
FRESH = 15.0
#: Conversations that are asked for at once (users.conversations, limit), and how often at most.
_AT_ONCE, _MOST_TIMES = 999, 20
_TYPES = "public_channel,private_channel"

log = logging.getLogger(__name__)


class Sharing:
    """Asks Slack who is where."""

    def __init__(
        self,
        questions: AsyncWebClient,
        *,
        me: Callable[[], Me],
        seconds: Callable[[], float],
    ) -> None:
        """Ask through the client; seconds only go forward."""
        self._questions = questions
        self._directs = Directs(questions)
        self._me = me
        self._known: Lately[str, Mapping[str, str]] = Lately(seconds, FRESH)

    async def of(self, person: Person) -> Mine:
        """Return the conversations with the bot that the person is in.

        People of another workspace are told of none. Raises ``ComplaintError``.
        """
        workspace = self._me().workspace
        if person.workspace != workspace:
            return Mine(person=person.name, own=None, shared={})
        ours = await self._conversations("")
        theirs = await self._conversations(person.id) if ours else {}
        return Mine(
            person=person.name,
            own=await self._own(person),
            shared={
                Address(workspace, number).destination: name
                for number, name in ours.items()
                if number in theirs
            },
        )

    def forget(self, inviter: Person | None) -> None:
        """Ask anew where the bot is, and where somebody is who has just invited it."""
        self._known.drop("")
        if inviter is not None:
            self._known.drop(inviter.id)

    async def _own(self, person: Person) -> Destination | None:
        """Return the direct message of the two; None where Slack opens none."""
        try:
            opened = await self._directs.conversation(Address(person.workspace, person.id))
        except ComplaintError as error:
            log.info("Slack opens no direct message with %s: %s.", person.name, error)
            return None
        return Address(person.workspace, opened).destination

    async def _conversations(self, user: str) -> Mapping[str, str]:
        """Return the names of the channels that somebody is in, by their ids; empty for the bot."""
        known = self._known.of(user)
        if known is not None:
            return known
        found: dict[str, str] = {}
        who, cursor = {"user": user} if user else {}, ""
        for _ in range(_MOST_TIMES):
            said = await answered(
                self._questions.users_conversations(
                    types=_TYPES, exclude_archived=True, limit=_AT_ONCE, cursor=cursor, **who
                )
            )
            found |= {
                text_at(one, "id"): cleaned(text_at(one, "name")).strip()
                for one in list_at(said, "channels")
                if read_address(f"{self._me().workspace}/{text_at(one, 'id')}") is not None
            }
            cursor = text_at(said, "response_metadata", "next_cursor")
            if not cursor:
                break
        else:
            log.warning("There are more channels than are looked through: some are left out.")
        self._known.keep(user, found)
        return found
