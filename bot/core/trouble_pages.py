"""What is said when the archive fails: to people that it does, to the operator alone why."""

from bot.core.errors import BriefbotError, StoreError
from bot.core.page import Note, Page, Paragraph, Plain
from bot.core.phrases import one_line
from bot.core.wording import Words


def trouble_page(error: BriefbotError, *, words: Words, operator: bool = False) -> Page:
    """Return what happened and what to do next.

    Why the archive fails, which may name its place and how to mend it, only the operator reads;
    other errors say what people can do themselves.
    """
    if isinstance(error, StoreError) and not operator:
        said = words.gettext(
            "I cannot get at my archive just now. Try again in a moment; the operator finds the"
            " reason in the log."
        )
    else:
        said = one_line(str(error))
    return Page((Paragraph((Plain(said),)),), said)


def unnumbered_note(error: StoreError, *, words: Words, operator: bool = False) -> Note:
    """Return what stands below a digest whose numbers could not be kept."""
    if operator:
        return Note((Plain(one_line(str(error))),))
    said = words.gettext("Its numbers will not be known: I cannot get at my archive just now.")
    return Note((Plain(said),))
