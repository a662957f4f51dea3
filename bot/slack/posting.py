"""Puts messages and files into conversations, and mends at once what can be mended there."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.address import Address
from bot.slack.client import ComplaintError, answered
from bot.slack.complaint import Complaint
from bot.slack.directs import Directs
from bot.slack.joins import Joins
from bot.slack.outcomes import is_about_metadata, is_unreadable, may_join
from bot.slack.payload import File, Message, arguments, bare
from bot.slack.upload import bring, show

#: What ``chat.update`` takes of the arguments of a message.
_CHANGED = ("text", "blocks", "parse", "link_names")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Posting:
    """What posts. Each method raises ``ComplaintError`` where it is not done."""

    #: It repeats nothing by itself.
    client: AsyncWebClient = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    directs: Directs = field(repr=False)
    joins: Joins = field(repr=False)

    async def message(
        self,
        address: Address,
        message: Message,
        *,
        thread: str | None,
        mark: Mapping[str, Any] | None,
        enters: bool = False,
    ) -> str:
        """Post the message and return its reference.

        If it enters, a public channel is joined for it, where the app may; raises ``WaitError`` as
        ``Joins.join`` does. What Slack cannot read is posted as words alone, and without a mark
        where Slack does not take that: both are bugs of ours.
        """
        while True:
            given = arguments(message) | ({} if mark is None else {"metadata": mark})
            try:
                said = await answered(
                    self.client.chat_postMessage(
                        channel=address.conversation, thread_ts=thread, **given
                    )
                )
                return _reference(said)
            except ComplaintError as error:
                complaint = error.complaint
                if may_join(complaint) and enters:
                    await self.joins.join(address, error)
                    enters = False
                elif is_unreadable(complaint) and message.blocks:
                    message = _plain(message, complaint)
                elif is_about_metadata(complaint) and mark is not None:
                    _complain("metadata", complaint)
                    mark = None
                else:
                    raise

    async def bring(self, file: File) -> str:
        """Send Slack a file that nobody sees yet, and return its id."""
        return await bring(self.client, self.session, file)

    async def show(
        self, address: Address, file: File, number: str, *, thread: str | None, enters: bool = False
    ) -> None:
        """Show a file that was brought there; a channel is joined for it as for a message."""
        place = await self.directs.conversation(address)
        try:
            await show(self.client, file, number, conversation=place, thread=thread)
        except ComplaintError as error:
            if not (may_join(error.complaint) and enters):
                raise
            await self.joins.join(address, error)
            await show(self.client, file, number, conversation=place, thread=thread)

    async def change(self, address: Address, reference: str, message: Message) -> None:
        """Put the message in place of one of ours."""
        place = await self.directs.conversation(address)
        while True:
            given = {name: said for name, said in arguments(message).items() if name in _CHANGED}
            # Blocks that are not named would be kept or dropped, as Slack likes.
            given = {"blocks": []} | given
            try:
                await answered(self.client.chat_update(channel=place, ts=reference, **given))
            except ComplaintError as error:
                if not (is_unreadable(error.complaint) and message.blocks):
                    raise
                message = _plain(message, error.complaint)
            else:
                return


def _plain(message: Message, complaint: Complaint) -> Message:
    _complain("blocks", complaint)
    return bare(message)


def _complain(what: str, complaint: Complaint) -> None:
    details = "; ".join((complaint.error, *complaint.details))
    log.error("Slack cannot read our %s, which is a bug of ours: %s", what, details)


def _reference(said: Mapping[str, Any]) -> str:
    reference = said.get("ts")
    if not isinstance(reference, str):
        raise ComplaintError(Complaint())
    return reference
