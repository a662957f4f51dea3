"""What may follow the commands on sources, and which names the shell completes."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.console.listing import Listing


class Owner(StrEnum):
    """Whose a publisher is."""

    STATE = "state"
    PRIVATE = "private"
    PUBLIC = "public"
    INTERNATIONAL = "international"


class Pages(StrEnum):
    """When the page behind an item is read."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Shown(StrEnum):
    """How much of a source may be shown."""

    LINES = "lines"
    HEADLINE = "headline"


def names(incomplete: str) -> list[str]:
    """Return the names of feeds that begin so, for a shell; none where they cannot be read."""
    from bot.config.load import load  # noqa: PLC0415 - only a shell that completes needs these
    from bot.core.errors import BriefbotError  # noqa: PLC0415
    from bot.operate.version import version  # noqa: PLC0415
    from bot.operate.work import finished  # noqa: PLC0415
    from bot.wiring.sources import listing  # noqa: PLC0415

    async def found() -> list[str]:
        async with listing(load(), version=version()) as sources:
            return [one.name for one in await sources.list.settings()]

    try:
        known = finished(found())
    except BriefbotError:
        return []
    return [name for name in known if name.casefold().startswith(incomplete.casefold())]


Address = Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False, autocompletion=names)]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAMES]", show_default=False, autocompletion=names)
]
File = Annotated[str, typer.Argument(metavar="FILE", show_default=False)]
OutFile = Annotated[str, typer.Argument(metavar="[FILE]", show_default=False)]
Format = Annotated[Listing, typer.Option("--format", help="How it is written.")]

Called = Annotated[
    str | None,
    typer.Option(
        "--name", metavar="NAME", help="What it is called here.  [default: its own title]"
    ),
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who publishes it.")]
OwnedBy = Annotated[Owner | None, typer.Option("--owner", help="Whose the publisher is.")]
Country = Annotated[str | None, typer.Option(metavar="CODE", help="The publisher's country: KZ.")]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Its articles' language, where it does not say: ru."),
]
Tier = Annotated[
    int | None,
    typer.Option(metavar="1-3", min=1, max=3, help="1 for a source of record, 3 for breadth."),
]
FullText = Annotated[
    Pages | None, typer.Option("--fulltext", help="When the pages behind its items are read.")
]
Quote = Annotated[Shown | None, typer.Option("--quote", help="How much of it may be shown.")]
