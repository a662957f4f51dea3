"""What was found out a moment ago and is not asked again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

#: So long, in seconds, holds what was found out: who was made an admin waits no longer.
FRESH = 60.0
#: So many answers are kept.
_REMEMBERED = 10_000

Asked = TypeVar("Asked", bound=Hashable)
Found = TypeVar("Found")


@dataclass(slots=True)
class Lately(Generic[Asked, Found]):
    """What was found out in the last minute, or in as many seconds as it holds."""

    #: Seconds that only go forward.
    seconds: Callable[[], float]
    fresh: float = FRESH
    _found: dict[Asked, tuple[float, Found]] = field(default_factory=dict)

    def of(self, asked: Asked) -> Found | None:
        """Return what was found, unless it is too old."""
        at, found = self._found.get(asked, (None, None))
        return found if at is not None and self.seconds() - at < self.fresh else None

    def keep(self, asked: Asked, found: Found) -> None:
        """Remember it from now on; what is too old is let go."""
        now = self.seconds()
        # What is kept again goes to the end, so that the oldest always come first.
        self._found.pop(asked, None)
        while self._found and now - next(iter(self._found.values()))[0] >= self.fresh:
            del self._found[next(iter(self._found))]
        if len(self._found) >= _REMEMBERED:
            self._found.clear()
        self._found[asked] = (now, found)

    def drop(self, asked: Asked) -> None:
        """Forget it: it is not so any more."""
        self._found.pop(asked, None)
