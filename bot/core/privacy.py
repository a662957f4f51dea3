"""What is kept about people, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.page import Code, Heading, Inline, Item, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.subscription import Destination
from bot.core.wording import Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long things are kept, in days, and whom people turn to."""

    #: What was posted and what became of it.
    delivery: int
    #: Which articles a chat was shown.
    shown: int
    #: What belongs to a chat, after the bot was removed from it.
    removed: int
    #: The platforms whose public channels the bot joins without anybody's asking.
    joining: frozenset[str] = frozenset()
    #: The operator's name as people see it, where the configuration has one.
    contact: Inline | None = None


def privacy_page(destination: Destination, keeping: Keeping, *, words: Words) -> Page:
    """Return what is kept about the people of a chat, for how long, and who deletes it."""
    title = fill(words.gettext("What I keep about you"))
    kept = (Item((Plain(said),)) for said in _kept(destination, keeping, words))
    return Page(
        (
            Heading(title),
            *kept,
            Paragraph((Plain(_not_kept(destination, words)),)),
            Paragraph(_deleted(destination, keeping, words)),
            Note(fill(words.gettext("Backups that the operator made may hold it for longer."))),
        ),
        plain(title),
    )


def _kept(destination: Destination, keeping: Keeping, words: Words) -> Iterator[str]:
    yield words.gettext(
        "The address of this chat, its name if it is a group or channel, and its settings: times,"
        " time zone, topics, language, length."
    )
    yield words.gettext("The ids of who added me and of who changed the settings last; no names.")
    yield _for_days(
        words.ngettext(
            "What was posted here, when, and whether it arrived: {days} day.",
            "What was posted here, when, and whether it arrived: {days} days.",
            keeping.delivery,
        ),
        keeping.delivery,
        words,
    )
    yield _for_days(
        words.ngettext(
            "Which articles were shown here, so that none is posted twice: {days} day.",
            "Which articles were shown here, so that none is posted twice: {days} days.",
            keeping.shown,
        ),
        keeping.shown,
        words,
    )
    yield words.gettext("Which articles the numbers of the digests here stand for.")
    if destination.address:
        yield _for_days(
            words.ngettext(
                "All of that goes {days} day after I was removed from the chat.",
                "All of that goes {days} days after I was removed from the chat.",
                keeping.removed,
            ),
            keeping.removed,
            words,
        )
        if destination.channel in keeping.joining:
            yield words.gettext(
                "That I was in a channel stays known, so that I never join it by myself again."
            )
    else:
        yield words.gettext("What is typed at this terminal, in a file beside the archive.")


def _for_days(message: str, days: int, words: Words) -> str:
    return message.format(days=words.number(days))


def _not_kept(destination: Destination, words: Words) -> str:
    if destination.address:
        return words.gettext(
            "I keep no names of people and no messages. What you type, searches too, is forgotten"
            " once it is answered, or after a day where I was stopped before that."
        )
    return words.gettext("I keep no names.")


def _deleted(destination: Destination, keeping: Keeping, words: Words) -> tuple[Inline, ...]:
    command = Code(f"briefbot forget {destination}")
    if keeping.contact is not None:
        message = words.gettext("To have it deleted, ask {contact}, who types {command}.")
        return fill(message, contact=keeping.contact, command=command)
    message = words.gettext("The operator of this bot deletes it with {command}.")
    return fill(message, command=command)
