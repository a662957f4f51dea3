"""A page as text for a terminal or a pipe."""

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import groupby
from typing import assert_never

from rich.console import Console
from rich.text import Text

from bot.console.look import Look
from bot.console.plain import plain
from bot.core.page import (
    Code,
    Entry,
    Heading,
    Inline,
    Item,
    Link,
    Moment,
    Note,
    Page,
    Paragraph,
    Plain,
    Prose,
    Quotation,
    Strong,
)

INDENT = "   "

#: A longer term pushes its text to the next line, in cells.
WIDEST_TERM = 32

#: A narrower terminal has no room for two columns, in cells.
NARROWEST_TABLE = 60

_NUMBER = re.compile(r"\d+[.)]?\s")


def render(page: Page, look: Look) -> str:
    """Return the page in lines, each ended by a newline; all that it says is there.

    Nothing can be pressed in a terminal, so buttons are left out: what they say can be typed.
    """
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=look.colour,
        # All that is used is bold, dim and cyan, which every colour terminal has.
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        width=look.width or 80,
        legacy_windows=False,
    )
    for line in _lines(page.in_words, look, console):
        line.rstrip()
        console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    return out.getvalue()


def _lines(blocks: Sequence[Prose], look: Look, console: Console) -> Iterator[Text]:
    """Lay the blocks out; the first small print after a numbered heading closes its part."""
    inside = False
    apart = False
    before: Prose | None = None
    for block, widest in zip(blocks, _term_widths(blocks), strict=True):
        if before is not None and (apart or _begins(block, before, inside=inside)):
            yield Text()
        indent = INDENT if inside and not isinstance(block, Heading) else ""
        for line in _block(block, widest, look):
            yield from _wrapped(line, indent, look, console)
        if isinstance(block, Heading):
            inside = block.level > 1 and _NUMBER.match(_text(block.spans).plain) is not None
        apart = inside and isinstance(block, Note)
        inside = inside and not apart
        before = block


def _begins(block: Prose, before: Prose, *, inside: bool) -> bool:
    """Say whether something new begins, which a blank line shows."""
    if isinstance(block, Heading):
        return True
    return (
        isinstance(before, Item | Quotation | Entry)
        and isinstance(block, Paragraph | Note)
        and not inside
    )


def _term_widths(blocks: Sequence[Prose]) -> Iterator[int]:
    """Yield for each block the widest term of the table it stands in; 0 outside tables."""
    for is_entry, run in groupby(blocks, key=lambda block: isinstance(block, Entry)):
        table = list(run)
        widths = [_text(block.term).cell_len for block in table if isinstance(block, Entry)]
        fitting = [width for width in widths if width <= WIDEST_TERM]
        yield from [max(fitting, default=0) if is_entry else 0] * len(table)


def _block(block: Prose, widest: int, look: Look) -> Iterator[tuple[Text, Text]]:
    """Yield the block's lines before wrapping: what its later lines hang behind, and the rest."""
    match block:
        case Heading():
            text = _text(block.spans, "bold")
            number = _NUMBER.match(text.plain)
            end = number.end() if number else 0
            yield text[:end], text[end:]
            if block.level == 1 and look.width:
                yield Text(), Text("─" * min(look.width, text.cell_len), "dim")
        case Paragraph():
            yield Text(), _text(block.spans)
        case Item() | Quotation():
            yield Text("• "), _text(block.spans)
        case Note():
            yield Text(), _text(block.spans, "dim")
        case Entry():
            yield from _entry(block, widest, look)
        case _:
            assert_never(block)


def _entry(entry: Entry, widest: int, look: Look) -> Iterator[tuple[Text, Text]]:
    term = _text(entry.term, "bold")
    stacked = look.width is not None and look.width < NARROWEST_TABLE
    column = len(INDENT) if stacked else widest + 2
    if stacked or term.cell_len > widest:
        yield Text(), term
        term = Text()
    yield term + Text(" " * (column - term.cell_len)), _text(entry.spans)


def _wrapped(line: tuple[Text, Text], indent: str, look: Look, console: Console) -> Iterator[Text]:
    """Yield the line's rows, each no wider than the look allows."""
    mark, text = line
    first = Text(indent) + mark
    later = Text(" " * first.cell_len)
    rows = text.wrap(console, look.width - first.cell_len) if look.width else [text]
    for number, row in enumerate(rows or [text]):
        yield (later if number else first) + row


def _text(spans: Sequence[Inline], style: str = "") -> Text:
    return Text("", style).join(_inline(span, style) for span in spans)


def _inline(span: Inline, style: str) -> Text:
    match span:
        case Plain() | Moment():
            return Text(plain(span.text), style)
        case Strong():
            return Text(plain(span.text), f"{style} bold")
        case Code():
            return Text(plain(span.text), f"{style} cyan")
        case Link():
            address = "" if span.text == span.url else f" ({plain(span.url)})"
            return Text(plain(span.text) + address, style)
        case _:
            assert_never(span)
