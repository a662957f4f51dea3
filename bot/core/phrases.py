"""Pieces of pages that several of them share: lists of names, headlines, lines."""

from collections.abc import Sequence

from bot.core.page import Inline, Plain
from bot.core.values import Line, Story
from bot.core.wording import Words

#: How many publishers or sources are named before the rest is counted.
NAMED = 4
#: So many characters of a chat's own name are repeated.
_TITLE = 60


def plain(spans: Sequence[Inline]) -> str:
    """Return the words of some spans without their dress."""
    return "".join(span.text for span in spans)


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())


def chat_name(title: str) -> str:
    """Return a chat's own name in a line that is not too long."""
    name = one_line(title)
    return name if len(name) <= _TITLE else f"{name[: _TITLE - 1]}…"


def listed(names: Sequence[str], words: Words, *, most: int = NAMED) -> str:
    """Return the names with commas; past so many, the rest is counted."""
    # Translators: what stands between the names of a list, with its space.
    joined = words.pgettext("list", ", ").join(names[:most])
    rest = len(names) - most
    if rest <= 0:
        return joined
    message = words.ngettext("{names} and {count} more", "{names} and {count} more", rest)
    return message.format(names=joined, count=words.number(rest))


def numbered(story: Story, words: Words) -> tuple[Inline, ...]:
    """Return the number of a story and its headline."""
    headline = one_line(story.brief.headline.text) or words.gettext("(no headline)")
    return (Plain(f"{story.number}. {headline}"),)


def line_spans(line: Line) -> tuple[Inline, ...]:
    """Return a line; words that somebody says stand in quotation marks, with the speaker."""
    text = one_line(line.text)
    if not line.quoted:
        return (Plain(text),)
    # What ends a clause does not end a quotation that goes on.
    quotation = f"“{text.rstrip('.,;: ')} …”" if line.cut else f"“{text}”"
    if line.speaker is None:
        return (Plain(quotation),)
    return (Plain(f"{quotation} — {one_line(line.speaker.name or line.speaker.label)}"),)


def publishers_of(story: Story) -> tuple[str, ...]:
    """Return who prints a story, the name of its source where no article says, or nobody."""
    source = story.brief.article.source
    return story.publishers or ((source,) if source else ())
