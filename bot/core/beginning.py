"""The beginning of a text that is too long to be read whole."""

import re

from bot.core.values import Extent

#: Of a feed's item, a page and a file so many characters are kept: some 16,000 words. No news is
#: longer, and reading takes some microseconds a character.
LONGEST_TEXT = 100_000

#: Where a text may end, the best first: a paragraph, a line, a sentence, a word.
_ENDS = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s|(?<=[。！？])", r"\s")))


def beginning(text: str) -> str:
    """Return the text, where it is longer than ``LONGEST_TEXT`` its beginning, whole paragraphs.

    Of a paragraph without end it is whole sentences, of one without these whole words. It is
    always more than half of that. Blanks at the end are nothing to be cut for.
    """
    if len(text) <= LONGEST_TEXT:
        return text
    text = text.rstrip()
    if len(text) <= LONGEST_TEXT:
        return text
    for end in _ENDS:
        found = end.finditer(text, LONGEST_TEXT // 2 + 1, LONGEST_TEXT + 1)
        places = [each.start() for each in found]
        if places:
            return text[: places[-1]]
    return text[:LONGEST_TEXT]


def is_beginning(text: str, extent: Extent) -> bool:
    """Say whether a text of that extent was cut for its length: no summary is so long."""
    return extent is Extent.TEASER and len(text) > LONGEST_TEXT // 2
