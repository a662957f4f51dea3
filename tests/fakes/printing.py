"""A channel that renders pages as plain text, and the memory of when the bot ran."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.slots import Stretch
from bot.core.delivery import Delivered, Outcome, Pace, Payload, Post
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.subscription import Destination
from tests.fakes.pages import text


@dataclass
class Printing:
    """Renders a page as one message of its text, and keeps what it has rendered."""

    rendered: list[str] = field(default_factory=list)

    def render(self, page: Page, *, flat: bool = False) -> tuple[Payload, ...]:
        self.rendered.append(text(page))
        return ({"text": text(page), "flat": flat},)

    def paces(self, destination: Destination, *, answer: bool = False) -> tuple[Pace, ...]:
        del destination, answer
        return ()

    async def send(self, post: Post) -> Outcome:
        return Delivered(f"{post.series}/{post.part}")

    async def find(self, post: Post) -> Outcome:
        return Delivered(f"{post.series}/{post.part}")


@dataclass
class MemoryLives:
    """Stretches of running; ``broken`` is what it says when it fails."""

    stretches: list[Stretch] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)
    broken: str = ""

    async def begin(self, now: datetime) -> None:
        self.stretches.append(Stretch(began=now, last=now, stopped=False))

    async def beat(self, now: datetime, *, stopped: bool = False) -> None:
        began = self.stretches.pop().began
        self.stretches.append(Stretch(began=began, last=now, stopped=stopped))

    async def since(self, moment: datetime) -> Sequence[Stretch]:
        self.asked.append(moment)
        if self.broken:
            raise StoreError(self.broken)
        return [one for one in self.stretches if one.last > moment]
