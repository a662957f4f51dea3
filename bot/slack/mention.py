"""What is to be typed, as it is said to the bot by its name: Slack knows no commands in threads."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from bot.core.page import (
    Block,
    Buttons,
    Code,
    Entry,
    Heading,
    Inline,
    Item,
    Note,
    Page,
    Paragraph,
    Quotation,
)
from bot.core.verbs import VERBS

#: A slash before one of the bot's verbs; Slack has commands of its own, such as /invite.
_SLASH: Final = re.compile(rf"(?<!\S)/(?=(?:{'|'.join(verb.name for verb in VERBS)})\b)")


def by_mention(page: Page, name: str) -> Page:
    """Return the page with its commands as people say them to that name: "@briefbot brief 1"."""

    def said(text: str) -> str:
        return _SLASH.sub(f"@{name} ", text)

    def spans(these: Sequence[Inline]) -> tuple[Inline, ...]:
        return tuple(Code(said(one.text)) if isinstance(one, Code) else one for one in these)

    def block(this: Block) -> Block:
        match this:
            case Heading() | Paragraph() | Item() | Quotation() | Note():
                return replace(this, spans=spans(this.spans))
            case Entry():
                return Entry(spans(this.term), spans(this.spans))
            case Buttons():
                return this
            case _:
                assert_never(this)

    return replace(page, blocks=tuple(map(block, page.blocks)), summary=said(page.summary))
