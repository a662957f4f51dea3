"""Answers that are no digest: help, status, and what to do instead of a mistake."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.core.abilities import USUAL, Abilities
from bot.core.coverage import standing_words
from bot.core.fact_verbs import MAX_DAYS
from bot.core.faults import missing_note, unstored_note
from bot.core.health import Health
from bot.core.misuse import Mistake, Misuse
from bot.core.page import Block, Code, Entry, Heading, Inline, Note, Page, Paragraph, Plain, Strong
from bot.core.phrases import listed, one_line, plain
from bot.core.search import MOST_PAGES
from bot.core.settings_commands import Unsettled
from bot.core.settings_pages import unsettled
from bot.core.values import Coverage
from bot.core.verb import Usage, Verb, Who, usable
from bot.core.verbs import BRIEF, HELP, MAX_STORY, MAX_WORDS, VERBS
from bot.core.window import NothingFound
from bot.core.wording import DayForm, Words, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How the bot and its archive are."""

    version: str
    #: The file of the archive, or None when it is in memory only.
    archive: str | None
    articles: int
    newest: date | None
    #: How the sources stand; what was read and shown of them does not matter here.
    sources: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks for help, and where."""

    admin: bool = False
    #: What the bot is called where another bot may answer; empty elsewhere.
    me: str = ""
    #: The operator, where it is known who that is.
    contact: Inline | None = None
    #: What the chat can do.
    can: Abilities = USUAL


def help_page(verb: Verb | None, reader: Reader, *, words: Words) -> Page:
    """Return every verb in a line, for admins theirs too; or one verb in full with its examples.

    Only ``/brief`` shows all its usages at once: the page has to fit a phone.
    """
    if verb is None:
        title = fill(words.gettext("What you can type"))
        blocks: list[Block] = [Heading(title), *_verbs_of(Who.ALL, words)]
        if reader.admin:
            blocks.append(Heading(fill(words.gettext("Admins")), level=2))
            blocks += _verbs_of(Who.ADMINS, words)
        example = Code("/help schedule" if reader.admin else "/help search")
        hint = fill(words.gettext("One command, with examples: {help}"), help=example)
        turned = _turned_to(reader.me, reader.contact, words)
        return Page((*blocks, Note(hint), *turned), plain(title))
    title = (Code(verb.slash), Plain(f" · {words.gettext(verb.summary)}"))
    meant = usable(verb, reader.can)
    examples = [
        Note(fill(words.gettext("Example: {line}"), line=Code(usage.example)))
        for usage in meant.usages
    ]
    return Page((Heading(title), *_usages(meant, words), *examples), plain(title))


def _turned_to(name: str, contact: Inline | None, words: Words) -> Iterator[Note]:
    """Yield how this bot is meant and no other, and whom people turn to."""
    if name:
        message = words.gettext("Write {brief} here if another bot answers.")
        yield Note(fill(message, brief=Code(f"/brief{name}")))
    if contact is not None:
        yield Note(fill(words.gettext("Trouble? Turn to {contact}."), contact=contact))


def misuse_page(misuse: Misuse, can: Abilities = USUAL, *, words: Words) -> Page:
    """Return what was not understood, how the verb that was meant is used, and where help is."""
    said = _mistake(misuse, words)
    usages: tuple[Block, ...] = ()
    if misuse.verb is not None:
        usages = tuple(_usages(usable(misuse.verb, can), words))
    elif misuse.mistake is Mistake.UNKNOWN_VERB:
        usages = (Paragraph(fill(words.gettext("I know {verbs}."), verbs=_all_verbs(words))),)
    hint = fill(words.gettext("All that you can type: {help}"), help=Code("/help"))
    return Page((Paragraph(said), *usages, Note(hint)), plain(said))


def status_page(
    condition: Condition, chat: Iterable[Block] = (), *, operator: bool, words: Words
) -> Page:
    """Return the bot's version, its archive, how many sources are ok, and what the chat gets.

    Where the archive is, only the operator is told.
    """
    title = fill(words.gettext("Status"))
    newest = condition.newest
    day = words.gettext("none yet") if newest is None else words.day(newest, DayForm.LONG)
    archive = condition.archive or words.gettext("in memory: it is lost when I stop")
    rows = (
        (words.gettext("Version"), condition.version),
        *([(words.gettext("Archive"), archive)] if operator else []),
        (words.gettext("Articles"), words.number(condition.articles)),
        (words.gettext("Newest"), day),
        (words.gettext("Sources"), standing_words(condition.sources, words)),
    )
    table = (Entry((Strong(term),), (Plain(said),)) for term, said in rows)
    return Page((Heading(title), *table, *chat), plain(title))


def nothing_page(nothing: NothingFound, healths: Sequence[Health], *, words: Words) -> Page:
    """Return what was looked for in vain, where, and what to try instead."""
    if nothing.topics:
        return _nothing_followed(nothing, healths, words)
    if nothing.since is None:
        message = words.gettext("I have no articles yet, so none on “{words}”.")
        said = fill(message, words=nothing.words)
    else:
        message = words.ngettext(
            "Nothing on “{words}”. I looked through {count} article, of {day}.",
            "Nothing on “{words}”. I looked through {count} articles, the oldest of {day}.",
            nothing.searched,
        )
        count, day = words.number(nothing.searched), words.day(nothing.since, DayForm.LONG)
        said = fill(message, words=nothing.words, count=count, day=day)
    message = words.gettext("Try fewer or other words, or {brief} for all there is.")
    hint = Note(fill(message, brief=Code("/brief")))
    missing = (*unstored_note(healths, words), *missing_note(healths, words))
    return Page((Paragraph(said), *missing, hint), plain(said))


def _nothing_followed(nothing: NothingFound, healths: Sequence[Health], words: Words) -> Page:
    message = words.ngettext(
        "Nothing on what this chat follows: {topics}. I looked through {count} article.",
        "Nothing on what this chat follows: {topics}. I looked through {count} articles.",
        nothing.searched,
    )
    topics = listed([one_line(topic) for topic in nothing.topics], words)
    said = fill(message, topics=topics, count=words.number(nothing.searched))
    message = words.gettext("{topics} shows what it follows; {brief} looks beyond that.")
    beyond = f"/brief {words.gettext('WORDS')}"
    hint = Note(fill(message, topics=Code("/topics"), brief=Code(beyond)))
    missing = (*unstored_note(healths, words), *missing_note(healths, words))
    return Page((Paragraph(said), *missing, hint), plain(said))


def no_story_page(
    number: int, numbers: Sequence[int], *, made: date | None = None, words: Words
) -> Page:
    """Return that a digest has no story of this number, and which it has.

    It is the last digest, or else an older one, ``made`` on that day, that an answer means.
    """
    if made is None:
        message = words.gettext("The last digest has no story {number}.")
        said = fill(message, number=str(number))
    else:
        message = words.gettext("The digest of {day} has no story {number}.")
        said = fill(message, day=words.day(made, DayForm.WEEKDAY), number=str(number))
    hint = _numbered(numbers, words, old=made is not None)
    return Page((Paragraph(said), Paragraph(hint)), plain(said))


def gone_page(number: int, *, words: Words) -> Page:
    """Return that the articles of a story are no longer in the archive."""
    message = words.gettext(
        "Story {number} is no longer in the archive. {brief} makes a new digest of what there is."
    )
    said = fill(message, number=str(number), brief=Code("/brief"))
    return Page((Paragraph(said),), plain(said))


def _numbered(numbers: Sequence[int], words: Words, *, old: bool) -> tuple[Inline, ...]:
    """Return which stories a digest has; those of an old one are asked for by answering it."""
    if not numbers:
        message = words.gettext("It has none at all. {brief} makes a new one.")
        return fill(message, brief=Code("/brief"))
    first, last = Code(f"/brief {min(numbers)}"), Code(f"/brief {max(numbers)}")
    if len(numbers) == 1:
        one = words.gettext("It has one: {brief}.")
        answered = words.gettext("It has one: answer it with {brief}.")
        return fill(answered if old else one, brief=first)
    many = words.gettext("It has {count}: {first} to {last}.")
    answered = words.gettext("It has {count}: answer it with {first} to {last}.")
    message = answered if old else many
    return fill(message, count=words.number(len(numbers)), first=first, last=last)


def _all_verbs(words: Words) -> tuple[Inline, ...]:
    """Return every verb as it is typed, with commas between."""
    comma = Plain(words.pgettext("list", ", "))
    return tuple(span for verb in VERBS for span in (comma, Code(verb.slash)))[1:]


def _usages(verb: Verb, words: Words) -> Iterator[Entry]:
    for usage in verb.usages:
        yield _entry(verb, usage, usage.meaning, words)


def _verbs_of(who: Who, words: Words) -> Iterator[Entry]:
    """Yield those verbs as they are most simply typed; how help is asked for stands below them."""
    for verb in VERBS:
        if verb is BRIEF and verb.who is who:
            yield from _usages(verb, words)
        elif verb is not HELP and verb.who is who:
            yield _entry(verb, verb.usages[0], verb.summary, words)


def _entry(verb: Verb, usage: Usage, meaning: str, words: Words) -> Entry:
    takes = f" {words.gettext(usage.takes)}" if usage.takes else ""
    return Entry((Code(f"{verb.slash}{takes}"),), (Plain(words.gettext(meaning)),))


def _mistake(misuse: Misuse, words: Words) -> tuple[Inline, ...]:
    if isinstance(misuse.mistake, Unsettled):
        return unsettled(misuse.mistake, words)
    return _misused(misuse.mistake, misuse, words)


def _misused(  # noqa: C901, PLR0911 - one a mistake
    mistake: Mistake, misuse: Misuse, words: Words
) -> tuple[Inline, ...]:
    match mistake:
        case Mistake.UNKNOWN_VERB:
            return _unknown(misuse, words)
        case Mistake.PLAIN_TALK:
            message = words.gettext("I answer commands only: {brief} shows the news.")
            return fill(message, brief=Code("/brief"))
        case Mistake.NUMBER_OUT_OF_RANGE:
            message = words.gettext(
                "Stories are numbered from 1 to {most}. To look for a number in the news, put it"
                " in quotation marks: {example}"
            )
            return fill(message, most=str(MAX_STORY), example=Code('/brief "100"'))
        case Mistake.SEVERAL_NUMBERS:
            message = words.gettext("One story at a time: {example}")
            return fill(message, example=Code("/brief 1"))
        case Mistake.SEVERAL_PAGES:
            return fill(words.gettext("One page at a time, please."))
        case Mistake.NO_WORDS:
            return fill(words.gettext("I need a word to look for, or the number of a story."))
        case Mistake.NOTHING_SOUGHT | Mistake.ONLY_UNWANTED | Mistake.NO_SUCH_PAGE:
            return _unsearchable(mistake, words)
        case Mistake.TOO_LONG:
            message = words.gettext(
                "That is too long to look for: at most {most} characters, please."
            )
            return fill(message, most=words.number(MAX_WORDS))
        case Mistake.TAKES_NOTHING:
            return fill(words.gettext("This command stands alone."))
        case Mistake.NOT_DAYS:
            message = words.gettext("How many days ahead? From 1 to {most}: {example}")
            return fill(message, most=words.number(MAX_DAYS), example=Code("/upcoming 30"))
        case _:
            assert_never(mistake)


def _unsearchable(mistake: Mistake, words: Words) -> tuple[Inline, ...]:
    if mistake is Mistake.NOTHING_SOUGHT:
        return fill(words.gettext("I need a word to look for."))
    if mistake is Mistake.ONLY_UNWANTED:
        return fill(words.gettext("I need at least one word to find beside those to leave out."))
    message = words.gettext(
        "Pages are numbered from 1 to {most}. To look for the word itself, put it in quotation"
        " marks: {example}"
    )
    return fill(message, most=str(MOST_PAGES), example=Code('/search "page 0"'))


def _unknown(misuse: Misuse, words: Words) -> tuple[Inline, ...]:
    if misuse.verb is None:
        if not misuse.said:
            return fill(words.gettext("I do not know that command."))
        return fill(words.gettext("I do not know {said}."), said=misuse.said)
    near = Code(misuse.verb.slash)
    if not misuse.said:
        message = words.gettext("I do not know that command. Did you mean {near}?")
        return fill(message, near=near)
    message = words.gettext("I do not know {said}. Did you mean {near}?")
    return fill(message, said=misuse.said, near=near)
