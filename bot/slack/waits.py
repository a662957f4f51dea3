"""How long Slack wants no calls of a method: what was begun sooner would only make it longer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.delivery import Deferred, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Remembers what Slack asked for, method by method."""

    #: Seconds that only go forward.
    seconds: Callable[[], float]
    #: Until when there are to be no calls, by these seconds.
    _ends: dict[str, float] = field(init=False, default_factory=dict)

    def note(self, method: str, seconds: float) -> None:
        """Remember that Slack wants no calls of the method for so many seconds from now on."""
        end = self.seconds() + seconds
        self._ends[method] = max(self._ends.get(method, end), end)

    def left(self, method: str) -> Deferred | None:
        """Return how long Slack still wants no calls of the method; None once it does."""
        left = self._ends.get(method, 0.0) - self.seconds()
        why = "Slack asks the app to slow down."
        return Deferred(left, Scope.ACCOUNT, why) if left > 0 else None
