"""How a file gets into a channel: an address to send it to, its bytes, and where to show it."""

from typing import Final

from tests.fakes.slack.blocks import block_faults
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.errors import MalformedError, SlackError
from tests.fakes.slack.values import BOT_USER, File, Json, Message
from tests.fakes.slack.world import World

#: Bytes (docs.slack.dev, files: 1 GB).
LARGEST: Final = 1_000_000_000


def get_upload_url(world: World, said: Json) -> Json:
    """Return where to send a file of this length."""
    if not 0 < said["length"] <= LARGEST:
        raise MalformedError("file_upload_size_restricted")
    file = File(world.new_id("F"), said["filename"], said["length"])
    world.files[file.id] = file
    return {"upload_url": f"{world.url}/upload/v1/{file.id}", "file_id": file.id}


def take(world: World, number: str, content: bytes) -> str:
    """Keep the bytes of a file that was announced; return the words of the answer."""
    file = world.files[number]
    if len(content) != file.length:
        raise MalformedError("file_upload_size_restricted", status=400)
    file.content = content
    world.changed()
    return f"OK - {len(content)}"


def complete(world: World, said: Json) -> Json:
    """Show files in a channel, once they are there."""
    files = [_sent(world, one) for one in said["files"]]
    target = said.get("channel_id") or said.get("channels")
    if target:
        _share(world, _channel(world, target), files, said)
    return {"files": [file.json() for file in files]}


def _sent(world: World, one: Json) -> File:
    file = world.files.get(one.get("id", ""))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    file.title = one.get("title", file.name)
    return file


def _channel(world: World, number: str) -> Channel:
    if number.startswith("#") or number in world.users:
        # The number of a channel is asked for.
        raise MalformedError("invalid_channel")
    channel = world.place(number)
    channel.enter()
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _share(world: World, channel: Channel, files: list[File], said: Json) -> None:
    found = block_faults(said.get("blocks", []), "message")
    if found:
        raise MalformedError("invalid_blocks", messages=found)
    message = Message(
        ts=world.new_ts(),
        channel=channel.id,
        user=BOT_USER,
        text=said.get("initial_comment", ""),
        blocks=world.named(said.get("blocks", [])),
        ours=True,
        thread_ts=said.get("thread_ts", ""),
        files=files,
    )
    channel.keep(message)


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete,
}
