"""What Slack's payloads say to the bot: an ask, a press, a coming or going; or nothing."""

from typing import Final

from bot.slack.commands import addressed, commanded
from bot.slack.heard import (
    Archived,
    Came,
    Heard,
    Manner,
    Moved,
    Opened,
    Place,
    Typed,
    Uninstalled,
    Went,
)
from bot.slack.interactive import linked, pressed, submitted
from bot.slack.mrkdwn import plain
from bot.slack.reading import Body, at, body_at, list_at, text_at
from bot.slack.whereabouts import Name, person_of, place_of

#: What a message may be besides a plain one, to be something that a person says anew.
_SAID: Final = frozenset({"", "file_share", "thread_broadcast"})


def heard(body: Body, me: Name) -> Heard | None:
    """Return what a payload says to the bot; None for what is not meant for it.

    Nothing is trusted but that Slack sent it, and no shape raises anything.
    """
    match text_at(body, "type"):
        case "event_callback":
            return _event(body, body_at(body, "event"), me)
        case "block_actions":
            return pressed(body, me)
        case "view_submission":
            return submitted(body, me)
        case "message_action":
            return linked(body, me)
        case "" if "command" in body:
            return _command(body, me)
        case _:
            return None


def _command(body: Body, me: Name) -> Typed | None:
    place = place_of(text_at(body, "channel_id"), me, name=text_at(body, "channel_name"))
    person = person_of(text_at(body, "user_id"), text_at(body, "team_id"), me)
    if place is None or person is None:
        return None
    return Typed(
        place=place,
        person=person,
        text=commanded(plain(text_at(body, "text"))),
        manner=Manner.COMMAND,
        url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
    )


def _event(body: Body, event: Body, me: Name) -> Heard | None:
    kind, channel = text_at(event, "type"), text_at(event, "channel")
    match kind:
        case "app_mention" | "message":
            return _message(event, me, organisation=_organisation(body))
        case "app_home_opened" if text_at(event, "tab") == "home":
            person = person_of(text_at(event, "user"), "", me)
            return None if person is None else Opened(person=person)
        case "tokens_revoked" if me.user not in list_at(event, "tokens", "bot"):
            return None
        case "app_uninstalled" | "tokens_revoked":
            return Uninstalled(workspace=me.workspace)
        case "channel_id_changed":
            return _moved(event, me)
        case _:
            place = place_of(channel, me)
            return None if place is None else _standing(kind, event, place, me)


def _standing(kind: str, event: Body, place: Place, me: Name) -> Heard | None:
    """Return what has become of the bot in a channel, or of the channel."""
    ours = text_at(event, "user") == me.user
    match kind:
        case "member_joined_channel" if ours:
            return Came(place=place, person=person_of(text_at(event, "inviter"), "", me))
        case "member_left_channel" if ours:
            return Went(place=place)
        case "channel_left" | "group_left" | "channel_deleted" | "group_deleted":
            return Went(place=place)
        case "channel_archive" | "group_archive":
            return Archived(place=place, archived=True)
        case "channel_unarchive" | "group_unarchive":
            return Archived(place=place, archived=False)
        case _:
            return None


def _moved(event: Body, me: Name) -> Moved | None:
    old = place_of(text_at(event, "old_channel_id"), me)
    new = place_of(text_at(event, "new_channel_id"), me)
    return None if old is None or new is None else Moved(place=old, new=new.conversation)


def _message(event: Body, me: Name, *, organisation: str) -> Typed | None:
    """Return what somebody says to the bot anew; what is edited or said by bots is nothing."""
    mentioned = text_at(event, "type") == "app_mention"
    if not mentioned and text_at(event, "channel_type") != "im":
        return None
    user, text = text_at(event, "user"), text_at(event, "text")
    if text_at(event, "subtype") not in _SAID or "edited" in event or at(event, "hidden"):
        return None
    if "bot_id" in event or user == me.user or not text.strip():
        return None
    ts, root = text_at(event, "ts"), text_at(event, "thread_ts")
    place = place_of(text_at(event, "channel"), me, thread=root or (ts if mentioned else ""))
    workspace = text_at(event, "user_team") or text_at(event, "team")
    # In an organisation of several workspaces, its own id may stand for each.
    person = person_of(user, "" if workspace == organisation else workspace, me)
    if place is None or person is None:
        return None
    return Typed(
        place=place,
        person=person,
        text=addressed(text, me=me.user, command=me.command),
        manner=Manner.MENTION if mentioned else Manner.DIRECT,
        under=root,
    )


def _organisation(body: Body) -> str:
    """Return the organisation that the bot's workspace belongs to; empty for none."""
    return text_at(next(iter(list_at(body, "authorizations")), None), "enterprise_id")
