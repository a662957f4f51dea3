"""A rhythm as it is kept between two runs: plain values for JSON, and back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite

from bot.core.rhythm import SILENCES, Rhythm

_MOMENTS = ("began", "looked", "shown", "newest")
#: Of what a number of JSON is, true and false are none.
_KINDS = frozenset({int, float})


def kept(rhythm: Rhythm) -> dict[str, object]:
    """Return it as JSON can hold it, moments in seconds since 1970."""
    moments = {name: getattr(rhythm, name) for name in _MOMENTS}
    return {
        **{name: None if one is None else one.timestamp() for name, one in moments.items()},
        "idle": rhythm.idle,
        "items": rhythm.items,
        "hours": [round(one, 6) for one in rhythm.hours],
        "silences": [round(one) for one in rhythm.silences],
        "third": None if rhythm.third is None else round(rhythm.third, 3),
    }


def rhythm_of(kept: object) -> Rhythm:
    """Return the rhythm that was kept so; where it is damaged, one that has yet to learn.

    What is learned again costs a few looks, and what is half true would cost news.
    """
    if not isinstance(kept, Mapping):
        return Rhythm()
    try:
        return Rhythm(
            **{name: _moment(kept[name]) for name in _MOMENTS},
            idle=_count(kept["idle"]),
            items=_count(kept["items"]),
            hours=_numbers(kept["hours"], fewest=24, most=24),
            silences=_numbers(kept["silences"], fewest=0, most=SILENCES),
            third=None if kept["third"] is None else _number(kept["third"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return Rhythm()


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(_number(value), UTC)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _numbers(value: object, *, fewest: int, most: int) -> tuple[float, ...]:
    if not isinstance(value, Sequence) or not fewest <= len(value) <= most:
        raise ValueError(value)
    # All at once: it is read for every feed.
    if not _KINDS.issuperset(map(type, value)):
        raise TypeError(value)
    if not all(map(isfinite, value)) or min(value, default=0) < 0:
        raise ValueError(value)
    return tuple(map(float, value))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not isfinite(value) or value < 0:
        raise ValueError(value)
    return float(value)
