"""What the operator sets: one TOML file, and some variables of the environment.

Every fault is reported at once, in plain words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.config.environment import Environment
from bot.config.environment import environment as read_environment
from bot.config.faults import describe, described, repeated
from bot.config.packs import faults_of_sources, read_packs
from bot.config.source_tables import Feeds, FeedSource, Fetch, FolderSource
from bot.config.tables import (
    Access,
    Digest,
    Document,
    Logs,
    Operator,
    Proposal,
    Retention,
    Slack,
    Subscription,
    Telegram,
)
from bot.config.toml_file import read_toml
from bot.core.errors import ConfigError

#: Where the configuration is looked for when nobody says where it is.
DEFAULT_PATH = Path("config/briefbot.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that is set, checked."""

    #: The file it was read from.
    path: Path
    #: Where the bot keeps what it must not forget.
    data_dir: Path
    digest: Digest
    schedule: Proposal
    operator: Operator
    access: Access
    telegram: Telegram
    slack: Slack
    logs: Logs
    retention: Retention
    subscriptions: tuple[Subscription, ...]
    feeds: Feeds
    fetch: Fetch
    sources: tuple[FolderSource | FeedSource, ...]
    environment: Environment


def load(path: Path | None = None, *, environment: Environment | None = None) -> Config:
    """Return what is set in that file, else in ``BRIEFBOT_CONFIG``'s, else in the default one.

    Raises ``ConfigError`` with every fault: file, key, what was found and what is right.
    """
    environment = environment or read_environment()
    place = locate(path, environment=environment)
    values = read_toml(
        place,
        what="configuration",
        absent="Check --config or BRIEFBOT_CONFIG, or make the file.",
    )
    document, packed = _checked(values, place)
    return Config(
        path=place,
        data_dir=environment.data_dir,
        digest=document.digest,
        schedule=document.schedule,
        operator=document.operator,
        access=document.access,
        telegram=document.telegram,
        slack=document.slack,
        logs=document.logs,
        retention=document.retention,
        subscriptions=document.subscriptions,
        feeds=document.feeds,
        fetch=document.fetch,
        sources=(*document.sources, *packed),
        environment=environment,
    )


def _checked(
    values: dict[str, object], place: Path
) -> tuple[Document, tuple[FolderSource | FeedSource, ...]]:
    """Return what the file says, and the sources of its packs; raises ``ConfigError``."""
    faults = [
        *faults_of_sources(values),
        *repeated(values, "subscriptions", "to", "one table for each destination"),
        *_without_sources(values),
    ]
    document = None
    try:
        document = Document.model_validate(values)
    except ValidationError as error:
        faults += described(error, Document)
    packed, of_packs = read_packs(_packs(values), configuration=place, values=values)
    told = [*(f"{place}: {fault}" for fault in sorted(faults)), *of_packs]
    if told or document is None:
        raise ConfigError("\n".join(told))
    return document, packed


def _packs(values: dict[str, object]) -> tuple[str, ...]:
    """Return the packs that are named, as far as they can be read though all else is wrong."""
    feeds = values.get("feeds")
    try:
        return Feeds.model_validate(feeds).packs if isinstance(feeds, dict) else ()
    except ValidationError:
        # The fault of the table is told; what its packs hold may wait until it is mended.
        return ()


def _without_sources(values: dict[str, object]) -> Iterator[str]:
    """Yield that there is no source at all, where none stands here and no pack is named."""
    feeds = values.get("feeds")
    if isinstance(feeds, dict) and feeds.get("packs"):
        return
    if "sources" not in values:
        yield describe("missing", ("sources",), None, Document)
    elif values["sources"] == []:
        yield describe("too_short", ("sources",), [], Document)


def locate(path: Path | None = None, *, environment: Environment | None = None) -> Path:
    """Return the file ``load`` reads; without one of the operator's, the one that came along."""
    environment = environment or read_environment()
    asked = path or environment.briefbot_config
    here = Path(__file__).parent.parent
    packaged = (here / "briefbot.toml", here.parent / DEFAULT_PATH)
    found = (candidate for candidate in (DEFAULT_PATH, *packaged) if candidate.exists())
    return asked or next(found, DEFAULT_PATH)
