"""What is typed to the bot, with its command or its name, as a command that all chats know."""

import re
import unicodedata

from bot.core.courtesy import is_courtesy
from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import VERB_NAMES, parse
from bot.slack.mrkdwn import plain

#: Whoever claims the bot sends the code that its operator was shown; other words are looked for.
_CLAIM = re.compile(r"/?claim\s+([\w-]{20,64})", re.IGNORECASE | re.ASCII)
#: What stands between a name and what is said to it.
_CALL = " \t\n\xa0,:;，、：；"
#: Asks who the bot is, as on Telegram, though it is no verb.
_START = "start"
#: How Slack spells the pictures in a message.
_PICTURE = re.compile(r":[\w+'-]+:")


def commanded(text: str) -> str:
    """Return what the text behind the bot's command asks for, as "/VERB ...".

    Where no verb stands first, it is words that news are looked for with: "/brief WORDS".
    """
    said = text.strip()
    bare = said.removeprefix("/").strip()
    if not bare:
        return "/brief"
    if claim := _CLAIM.fullmatch(said):
        return f"/claim {claim[1]}"
    first, *rest = bare.split(maxsplit=1)
    verb = unicodedata.normalize("NFKC", first).casefold()
    if verb in VERB_NAMES:
        return " ".join((f"/{verb}", *rest))
    # Whoever types a slash means a verb, if one that does not exist.
    return f"/{bare}" if said.startswith("/") else f"/brief {said}"


def addressed(marked: str, *, me: str, command: str) -> str:
    """Return what a message to the bot says without the bot's own name; "/help" where nothing.

    ``me`` is the bot's id, ``command`` what its command is called: "/brief". Where no verb stands
    first, it is words that news are looked for with, unless it only greets or thanks; links are
    read as their addresses.
    """
    said = _uncalled(marked, me)
    if not said:
        return "/help"
    if re.match(rf"{re.escape(command)}(?=\s|$)", said, re.IGNORECASE):
        return commanded(said[len(command) :])
    if claim := _CLAIM.fullmatch(said):
        return f"/claim {claim[1]}"
    return f"/brief {said}" if _is_sought(said) else said


def _uncalled(marked: str, me: str) -> str:
    """Return a message as plain characters without the name that it calls."""
    called = re.split(rf"<@{re.escape(me)}(?:\|[^<>]*)?>", marked)
    first, *others = map(plain, called)
    if not others:
        return first.strip()
    # As people call somebody: "Hello @briefbot, what is new?"
    before, behind = first.rstrip(_CALL), " ".join(other.lstrip(_CALL) for other in others).strip()
    return behind if behind and _is_courtesy(before) else f"{before} {behind}".strip()


def _is_sought(said: str) -> bool:
    asked = parse(said)
    plain_talk = isinstance(asked, Misuse) and asked.mistake is Mistake.PLAIN_TALK
    return plain_talk and said.casefold() != _START and not _is_courtesy(said)


def _is_courtesy(said: str) -> bool:
    return is_courtesy(_PICTURE.sub(" ", said))
