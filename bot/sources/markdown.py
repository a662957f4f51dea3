"""Markdown files: front matter, a first heading that is the title, and plain paragraphs."""

from markdown_it import MarkdownIt

from bot.core.beginning import LONGEST_TEXT
from bot.sources import declared, frontmatter, markup
from bot.sources.reading import Reading

#: So many characters are read, marks and all: some four times what is kept of a text.
_READ = 4 * LONGEST_TEXT
#: What is nested deeper than so many levels is lost; markdown-it's own default of 20 is soon met.
_DEPTH = 100


def read(text: str) -> Reading:
    """Return what the file says; headings are paragraphs, link texts stay, pictures go.

    A paragraph of a block quotation stands in quotation marks, unless it has its own.
    """
    front, body = frontmatter.split(text)
    said = front.values
    published = declared.published(said.get("date", ""))
    url = declared.url(said.get("url", ""))
    language = declared.language(said.get("language", ""))
    for key, value, wanted in (
        ("date", published, "no day of the calendar"),
        ("url", url, "no web address"),
        ("language", language, "no language code"),
    ):
        if key in said and value is None:
            front.remarks.append(f"“{key}: {_excerpt(said[key])}” is {wanted}")
    heading, paragraphs = _plain(body[:_READ])
    title = declared.words(said.get("title", ""))
    if heading and title and heading != title:
        paragraphs = [heading, *paragraphs]
    return Reading(
        text="\n\n".join(paragraphs),
        title=title or heading,
        url=url,
        language=language,
        published=published,
        place=declared.words(said.get("place", "")),
        publisher=declared.words(said.get("publisher", "")),
        remarks=tuple(front.remarks),
        is_cut=len(body) > _READ,
    )


def _excerpt(value: str) -> str:
    # It goes to a terminal or a chat, so it may neither be long nor steer them.
    return "".join(filter(str.isprintable, value))[:60]


def _plain(body: str) -> tuple[str | None, list[str]]:
    """Return the first heading, if the text opens with one of the first level, and the rest."""
    # Markdown may hold HTML anywhere, so its one plain form is that of the page it stands for.
    reader = MarkdownIt("commonmark", {"maxNesting": _DEPTH}).enable("table")
    page = markup.parse(f"<html><body>{reader.render(body)}</body></html>")
    markup.drop_unshown(page)
    markup.mark_quotations(page)
    paragraphs = markup.paragraphs(page)
    first = next(iter(page.xpath("//body/*[1][self::h1]")), None)
    if first is None or page.body.text:
        return None, paragraphs
    heading = " ".join(markup.paragraphs(first)) or None
    return heading, paragraphs[1:] if heading else paragraphs
