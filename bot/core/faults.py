"""What could not be read, why, and what to do about it, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.core.health import Fault, Health, Reason, Standing
from bot.core.page import Block, Item, Note, Page, Paragraph, Plain
from bot.core.phrases import NAMED, listed, one_line, plain
from bot.core.wording import Words, fill

#: How many lines tell faults before the rest is counted.
TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of a source brought."""

    source: str
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    #: How many articles of the source are stored.
    articles: int = 0
    #: What stopped the whole source.
    failing: Fault | None = None
    faults: tuple[Fault, ...] = ()
    #: What the archive said when it failed: a sentence.
    trouble: str = ""

    @property
    def unstored(self) -> int:
        """Return how many articles could be read but not stored."""
        return unstored(self.faults)


def unstored(faults: Sequence[Fault]) -> int:
    """Return how many articles could be read but not stored."""
    return sum(fault.reason is Reason.NOT_STORED for fault in faults)


def fault_words(fault: Fault, words: Words) -> str:
    """Return a fault in a line: the name, what is wrong, and how to mend it."""
    return words.gettext("{name}: {fault}").format(
        name=one_line(fault.name), fault=what_words(fault, words)
    )


def what_words(fault: Fault, words: Words) -> str:
    """Return what is wrong and how to mend it, for a place that names what it is wrong with."""
    said = reason_words(fault.reason, words)
    detail = one_line(fault.detail)
    # Translators: a fault and, in brackets, what the machine says of it.
    message = words.gettext("{fault} ({detail})")
    return message.format(fault=said, detail=detail) if detail else said


def failing_words(health: Health, words: Words) -> str:
    """Return why a whole source could not be read, or that it is ok."""
    if health.failing is None and health.standing is Standing.RETIRED:
        return fault_words(Fault(name=health.source, reason=Reason.GONE), words)
    if health.failing is None:
        return words.gettext("{name}: {fault}").format(
            name=one_line(health.source), fault=words.gettext("ok")
        )
    return fault_words(health.failing, words)


def faults_words(faults: Sequence[Fault], words: Words) -> tuple[str, ...]:
    """Return the faults in at most eleven lines: one each, but one for many of a kind.

    Many are told with some names and a count; the last line counts those that are not told.
    """
    kinds: dict[Reason, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.reason, []).append(fault)
    told = [line for reason, alike in kinds.items() for line in _alike(reason, alike, words)]
    lines = tuple(line for line, _ in told[:TOLD])
    rest = sum(count for _, count in told[TOLD:])
    if not rest:
        return lines
    message = words.ngettext("and {count} more", "and {count} more", rest)
    return (*lines, message.format(count=words.number(rest)))


def _alike(reason: Reason, faults: Sequence[Fault], words: Words) -> list[tuple[str, int]]:
    """Return the lines for faults of one kind, each with how many faults it tells."""
    if len(faults) <= NAMED:
        return [(fault_words(fault, words), 1) for fault in faults]
    names = listed([one_line(fault.name) for fault in faults], words)
    # Translators: the names of some files, and what is wrong with every one of them.
    message = words.gettext("{names}: each {fault}")
    return [(message.format(names=names, fault=reason_words(reason, words)), len(faults))]


def fault_items(faults: Sequence[Fault], words: Words) -> tuple[Block, ...]:
    """Return the faults as points of a list, many of one kind as one point."""
    return tuple(Item((Plain(line),)) for line in faults_words(faults, words))


def unstored_note(healths: Sequence[Health], words: Words) -> tuple[Block, ...]:
    """Return the warning that articles are missing, where some could not be stored."""
    count = sum(unstored(health.faults) for health in healths)
    if not count:
        return ()
    message = words.ngettext(
        "{count} article could not be stored and is missing here. I try again at the next reading.",
        "{count} articles could not be stored and are missing here. "
        "I try again at the next reading.",
        count,
    )
    return (Paragraph(fill(message, count=words.number(count))),)


def missing_note(healths: Sequence[Health], words: Words) -> tuple[Block, ...]:
    """Return the warning that news may be missing, where a source could not be read."""
    names = [each.source for each in healths if each.standing is Standing.FAILING]
    if not names:
        return ()
    message = words.ngettext(
        "{failing} of {count} source could not be read ({names}): news may be missing.",
        "{failing} of {count} sources could not be read ({names}): news may be missing.",
        len(healths),
    )
    failing, count = words.number(len(names)), words.number(len(healths))
    return (Paragraph(fill(message, failing=failing, count=count, names=listed(names, words))),)


def reading_page(reading: Reading, *, words: Words) -> Page:
    """Return what a reading brought: how many articles, what changed, what went wrong."""
    if reading.failing is not None:
        message = words.gettext("I could not read {source}.")
        faults: tuple[Fault, ...] = (reading.failing, *reading.faults)
        spans = fill(message, source=reading.source)
    else:
        faults = reading.faults
        spans = fill(
            words.gettext("Read {source}: {parts}."),
            source=reading.source,
            parts=words.pgettext("list", ", ").join(_counts(reading, words)),
        )
    trouble = (Note((Plain(one_line(reading.trouble)),)),) if reading.trouble else ()
    return Page((Paragraph(spans), *fault_items(faults, words), *trouble), plain(spans))


def _counts(reading: Reading, words: Words) -> list[str]:
    # What stopped the archive is told in a sentence of its own: it is one with the unstored.
    kept_out = reading.unstored
    problems = len(reading.faults) - kept_out + (bool(reading.trouble) and not kept_out)
    # Where all is new, the first number says so already.
    new = 0 if reading.new == reading.articles else reading.new
    counted = (
        (words.ngettext("{count} article", "{count} articles", reading.articles), reading.articles),
        (words.ngettext("{count} new", "{count} new", reading.new), new),
        (words.ngettext("{count} changed", "{count} changed", reading.changed), reading.changed),
        (
            words.ngettext("{count} removed", "{count} removed", reading.withdrawn),
            reading.withdrawn,
        ),
        (_unstored_words(kept_out, words), kept_out),
        (words.ngettext("{count} problem", "{count} problems", problems), problems),
    )
    said = [
        message.format(count=words.number(count))
        for place, (message, count) in enumerate(counted)
        if count or place == 0
    ]
    return said if problems or kept_out else [*said, words.gettext("no problems")]


def _unstored_words(count: int, words: Words) -> str:
    # Translators: a part of a list of counts, as in "2 new, 3 could not be stored".
    return words.ngettext("{count} could not be stored", "{count} could not be stored", count)


def reason_words(  # noqa: C901, PLR0911, PLR0912 - a row a reason
    reason: Reason, words: Words
) -> str:
    """Return what is wrong and how to mend it, behind the name of what it is wrong with."""
    match reason:
        case Reason.ABSENT:
            return words.gettext("is not there; make it, or correct its path in the configuration")
        case Reason.UNREADABLE:
            return words.gettext("cannot be read; check who may read it")
        case Reason.NOT_A_FOLDER:
            return words.gettext("is not a folder; name a folder in the configuration")
        case Reason.NOT_A_FILE:
            return words.gettext("is not a plain file; only plain files are read")
        case Reason.EMPTY:
            return words.gettext("is empty; there is nothing to read")
        case Reason.BINARY:
            return words.gettext("is not text; save the article as plain text")
        case Reason.TOO_LARGE:
            return words.gettext(
                "is too large; split it if it is yours, or raise its limit in the configuration"
            )
        case Reason.UNKNOWN_KIND:
            return words.gettext("is of a kind I do not read; I read .txt, .md and .html")
        case Reason.BAD_ENCODING:
            return words.gettext("has letters I cannot decode; save it as UTF-8 if it is yours")
        case Reason.NO_TEXT:
            return words.gettext("has no text of an article in it")
        case Reason.BAD_FRONT_MATTER:
            return words.gettext("has lines between its --- marks that I do not understand")
        case Reason.BAD_DATE:
            return words.gettext("bears a date that cannot be right; correct it if it is yours")
        case Reason.FUTURE_DATE:
            return words.gettext(
                "bears a date that lies ahead; correct it if it is yours, or wait for the day"
            )
        case Reason.NOT_STORED:
            return words.gettext("could not be stored; I try again at the next reading")
        case Reason.FORBIDDEN_ADDRESS:
            return words.gettext("is at an address that I may not ask")
        case Reason.NO_SUCH_HOST:
            return words.gettext("is at a host that no name server knows")
        case Reason.NO_CONNECTION:
            return words.gettext("takes no connection")
        case Reason.NO_ANSWER:
            return words.gettext("gives no answer in time")
        case Reason.BAD_CERTIFICATE:
            return words.gettext("shows a certificate that I cannot trust")
        case Reason.BAD_ANSWER:
            return words.gettext("answers what no web server should")
        case Reason.HTTP_ERROR:
            return words.gettext("answers with an error")
        case Reason.TOO_MANY_REQUESTS:
            return words.gettext("wants to be asked less often; I wait as long as it says")
        case Reason.REDIRECTED_TOO_OFTEN:
            return words.gettext("sends me on and on")
        case Reason.GONE:
            return words.gettext("was ended by its publisher; remove it, or find its new address")
        case Reason.ROBOTS:
            return words.gettext("asks robots not to read it")
        case Reason.NOT_A_FEED:
            return words.gettext("is no feed; look for its address again")
        case Reason.LOGIN_PAGE:
            return words.gettext("wants somebody to sign in")
        case Reason.BROKEN_FEED:
            return words.gettext("is a broken feed; what could be read of it was read")
        case Reason.ENTITIES:
            return words.gettext("declares entities, which can be used to fill the memory")
        case _:
            assert_never(reason)
