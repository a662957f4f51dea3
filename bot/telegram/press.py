"""What a button carries while nobody presses it: at most 64 bytes, as Telegram allows."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Bytes that a button carries at most (Bot API, InlineKeyboardButton.callback_data).
LONGEST = 64

#: The microseconds since 1970 in base 36, if there are any, and what is said. Fewer digits count
#: seconds: buttons of older versions did.
_DATA = re.compile(
    r"(?P<made>[1-9a-z](?:[0-9a-z]{0,6}|[0-9a-z]{9,10}))?(?P<says>/[a-z]\S*(?: \S+)*)"
)
_SECONDS = 7
_SINCE, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button says, and the digest that it means."""

    #: As people type it: "/brief 1".
    says: str
    #: When that digest was made, or the second of it; None for the chat's last one.
    made: datetime | None = None


def write_press(press: Press) -> str | None:
    """Return what the button carries, or None where that has no room."""
    made = "" if press.made is None else _base36((press.made - _SINCE) // _MICROSECOND)
    data = f"{made}{press.says}"
    return data if len(data.encode()) <= LONGEST and read_press(data) is not None else None


def read_press(data: str) -> Press | None:
    """Return what a pressed button says, or None for data that no button of ours carries.

    Whoever forges data that can be read says no more than they could type themselves, and is asked
    for the same rights; where nobody is served it reads but a digest that was posted there.
    """
    try:
        length = len(data.encode())
    except UnicodeEncodeError:
        return None
    found = _DATA.fullmatch(data)
    if found is None or length > LONGEST or not data.isprintable():
        return None
    made = found["made"]
    return Press(found["says"], None if made is None else _moment(made))


def _moment(digits: str) -> datetime:
    unit = timedelta(seconds=1) if len(digits) <= _SECONDS else _MICROSECOND
    return _SINCE + int(digits, 36) * unit


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
