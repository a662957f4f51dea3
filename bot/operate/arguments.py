"""What may follow a command on the line, and what is meant by it."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.console.listing import Listing
from bot.core.slot_text import NamedSlot, read_slot
from bot.core.subscription import Destination, destination_of

#: No address of a chat is longer, in characters.
LONGEST_DESTINATION = 300

#: The one destination that needs no address.
_TERMINAL = "terminal"
#: Where a list says who is served; a topic is part of a chat there.
_TELEGRAM = "telegram"

ConfigPath = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="PATH",
        help="Read this configuration.  [default: $BRIEFBOT_CONFIG, else config/briefbot.toml]",
    ),
]
Format = Annotated[Listing, typer.Option("--format", help="How it is written.")]
SlotText = Annotated[str, typer.Argument(metavar="SLOT", show_default=False)]
ChatText = Annotated[str, typer.Argument(metavar="CHAT", show_default=False)]


def destination(text: str) -> Destination:
    """Return the destination that is meant. Raises ``typer.BadParameter``."""
    found = destination_of(text)
    complete = bool(found.address) or found.channel == _TERMINAL
    sound = len(text) <= LONGEST_DESTINATION and text.isprintable()
    if not (found.channel.isalnum() and complete and sound):
        raise typer.BadParameter(
            'a destination is written as "terminal", "file:team.txt" or '
            '"telegram:-1001234567890": briefbot subscriptions lists those in use.'
        )
    return found


def posted_to(text: str) -> Destination:
    """Return the destination that is meant, where the bot may post to it.

    Raises ``typer.BadParameter``, as the configuration refuses what stands there.
    """
    from bot.config.tables import is_address  # noqa: PLC0415 - slow to load

    found = destination(text)
    if not is_address(text):
        raise typer.BadParameter(
            f'nothing can post to {text}: a destination is "terminal", "telegram:-1001234567890" '
            'or "file:" and the path of a file below DATA_DIR/posts.'
        )
    return found


def listed(text: str) -> Destination:
    """Return the chat that is meant for the list: the whole of it where a topic is named.

    Raises ``typer.BadParameter``.
    """
    from bot.config.tables import is_address  # noqa: PLC0415 - slow to load

    if text.removeprefix("-").isdecimal():
        raise typer.BadParameter(f'a chat of Telegram is written as "telegram:{text}".')
    found = destination(text)
    if found.channel != _TELEGRAM:
        return found
    if not is_address(text):
        raise typer.BadParameter(
            f"{text} is no chat of Telegram: a chat is listed by its number, which the bot says "
            'when it is added there, as in "telegram:-1001234567890".'
        )
    return replace(found, address=found.address.partition("/")[0])


def slot(text: str) -> int | NamedSlot:
    """Return the slot that is meant. Raises ``typer.BadParameter``."""
    found = read_slot(text)
    if found is None:
        raise typer.BadParameter(
            "a slot is the number that briefbot receipts prints, or "
            '"file:team.txt@2026-11-23 08:00".'
        )
    return found


def chat_or_person(text: str) -> Destination | str:
    """Return the chat that is meant, or the id of a person. Raises ``typer.BadParameter``."""
    if ":" in text or text == _TERMINAL:
        return destination(text)
    if not (text.isprintable() and 0 < len(text) <= LONGEST_DESTINATION):
        raise typer.BadParameter(
            'a chat is written as "telegram:-1001234567890", a person as the id that the '
            'platform gives: "123456789".'
        )
    return text
