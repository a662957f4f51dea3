"""What a button carries while nobody presses it, in Slack's ``value``."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Characters that a button carries at most (Block Kit, button element, ``value``).
LONGEST = 2000
#: What the ``action_id`` of each button of ours begins with; its place in the message follows.
ACTION = "press:"

# The microseconds since 1970 in base 36, if there are any, and what is said. Eleven digits reach to
# the year 6140.
_VALUE = re.compile(r"(?P<made>[1-9a-z][0-9a-z]{0,10})?(?P<says>/[a-z]\S*(?: \S+)*)")
_SINCE, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button says, and the digest that it means."""

    #: As the verbs are known to the bot itself, whatever Slack's command is called: "/brief 1".
    says: str
    #: When that digest was made; None for the channel's last one.
    made: datetime | None = None


def write_press(press: Press) -> str | None:
    """Return what the button carries, or None where that has no room."""
    made = "" if press.made is None else _base36((press.made - _SINCE) // _MICROSECOND)
    value = f"{made}{press.says}"
    return value if read_press(value) == press else None


def read_press(value: str) -> Press | None:
    """Return what a pressed button says, or None for a value that no button of ours carries.

    Whoever forges a value that can be read says no more than they could type themselves, and is
    asked for the same rights; where nobody is served it reads but a digest that was posted there.
    """
    found = _VALUE.fullmatch(value) if len(value) <= LONGEST else None
    if found is None or not value.isprintable():
        return None
    made = found["made"]
    return Press(found["says"], None if made is None else _moment(made))


def _moment(digits: str) -> datetime:
    return _SINCE + int(digits, 36) * _MICROSECOND


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
