"""Answers that one person alone sees, where others read along: ephemeral messages, to Slack."""

import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.app.reply import Arrival, Replies
from bot.core.alone_pages import elsewhere_page, filed_page
from bot.core.delivery import Deferred, Delivered, Moved, Outcome, Refused, Unsure
from bot.core.page import Page
from bot.core.wording import Words
from bot.slack.address import Address
from bot.slack.client import FAILURES, ComplaintError, Me, answered, complaint_of
from bot.slack.complaint import Complaint, named_wait
from bot.slack.connection import Connection
from bot.slack.heard import Person, Place
from bot.slack.outcomes import is_unreadable, outcome
from bot.slack.payload import File, Message, arguments, bare, read

#: So often may an answer go to one ``response_url``, and for so many seconds (Slack, "Handling user
#: interaction"); the last half minute is left for the way there.
USES, LASTING = 5, 1770.0

_HOOKS = "hooks.slack.com"
#: What an answer there may say of what chat.postMessage is given, and what chat.postEphemeral may.
_ANSWERED = ("text", "blocks", "mrkdwn", "unfurl_links", "unfurl_media")
_WHISPERED = ("text", "blocks", "parse", "link_names")

#: Shows a message once; raises ``ComplaintError``.
_Way = Callable[[Message], Awaitable[None]]

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Corner:
    """Where one person is answered alone, for as long as Slack lets the bot."""

    place: Place
    person: Person
    #: Where answers are posted to; empty for none.
    url: str = field(default="", repr=False)
    #: When it was told, in seconds that only go forward.
    since: float = 0.0
    left: int = USES


@dataclass(frozen=True, slots=True, kw_only=True)
class Ephemeral:
    """Shows pages to people alone. Never raises for what Slack says."""

    line: Connection
    me: Callable[[], Me]
    replies: Replies
    #: Seconds that only go forward.
    seconds: Callable[[], float]

    async def say(self, corner: Corner, page: Page, *, words: Words, replace: bool = False) -> bool:
        """Show the page to the person, wherever Slack lets it, and say whether it is there.

        In place of the message whose button was pressed, if that is asked for and one will do. What
        cannot be shown beside the conversation goes into the person's own one with the bot, so that
        each message comes once.
        """
        shown = page if page.document is None else await self._filed(corner, page, words)
        messages = [read(payload) for payload in self.line.channel.render(shown, flat=True)]
        only, fits = replace and len(messages) == 1, len(messages) <= corner.left
        for number, message in enumerate(messages):
            if isinstance(message, File) or not await self._said(
                corner, message, replace=only, fits=fits
            ):
                there = await self._apart(corner, shown, beyond=number)
                if there and (number or not fits) and self._is_open(corner):
                    await self._point(corner, words)
                return there
        return True

    async def remove(self, corner: Corner) -> None:
        """Take away the message whose button was pressed."""

        async def act() -> Outcome:
            try:
                await self._post(corner, {"delete_original": True})
            except ComplaintError as error:
                return self._meant(error.complaint, corner)
            return Delivered("")

        if not (self._is_open(corner) and isinstance(await self.replies.attempt(act), Delivered)):
            log.info("An answer in %s was left where it is.", corner.place.whole)

    async def _filed(self, corner: Corner, page: Page, words: Words) -> Page:
        """Bring a file to where files can be, and return what is said here."""
        if await self._apart(corner, page, offered=True):
            return filed_page(words=words)
        return Page(page.unfiled, page.summary)

    async def _apart(
        self, corner: Corner, page: Page, *, offered: bool = False, beyond: int = 0
    ) -> bool:
        own = Address(self.me().workspace, corner.person.id).destination
        arrival = await self.replies.bring(own, page, flat=True, offered=offered, beyond=beyond)
        return arrival is Arrival.WHOLE

    async def _point(self, corner: Corner, words: Words) -> None:
        """Say where the rest of an answer is, to who waits for it here."""
        for payload in self.line.channel.render(elsewhere_page(words=words), flat=True):
            note = read(payload)
            if isinstance(note, Message):
                await self._said(corner, note, replace=False, fits=True)

    async def _said(self, corner: Corner, message: Message, *, replace: bool, fits: bool) -> bool:
        """Show one message; False where it is surely not there."""
        for way in self._ways(corner, replace=replace, fits=fits):
            became = await self.replies.attempt(partial(self._once, way, message, corner))
            match became:
                case Delivered():
                    return True
                case Unsure(why):
                    # It may be there; who asked can ask again.
                    log.warning("An answer in %s may be lost. %s", corner.place.whole, why)
                    return True
                case Deferred() | Refused() | Moved():
                    log.info("An answer in %s takes another way.", corner.place.whole)
        return False

    def _ways(self, corner: Corner, *, replace: bool, fits: bool) -> Iterator[_Way]:
        """Yield the ways to the person, the best first.

        A page that does not fit into the answers that are left goes another way from its beginning:
        half of it there would be no use.
        """
        if fits and self._is_open(corner):
            yield partial(self._answer, corner, replace=replace)
        yield partial(self._whisper, corner)

    async def _once(self, way: _Way, message: Message, corner: Corner) -> Outcome:
        """Show it that way; as bare words where Slack cannot read our blocks."""
        complaint = Complaint()
        for said in (message, bare(message)):
            try:
                await way(said)
            except ComplaintError as error:
                complaint = error.complaint
            else:
                return Delivered("")
            if not is_unreadable(complaint):
                break
            details = "; ".join(complaint.details)
            log.error("Slack cannot read our blocks, which is a bug of ours: %s", details)
        return self._meant(complaint, corner)

    async def _answer(self, corner: Corner, message: Message, *, replace: bool) -> None:
        said = _only(_ANSWERED, arguments(message)) | _in_thread(corner)
        await self._post(corner, said | {"response_type": "ephemeral", "replace_original": replace})

    async def _whisper(self, corner: Corner, message: Message) -> None:
        place, person = corner.place, corner.person
        said = _only(_WHISPERED, arguments(message)) | _in_thread(corner)
        await answered(
            self.line.posts.chat_postEphemeral(channel=place.conversation, user=person.id, **said)
        )

    async def _post(self, corner: Corner, said: Mapping[str, Any]) -> None:
        """Post it to where Slack takes answers. Raises ``ComplaintError``."""
        corner.left -= 1
        try:
            async with self.line.session.post(
                corner.url, json=said, proxy=self.line.posts.proxy, allow_redirects=False
            ) as response:
                status, text = response.status, await response.text()
                wait = named_wait(response.headers.get("Retry-After"))
        except FAILURES as error:
            # Its text may hold the address, which is as good as a password.
            raise ComplaintError(complaint_of(error)) from None
        refusal = _refusal(text)
        if status != HTTPStatus.OK or refusal:
            raise ComplaintError(Complaint(error=refusal, status=status, retry_after=wait))

    def _is_open(self, corner: Corner) -> bool:
        """Say whether Slack still takes answers there, and it is Slack."""
        fresh = corner.left > 0 and self.seconds() - corner.since < LASTING
        return fresh and is_hook(corner.url, self.line.server)

    def _meant(self, complaint: Complaint, corner: Corner) -> Outcome:
        return outcome(complaint, corner.place.whole_address, me=f"@{self.me().name}")


def is_hook(url: str, server: str) -> bool:
    """Say whether an address is one where Slack takes answers: of its own, or of our server.

    Nothing else may be posted to, whoever named it.
    """
    try:
        there, ours = urlsplit(url), urlsplit(server)
        same = _origin(there) == _origin(ours)
    except ValueError:
        return False
    if there.username is not None or there.password is not None:
        return False
    hooks = {_HOOKS, f"hooks.{ours.hostname}"}
    return same or (there.scheme == "https" and there.hostname in hooks and there.port is None)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port


def _only(names: tuple[str, ...], said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in names if name in said}


def _in_thread(corner: Corner) -> dict[str, Any]:
    return {} if corner.place.thread is None else {"thread_ts": corner.place.thread}


def _refusal(text: str) -> str:
    """Return the error that an answer names; nothing where it was taken: "ok", or JSON."""
    try:
        said = json.loads(text)
    except ValueError:
        said = text.strip()
    if isinstance(said, dict):
        return "" if said.get("ok") else str(said.get("error") or "")
    return "" if said == "ok" else str(said)[:100]
