"""What the app asks of a workspace, and what each of it is for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that a bot's token may do, by Slack's name for it."""

    name: str
    #: What cannot be done without it.
    purpose: str


#: Without one of these something that people ask for does not work.
NEEDED = (
    Scope("commands", "the slash command and the message shortcut"),
    Scope("chat:write", "posts, answers and their buttons"),
    Scope("app_mentions:read", "to hear whoever mentions the bot in a channel"),
    Scope("im:history", "to hear what people write to the bot alone"),
    Scope("im:write", "to write to a person alone: long answers, news for the operator"),
    Scope("channels:read", "who created a public channel, and that the bot came or went"),
    Scope("groups:read", "the same of private channels"),
    Scope("users:read", "who is an admin of the workspace and who a guest; languages and zones"),
)
#: Without these it goes on with less.
WELCOME = (
    Scope("files:write", "calendar files; without it their dates are words"),
    Scope("channels:join", "to join a public channel that it posts to; without it: /invite"),
)
#: They let an app read along, so nobody is asked for them unless it is wanted.
LOOKUP = (
    Scope("channels:history", "to look whether a post of which Slack gave no answer has arrived"),
    Scope("groups:history", "the same in private channels"),
)


def missing(scopes: Sequence[Scope], granted: Collection[str]) -> tuple[Scope, ...]:
    """Return those of the scopes that were not granted."""
    return tuple(scope for scope in scopes if scope.name not in granted)


def granted(header: str) -> frozenset[str]:
    """Return the scopes that Slack names in the header ``x-oauth-scopes`` of each answer."""
    return frozenset(name.strip() for name in header.split(",") if name.strip())
