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
#: Where a list says who is served, by what a chat is called there; after so many slashes a topic or
#: thread begins, which is part of a chat.
_LISTED = {"telegram": ("-1001234567890", 1), "slack": ("T0123/C0456", 2)}

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
            'a destination is written as "terminal", "file:team.txt", '
            '"telegram:-1001234567890" or "slack:T0123/C0456": briefbot subscriptions lists '
            "those in use."
        )
    return found


def posted_to(text: str) -> Destination:
    """Return the destination that is meant, where the bot may post to it.

    Raises ``typer.BadParameter``, as the configuration refuses what stands there.
    """
    from bot.config.addresses import is_address  # noqa: PLC0415 - slow to load

    found = destination(text)
    if not is_address(text):
        raise typer.BadParameter(
            f'nothing can post to {text}: a destination is "terminal", "telegram:-1001234567890", '
            '"slack:T0123/C0456" or "file:" and the path of a file below DATA_DIR/posts.'
        )
    return found


def listed(text: str) -> Destination:
    """Return the chat that is meant for the list: the whole of it where a topic is named.

    Raises ``typer.BadParameter``.
    """
    from bot.config.addresses import is_address  # noqa: PLC0415 - slow to load

    if text.removeprefix("-").isdecimal():
        raise typer.BadParameter(f'a chat of Telegram is written as "telegram:{text}".')
    found = destination(text)
    if found.channel not in _LISTED:
        return found
    example, parts = _LISTED[found.channel]
    if not is_address(text):
        raise typer.BadParameter(
            f"{text} is no chat of {found.channel.capitalize()}: a chat is listed by its id, which "
            f'the bot says when it is added there, as in "{found.channel}:{example}".'
        )
    address = found.address.split("/")[:parts]
    if found.channel == "slack" and address[-1][0] in "UW":
        raise typer.BadParameter(
            f"{text} is a person: who is served alone with the bot stands in the configuration, as "
            f'[access] people = ["{text}"].'
        )
    return replace(found, address="/".join(address))


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
            'platform gives: "123456789", on Slack "T0123/U0456".'
        )
    return text
