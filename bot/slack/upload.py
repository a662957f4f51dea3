"""Brings a file into a conversation: Slack names an address for it, takes it, and shows it."""

from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client import FAILURES, ComplaintError, answered, complaint_of
from bot.slack.complaint import Complaint
from bot.slack.payload import File

#: Characters of a file's name: it is sent as a part of an address.
_LONGEST_NAME = 100
_OK = 200


async def bring(client: AsyncWebClient, session: aiohttp.ClientSession, file: File) -> str:
    """Send Slack the file and return its id; nobody sees it yet. Raises ``ComplaintError``."""
    # A name's end says what kind of file it is.
    name = file.name[-_LONGEST_NAME:]
    place = await answered(
        client.files_getUploadURLExternal(filename=name, length=len(file.content))
    )
    address, number = str(place.get("upload_url")), str(place.get("file_id"))
    if not _is_safe(address, client.base_url):
        raise ComplaintError(Complaint())
    try:
        async with session.post(
            address, data=file.content, proxy=client.proxy, allow_redirects=False
        ) as taken:
            status = taken.status
    except FAILURES as error:
        raise ComplaintError(complaint_of(error)) from error
    if status != _OK:
        raise ComplaintError(Complaint(status=status))
    return number


async def show(
    client: AsyncWebClient, file: File, number: str, *, conversation: str, thread: str | None
) -> None:
    """Show a file that was brought in a conversation, or in a thread. Raises ``ComplaintError``."""
    await answered(
        client.files_completeUploadExternal(
            files=[{"id": number, "title": file.name[-_LONGEST_NAME:]}],
            channel_id=conversation,
            thread_ts=thread,
        )
    )


def _is_safe(address: str, server: str) -> bool:
    """Say whether the file may go there: over https, or to the very server that was set."""
    said, own = urlsplit(address), urlsplit(server)
    return said.scheme == "https" or (said.scheme, said.netloc) == (own.scheme, own.netloc)
