"""Texts that have broken bots before: markup, mentions, letters that are none, endless words."""

from collections.abc import Sequence

from bot.core.page import (
    Code,
    Entry,
    Heading,
    Inline,
    Item,
    Link,
    Moment,
    Note,
    Paragraph,
    Plain,
    Prose,
    Quotation,
    Strong,
)
from tests.fakes.press import NOW

NASTY = (
    "<b>bold</b> &amp; &lt; &nbsp; &#x27; <script>alert(1)</script> </i> <",
    "<a href='tg://user?id=1'>x</a> [x](javascript:alert(1)) *x* _y_ `z` ~",
    "\u202eright to left\u202c \u2067isolate\u2069 \u061cمرحبا بالعالم שלום",
    "👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇰🇿 👍🏿 ❤️‍🔥",
    "zero\u200bwidth\u200c \u200d\ufeff \u2060 soft\u00adhyphen",
    "Z̸̢̛a̶l̷g̸o̴ e\u0301\u0301 \u0333over\u033f",
    "\x00null \x07bell \x1b[31mred\x1b[0m \x85next \u2028line \u2029paragraph\r\n\ttab",
    "half \ud800 and \udfff, \U0010ffff \ue000",
    "@everyone @channel @here /start@Other #tag $CASH +7 701 000 0000 a@b.kz",
    "<!channel> <!here|here> <!everyone> <@U0123> <@W0123|anna> <#C0123|news> <!subteam^S01>",
    "<https://evil.example|https://bank.example> <mailto:a@b.kz|x> <!date^1^{date}|now>",
    "*bold* _italic_ ~struck~ `code` ```block``` > quoted &gt; :wave: :smile::skin-tone-2:",
    "1. ① ％ ＜b＞ ﷽ " + "长句" * 30,
    "&" * 900,
    "\"'\"'<<<>>>\\\\" * 100,
    "x" * 10_000,
    "Жирный <b>текст. " * 700,
    "，。！？" * 1500,
    "   spaces   and \n\n\n lines   ",
)


def every_block(text: str) -> tuple[Prose, ...]:
    """Return a page's prose with the text in every place that it can stand in."""
    plain: tuple[Inline, ...] = (Plain(text),)
    spans = (*plain, Strong(text), Link(text, "https://example.org/?a=1&b=2|c"))
    return (
        Heading(plain),
        Paragraph(spans),
        Item(plain),
        Quotation(plain),
        Entry((Strong(text[:30]),), plain),
        Note((Plain(text), Link(text, text), Moment(text, NOW))),
        Heading((Plain(text), Strong(text)), level=2),
        Item((Code(text),)),
    )


def words_of(blocks: Sequence[Prose]) -> str:
    """Return the words of the blocks, one behind the other."""

    def texts(block: Prose) -> str:
        spans = (*(block.term if isinstance(block, Entry) else ()), *block.spans)
        return "".join(span.text for span in spans)

    return "".join(map(texts, blocks))
