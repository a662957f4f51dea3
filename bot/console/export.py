"""A page as Markdown or as HTML, with nothing of an article's own markup left alive."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import assert_never

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

# What has a meaning anywhere in a line of CommonMark, or where bare addresses become links.
_MARKDOWN = re.compile(r"([\\`*_\[\]<~@#]|&(?=[#\w])|:(?=//)|(?<=www)\.)", re.IGNORECASE)
# What has one at a line's beginning only: quotations, lists, rules, underlinings.
_MARKDOWN_START = re.compile(r"^(\d+)?([.)>+=-])")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f]+", re.IGNORECASE)


def markdown(page: Page) -> str:
    """Return the page as CommonMark in which the text of articles has no markup of its own."""
    runs = ("\n".join(map(_markdown_block, run)) for run in _runs(page.in_words))
    return "\n\n".join(runs) + "\n"


def web_page(page: Page) -> str:
    """Return the page as an HTML document that loads and runs nothing."""
    body = "\n".join(_html_run(run) for run in _runs(page.in_words))
    title = html.escape(plain(page.summary))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _runs(blocks: Sequence[Prose]) -> Iterator[list[Prose]]:
    """Yield neighbours that make one list or table together, and every other block alone."""
    for kind, run in groupby(blocks, key=type):
        if issubclass(kind, Item | Quotation | Entry):
            yield list(run)
        else:
            yield from ([block] for block in run)


def _markdown_block(block: Prose) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_markdown(block.spans)}"
        case Paragraph():
            return _markdown_line(block.spans)
        case Item() | Quotation():
            return f"- {_markdown_line(block.spans)}"
        case Note():
            return _markdown_line(block.spans)
        case Entry():
            return f"- {_markdown_line(block.term)}: {_markdown(block.spans)}"
        case _:
            assert_never(block)


def _markdown_line(spans: Sequence[Inline]) -> str:
    return _MARKDOWN_START.sub(r"\1\\\2", _markdown(spans))


def _markdown(spans: Sequence[Inline]) -> str:
    return "".join(map(_markdown_span, spans)).strip()


def _markdown_span(span: Inline) -> str:
    text = _MARKDOWN.sub(r"\\\1", plain(span.text))
    match span:
        case Plain() | Moment():
            return text
        case Strong():
            # Marks beside a space are no marks.
            return re.sub(r"\S(?:.*\S)?", lambda core: f"**{core[0]}**", text, count=1)
        case Code():
            return text if "`" in text else f"`{plain(span.text)}`"
        case Link():
            return f"[{text}](<{span.url}>)" if _WEB_ADDRESS.fullmatch(span.url) else text
        case _:
            assert_never(span)


def _html_run(run: Sequence[Prose]) -> str:
    inner = "\n".join(map(_html_block, run))
    match run[0]:
        case Item() | Quotation():
            return f"<ul>\n{inner}\n</ul>"
        case Entry():
            return f"<dl>\n{inner}\n</dl>"
        case _:
            return inner


def _html_block(block: Prose) -> str:
    inner = "".join(map(_html_span, block.spans))
    match block:
        case Heading():
            return f"<h{block.level}>{inner}</h{block.level}>"
        case Paragraph():
            return f"<p>{inner}</p>"
        case Item() | Quotation():
            return f"<li>{inner}</li>"
        case Note():
            return f"<p><small>{inner}</small></p>"
        case Entry():
            return f"<dt>{''.join(map(_html_span, block.term))}</dt><dd>{inner}</dd>"
        case _:
            assert_never(block)


def _html_span(span: Inline) -> str:
    text = html.escape(plain(span.text))
    match span:
        case Plain() | Moment():
            return text
        case Strong():
            return f"<strong>{text}</strong>"
        case Code():
            return f"<code>{text}</code>"
        case Link():
            if not _WEB_ADDRESS.fullmatch(span.url):
                return text
            return f'<a href="{html.escape(span.url)}" rel="noopener noreferrer">{text}</a>'
        case _:
            assert_never(span)
