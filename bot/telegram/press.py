"""What a button carries while nobody presses it: at most 64 bytes, as Telegram allows."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

#: Bytes that a button carries at most (Bot API, InlineKeyboardButton.callback_data).
LONGEST = 64

#: The seconds since 1970 in base 36, if there are any, and what is said.
_DATA = re.compile(r"(?P<made>[1-9a-z][0-9a-z]{0,6})?(?P<says>/[a-z]\S*(?: \S+)*)")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button says, and the digest that it means."""

    #: As people type it: "/brief 1".
    says: str
    #: When that digest was made, to the second; None for the chat's last one.
    made: datetime | None = None


def write_press(press: Press) -> str | None:
    """Return what the button carries, or None where that has no room."""
    made = "" if press.made is None else _base36(int(press.made.timestamp()))
    data = f"{made}{press.says}"
    return data if len(data.encode()) <= LONGEST and read_press(data) is not None else None


def read_press(data: str) -> Press | None:
    """Return what a pressed button says, or None for data that no button of ours carries.

    Whoever forges data that can be read says no more than they could type themselves, and is asked
    for the same rights.
    """
    try:
        length = len(data.encode())
    except UnicodeEncodeError:
        return None
    found = _DATA.fullmatch(data)
    if found is None or length > LONGEST or not data.isprintable():
        return None
    made = found["made"]
    return Press(
        found["says"], None if made is None else datetime.fromtimestamp(int(made, 36), UTC)
    )


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
