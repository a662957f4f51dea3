"""Slack as a channel of delivery."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from bot.core.delivery import (
    Deferred,
    Delivered,
    Outcome,
    Pace,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.page import Page
from bot.core.subscription import Destination
from bot.slack.address import Address, read_address
from bot.slack.client import (
    Clients,
    ComplaintError,
    Me,
    TokenError,
    UnreachableError,
    introduce,
)
from bot.slack.complaint import Complaint
from bot.slack.directs import Directs
from bot.slack.history import History, Looking
from bot.slack.joins import Been, Joins, WaitError, enters, nowhere
from bot.slack.measure import escaped
from bot.slack.metadata import mark_of
from bot.slack.outcomes import RETRY, is_asking_to_wait, outcome, takes_no_file
from bot.slack.payload import File, Message, read
from bot.slack.posting import Posting
from bot.slack.rates import Rates
from bot.slack.reasons import CONVERSATIONS
from bot.slack.render import COMMAND, render
from bot.slack.waits import Waits

#: What the bot is called where it could not ask yet.
_NAME = "briefbot"
#: A workspace that refuses the token is asked again after so many seconds.
_REFUSED = 60.0
#: What Slack counts by itself.
_POST, _EDIT, _FILE = "chat.postMessage", "chat.update", "files"
#: The first message of the page was deleted, or its thread was closed, by somebody there.
_GONE = frozenset(
    {"thread_not_found", "cannot_reply_to_message", "restricted_action_thread_locked"}
)

log = logging.getLogger(__name__)


class SlackChannel:
    """Sends pages to channels, threads and people. Its reference is a message's ``ts``.

    The stories of a digest go below its first message; what is sent to a thread stays in it. A
    public channel that the bot was never in is joined for a digest, where the app may.
    """

    def __init__(  # noqa: PLR0913 - what a channel is made from
        self,
        clients: Clients,
        *,
        command: str = COMMAND,
        rates: Rates | None = None,
        seconds: Callable[[], float] = time.monotonic,
        looking: Looking | None = None,
        been: Been = nowhere,
    ) -> None:
        """Send through the clients; ``command`` is what people type.

        ``seconds`` only go forward; ``looking`` is by which time lost messages are looked for;
        ``been`` says where the bot was before, which it does not join again.
        """
        directs, looking = Directs(clients.posts), looking or Looking()
        joins = Joins(clients.posts, looking.now, been)
        self._questions = clients.questions
        self._posting = Posting(clients.posts, clients.session, directs, joins)
        self._history = History(clients.posts, directs, looking)
        self._command = command
        self._rates = rates or Rates()
        self._me: Me | None = None
        self._waits = Waits(seconds=seconds)

    def meet(self, me: Me) -> None:
        """Know from now on who the bot is; else the channel asks where it has to know."""
        self._me = me

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        """Return the page as messages, in order; the stories of a digest go into its thread.

        A flat one has all in the channel itself.
        """
        return render(page, flat=flat, command=self._command)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        """Return the limits that a message there draws on; none where there is no such place."""
        address = read_address(destination.address)
        return () if address is None else self._rates.paces(address, answer=answer)

    async def send(self, post: Post) -> Outcome:
        """Send one message."""
        address = read_address(post.destination.address)
        if address is None:
            why = (
                f"{str(post.destination)!r} is no place in Slack: write slack:T0123/C0456, the ids "
                "of the workspace and the channel."
            )
            return Refused(why, Scope.DESTINATION)
        try:
            message = read(post.payload)
        except (KeyError, TypeError, ValueError) as error:
            return Refused(f"This version cannot read the message: {error!r}.", Scope.PART)
        wait = self._waits.left(_FILE if isinstance(message, File) else _POST)
        if wait is not None:
            return wait
        try:
            if isinstance(message, File):
                return await self._send_file(post, address, message)
            return await self._send(post, address, message)
        except WaitError as error:
            return Deferred(error.seconds, Scope.DESTINATION, str(error))

    async def find(self, post: Post) -> Outcome:
        """Look for a message that may have arrived, where the app may read the conversation.

        ``Deferred(0)``: it is surely not there. Unsure: it cannot be looked for.
        """
        address, mark = read_address(post.destination.address), mark_of(post)
        if address is None or mark is None or post.tried is None or "file" in post.payload:
            return Unsure(f"Part {post.part} may be there.")
        under = post.under if post.payload.get("reply") else None
        try:
            me = await self._known()
        except TokenError:
            return Deferred(_REFUSED)
        except UnreachableError:
            return Deferred(RETRY)
        return await self._history.find(mark, address, tried=post.tried, under=under, me=me)

    async def edit(self, destination: Destination, message: str, page: Page) -> Outcome:
        """Put the page, flat, in place of a message of ours.

        Refused where the page needs more than one message, or Slack refuses: too old, gone.
        """
        address = read_address(destination.address)
        made = [read(payload) for payload in self.render(page, flat=True)]
        if address is None or len(made) != 1 or isinstance(made[0], File):
            return Refused("It does not fit in place of one message.", Scope.PART)
        # Slack counts edits by themselves: no message waits for them.
        wait = self._waits.left(_EDIT)
        if wait is not None:
            return replace(wait, scope=Scope.PART)
        try:
            await self._posting.change(address, message, made[0])
        except ComplaintError as error:
            log.warning("A message of %s was not edited: %s.", destination, error)
            meant = await self._meant(error.complaint, address, method=_EDIT)
            if isinstance(meant, Deferred):
                return replace(meant, scope=Scope.PART)
            return Refused("Slack does not edit it.", Scope.PART)
        return Delivered(message)

    async def _send(self, post: Post, address: Address, message: Message) -> Outcome:
        under = post.under if message.reply else None
        try:
            reference = await self._posting.message(
                address,
                message,
                thread=address.thread or under,
                mark=mark_of(post),
                enters=enters(post),
            )
        except ComplaintError as error:
            if error.complaint.error in _GONE and under and address.thread is None:
                why = f"What it belongs to in {post.destination} was deleted, or is closed."
                return Refused(why, Scope.PART)
            return await self._meant(error.complaint, address)
        return Delivered(reference)

    async def _send_file(self, post: Post, address: Address, file: File) -> Outcome:
        """Upload the file, or say in its place what stands there for it."""
        number = ""
        try:
            number = await self._posting.bring(file)
            await self._posting.show(
                address, file, number, thread=address.thread, enters=enters(post)
            )
        except ComplaintError as error:
            meant = await self._meant(error.complaint, address, method=_FILE)
            if takes_no_file(error.complaint, meant):
                log.warning("No file was shown in %s: %s.", address.destination, error)
                return await self._say_instead(post, address, file, str(error))
            if isinstance(meant, Unsure) and not number:
                # Nobody sees what was only brought.
                return Deferred(RETRY, Scope.PART, meant.why)
            return meant
        return Delivered(number)

    async def _say_instead(self, post: Post, address: Address, file: File, why: str) -> Outcome:
        if not file.instead:
            return Refused(f"Slack took no file: {why}.", Scope.PART)
        return await self._send(post, address, Message(escaped(file.instead), ()))

    async def _meant(
        self, complaint: Complaint, address: Address, *, method: str = _POST
    ) -> Outcome:
        """Return what Slack's complaint means; a wait is remembered."""
        named = complaint.error in CONVERSATIONS
        me = await self._perhaps_known() if named else self._me
        if complaint.error == "channel_not_found" and me and _is_elsewhere(address, me):
            why = (
                f"The app is installed in the workspace {me.workspace}, and "
                f"{address.destination} is in another one."
            )
            return Refused(why, Scope.DESTINATION)
        meant = outcome(complaint, address, me=f"@{me.name if me else _NAME}")
        if isinstance(meant, Deferred) and is_asking_to_wait(complaint):
            self._waits.note(method, meant.seconds)
        return meant

    async def _known(self) -> Me:
        """Return who the bot is. Raises ``TokenError`` and ``UnreachableError``."""
        if self._me is None:
            self._me = await introduce(self._questions)
        return self._me

    async def _perhaps_known(self) -> Me | None:
        with suppress(TokenError, UnreachableError):
            return await self._known()
        return None


def _is_elsewhere(address: Address, me: Me) -> bool:
    """Say whether it is in another workspace; an organisation's own id says nothing of that."""
    return address.workspace[0] == me.workspace[0] and address.workspace != me.workspace
