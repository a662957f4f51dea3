"""Where something happens and who does it, out of the ids that Slack tells."""

from dataclasses import dataclass
from typing import Final

from bot.slack.address import read_address
from bot.slack.heard import Person, Place
from bot.slack.reading import Body, at, list_at, text_at

#: What payloads call conversations that have no name of their own.
_NAMELESS: Final = ("directmessage", "privategroup", "mpdm-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What the bot hears to: its id in its workspace, and its command."""

    workspace: str
    #: The id that people's mentions have.
    user: str
    #: What its command is called, with the slash.
    command: str


def is_ours(body: Body, me: Name) -> bool:
    """Say whether a payload is told to the bot of its own workspace, as far as Slack says so.

    An app that is installed in several workspaces hears of them all, and knows each by its own
    token. In an organisation, one of its workspaces may be named for another.
    """
    if text_at(body, "enterprise_id") or text_at(body, "enterprise", "id"):
        return True
    match text_at(body, "type"):
        case "event_callback":
            allowed = list_at(body, "authorizations")
            if any(at(one, "is_enterprise_install") is True for one in allowed):
                return True
            told = {text_at(one, "team_id") for one in allowed}
            told |= {text_at(body, "team_id"), text_at(body, "context_team_id")}
        case "block_actions" | "view_submission":
            # Their team is that of the person, who may belong elsewhere.
            if text_at(body, "message", "user") not in {"", me.user}:
                return False
            told = {text_at(body, "view", "app_installed_team_id")}
        case _:
            told = {text_at(body, "team_id"), text_at(body, "team", "id")}
    known = told - {""}
    return not known or me.workspace in known


def place_of(conversation: str, me: Name, *, thread: str = "", name: str = "") -> Place | None:
    """Return where that is, by that name if it is one; None for what can be no address."""
    title = "" if name.startswith(_NAMELESS) else name
    made = Place(
        workspace=me.workspace, conversation=conversation, thread=thread or None, title=title
    )
    return None if read_address(made.destination.address) is None else made


def person_of(user: str, workspace: str, me: Name) -> Person | None:
    """Return who that is; of whom no workspace is told, they belong to the bot's."""
    known = workspace or me.workspace
    if read_address(f"{known}/{user}") is None or user[0] not in "UW":
        return None
    return Person(workspace=known, id=user)


def thread_of(ts: str, root: str) -> str:
    """Return the thread that a message stands in; the one that began it stands in none."""
    return "" if root == ts else root
