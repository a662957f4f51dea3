"""What the operator sets: one TOML file, and some variables of the environment.

Every fault is reported at once, in plain words.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.config.environment import Environment
from bot.config.environment import environment as read_environment
from bot.config.faults import describe, printable, repeated
from bot.config.tables import (
    Access,
    Digest,
    Document,
    FolderSource,
    Logs,
    Operator,
    Proposal,
    Retention,
    Subscription,
    Telegram,
)
from bot.core.errors import ConfigError

#: Where the configuration is looked for when nobody says where it is.
DEFAULT_PATH = Path("config/briefbot.toml")

#: More than any configuration needs; keeps a mistaken path from filling the memory.
LARGEST_FILE_BYTES = 1_000_000


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
    logs: Logs
    retention: Retention
    subscriptions: tuple[Subscription, ...]
    sources: tuple[FolderSource, ...]
    environment: Environment


def load(path: Path | None = None, *, environment: Environment | None = None) -> Config:
    """Return what is set in that file, else in ``BRIEFBOT_CONFIG``'s, else in the default one.

    Raises ``ConfigError`` with every fault: file, key, what was found and what is right.
    """
    environment = environment or read_environment()
    place = locate(path, environment=environment)
    values = _parse(_text(place), place)
    faults = [
        *repeated(values, "sources", "name", "a name of its own"),
        *repeated(values, "subscriptions", "to", "one table for each destination"),
    ]
    document = None
    try:
        document = Document.model_validate(values)
    except ValidationError as error:
        faults += [
            describe(fault["type"], fault["loc"], fault["input"])
            for fault in error.errors()
            # A faulty source does not count for pydantic: "too short" is then said of a full list.
            if fault["type"] != "too_short" or not fault["input"]
        ]
    if faults or document is None:
        raise ConfigError("\n".join(f"{place}: {fault}" for fault in sorted(faults)))
    return Config(
        path=place,
        data_dir=environment.data_dir,
        digest=document.digest,
        schedule=document.schedule,
        operator=document.operator,
        access=document.access,
        telegram=document.telegram,
        logs=document.logs,
        retention=document.retention,
        subscriptions=document.subscriptions,
        sources=document.sources,
        environment=environment,
    )


def locate(path: Path | None = None, *, environment: Environment | None = None) -> Path:
    """Return the file ``load`` reads; without one of the operator's, the one that came along."""
    environment = environment or read_environment()
    asked = path or environment.briefbot_config
    here = Path(__file__).parent.parent
    packaged = (here / "briefbot.toml", here.parent / DEFAULT_PATH)
    found = (candidate for candidate in (DEFAULT_PATH, *packaged) if candidate.exists())
    return asked or next(found, DEFAULT_PATH)


def _text(place: Path) -> str:
    content = b""
    try:
        if place.exists() and not place.is_file():
            raise ConfigError(f"{place} is not a file. Name the configuration file itself.")
        with place.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
        if len(content) > LARGEST_FILE_BYTES:
            raise ConfigError(f"{place} is larger than 1 MB. It cannot be the configuration.")
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{place} does not exist. Check --config or BRIEFBOT_CONFIG, or make the file."
        ) from error
    except OSError as error:
        raise ConfigError(f"{place} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{place}, line {line}: not UTF-8 text. Save the file in the UTF-8 encoding."
        ) from error


def _parse(text: str, place: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(f"{place}: lists or tables are nested too deeply.") from error
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        raise ConfigError(
            f"{place}, {where.rstrip(')')}: {printable(what)}. The file is not TOML there:"
            " each line is a [table] or a key = value, and text stands in double quotes."
        ) from error
    except ValueError as error:
        raise ConfigError(f"{place}: a number has too many digits.") from error
