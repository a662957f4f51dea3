"""What the bot says when it comes to a chat, and to a chat that it does not serve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from bot.core.page import Button, Buttons, Code, Inline, Link, Page, Paragraph, Plain
from bot.core.phrases import chat_name, plain
from bot.core.schedule_words import timings_words
from bot.core.subscription import Timing
from bot.core.wording import Words, fill
from bot.core.zones import place_name

_RESUME = "/settings resume"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Company(Enum):
    """Who is in a chat with the bot."""

    ALONE = "one person"
    GROUP = "a group"
    #: Only admins write there.
    CHANNEL = "a channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a chat is offered that has not chosen yet."""

    #: The beat that is followed, as configured: "SCO".
    beat: str
    #: The times that one press sets.
    timings: Sequence[Timing]
    #: The time zone they are in until the chat names a city.
    zone: str
    #: The code of the language that the bot speaks there, and the names of all by their codes.
    language: str
    languages: Mapping[str, str]
    #: When the digest is set there already, in words; then no times are offered.
    schedule: str = ""
    #: Whether it comes by itself at those times, and is not paused or stopped.
    comes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The addresses that add the bot to a chat of many; empty where there is none."""

    group: str = ""
    channel: str = ""


#: Nothing to follow.
NO_LINKS = Links()


def greeting_page(
    title: str, offer: Offer, *, company: Company, links: Links = NO_LINKS, words: Words
) -> Page:
    """Return who the bot is and what it offers, in at most six lines with their buttons.

    The title is the chat's; one person alone with the bot may follow the links to add it elsewhere.
    """
    alone = company is Company.ALONE
    hello = _hello(title, words) + fill(
        words.gettext(
            " I read news on {beat} and post a brief made only of the sources' own sentences."
        ),
        beat=offer.beat,
    )
    return Page(
        (
            Paragraph(hello),
            *_standing(offer, words, alone=alone),
            Paragraph(_anybody(words, company)),
            *(_added(links, words) if alone else ()),
            Buttons(tuple(_rows(offer, words))),
        ),
        plain(hello),
    )


def back_page(schedule: str, *, topic: bool = False, words: Words) -> Page:
    """Return that the bot is back, and when the chat gets its digest, as it did before.

    Or a topic of the chat gets it, and the chat itself does not.
    """
    message = words.gettext("I am back. The digest comes as before: {schedule}. Change it: {typed}")
    if topic:
        message = words.gettext(
            "I am back. The digest comes as before in the topic where it was set: {schedule}."
            " Change it there: {typed}"
        )
    said = fill(message, schedule=schedule, typed=Code("/schedule"))
    return Page((Paragraph(said),), plain(said))


def unlisted_page(chat: str, contact: Inline | None, *, alone: bool, words: Words) -> Page:
    """Return that the chat is not served, what the operator types to serve it, and that I go.

    The chat is its whole address; the contact is the operator's name, where it is known.
    """
    said = fill(words.gettext("This bot serves only chats that its operator has listed."))
    whom = words.gettext("the operator of this bot") if contact is None else contact
    asked = words.gettext(" Send {contact} this line:")
    pressed = words.gettext(" Send {contact} this line, or I leave in 24 hours:")
    said += fill(asked if alone else pressed, contact=whom)
    line = Code(f"briefbot allow {chat}")
    return Page((Paragraph(said), Paragraph((line,))), plain((*said, Plain(" "), line)))


def claimed_page(*, links: Links = NO_LINKS, words: Words) -> Page:
    """Return that who used the code is the operator, what that means, and where to add the bot."""
    said = fill(
        words.gettext(
            "You are the operator of this bot now. I serve this chat and every chat that you add"
            " me to. {help} shows what I can do."
        ),
        help=Code("/help"),
    )
    return Page((Paragraph(said), *_added(links, words)), plain(said))


def flooded_page(*, words: Words) -> Page:
    """Return that somebody asks more than can be answered, and until when nothing is said."""
    said = fill(
        words.gettext("That is more than I can answer at once. Please ask again in a minute.")
    )
    return Page((Paragraph(said),), plain(said))


def admins_words(names: Sequence[Inline], words: Words) -> tuple[Inline, ...]:
    """Return the names of those who may change the settings: "@anna or @li"; two at most."""
    if len(names) < 2:  # noqa: PLR2004 - a list of two has a word between
        return tuple(names)
    # Translators: two people, either of whom may be asked.
    return fill(words.gettext("{one} or {other}"), one=names[0], other=names[1])


def _hello(title: str, words: Words) -> tuple[Inline, ...]:
    shown = chat_name(title)
    if not shown:
        return fill(words.gettext("Hello."))
    # Translators: the name of a group or a channel stands in the quotation marks.
    return fill(words.gettext("Hello, “{title}”."), title=shown)


def _standing(offer: Offer, words: Words, *, alone: bool) -> Iterator[Paragraph]:
    """Yield when the bot posts by itself, and by which time it would."""
    if offer.schedule:
        comes = words.gettext("The digest comes by itself: {schedule}.")
        rests = words.gettext(
            "The digest is set, but does not come now: {schedule}. {resume} starts it again."
        )
        message = comes if offer.comes else rests
        yield Paragraph(fill(message, schedule=offer.schedule, resume=Code(_RESUME)))
        return
    until_you = words.gettext("I post nothing by myself until you say when.")
    until_they = words.gettext("I post nothing by myself until an admin says when.")
    yield Paragraph((Plain(until_you if alone else until_they),))
    message = words.gettext("{place} time, {language}.")
    language = offer.languages.get(offer.language, offer.language)
    yield Paragraph((Plain(message.format(place=place_name(offer.zone), language=language)),))


def _anybody(words: Words, company: Company) -> tuple[Inline, ...]:
    """Return who can ask for news, and what is answered."""
    match company:
        case Company.ALONE:
            message = words.gettext("{brief} works now; {help} shows the rest.")
        case Company.GROUP:
            message = words.gettext(
                "Anybody can type {brief} now. I answer only what starts with / or is meant for me."
            )
        case Company.CHANNEL:
            message = words.gettext(
                "Whoever may post here can post {brief} now, and all see the answer. I answer only"
                " posts that start with / or name me."
            )
        case _:
            assert_never(company)
    return fill(message, brief=Code("/brief"), help=Code("/help"))


def _added(links: Links, words: Words) -> Iterator[Paragraph]:
    """Yield the links in one line, each by the kind of chat that it is for."""
    named = [
        Link(name, url)
        for name, url in (
            (words.gettext("Add me to a group"), links.group),
            (words.gettext("Add me to a channel"), links.channel),
        )
        if url
    ]
    if named:
        between = (part for link in named for part in (Plain(" · "), link))
        yield Paragraph(tuple(between)[1:])


def _rows(offer: Offer, words: Words) -> Sequence[tuple[Button, ...]]:
    times = [
        Button(timings_words((timing,), words), f"/schedule {_typed(timing)}")
        for timing in (() if offer.schedule else offer.timings)
    ]
    tongues = [
        Button(name, f"/settings language {name}")
        for code, name in offer.languages.items()
        if code != offer.language
    ]
    other = Button(words.gettext("Other time"), "/settings time")
    city = Button(words.gettext("Change city"), "/settings city")
    first = times if offer.comes else [Button(words.gettext("Resume"), _RESUME)]
    return [*((one,) for one in first), (other, city), *([tuple(tongues)] if tongues else [])]


def _typed(timing: Timing) -> str:
    """Return the time and its days as they can be typed in any language."""
    days = ",".join(_DAYS[day] for day in timing.days)
    return f"{timing.at:%H:%M} {_NAMED.get(timing.days, days)}"


_NAMED = {(0, 1, 2, 3, 4): "weekdays", (0, 1, 2, 3, 4, 5, 6): "every day", (5, 6): "weekends"}
