"""What chats are called, as it stands beside their addresses and is never taken for one."""

import unicodedata
from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size

from bot.core.phrases import one_line
from bot.core.subscription import Destination

#: So many cells, and characters, of a name are shown.
_CELLS, _CHARACTERS = 30, 60
#: What would end the quotation marks around a name, or looks as if it did.
_MARKS = str.maketrans(dict.fromkeys('“”„‟"＂〝〞″', "’"))
#: Controls, and what takes no room of its own: joiners, marks of direction, halves of characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def title_of(destination: Destination, titles: Mapping[str, str]) -> str:
    """Return what a chat is called, or the chat of a thread; empty where that is not known."""
    whole, _, _ = str(destination).rpartition("/")
    return titles.get(str(destination)) or titles.get(whole, "")


def titled(destination: Destination, titles: Mapping[str, str]) -> str:
    """Return a chat's address, and behind it, in quotation marks, what the chat is called.

    People name chats as they like: a long name is cut, and none can look like another address.
    """
    title = _shown(title_of(destination, titles))
    return f"{destination} “{title}”" if title else str(destination)


def _shown(title: str) -> str:
    seen = "".join(one for one in one_line(title) if unicodedata.category(one) not in _UNSEEN)
    seen = one_line(seen.translate(_MARKS))
    if cell_len(seen) <= _CELLS and len(seen) <= _CHARACTERS:
        return seen
    return f"{set_cell_size(seen[:_CHARACTERS], _CELLS - 1).rstrip()}…"
