"""What the server finds in a text by itself that calls somebody: mentions and commands."""

import re

from tests.fakes.bot_api.characters import utf16
from tests.fakes.bot_api.entities import VERBATIM, Entity

# TDLib, MessageEntity.cpp, match_mentions and match_bot_commands: only a word character keeps "@"
# from being a mention; before a command there may be no word character and none of / < >.
_MENTION = re.compile(r"(?<!\w)@[a-zA-Z0-9_]{2,32}(?!\w)")
_COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")
#: Nothing is found under these.
_FIRM = frozenset({*VERBATIM, "text_link", "text_mention"})


def calls(text: str, entities: tuple[Entity, ...]) -> list[str]:
    """Return the mentions and the commands of a text, in the order of their kinds."""
    firm = [one for one in entities if one.type in _FIRM]
    found = [one for pattern in (_MENTION, _COMMAND) for one in pattern.finditer(text)]
    return [
        one[0]
        for one in found
        if not any(
            utf16(text[: one.start()]) < other.end and other.offset < utf16(text[: one.end()])
            for other in firm
        )
    ]
