"""What delivery has done since the bot was started, counted."""

from collections import Counter
from dataclasses import dataclass, field

from bot.core.delivery import Outcome, State


def outcome_name(outcome: Outcome) -> str:
    """Return what an outcome is called where outcomes are counted: "delivered", "deferred"."""
    return type(outcome).__name__.lower()


@dataclass(slots=True)
class Counts:
    """Numbers that only grow: use cases add to them, and who watches the bot reads them."""

    #: Slots that have come, by what was decided of each: due, missed, covered or quiet.
    slots: Counter[State] = field(default_factory=Counter)
    #: Digests that were prepared so late that they say so.
    late: int = 0
    #: Attempts to send a part, by outcome.
    parts: Counter[str] = field(default_factory=Counter)
    #: Parts that were found interrupted and sent again, so that they may be there twice.
    interrupted: int = 0
    #: Attempts to send a message of an answer, by outcome.
    answers: Counter[str] = field(default_factory=Counter)
    #: Answers that were given up.
    unanswered: int = 0
    #: How long the attempts to send parts took together, in seconds.
    seconds: float = 0.0
