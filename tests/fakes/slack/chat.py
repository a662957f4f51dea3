"""The methods that write: messages, what one person alone sees, changes and deletions."""

import json
from typing import Final

from tests.fakes.slack.blocks import block_faults, is_too_long
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.errors import MalformedError, SlackError
from tests.fakes.slack.values import BOT_USER, TEAM_ID, Json, Message
from tests.fakes.slack.world import World

#: Characters of ``text``: beyond the first it is cut, beyond the second it becomes several
#: messages (docs.slack.dev, chat.postMessage; the second was measured, and holds without blocks).
TEXT: Final = 40_000
SPLIT: Final = 4_040
MARKDOWN_TEXT: Final = 12_000
ATTACHMENTS: Final = 100
#: Bytes of metadata; Slack names no figure, people met refusals from here on.
METADATA: Final = 8_000


def post_message(world: World, said: Json) -> Json:
    """Post a message in a channel, a thread or a direct message."""
    channel = _writable(world, said["channel"])
    parent = _parent(channel, said)
    check_content(said)
    _check_metadata(said)
    world.rates.post("chat.postMessage", channel.id)
    # From here on it is posted.
    texts = _split(said)
    messages = [_kept(world, channel, said, text, parent) for text in texts]
    message = messages[0]
    return {"channel": channel.id, "ts": message.ts, "message": message.json()}


def _kept(world: World, channel: Channel, said: Json, text: str, parent: str) -> Message:
    message = Message(
        ts=world.new_ts(),
        channel=channel.id,
        user=BOT_USER,
        text=text,
        blocks=world.named(said.get("blocks", [])),
        attachments=said.get("attachments", []),
        ours=True,
        thread_ts=parent,
        broadcast=said.get("reply_broadcast", False),
        metadata=said.get("metadata"),
        unfurl_links=said.get("unfurl_links", True),
        unfurl_media=said.get("unfurl_media", True),
    )
    channel.keep(message)
    if channel.kind == "im":
        event = message.json() | {"channel": channel.id, "channel_type": "im"}
        world.happens("message.im", event)
    return message


def _split(said: Json) -> list[str]:
    text = _text(said)[:TEXT]
    if said.get("blocks") or len(text) <= SPLIT:
        return [text]
    return [text[at : at + SPLIT] for at in range(0, len(text), SPLIT)]


def _text(said: Json) -> str:
    return str(said.get("text") or said.get("markdown_text") or "")


def post_ephemeral(world: World, said: Json) -> Json:
    """Show something to one person alone."""
    channel = _writable(world, said["channel"])
    if said["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    check_content(said)
    whispered = whisper(world, channel, said["user"], said)
    return {"message_ts": whispered.ts}


def whisper(world: World, channel: Channel, user: str, said: Json) -> Message:
    """Show something to one person alone; return it."""
    message = Message(
        ts=world.new_ts(),
        channel=channel.id,
        user=BOT_USER,
        text=_text(said),
        blocks=world.named(said.get("blocks", [])),
        ours=True,
        thread_ts=said.get("thread_ts", ""),
        only_for=user,
    )
    channel.whispers.append(message)
    world.changed()
    return message


def update(world: World, said: Json) -> Json:
    """Change a message of the bot."""
    channel = _writable(world, said["channel"])
    message = channel.found(said["ts"])
    if message is None:
        raise SlackError("message_not_found")
    if not message.ours:
        raise SlackError("cant_update_message")
    check_content(said)
    _check_metadata(said)
    change(world, message, said)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.json(),
    }


def change(world: World, message: Message, said: Json) -> None:
    """Put something else in a message's place; blocks that are not given again are gone."""
    message.text = _text(said)
    message.blocks = world.named(said.get("blocks", []))
    message.attachments = said.get("attachments", [])
    message.metadata = said.get("metadata", message.metadata)
    message.edits += 1
    world.changed()


def delete(world: World, said: Json) -> Json:
    """Delete a message of the bot."""
    channel = _visible(world, said["channel"])
    message = channel.found(said["ts"])
    if message is None:
        raise SlackError("message_not_found")
    if not message.ours:
        raise SlackError("cant_delete_message")
    message.deleted = True
    world.changed()
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(world: World, said: Json) -> Json:
    """Return the address of a message."""
    channel = _visible(world, said["channel"])
    if channel.found(said["message_ts"]) is None:
        raise SlackError("message_not_found")
    moment = said["message_ts"].replace(".", "")
    address = f"https://fake.slack.com/archives/{channel.id}/p{moment}"
    return {"channel": channel.id, "permalink": address}


def add_reaction(world: World, said: Json) -> Json:
    """Put an emoji under a message."""
    channel = _writable(world, said["channel"])
    message = channel.found(said["timestamp"])
    if message is None:
        raise SlackError("message_not_found")
    if said["name"] in message.reactions:
        raise SlackError("already_reacted")
    message.reactions.append(said["name"])
    world.changed()
    return {}


def set_status(world: World, said: Json) -> Json:
    """Say what the bot is doing in a thread."""
    channel = _visible(world, said["channel_id"])
    if channel.found(said["thread_ts"]) is None:
        raise SlackError("invalid_thread_ts")
    channel.statuses.append(said["status"])
    world.changed()
    return {}


def check_content(said: Json, *, whole: bool = True) -> None:
    """Raise where a message says nothing, or more than Slack takes; all of it our own fault."""
    if "markdown_text" in said:
        if said.get("text") or said.get("blocks"):
            raise MalformedError("markdown_text_conflict")
        if len(said["markdown_text"]) > MARKDOWN_TEXT:
            raise MalformedError("msg_too_long")
    if not any(said.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        raise MalformedError("no_text")
    if len(said.get("attachments", ())) > ATTACHMENTS:
        raise MalformedError("too_many_attachments")
    found = block_faults(said.get("blocks", []), "message")
    if found:
        raise MalformedError("invalid_blocks", errors=found, messages=found)
    if whole and is_too_long(said.get("blocks", [])):
        raise MalformedError("msg_blocks_too_long")


def _check_metadata(said: Json) -> None:
    metadata = said.get("metadata")
    if metadata is None:
        return
    if not isinstance(metadata.get("event_type"), str) or not isinstance(
        metadata.get("event_payload"), dict
    ):
        raise MalformedError("invalid_metadata_format")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA:
        raise MalformedError("metadata_too_large")


def _visible(world: World, name: str) -> Channel:
    channel = world.place(name)
    channel.enter()
    return channel


def _writable(world: World, name: str) -> Channel:
    """Return where to write; the number of a person is that of the chat with them."""
    if name in world.users:
        person = world.users[name]
        if person.is_bot or person.deleted or person.team != TEAM_ID:
            raise SlackError("channel_not_found")
        channel = world.direct(name)
    else:
        channel = _visible(world, name)
    if channel.archived:
        raise SlackError("is_archived")
    if not channel.has_bot and "chat:write.public" not in world.settings.scopes:
        raise SlackError("not_in_channel")
    if channel.kind == "im" and not world.settings.messages_tab:
        raise SlackError("messages_tab_disabled")
    if channel.restricted:
        raise SlackError(channel.restricted)
    return channel


def _parent(channel: Channel, said: Json) -> str:
    """Return the parent of the thread that a message is for; empty outside of threads."""
    if not said.get("thread_ts"):
        if said.get("reply_broadcast"):
            raise MalformedError("invalid_arguments", messages=["[ERROR] no thread to broadcast"])
        return ""
    parent = channel.found(said["thread_ts"])
    if parent is None:
        # The only one of the method's errors that says anything of threads like that.
        raise SlackError("cannot_reply_to_message")
    if parent.thread_ts:
        # docs.slack.dev, chat.postMessage: avoid using a reply's ts, use its parent's.
        raise MalformedError("cannot_reply_to_message")
    return parent.ts


METHODS = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "reactions.add": add_reaction,
    "assistant.threads.setStatus": set_status,
}
