"""What people wrote in Slack's markup (mrkdwn) as plain characters, and the links in it.

Slack marks up names, channels and addresses with angle brackets, and spells out three characters:
docs.slack.dev, "Formatting message text".
"""

import re
from collections.abc import Iterator, Sequence

from bot.slack.reading import Body, list_at, text_at

_MARKED = re.compile(
    r"<(?P<sign>[@#!]?)(?P<named>[^<>|\s][^<>|]*)(?:\|(?P<label>[^<>]*))?>|&(?P<spelled>amp|lt|gt);"
)
_SPELLED = {"amp": "&", "lt": "<", "gt": ">"}
_SCHEMED = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_MAILED = ("mailto:", "tel:")
#: A message has no more blocks within blocks, and links, than are looked at here.
_DEEPEST, _MOST_LINKS = 12, 50


def plain(marked: str) -> str:
    """Return what was written: links as their addresses, names as "@name" or "#channel"."""
    return _MARKED.sub(_unmarked, marked)


def links_of(message: Body) -> tuple[str, ...]:
    """Return the web addresses in a message, each once, as they stand there.

    A message of an app may have its links in blocks or attachments alone.
    """
    found = [link for text in _texts(message, _DEEPEST) for link in _links_in(text)]
    return tuple(dict.fromkeys(found))[:_MOST_LINKS]


def _unmarked(found: re.Match[str]) -> str:
    if found["spelled"]:
        return _SPELLED[found["spelled"]]
    sign, named, label = found["sign"], found["named"], plain(found["label"] or "")
    match sign:
        case "@" | "#":
            return f"{sign}{label.removeprefix(sign) or named}"
        case "!":
            # <!here>, <!subteam^S1|@desk>, <!date^0^{date}|some day>
            return label or f"@{named.partition('^')[0]}"
        case _ if not _SCHEMED.match(named):
            # Only a command's text has brackets that people typed.
            return found[0]
        case _ if label and named.lower().startswith(_MAILED):
            return label
        case _:
            return plain(named)


def _links_in(marked: str) -> Iterator[str]:
    if _WEB.match(marked) and not re.search(r"[\s<>]", marked):
        yield plain(marked)
        return
    for found in _MARKED.finditer(marked):
        if not found["sign"] and _WEB.match(found["named"] or ""):
            yield plain(found["named"])


def _texts(part: Body, depth: int) -> Iterator[str]:
    """Yield what a part of a message says or leads to, from its beginning."""
    if depth <= 0:
        return
    if isinstance(part.get("text"), str):
        yield text_at(part, "text")
    else:
        yield from _inside([part.get("text")], depth)
    for name in ("url", "title_link", "from_url", "original_url"):
        yield text_at(part, name)
    for name in ("fields", "elements", "blocks", "attachments"):
        yield from _inside(list_at(part, name), depth)


def _inside(parts: Sequence[object], depth: int) -> Iterator[str]:
    for part in parts:
        if isinstance(part, dict):
            yield from _texts(part, depth - 1)
