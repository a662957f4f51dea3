"""The one table of verbs, and how what people type becomes a command."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.core.address import BriefOf, addresses
from bot.core.fact_verbs import (
    FIGURES,
    QUOTES,
    UPCOMING,
    FactCommand,
    FiguresOn,
    QuotesOf,
    StorySources,
    Upcoming,
    is_whole,
    upcoming,
)
from bot.core.mistyped import verb_meant
from bot.core.misuse import Mistake, Misuse
from bot.core.quoting import unquoted
from bot.core.search_verb import SEARCH, SearchFor, Unsearchable, search
from bot.core.settings_commands import MissedList, SettingsCommand, Unsettled
from bot.core.settings_reading import ALONE, READERS
from bot.core.settings_verbs import (
    FOLLOW,
    MISSED,
    PRIVACY,
    RESEND,
    SCHEDULE,
    SETTINGS,
    TOPICS,
    UNFOLLOW,
)
from bot.core.verb import Usage, Verb, alone
from bot.core.why_verb import WHY, WhyFor, why_for
from bot.core.wording import later

BRIEF = Verb(
    name="brief",
    summary=later("the news of the last 24 hours, or one story of it"),
    usages=(
        Usage(takes="", meaning=later("what is new in the last 24 hours"), example="/brief"),
        Usage(
            # Translators: stands for words that people look for, as in "/brief WORDS".
            takes=later("WORDS"),
            meaning=later("only the news that has all these words"),
            example="/brief trade",
        ),
        Usage(
            # Translators: stands for the number of a story, as in "/brief N".
            takes=later("N"),
            meaning=later("story N of the last digest in full"),
            example="/brief 1",
        ),
        Usage(
            # Translators: "sources" is typed as it stands.
            takes=later("N sources"),
            meaning=later("each line of story N in its source sentence"),
            example="/brief 1 sources",
        ),
        Usage(
            # Translators: stands for the address of a web page, as in "/brief URL".
            takes=later("URL"),
            meaning=later("a brief of that web page"),
            example="/brief https://en.wikipedia.org/wiki/News",
        ),
    ),
)
SOURCES = alone("sources", later("what is read, and what could not be read"))
STATUS = alone("status", later("how the bot and its archive are"))
HELP = Verb(
    name="help",
    summary=later("what you can type"),
    usages=(
        Usage(takes="", meaning=later("what you can type"), example="/help"),
        Usage(
            # Translators: stands for the name of a command, as in "/help VERB".
            takes=later("VERB"),
            meaning=later("one command, with examples"),
            example="/help brief",
        ),
    ),
)

#: Every verb that exists, in the order that help shows them.
VERBS = (
    *(BRIEF, SEARCH, UPCOMING, FIGURES, QUOTES, SOURCES, WHY),
    *(TOPICS, MISSED, STATUS, PRIVACY, HELP),
    *(SCHEDULE, FOLLOW, UNFOLLOW, SETTINGS, RESEND),
)
#: What they are called.
VERB_NAMES = frozenset(verb.name for verb in VERBS)

#: The highest number a story can have; longer numbers are looked for as words.
MAX_STORY = 99
#: How many characters of words are looked for: more than any headline, less than a paragraph.
MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class DigestFor:
    """Asks for the digest, narrowed to articles that have all the words, if there are any."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class StoryNumber:
    """Asks for one story of the last digest in full."""

    number: int


@dataclass(frozen=True, slots=True)
class SourcesList:
    """Asks what is read and how each source fares."""


@dataclass(frozen=True, slots=True)
class Status:
    """Asks how the bot is."""


@dataclass(frozen=True, slots=True)
class Help:
    """Asks what can be typed, or how one verb is used."""

    verb: Verb | None = None


Command = (DigestFor | StoryNumber | BriefOf | SearchFor | WhyFor) | (
    SourcesList | Status | Help | FactCommand | SettingsCommand
)
#: What says more to who may change the settings than to others.
FULLER = Help | MissedList


# No more of a text than this is looked at; Telegram, the longest, allows 4096 characters.
_READ = 4096
_REPEATABLE = re.compile(r"[\w-]{1,24}")
_BOT_NAME = re.compile(r"@\w+$")
_STORY = re.compile(r"[#№]?\s?([+-]?\d{1,3})\.?(?P<sources>\s+sources?)?", re.IGNORECASE)
_STORIES = re.compile(r"[#№]?\d{1,2}(?:[\s,;]+[#№]?\d{1,2})+")


def parse(text: str) -> Command | Misuse:
    """Return what a chat text asks for: a command, or why it is none.

    The slash may be left out, the bot's name may follow the verb, case and kind of space do not
    matter.
    """
    typed = clean(text)
    slashed = typed.startswith("/")
    said, _, rest = typed.removeprefix("/").strip().partition(" ")
    name = _BOT_NAME.sub("", unicodedata.normalize("NFKC", said)).casefold()
    verb = _named(name)
    if verb is None:
        return _unknown(name, slashed=slashed)
    if verb in READERS:
        asked = READERS[verb](rest)
        return Misuse(mistake=asked, verb=verb) if isinstance(asked, Unsettled) else asked
    if verb in _TAKING:
        return _TAKING[verb](rest)
    if rest:
        return Misuse(
            mistake=Mistake.TAKES_NOTHING if slashed else Mistake.PLAIN_TALK,
            verb=verb if slashed else None,
        )
    return _ALONE[verb]


def clean(text: str) -> str:
    """Return the text on one line, without characters that are not seen."""
    seen = (
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} else character
        for character in text[:_READ]
        # Zero-width joiners and direction marks would make two words differ that look alike.
        if unicodedata.category(character) != "Cf"
    )
    line = " ".join(unicodedata.normalize("NFC", "".join(seen)).split())
    return f"/{line[1:]}" if line.startswith("／") else line


def _named(name: str) -> Verb | None:
    return next((verb for verb in VERBS if verb.name == name), None)


def _unknown(name: str, *, slashed: bool) -> Misuse:
    meant = verb_meant(name[:24], (verb.name for verb in VERBS), plain=not slashed)
    nearest = _named(meant) if meant else None
    if not slashed and nearest is None:
        return Misuse(mistake=Mistake.PLAIN_TALK)
    said = f"/{name}" if _REPEATABLE.fullmatch(name) else ""
    return Misuse(mistake=Mistake.UNKNOWN_VERB, verb=nearest, said=said)


def _help(rest: str) -> Help | Misuse:
    """Return help on the first verb named, as in "help me with schedule"; else on all there is."""
    names = [word.removeprefix("/").casefold() for word in rest.split()]
    verb = next(filter(None, map(_named, names)), None)
    if verb is None and names:
        unknown = _unknown(names[0], slashed=rest.startswith("/"))
        if unknown.mistake is Mistake.UNKNOWN_VERB:
            return unknown
    return Help(verb)


def _upcoming(rest: str) -> Upcoming | Misuse:
    return upcoming(rest) or Misuse(mistake=Mistake.NOT_DAYS, verb=UPCOMING)


def _figures(rest: str) -> FiguresOn | Misuse:
    words = unquoted(rest)
    mistake = _unsought("", words) if rest else None
    return Misuse(mistake=mistake, verb=FIGURES) if mistake else FiguresOn(words)


def _quotes(rest: str) -> QuotesOf | Misuse:
    bare, whole = is_whole(rest)
    name = unquoted(bare)
    mistake = _unsought("", name) if bare else None
    return Misuse(mistake=mistake, verb=QUOTES) if mistake else QuotesOf(name, whole=whole)


def _brief(rest: str) -> DigestFor | StoryNumber | StorySources | BriefOf | Misuse:
    if not rest:
        return DigestFor()
    bare = unicodedata.normalize("NFKC", rest)
    if story := _STORY.fullmatch(bare):
        number = int(story[1])
        if 1 <= number <= MAX_STORY:
            return StorySources(number) if story["sources"] else StoryNumber(number)
        return Misuse(mistake=Mistake.NUMBER_OUT_OF_RANGE, verb=BRIEF)
    if pages := addresses(rest):
        one = len(set(pages)) == 1
        return BriefOf(pages[0]) if one else Misuse(mistake=Mistake.SEVERAL_PAGES, verb=BRIEF)
    words = unquoted(rest)
    if mistake := _unsought(bare, words):
        return Misuse(mistake=mistake, verb=BRIEF)
    return DigestFor(words)


def _search(rest: str) -> SearchFor | Misuse:
    asked = search(rest)
    if not isinstance(asked, SearchFor):
        return Misuse(mistake=_UNSEARCHABLE[asked], verb=SEARCH)
    if len(asked.query.typed) > MAX_WORDS:
        return Misuse(mistake=Mistake.TOO_LONG, verb=SEARCH)
    return asked


def _why(rest: str) -> WhyFor | Misuse:
    if len(rest) > MAX_WORDS and not rest.startswith("http"):
        return Misuse(mistake=Mistake.TOO_LONG, verb=WHY)
    return why_for(rest) or Misuse(mistake=Mistake.NOTHING_SOUGHT, verb=WHY)


def _unsought(bare: str, words: str) -> Mistake | None:
    """Return why the words cannot be looked for, or None."""
    if _STORIES.fullmatch(bare):
        return Mistake.SEVERAL_NUMBERS
    if not any(character.isalnum() for character in words):
        return Mistake.NO_WORDS
    return Mistake.TOO_LONG if len(words) > MAX_WORDS else None


_UNSEARCHABLE = {
    Unsearchable.NO_WORDS: Mistake.NOTHING_SOUGHT,
    Unsearchable.ONLY_UNWANTED: Mistake.ONLY_UNWANTED,
    Unsearchable.NO_SUCH_PAGE: Mistake.NO_SUCH_PAGE,
}

#: The verbs that something may follow, each with what reads it.
_TAKING: Mapping[Verb, Callable[[str], Command | Misuse]] = {
    BRIEF: _brief,
    SEARCH: _search,
    UPCOMING: _upcoming,
    FIGURES: _figures,
    QUOTES: _quotes,
    WHY: _why,
    HELP: _help,
}

#: The verbs that nothing follows.
_ALONE: Mapping[Verb, Command] = {
    SOURCES: SourcesList(),
    STATUS: Status(),
    **ALONE,
}
