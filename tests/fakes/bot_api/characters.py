"""Which characters of a text the server keeps, and which of them show anything."""

import re

#: What the server strips from both ends.
SPACES = " \t\r\n\0\v"
#: Dropped wherever they stand: carriage returns, marks that turn the writing around, and three
#: combining lines that spill over other lines.
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
#: Characters that show nothing; a text of these alone is empty.
_UNSEEN = re.compile("[\\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufeff]+")


def cleaned(text: str) -> str:
    """Return the text as the server keeps it, with spaces for what controls."""
    return _CONTROL.sub(" ", _DROPPED.sub("", text))


def is_empty(text: str) -> bool:
    """Tell whether a text shows nothing."""
    return not _UNSEEN.sub("", text)


def utf16(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
