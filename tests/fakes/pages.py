"""A page as plain text, for tests to compare."""

from bot.core.page import Entry, Heading, Item, Note, Page, Paragraph, Quotation
from bot.core.phrases import plain


def text(page: Page) -> str:
    lines = []
    for block in page.prose:
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {plain(block.spans)}")
            case Paragraph():
                lines.append(plain(block.spans))
            case Item() | Quotation():
                lines.append(f"- {plain(block.spans)}")
            case Note():
                lines.append(f"_{plain(block.spans)}_")
            case Entry():
                lines.append(f"{plain(block.term)} = {plain(block.spans)}")
    return "\n".join(lines)
