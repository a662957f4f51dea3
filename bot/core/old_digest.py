"""What is said of a digest that is kept no longer."""

from bot.core.page import Code, Page, Paragraph
from bot.core.phrases import plain
from bot.core.wording import Words, fill


def old_digest_page(*, words: Words) -> Page:
    """Return that the digest which was meant is kept no longer, and how to get a new one."""
    message = words.gettext(
        "I no longer keep the digest that this belongs to, so I do not know which story is meant."
        " {brief} makes a new one."
    )
    said = fill(message, brief=Code("/brief"))
    return Page((Paragraph(said),), plain(said))
