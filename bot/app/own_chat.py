"""Where somebody talks alone with the bot."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.app.access import operator_mark
from bot.core.subscription import Destination


class Marks(Protocol):
    """Remembers short texts by name. Raises ``StoreError``."""

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        ...


def own_chat(platform: str, person: str) -> Destination | None:
    """Return where the person of that id talks alone with the bot; None for nobody to write to.

    On every platform a person's id is the address of that chat, too: "123", "T0123/U0456". An admin
    without a name of their own, "-100123", and the configuration, "", have none.
    """
    named = person.replace("/", "").isalnum()
    return Destination(platform, person) if named else None


async def operators(marks: Marks, platforms: Iterable[str]) -> Sequence[Destination]:
    """Return the own chats of those who have claimed the bot on these platforms.

    Raises ``StoreError``.
    """
    claimed = {platform: await marks.of(operator_mark(platform)) for platform in platforms}
    found = [own_chat(platform, person or "") for platform, person in claimed.items()]
    return [chat for chat in found if chat is not None]
