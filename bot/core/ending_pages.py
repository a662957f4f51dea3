"""What whoever set a chat's digest is told as it ends."""

from bot.core.page import Code, Inline, Page, Paragraph
from bot.core.phrases import chat_name, plain
from bot.core.wording import Words, fill


def removed_page(title: str, *, words: Words) -> Page:
    """Return that the bot was removed from the chat, and who brings its digest back."""
    message = words.gettext(
        "I was removed from “{title}”, so its digest comes no more. Whoever adds me there again"
        " brings it back."
    )
    return _sentences(fill(message, title=chat_name(title)))


def refused_page(title: str, why: str, *, within: bool = False, words: Words) -> Page:
    """Return why the chat, or a place ``within`` it, gets no digest any more.

    The reason is one that whoever keeps the chat can mend; empty for any other, which is the
    operator's to see.
    """
    if within:
        # Translators: the name of a group or a channel stands in the quotation marks.
        message = words.gettext("A topic or thread of “{title}” gets no digest any more.")
    else:
        message = words.gettext("“{title}” gets no digest any more.")
    said = fill(message, title=chat_name(title))
    if not why:
        rest = words.gettext(" The platform refuses posts there; the operator sees why.")
        return _sentences((*said, *fill(rest)))
    rest = words.gettext(" {reason} Once that is mended, {resume} there starts it again.")
    return _sentences((*said, *fill(rest, reason=why, resume=Code("/settings resume"))))


def _sentences(said: tuple[Inline, ...]) -> Page:
    return Page((Paragraph(said),), plain(said))
