"""The command that prints what makes the app in Slack: ``slack manifest``.

As in ``cli``, it loads what it needs, so that other commands start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import sys
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.operate.arguments import ConfigPath


def manifest(
    *,
    http: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Slack calls the bot at this address, in place of Socket Mode."
        ),
    ] = None,
    lookup: Annotated[
        bool,
        typer.Option("--lookup", help="Ask for what finds out whether a post has arrived, too."),
    ] = False,
    config: ConfigPath = None,
) -> None:
    """Print the app's manifest."""
    from bot.config.load import load
    from bot.slack.manifest import manifest_text

    url = "" if http is None else _called(http)
    settings = load(config)
    asked = "".join((" --http " + url if url else "", " --lookup" if lookup else ""))
    text = manifest_text(
        beat=settings.digest.title,
        command=settings.slack.command,
        url=url,
        lookup=lookup,
        made_by=f"briefbot slack manifest{asked}",
    )
    sys.stdout.write(text)


def _called(url: str) -> str:
    """Return the address that Slack calls; its path may be left out. Raises ``BadParameter``."""
    from bot.slack.manifest import PATH

    try:
        parts = urlsplit(url)
        sound = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, sound = urlsplit(""), False
    if not sound or not url.isprintable() or " " in url:
        raise typer.BadParameter(
            "Slack calls an address that begins with https://, as in"
            f" --http https://bot.example.org{PATH}"
        )
    return url if parts.path.strip("/") else f"{url.rstrip('/')}{PATH}"
