"""Where a text that is too long for one message is cut, in every chat alike."""

import re
import unicodedata

_SENTENCE = re.compile(r"(?:[.!?…][\"”’»)\]]*(?=\s)|[。！？][”’」』）]*)")
_ZERO_WIDTH_JOINER = "\u200d"
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+$")


def parting(text: str, most: int, *, beginning: str = "") -> int:
    """Return where to cut a longer text: behind a sentence, else a word, else a letter.

    At most so many characters stand before the cut, and at least half as many; where letters are
    parted, what follows begins with none of those in ``beginning``, which would change its meaning.
    """
    ends = [found.end() for found in _SENTENCE.finditer(text, 0, most)]
    if ends and ends[-1] >= most // 2:
        return ends[-1]
    space = text.rfind(" ", most // 2, most + 1)
    if space > 0:
        return space
    end = most
    while end > most // 2 and not _may_part(text, end, beginning):
        end -= 1
    return end if end > most // 2 else most


def _may_part(text: str, end: int, beginning: str) -> bool:
    """Say whether the text may be parted there: not a letter and its accent, nor an emoji."""
    one, other = text[end - 1], text[end]
    if other in beginning:
        return False
    if _ZERO_WIDTH_JOINER in (one, other) or unicodedata.category(other) in {"Mn", "Mc", "Me"}:
        return False
    if "\U0001f3fb" <= other <= "\U0001f3ff" or "\U000e0020" <= other <= "\U000e007f":
        return False
    # Two letters make a flag; in a row of flags every second one begins one.
    letters = _FLAG_LETTERS.search(text, 0, end)
    half = letters is not None and len(letters[0]) % 2 == 1
    return not (half and _FLAG_LETTERS.match(other))
