"""What a verb is: a thing people can ask for, in every chat alike."""

from dataclasses import dataclass, replace
from enum import Enum

from bot.core.abilities import Abilities, Ability


class Who(Enum):
    """Who may use a verb."""

    ALL = "all"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One way to type a verb; words in capitals stand for what people put there."""

    #: What follows the verb, as a message: "WORDS", or nothing.
    takes: str
    #: What it answers, as a message.
    meaning: str
    #: A line that can be typed as it stands.
    example: str
    #: What a chat must be able to do for it; None for nothing.
    needs: Ability | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A thing people can ask for, in every chat alike."""

    #: Lower-case Latin letters, as platforms demand of their menus.
    name: str
    #: What it is for, in a few words, as a message.
    summary: str
    usages: tuple[Usage, ...]
    who: Who = Who.ALL

    @property
    def slash(self) -> str:
        """Return the verb as people type it."""
        return f"/{self.name}"


def usable(verb: Verb, can: Abilities) -> Verb:
    """Return the verb with the usages that change something where chats can do that."""
    return replace(verb, usages=tuple(one for one in verb.usages if one.needs in {None, *can}))


def alone(name: str, summary: str, *, who: Who = Who.ALL) -> Verb:
    """Return a verb that nothing follows."""
    usage = Usage(takes="", meaning=summary, example=f"/{name}")
    return Verb(name=name, summary=summary, usages=(usage,), who=who)
