"""Which bot a database belongs to: another one's token must not speak to its chats."""

from typing import Protocol

from bot.core.errors import BriefbotError


class Marks(Protocol):
    """Remembers short texts by name. Every method raises ``StoreError``."""

    async def of(self, key: str) -> str | None:
        """Return what is kept under the name."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text under the name, in place of what stood there."""
        ...


class StrangerError(BriefbotError):
    """The database belongs to another bot; the message says how to adopt it."""


async def recognise(marks: Marks, platform: str, bot: str, *, adopt: bool = False) -> None:
    """Remember the bot's id on the platform as this database's own.

    Raises ``StrangerError`` when another id is remembered, unless it is to be adopted.
    """
    key = f"bot.{platform}"
    known = await marks.of(key)
    if known is not None and known != bot and not adopt:
        raise StrangerError(
            f"This database belongs to the {platform} bot {known}, and the token is that of "
            f"{bot}: its chats would hear from a stranger. Give the right token or another "
            "DATA_DIR; or, if the new bot takes over for good, start once with --adopt."
        )
    if known != bot:
        await marks.put(key, bot)
