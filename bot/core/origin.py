"""Where a fact comes from, and how a page says so."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.core.page import Inline, Link, Plain
from bot.core.phrases import one_line
from bot.core.values import Event, Figure, Published, Quote, Speaker
from bot.core.wording import DayForm, Words

F = TypeVar("F", Figure, Quote, Event)

_NAME = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The article a fact stands in, without its text."""

    id: str
    source: str
    language: str
    published: Published | None
    #: When it was first stored.
    seen: datetime
    title: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced(Generic[F]):
    """A fact with its origin."""

    fact: F
    origin: Origin
    #: The sentences of the source that an event rests on; empty for other facts.
    sentences: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Generic[F]):
    """The first of the facts that were asked for, and how many there are besides."""

    first: tuple[Traced[F], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a page of facts is made for."""

    #: The day there, where the page is read.
    today: date
    #: The number of each article in the chat's last digest.
    numbers: Mapping[str, int]
    #: How many older articles were not looked through for facts yet.
    unread: int = 0


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: any case, any width, hyphens apart."""
    folded = unicodedata.normalize("NFKC", name).replace("’", "'").casefold()
    return tuple(_NAME.findall(folded.replace("'s ", " ").removesuffix("'s")))


def called(speaker: Speaker) -> str:
    """Return what a speaker is called in a few words: the label where it holds part of the name."""
    if speaker.name is None or not differs(speaker):
        return one_line(speaker.label)
    return one_line(speaker.name)


def differs(speaker: Speaker) -> bool:
    """Say whether the label and the name of a speaker have no word in common."""
    return speaker.name is not None and not set(name_words(speaker.label)) & set(
        name_words(speaker.name)
    )


def provenance(origin: Origin, occasion: Occasion, words: Words) -> tuple[Inline, ...]:
    """Return who printed a fact and when, and how to get to the article.

    That is its number in the last digest, else its link, else its title or its id.
    """
    comma = words.pgettext("list", ", ")
    publisher = one_line(origin.publisher or origin.source)
    dated = comma + day_words(origin.published, occasion.today, words)
    number = occasion.numbers.get(origin.id)
    if number is not None:
        return (Plain(f"{publisher}{dated} ({words.number(number)})"),)
    if (origin.url or "").startswith(("https://", "http://")):
        return (Link(publisher, origin.url or ""), Plain(dated))
    return (Plain(f"{publisher}{dated} ({one_line(origin.title or origin.id)})"),)


def day_words(published: Published | None, today: date, words: Words) -> str:
    """Return the day something was published, its year only where it is another one."""
    if published is None:
        return words.gettext("no date")
    same = published.day.year == today.year
    return words.day(published.day, DayForm.BRIEF if same else DayForm.BRIEF_YEAR)
