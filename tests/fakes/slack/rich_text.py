"""What rich text may be: runs of words with a style, in sections, lists, quotations and code."""

from collections.abc import Mapping
from typing import Final

from tests.fakes.slack.rules import (
    Rule,
    array,
    boolean,
    fields,
    number,
    one_of,
    string,
    typed,
)

#: Characters and parts, more than any message holds: Slack names no limit of its own here.
_LONGEST: Final = 12_000
_MOST: Final = 1000

_STYLE: Final = fields(
    {},
    dict.fromkeys("bold italic strike code underline highlight unlink".split(), boolean),
)
_STYLED: Final[Mapping[str, Rule]] = {"style": _STYLE}
_INLINE: Final = typed(
    {
        "text": fields({"text": string(_LONGEST)}, _STYLED),
        "link": fields(
            {"url": string(3000, pattern=r"(?i:https?://|mailto:)\S+$")},
            {**_STYLED, "text": string(_LONGEST), "unsafe": boolean},
        ),
        "date": fields(
            {"timestamp": number, "format": string(255, pattern=r".*\{\w+\}")},
            {**_STYLED, "fallback": string(_LONGEST), "url": string(3000)},
        ),
        "emoji": fields({"name": string(255)}, {**_STYLED, "unicode": string(255)}),
        "user": fields({"user_id": string(255)}, _STYLED),
        "usergroup": fields({"usergroup_id": string(255)}, _STYLED),
        "channel": fields({"channel_id": string(255)}, _STYLED),
        "broadcast": fields({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": fields({"value": string(7, pattern="#[0-9a-fA-F]{6}$")}, {}),
    }
)
_WORDS: Final = {"elements": array(_INLINE, _MOST)}
_SECTION: Final = fields(_WORDS, {})
#: The rule of each part of a rich_text block (docs.slack.dev, rich text block).
PART: Final = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": fields(_WORDS, {"border": number}),
        "rich_text_preformatted": fields(_WORDS, {"border": number, "language": string(50)}),
        "rich_text_list": fields(
            {
                "style": one_of("bullet", "ordered"),
                "elements": array(typed({"rich_text_section": _SECTION}), _MOST),
            },
            {"indent": number, "offset": number, "border": number},
        ),
    }
)
