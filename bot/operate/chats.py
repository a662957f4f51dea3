"""Commands on who is served and what is kept of whom: ``allow`` and ``forget``.

As in ``cli``, each loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

from typing import TYPE_CHECKING, Annotated

import typer

from bot.operate.arguments import ChatText, ConfigPath, chat_or_person, listed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app.operator import Operation
    from bot.config.load import Config
    from bot.core.subscription import Destination


def allow(
    chat: ChatText,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take it off the list.")] = False,
    config: ConfigPath = None,
) -> None:
    """List a chat, or take it off the list."""
    from bot.app.ordering import allow as ordered
    from bot.config.load import load
    from bot.operate.work import operated, say

    place = listed(chat)
    work = operated(
        load(config), lambda operation: ordered(operation, place, allowed=not remove), fresh=True
    )
    say(work)


def forget(
    whom: Annotated[str, typer.Argument(metavar="CHAT | USER", show_default=False)],
    *,
    config: ConfigPath = None,
) -> None:
    """Delete what is kept of a chat or a person."""
    from bot.app.ordering import forget as forgotten
    from bot.config.load import load
    from bot.operate.work import note, operated, say
    from bot.wiring.parts import HISTORY

    meant, settings = chat_or_person(whom), load(config)

    async def erase(operation: "Operation") -> str:
        return await forgotten(operation, meant)

    typed = settings.data_dir / HISTORY
    if whom == "terminal" and typed.exists():
        typed.unlink()
        say("What was typed at the prompt is deleted.")
    say(operated(settings, erase))
    if whom in {each.to for each in settings.subscriptions}:
        note(f"{settings.path} declares it: take it out there, or it comes back.")
    if posts := _posts(settings, meant):
        note(f"The file itself stays, with what was posted to it: {posts}")
    note("Backups that were made before still hold it.")


def _posts(settings: "Config", whom: "Destination | str") -> "Path | None":
    """Return the file that posts went to, where that is what is forgotten."""
    from bot.core.subscription import Destination
    from bot.wiring.parts import POSTS

    if not isinstance(whom, Destination) or whom.channel != "file":
        return None
    file = settings.data_dir / POSTS / whom.address
    return file if file.exists() else None
