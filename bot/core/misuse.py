"""What was typed and is no command, and why."""

from dataclasses import dataclass
from enum import Enum

from bot.core.settings_commands import Unsettled
from bot.core.verb import Verb


class Mistake(Enum):
    """Why what was typed is no command."""

    UNKNOWN_VERB = "unknown verb"
    PLAIN_TALK = "plain talk"
    NUMBER_OUT_OF_RANGE = "number out of range"
    SEVERAL_NUMBERS = "several numbers"
    SEVERAL_PAGES = "several pages"
    NO_WORDS = "no words"
    NOTHING_SOUGHT = "nothing sought"
    ONLY_UNWANTED = "only unwanted words"
    NO_SUCH_PAGE = "no such page"
    TOO_LONG = "too long"
    TAKES_NOTHING = "takes nothing"
    NOT_DAYS = "not days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misuse:
    """What was typed is no command."""

    mistake: Mistake | Unsettled
    #: The verb that was meant, for sure or most likely.
    verb: Verb | None = None
    #: The unknown verb as typed, where it is short and plain enough to be repeated.
    said: str = ""
