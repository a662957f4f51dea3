"""What could not be read and why, in plain words; for who runs the bot, also what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.health import Fault, Health, Reason, Standing
from bot.core.page import Block, Item, Note, Page, Paragraph, Plain
from bot.core.phrases import NAMED, listed, one_line, plain
from bot.core.reasons import reason_words
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


def fault_words(fault: Fault, words: Words, *, operator: bool = False) -> str:
    """Return a fault in a line: the name and what is wrong; for the operator, how to mend it."""
    return words.gettext("{name}: {fault}").format(
        name=one_line(fault.name), fault=what_words(fault, words, operator=operator)
    )


def what_words(fault: Fault, words: Words, *, operator: bool = False) -> str:
    """Return what is wrong, for a place that names what it is wrong with.

    The operator also reads how to mend it, and the hint.
    """
    said = reason_words(fault.reason, words, operator=operator)
    detail = one_line(fault.particulars if operator else fault.detail)
    # Translators: a fault and, in brackets, what the machine says of it.
    message = words.gettext("{fault} ({detail})")
    return message.format(fault=said, detail=detail) if detail else said


def failing_words(health: Health, words: Words, *, operator: bool = False) -> str:
    """Return why a whole source could not be read, or that it is ok."""
    if health.failing is None and health.standing is Standing.RETIRED:
        gone = Fault(name=health.source, reason=Reason.GONE)
        return fault_words(gone, words, operator=operator)
    if health.failing is None:
        return words.gettext("{name}: {fault}").format(
            name=one_line(health.source), fault=words.gettext("ok")
        )
    return fault_words(health.failing, words, operator=operator)


def faults_words(
    faults: Sequence[Fault], words: Words, *, operator: bool = False
) -> tuple[str, ...]:
    """Return the faults in at most eleven lines: one each, but one for many of a kind.

    Many are told with some names and a count; the last line counts those that are not told.
    """
    kinds: dict[Reason, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(fault.reason, []).append(fault)
    told = [
        line
        for reason, alike in kinds.items()
        for line in _alike(reason, alike, words, operator=operator)
    ]
    lines = tuple(line for line, _ in told[:TOLD])
    rest = sum(count for _, count in told[TOLD:])
    if not rest:
        return lines
    message = words.ngettext("and {count} more", "and {count} more", rest)
    return (*lines, message.format(count=words.number(rest)))


def _alike(
    reason: Reason, faults: Sequence[Fault], words: Words, *, operator: bool
) -> list[tuple[str, int]]:
    """Return the lines for faults of one kind, each with how many faults it tells."""
    if len(faults) <= NAMED:
        return [(fault_words(fault, words, operator=operator), 1) for fault in faults]
    names = listed([one_line(fault.name) for fault in faults], words)
    # Translators: the names of some files, and what is wrong with every one of them.
    message = words.gettext("{names}: each {fault}")
    said = reason_words(reason, words, operator=operator)
    return [(message.format(names=names, fault=said), len(faults))]


def fault_items(
    faults: Sequence[Fault], words: Words, *, operator: bool = False
) -> tuple[Block, ...]:
    """Return the faults as points of a list, many of one kind as one point."""
    lines = faults_words(faults, words, operator=operator)
    return tuple(Item((Plain(line),)) for line in lines)


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
    """Return what a reading brought and what went wrong, for the operator at the terminal."""
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
    return Page(
        (Paragraph(spans), *fault_items(faults, words, operator=True), *trouble), plain(spans)
    )


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
