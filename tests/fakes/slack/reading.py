"""What people see of Slack's markup: the words, the links, and whom they call."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

# docs.slack.dev, formatting message text: what stands between < and > is special.
_SPECIAL = re.compile(r"<([^<>\n]*)>")
_SIGNS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPED = re.compile("|".join(_SIGNS))
#: A bare & < or > that no markup explains.
_BARE = re.compile(r"&(?!(?:amp|lt|gt);)|[<>]")
#: What makes words bold, italic, struck or code where it encloses them.
_STYLES = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_GROUPS = frozenset({"!channel", "!here", "!everyone"})


@dataclass
class Read:
    """What somebody reads."""

    words: str = ""
    #: Address and words of each link.
    links: list[tuple[str, str]] = field(default_factory=list)
    #: Whom it calls: "!channel", "@U123", "!subteam^S123"; channels that it names: "#C123".
    pings: list[str] = field(default_factory=list)
    #: Words that stand out, by the sign that makes them so: "*", "_", "~", "`".
    styled: list[tuple[str, str]] = field(default_factory=list)
    #: Signs that ought to have been escaped, with what is around them.
    unescaped: list[str] = field(default_factory=list)

    def add(self, other: "Read") -> None:
        """Put another text under this one."""
        self.words = f"{self.words}\n{other.words}" if self.words else other.words
        self.links += other.links
        self.pings += other.pings
        self.styled += other.styled
        self.unescaped += other.unescaped


def read_text(text: str) -> Read:
    """Return what people see of text in Slack's markup (mrkdwn)."""
    read = Read()
    words: list[str] = []
    end = 0
    for found in _SPECIAL.finditer(text):
        words.append(_plain(text[end : found.start()], read))
        words.append(_special(found[1], read))
        end = found.end()
    words.append(_plain(text[end:], read))
    read.words = _unstyled(_unstyled(_QUOTED.sub("", "".join(words)), read), read)
    return read


def _plain(text: str, read: Read) -> str:
    """Return text outside of < and >; quotation marks at a line's start are no bare signs."""
    checked = re.sub(r"^>", " ", text, flags=re.MULTILINE)
    read.unescaped += [
        checked[max(one.start() - 10, 0) : one.end() + 10] for one in _BARE.finditer(checked)
    ]
    return unescape(text)


def unescape(text: str) -> str:
    """Return text with its three escaped signs as people see them."""
    return _ESCAPED.sub(lambda found: _SIGNS[found[0]], text)


def escape(text: str) -> str:
    """Return text as Slack keeps what somebody typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _special(content: str, read: Read) -> str:
    address, _, label = content.partition("|")
    if address.startswith("!date^"):
        return unescape(label)
    if address.startswith("!"):
        if address in _GROUPS or address.startswith("!subteam^"):
            read.pings.append(address)
            return "@" + (unescape(label) or address[1:])
        return unescape(label) or address
    if address.startswith(("@", "#")):
        read.pings.append(address)
        return address[0] + (unescape(label) or address[1:])
    if re.match(r"(?i:https?://|mailto:|tel:)\S+$", address):
        words = unescape(label) or unescape(address)
        read.links.append((unescape(address), words))
        return words
    # Slack shows what it does not understand as it stands.
    read.unescaped.append(f"<{content}>")
    return f"<{unescape(content)}>"


def _unstyled(text: str, read: Read) -> str:
    """Return text without the signs that style it."""

    def plain(found: re.Match[str]) -> str:
        read.styled.append((found[1], found[2]))
        return found[2]

    return _STYLES.sub(plain, text)


def read_blocks(blocks: Iterable[dict[str, Any]]) -> Read:
    """Return what people see of blocks, a line for each text."""
    read = Read()
    for block in blocks:
        for text in _texts(block):
            read.add(text)
    return read


def _texts(block: dict[str, Any]) -> Iterator[Read]:
    """Yield the texts of a block in reading order."""
    kind = block["type"]
    if kind in {"header", "section", "container"}:
        yield from (_text(block[name]) for name in ("title", "text") if name in block)
    yield from (_text(field) for field in block.get("fields", ()))
    if kind == "context":
        yield from (_text(one) for one in block["elements"] if one["type"] != "image")
    if kind == "markdown":
        # Its Markdown is shown as it stands; what would call somebody is found.
        yield Read(block["text"], pings=read_text(block["text"]).pings)
    if kind == "input":
        yield from (_text(block[name]) for name in ("label", "hint") if name in block)
    if kind == "table":
        yield from (_row(row) for row in block["rows"])
    if kind == "rich_text":
        for part in block["elements"]:
            lines = part["elements"] if part["type"] == "rich_text_list" else [part]
            yield from (_rich(one) for one in lines)
    for child in block.get("child_blocks", ()):
        yield from _texts(child)


def _text(text: dict[str, Any]) -> Read:
    return read_text(text["text"]) if text["type"] == "mrkdwn" else Read(text["text"])


def _row(cells: Iterable[dict[str, Any]]) -> Read:
    read = Read()
    words = []
    for cell in cells:
        one = _rich(cell) if cell["type"] == "rich_text" else Read(str(cell["text"]))
        words.append(one.words)
        read.add(one)
    read.words = "\t".join(words)
    return read


#: What calls somebody in rich text, and how that is written in markup.
_CALLS: Final = (
    ("user_id", "@"),
    ("channel_id", "#"),
    ("range", "!"),
    ("usergroup_id", "!subteam^"),
)


def _rich(element: dict[str, Any]) -> Read:
    """Return what people see of rich text; its parts follow each other in one line."""
    read = Read(str(element.get("text") or element.get("fallback") or element.get("url") or ""))
    if "url" in element:
        read.links.append((element["url"], read.words))
    for kind, sign in _CALLS:
        if kind in element:
            read.pings.append(sign + element[kind])
            read.words = sign + element[kind]
    for part in element.get("elements", ()):
        one = _rich(part)
        words = read.words + one.words
        read.add(one)
        read.words = words
    return read
