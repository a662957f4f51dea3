"""Several mentions of one event made one."""

from dataclasses import replace

from bot.core.language import Language
from bot.core.values import Event, Precision
from bot.core.words import content

#: The more exact first.
_EXACT = (
    Precision.DAY,
    Precision.DAYS,
    Precision.MONTH,
    Precision.YEAR,
    Precision.WORDS,
    Precision.NONE,
)


def once(events: list[Event], language: Language) -> tuple[Event, ...]:
    """Return the events in the order of their first mention, each as its most exact one says it.

    Two mentions are of one event when they share most words of the shorter, and their times
    can be the same. Linear in the number of events.
    """
    kept: list[Event] = []
    words: list[frozenset[str]] = []
    #: The last event that has a word.
    last: dict[str, int] = {}
    for event in events:
        own = frozenset(content(event.what, language))
        rivals = sorted({last[word] for word in own if word in last})
        same = next((i for i in rivals if _is_one(event, own, kept[i], words[i])), None)
        if same is None:
            same = len(kept)
            kept.append(event)
            words.append(own)
        else:
            kept[same] = _better(kept[same], event)
            words[same] |= own
        last.update(dict.fromkeys(own, same))
    return tuple(kept)


def _is_one(event: Event, own: frozenset[str], other: Event, others: frozenset[str]) -> bool:
    common = len(own & others)
    if 2 * common <= min(len(own), len(others)):
        return False
    one, two = event.when, other.when
    if one.first and one.last and two.first and two.last:
        if one.first <= two.first:
            return two.last <= one.last or one.first == two.first
        return one.last <= two.last
    return one.precision is not two.precision or one.text.lower() == two.text.lower()


def _better(one: Event, other: Event) -> Event:
    """Return the more exact mention; of two alike the first, with a place if either has one."""
    if _EXACT.index(other.when.precision) < _EXACT.index(one.when.precision):
        one, other = other, one
    if one.where or not other.where:
        return one
    spans = tuple(sorted({*one.spans, *other.spans}))
    return replace(one, where=other.where, spans=spans)
