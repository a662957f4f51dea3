"""What the operator is told when sources fail, fall silent, end, or are back: one text for all."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.faults import failing_words
from bot.core.health import Health, Standing
from bot.core.phrases import listed, one_line
from bot.core.reasons import reason_words
from bot.core.wording import DayForm, Words

#: A text names no more sources; the rest is counted.
NAMES = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A source that stands otherwise than the operator was told last."""

    health: Health
    before: Standing


def outage_words(changes: Sequence[Change], *, sources: int, words: Words) -> str:
    """Return what has changed in a few sentences; there are so many ``sources`` in all."""
    left = NAMES
    said: list[str] = []
    for standing in reversed(Standing):
        group = [one for one in changes if _told(one.health.standing) is standing]
        if group:
            said += _group(standing, group, left, sources, words)
            left = max(0, left - len(group))
    # A command or a fault at the very end is easier to copy without a full stop.
    ended = (one if one.endswith(".") else f"{one}." for one in said[:-1])
    return " ".join((*ended, *said[-1:]))


def _told(standing: Standing) -> Standing:
    return Standing.OK if standing is Standing.QUIET else standing


def _group(
    standing: Standing, group: Sequence[Change], left: int, sources: int, words: Words
) -> Iterator[str]:
    healths = [one.health for one in group]
    names = _names(healths, left, words)
    several = len(group) > 1
    count = words.number(len(group))
    match standing:
        case Standing.FAILING if several:
            if len(group) == sources:
                yield f"None of my {count} sources can be read{names}. The network may be down."
            else:
                yield f"{count} sources cannot be read{names}."
            yield _reasons(healths, words)
        case Standing.FAILING:
            yield f"The source {_name(healths[0])} cannot be read."
            yield failing_words(healths[0], words, operator=True)
        case Standing.RETIRED if several:
            yield f"{count} sources were ended by their publishers{names}."
            yield "They are asked no more: remove them, or find their new addresses."
        case Standing.RETIRED:
            yield f"The source {_name(healths[0])} was ended by its publisher."
            yield "It is asked no more: remove it, or find its new address."
        case Standing.STALE if several:
            yield f"{count} sources have brought nothing for far longer than usual{names}."
            yield "To see what they answer: briefbot sources check"
        case Standing.STALE:
            since = _since(healths[0], words)
            yield f"The source {_name(healths[0])} has brought nothing{since}, longer than usual."
            yield f'To see what it answers: briefbot sources check "{_name(healths[0])}"'
        case _:
            yield from _back(group, left, words)


def _since(health: Health, words: Words) -> str:
    return "" if health.since is None else f" since {words.day(health.since, DayForm.LONG)}"


def _back(group: Sequence[Change], left: int, words: Words) -> Iterator[str]:
    """Yield which sources can be read again, and which bring news again."""
    read = [one.health for one in group if one.before is not Standing.STALE]
    news = [one.health for one in group if one.before is Standing.STALE]
    for healths, one, many in (
        (read, "can be read again", "can be read again"),
        (news, "brings news again", "bring news again"),
    ):
        if len(healths) == 1:
            yield f"The source {_name(healths[0])} {one}."
        elif healths:
            yield f"{words.number(len(healths))} sources {many}{_names(healths, left, words)}."
        left = max(0, left - len(healths))


def _reasons(healths: Sequence[Health], words: Words) -> str:
    """Return why sources could not be read, the commonest first, with how many say so."""
    reasons = Counter(health.failing.reason for health in healths if health.failing is not None)
    each = (
        f"{reason_words(reason, words, operator=True)} ({words.number(count)})"
        for reason, count in reasons.most_common()
    )
    return f"Why: {'; '.join(each)}."


def _names(healths: Sequence[Health], most: int, words: Words) -> str:
    if not most:
        return ""
    return f": {listed([_name(health) for health in healths], words, most=most)}"


def _name(health: Health) -> str:
    return one_line(health.source)
