"""The address of a page in what people type, however their chat has wrapped it."""

import re
from dataclasses import dataclass

#: How Slack writes a link: in angle brackets, its words behind a bar, "&" spelled out.
_WRAPPED = re.compile(r"<([^<>|\s]+)(?:\|[^<>]*)?>")
_SCHEMED = re.compile(r"[a-z][a-z0-9+.-]{1,20}:/{1,2}\S+", re.IGNORECASE)
_WWW = re.compile(r"www\.\S+\.\S+", re.IGNORECASE)
#: A host with a path; without one it could as well be a word to look for.
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?/\S*")
_OPENING, _CLOSING = "\"'“‘«(<[", "\"'”’»>].,;:!?"


@dataclass(frozen=True, slots=True)
class BriefOf:
    """Asks for a brief of the page at an address."""

    address: str


def addresses(typed: str) -> tuple[str, ...]:
    """Return the addresses that somebody typed, whole; none where words are meant.

    A host without a scheme counts where it stands alone and has a path, or begins with "www.".
    """
    words = [_bare(word) for word in _WRAPPED.sub(_unwrapped, typed).split()]
    if len(words) == 1 and _BARE.fullmatch(words[0]):
        return (f"https://{words[0]}",)
    return tuple(
        f"https://{word}" if _WWW.fullmatch(word) else word
        for word in words
        if _SCHEMED.fullmatch(word) or _WWW.fullmatch(word)
    )


def _unwrapped(wrapped: re.Match[str]) -> str:
    return f" {wrapped[1].replace('&amp;', '&')} "


def _bare(word: str) -> str:
    """Return a word without the marks around it; a bracket that opens in it closes in it."""
    word = word.lstrip(_OPENING)
    while word and (word[-1] in _CLOSING or (word[-1] == ")" and "(" not in word)):
        word = word[:-1]
    return word
