"""What a file says of itself, once its bytes are text and its markup is gone."""

from dataclasses import dataclass

from bot.core.health import Reason
from bot.core.values import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text of a file, and what the file itself says of it; what it does not say is None."""

    text: str
    title: str | None = None
    url: str | None = None
    language: str | None = None
    published: Published | None = None
    place: str | None = None
    publisher: str | None = None
    #: Whether the file goes on behind the text.
    is_cut: bool = False
    #: A date that it gives and no calendar has.
    misdated: str = ""
    #: What stands in its front matter and could not be read, a clause each.
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Why there is no reading."""

    reason: Reason
    detail: str = ""
