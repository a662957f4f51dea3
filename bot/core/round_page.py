"""What one look at many feeds brought, as a page for the operator at the terminal."""

from collections.abc import Sequence

from bot.core.faults import Reading, fault_items
from bot.core.page import Note, Page, Paragraph, Plain
from bot.core.phrases import one_line, plain
from bot.core.wording import Words, fill


def round_page(readings: Sequence[Reading], *, words: Words) -> Page:
    """Return how many feeds were read and what they brought, and each that could not be read.

    A fault of a single item is not told here: its source keeps it.
    """
    read = [reading for reading in readings if reading.failing is None and not reading.trouble]
    failing = [reading.failing for reading in readings if reading.failing is not None]
    message = words.ngettext(
        "Read {count} feed: {parts}.", "Read {count} feeds: {parts}.", len(read)
    )
    parts = words.pgettext("list", ", ").join(_counts(readings, len(failing), words))
    spans = fill(message, count=words.number(len(read)), parts=parts)
    # The archive is one, and says the same of each feed that it took nothing in of.
    troubles = dict.fromkeys(one_line(reading.trouble) for reading in readings if reading.trouble)
    notes = tuple(Note((Plain(trouble),)) for trouble in troubles)
    return Page(
        (Paragraph(spans), *fault_items(failing, words, operator=True), *notes), plain(spans)
    )


def _counts(readings: Sequence[Reading], failing: int, words: Words) -> list[str]:
    new = sum(reading.new for reading in readings)
    changed = sum(reading.changed for reading in readings)
    said = [words.ngettext("{count} new article", "{count} new articles", new)]
    counts = [new]
    if changed:
        said.append(words.ngettext("{count} changed", "{count} changed", changed))
        counts.append(changed)
    if failing:
        said.append(
            words.ngettext("{count} could not be read", "{count} could not be read", failing)
        )
        counts.append(failing)
    pairs = zip(said, counts, strict=True)
    return [message.format(count=words.number(count)) for message, count in pairs]
