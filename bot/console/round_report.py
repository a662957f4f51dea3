"""What one round brought, in lines for who runs the bot."""

from collections.abc import Sequence

from bot.core.faults import Reading, fault_words, faults_words
from bot.core.wording import Words


def reading_line(reading: Reading, words: Words) -> str | None:
    """Return what is worth a line while a round goes on; None where there is nothing."""
    if reading.failing is not None:
        return fault_words(reading.failing, words, operator=True)
    counts = (
        (reading.new, "new"),
        (reading.changed, "changed"),
        (reading.withdrawn, "removed"),
    )
    said = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{reading.source}: {said}" if said else None


def fault_lines(readings: Sequence[Reading], words: Words) -> tuple[str, ...]:
    """Return what could not be read of sources that could, in a few lines."""
    found = [fault for one in readings if one.failing is None for fault in one.faults]
    troubles = dict.fromkeys(one.trouble for one in readings if one.trouble)
    return (*(f"{line}." for line in faults_words(found, words, operator=True)), *troubles)


def summary(readings: Sequence[Reading], seconds: float) -> str:
    """Return in a sentence what the round brought and how long it took."""
    read = [one for one in readings if one.failing is None and not one.trouble]
    silent = sum(not (one.new or one.changed or one.withdrawn) for one in read)
    new, changed = sum(one.new for one in readings), sum(one.changed for one in readings)
    failing = len(readings) - len(read)
    parts = [f"{new} new {'article' if new == 1 else 'articles'}"]
    parts += [f"{changed} changed"] if changed else []
    parts += [f"{silent} brought nothing new"] if silent else []
    parts += [f"{failing} could not be read"] if failing else []
    sources = "source" if len(readings) == 1 else "sources"
    return f"Read {len(read)} of {len(readings)} {sources} in {seconds:.1f} s: {', '.join(parts)}."


def is_sound(readings: Sequence[Reading]) -> bool:
    """Say whether the round was of use: not all sources failed, and the archive took it in."""
    failing = sum(one.failing is not None for one in readings)
    return not any(one.trouble for one in readings) and not (readings and failing == len(readings))
