"""What a server sent in place of what was asked for: a page to sign in at, a page, a file."""

import re

from bot.core.health import Reason
from bot.sources.reading import Unread

#: So much of a page is looked at, in characters: forms and scripts may stand far down.
_LOOKED = 400_000
_TITLE = re.compile(r"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"\b(?:log ?in|sign ?in|log on|authenticat|access denied|subscribe to (?:read|continue)|"
    r"вход|войти|авторизация)\b|登录|登錄",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify(?:ing)? you are (?:a )?human|"
    r"are you a robot|ddos-guard|captcha|before you continue",
    re.IGNORECASE,
)
_FIRST = re.compile(r"<(?:[\w.-]+:)?([\w.-]{1,40})")


def of_feed(text: str) -> Unread:
    """Return what stands there in place of a feed."""
    start = text[:2000].lower()
    if "<!doctype html" in start or "<html" in start:
        return sign_in(text) or Unread(Reason.NOT_A_FEED, "a web page")
    first = _FIRST.search(text)
    if text.lstrip().startswith("<") and first:
        return Unread(Reason.NOT_A_FEED, f"a file that begins with <{first[1]}>")
    return Unread(Reason.NOT_A_FEED, "plain text")


def sign_in(page: str) -> Unread | None:
    """Return that a page wants somebody to sign in, or to prove that they are human; else None.

    A page of news may have a form to sign in as well: only what its title says, or a password
    field on a page of few words, makes it one.
    """
    looked = page[:_LOOKED]
    match = _TITLE.search(looked)
    title = " ".join(match[1].split()) if match else ""
    if _CHALLENGE.search(title):
        return Unread(Reason.LOGIN_PAGE, "it wants a person to answer first")
    has_password = _PASSWORD.search(looked) is not None
    if has_password and (_SIGN_IN.search(title) or looked.lower().count("<p") < _FEW):
        return Unread(Reason.LOGIN_PAGE, title[:80])
    return None


#: Paragraphs of a page that is no article.
_FEW = 5
