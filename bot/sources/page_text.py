"""The bytes of a page to text, as its server, its mark or its head says."""

import re

from bot.sources.decode import decode
from bot.sources.reading import Unread

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def page_text(content: bytes, *, content_type: str, language: str) -> str | Unread:
    """Return the text of a page or a feed, or why it is none; broken characters are U+FFFD.

    ``content_type`` is the header; the language is the one to expect of its letters.
    """
    match = _CHARSET.search(content_type)
    charset = match[1] if match else ""
    return decode(content, language=language, page=True, declared=charset, mend=True)
