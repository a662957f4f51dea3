"""Secrets left out of a text, in every form in which they may be written there."""

import json
import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

#: What stands in the place of a secret.
BLANK = "***"

#: The part of an address behind its host is taken for a key from so many characters on.
_KEY_LENGTH = 16

#: What looks like a secret, whoever it belongs to; a group that is kept comes before each.
_LOOKALIKES = tuple(
    re.compile(pattern)
    for pattern in (
        # A bot's token at Telegram: its number, a colon (in an address also %3A), 35 characters.
        r"()\d{5,20}(?::|%(?:25)*3[aA])[A-Za-z0-9_-]{30,}",
        # Slack's tokens: xoxb-, xoxp-, xoxe.xoxp-, xapp- and their kin.
        r"()x(?:ox[a-z](?:\.[a-z0-9]+)*|app)-[A-Za-z0-9%-]{6,}",
        # The address of a webhook at Slack is its key.
        r"(hooks\.slack\.com/[a-z]+/)[^\s\"'<>]+",
        # Whoever has the ticket of an address there hears all that Slack tells the bot.
        r"([?&]ticket=)[^&\s\"'<>]+",
        # A password in an address.
        r"(://[^/\s:@]*:)[^/\s@]+(?=@)",
    )
)


def blanker(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return what blanks these secrets in a text, and what looks like a token or a password.

    A secret is found as it is and as addresses, JSON, HTML and Python write it. An empty one
    is none.
    """
    found = {piece for secret in secrets for piece in _pieces(secret.strip())} - {""}
    # The longest first: a secret may begin with another.
    forms = [_form(secret) for secret in sorted(found, key=len, reverse=True)]
    known = re.compile("|".join(forms)) if forms else None

    def blank(text: str) -> str:
        if known is not None:
            text = known.sub(BLANK, text)
        for lookalike in _LOOKALIKES:
            text = lookalike.sub(rf"\1{BLANK}", text)
        return text

    return blank


def _pieces(secret: str) -> Iterable[str]:
    """Return what of a secret must not be seen by itself: an address also comes in parts."""
    yield secret
    number, _, key = secret.partition(":")
    if number.isdecimal() and len(key) >= _KEY_LENGTH:
        yield key
    if "://" not in secret:
        return
    try:
        address = urlsplit(secret)
        password, target = address.password or "", secret.partition(f"{address.netloc}/")[2]
    except ValueError:
        return
    yield password
    yield unquote(password)
    if address.scheme in {"http", "https"} and len(target) >= _KEY_LENGTH:
        yield target


def _form(secret: str) -> str:
    """Return the pattern of a secret, each of its characters in any of its spellings."""
    return "".join(map(_character, secret))


def _character(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    raw = character.encode(errors="surrogatepass")
    spellings = {
        character,
        json.dumps(character)[1:-1],
        repr(character)[1:-1],
        ascii(character)[1:-1],
        repr(raw)[2:-1],
        *_HTML.get(character, ()),
    }
    # A text that was quoted more than once has more backslashes before what it quotes.
    patterns = [re.escape(each).replace(r"\\", _BACKSLASHES) for each in spellings]
    # Twice encoded, a percent sign is itself written as %25.
    patterns.append("".join(f"%(?:25)*{byte:02x}" for byte in raw))
    choice = "|".join(sorted(patterns, key=len, reverse=True))
    return rf"\\{{0,8}}(?i:{choice})"


#: So many at most, or a long run of them would take long.
_BACKSLASHES = r"\\{1,8}"

_HTML = {
    "&": ("&amp;",),
    "<": ("&lt;",),
    ">": ("&gt;",),
    '"': ("&quot;", "&#34;"),
    "'": ("&#39;", "&#x27;"),
    " ": ("+",),
}
