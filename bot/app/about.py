"""What a piece of work is about, so that each line of the log can say so."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})

#: Each task has its own, and what it starts inherits it.
_IDS: ContextVar[Mapping[str, object]] = ContextVar("ids", default=_NOTHING)


def ids() -> Mapping[str, object]:
    """Return what the work in hand is about: "series", "part" and so on, by name."""
    return _IDS.get()


@contextmanager
def about(**named: object) -> Iterator[None]:
    """Name what the work inside is about; names given outside stay."""
    before = _IDS.set({**_IDS.get(), **named})
    try:
        yield
    finally:
        _IDS.reset(before)
