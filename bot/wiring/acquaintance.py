"""Who the bot is on Slack, which it learns only while it runs."""

import asyncio
from dataclasses import dataclass, field

from bot.slack.client import Me


@dataclass(slots=True)
class Acquaintance:
    """Who the bot is on Slack, once it was told."""

    _me: Me | None = None
    _met: asyncio.Event = field(default_factory=asyncio.Event)

    def meet(self, me: Me) -> None:
        """Be this one from now on."""
        self._me = me
        self._met.set()

    def me(self) -> Me:
        """Return who it is; nothing is heard before that is known."""
        assert self._me is not None  # noqa: S101 - the room says it before it hears
        return self._me

    async def wait(self) -> Me:
        """Return who it is, as soon as that is known."""
        await self._met.wait()
        return self.me()
