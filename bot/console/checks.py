"""What `briefbot check` found, as a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.page import Block, Entry, Heading, Item, Page, Paragraph, Plain, Strong


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part of the bot, and whether it works."""

    part: str
    #: What was found, in a few words.
    found: str
    #: What is wrong and how to mend it, a sentence each; nothing when the part works.
    broken: tuple[str, ...] = ()


def checks_page(checks: Sequence[Check]) -> Page:
    """Return the parts as a table, and below it what to mend."""
    broken = [check for check in checks if check.broken]
    parts, need = ("part" if len(checks) == 1 else "parts"), "needs" if len(broken) == 1 else "need"
    said = f"{len(broken)} of {len(checks)} {parts} {need} mending."
    summary = said if broken else "Everything works."
    mending = tuple(
        Item((Strong(check.part), Plain(f": {sentence}")))
        for check in broken
        for sentence in check.broken
    )
    title = Heading((Plain("What works and what does not"),))
    end = Paragraph((Plain(summary),))
    return Page((title, *map(_row, checks), end, *mending), summary=summary)


def _row(check: Check) -> Block:
    state = Strong("BROKEN") if check.broken else Plain("ok")
    found = f" · {check.found}" if check.found else ""
    return Entry((Plain(check.part),), (state, Plain(found)))
