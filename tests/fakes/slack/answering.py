"""Answers to commands and presses: by ``response_url``, or with the acknowledgement itself."""

from typing import Final

from tests.fakes.slack.chat import change, check_content, whisper
from tests.fakes.slack.errors import MalformedError, SlackError
from tests.fakes.slack.values import BOT_USER, Json, Message
from tests.fakes.slack.world import HOOK_USES, Hook, World

_KNOWN: Final = frozenset(
    "text blocks attachments response_type replace_original delete_original thread_ts "
    "unfurl_links unfurl_media metadata mrkdwn".split()
)


def use_hook(world: World, key: str, said: Json) -> None:
    """Do what an answer to a ``response_url`` asks for; raise SlackError where it cannot."""
    hook = world.hooks.get(key)
    if hook is None:
        raise MalformedError("invalid_url", status=404)
    if world.clock() > hook.ends:
        raise SlackError("expired_url", status=404)
    if hook.used >= HOOK_USES:
        raise SlackError("used_url", status=404)
    check_answer(said)
    hook.used += 1
    answer(world, hook, said)


def check_answer(said: object) -> None:
    """Raise where an answer says what no answer can."""
    if not isinstance(said, dict) or not said.keys() <= _KNOWN:
        raise MalformedError("invalid_payload", status=400)
    if said.get("response_type", "ephemeral") not in {"ephemeral", "in_channel"}:
        raise MalformedError("invalid_response_type", status=400)
    if not said.get("delete_original"):
        # The limit of a whole message does not hold here (slackapi/bolt-js issue 2509).
        check_content(said, whole=False)


def answer(world: World, hook: Hook, said: Json) -> None:
    """Show an answer: to the person alone, to all, or in place of what was pressed."""
    if said.get("delete_original"):
        if hook.message is not None:
            hook.message.deleted = True
        world.changed()
    elif said.get("replace_original") and hook.message is not None:
        change(world, hook.message, said)
    elif said.get("response_type") == "in_channel":
        hook.channel.keep(
            Message(
                ts=world.new_ts(),
                channel=hook.channel.id,
                user=BOT_USER,
                text=said.get("text", ""),
                blocks=world.named(said.get("blocks", [])),
                ours=True,
                thread_ts=said.get("thread_ts", ""),
                unfurl_links=said.get("unfurl_links", True),
                unfurl_media=said.get("unfurl_media", True),
            )
        )
    else:
        whisper(world, hook.channel, hook.user, said)


def hear_answer(world: World, hook: Hook, ack: object) -> None:
    """Show what came with the acknowledgement of a command, if anything."""
    if not ack:
        return
    said = {"text": ack} if isinstance(ack, str) else ack
    if not isinstance(said, dict):
        raise MalformedError("invalid_payload")
    check_answer(said)
    answer(world, hook, said)
