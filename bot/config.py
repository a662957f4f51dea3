"""What the operator sets: one TOML file, and two variables of the environment.

This is the only file that reads the environment. Every fault is reported at once, in plain words.
"""

import difflib
import json
import re
import tomllib
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.errors import ConfigError

#: Where the configuration is looked for when nobody says where it is.
DEFAULT_PATH = Path("config/briefbot.toml")

#: More than any configuration needs; keeps a mistaken path from filling the memory.
LARGEST_FILE_BYTES = 1_000_000

#: As much of a wrong value as helps to find it.
LONGEST_SHOWN_VALUE = 60


def _known_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise ValueError(name)
    return name


Title = Annotated[str, Field(pattern=r"^[^\pC\s]([^\pC]{0,58}[^\pC\s])?$")]
Name = Annotated[str, Field(pattern=r"^\w([\w .-]{0,38}[\w.-])?$")]
Zone = Annotated[str, AfterValidator(_known_zone)]
Folder = Annotated[str, Field(pattern=r"^\PC+$")]


class Table(BaseModel):
    """A table of the file; each field's description says what is right, in plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Digest(Table):
    """What a digest covers and how long it is."""

    title: Title = Field(default="SCO", description="a name of 1 to 60 characters, in quotes")
    lines: int = Field(default=3, ge=1, le=7, description="a whole number from 1 to 7")
    stories: int = Field(default=10, ge=1, le=50, description="a whole number from 1 to 50")
    zone: Zone = Field(default="Asia/Almaty", description='a time zone such as "Asia/Almaty"')
    language: Literal["en"] = Field(
        default="en", description='"en", the only language there is yet'
    )
    max_age_days: int = Field(default=3, ge=1, le=365, description="a whole number from 1 to 365")
    gazetteer: Folder | None = Field(
        default=None, description='the path of a gazetteer, in quotes: "sco.toml"'
    )


class Retention(Table):
    """How long things are kept, in days."""

    articles_days: int = Field(
        default=365, ge=1, le=36500, description="a whole number from 1 to 36500"
    )


class FolderSource(Table):
    """A watched folder of articles; a relative path starts at the working directory."""

    name: Name = Field(
        description="a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores"
    )
    folder: Folder = Field(description='the path of a folder, in quotes: "seeds"')
    publisher: Title | None = Field(
        default=None, description="a name of 1 to 60 characters, in quotes"
    )
    language: Literal["en"] | None = Field(None, description='"en", the only language there is yet')
    max_megabytes: int = Field(default=5, ge=1, le=100, description="a whole number from 1 to 100")


class Document(Table):
    """The file as a whole."""

    digest: Digest = Field(default=Digest(), description="a table that begins with [digest]")
    retention: Retention = Field(
        default=Retention(), description="a table that begins with [retention]"
    )
    sources: tuple[FolderSource, ...] = Field(
        strict=False,
        min_length=1,
        description="one table or more, each beginning with [[sources]]",
    )


class Environment(BaseSettings):
    """The variables ``BRIEFBOT_CONFIG`` and ``DATA_DIR``; an empty one counts as not set."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    briefbot_config: Path | None = None
    data_dir: Path = Path("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that is set, checked."""

    #: The file it was read from.
    path: Path
    #: Where the bot keeps what it must not forget.
    data_dir: Path
    digest: Digest
    retention: Retention
    sources: tuple[FolderSource, ...]


def load(path: Path | None = None, *, environment: Environment | None = None) -> Config:
    """Return what is set in that file, else in ``BRIEFBOT_CONFIG``'s, else in the default one.

    Raises ``ConfigError`` with every fault: file, key, what was found and what is right.
    """
    environment = environment or Environment()
    place = locate(path, environment=environment)
    values = _parse(_text(place), place)
    faults = list(_repeated_names(values))
    document = None
    try:
        document = Document.model_validate(values)
    except ValidationError as error:
        faults += [
            _describe(fault["type"], fault["loc"], fault["input"])
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
        retention=document.retention,
        sources=document.sources,
    )


def locate(path: Path | None = None, *, environment: Environment | None = None) -> Path:
    """Return the file ``load`` reads; without one of the operator's, the one that came along."""
    environment = environment or Environment()
    asked = path or environment.briefbot_config
    here = Path(__file__).parent
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
            f"{place}, {where.rstrip(')')}: {_printable(what)}. The file is not TOML there:"
            " each line is a [table] or a key = value, and text stands in double quotes."
        ) from error
    except ValueError as error:
        raise ConfigError(f"{place}: a number has too many digits.") from error


def _repeated_names(values: dict[str, object]) -> Iterator[str]:
    sources = values.get("sources")
    seen: dict[str, int] = {}
    for number, source in enumerate(sources if isinstance(sources, list) else (), start=1):
        name = source.get("name") if isinstance(source, dict) else None
        if not isinstance(name, str):
            continue
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            yield (
                f"sources[{number}].name is {_shown(name)}, as in sources[{first}]:"
                " expected a name of its own."
            )


def _describe(kind: str, where: tuple[int | str, ...], found: object) -> str:
    field = _field(where)
    key = _dotted(where)
    if kind == "extra_forbidden":
        return f"{key} is not a setting{_did_you_mean(str(where[-1]), _settings(where[:-1]))}"
    expected = field.description if field else "something else"
    if kind == "missing":
        return f"{key} is missing: expected {expected}."
    near = ""
    if where == ("digest", "zone") and isinstance(found, str):
        near = _did_you_mean(found, sorted(zoneinfo.available_timezones()))
    return f"{key} is {_shown(found)}: expected {expected}{near or '.'}"


def _field(where: Sequence[int | str]) -> FieldInfo | None:
    """Return the setting that a path leads to, or None for an unknown key."""
    fields = Document.model_fields
    field = None
    for step in (step for step in where if isinstance(step, str)):
        field = fields.get(step)
        fields = _TABLES.get(step, {})
    return field


_TABLES = {
    "digest": Digest.model_fields,
    "retention": Retention.model_fields,
    "sources": FolderSource.model_fields,
}


def _settings(where: Sequence[int | str]) -> list[str]:
    table = where[0] if where else None
    here = _TABLES.get(str(table), Document.model_fields)
    elsewhere = [
        f"{name}.{key}" for name, fields in _TABLES.items() if name != table for key in fields
    ]
    return [*here, *elsewhere]


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return the rest of a sentence that names what is nearest, by the whole or its last part."""
    ends = {re.split(r"[./]", name)[-1].casefold(): name for name in reversed(known)}
    whole = {name.casefold(): name for name in known}
    folded = word.casefold().replace(" ", "_")
    near = [
        names[match]
        for names in (whole, ends)
        for match in difflib.get_close_matches(folded, names, n=2, cutoff=0.7)
    ]
    alike = list(dict.fromkeys(near))[:3]
    return f"; did you mean {' or '.join(map(_shown, alike))}?" if alike else "."


def _dotted(where: Sequence[int | str]) -> str:
    """Return a key the way the file has it; sources are counted from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where)
    return _printable("".join(steps).removeprefix("."))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    known = isinstance(value, str | bool | int | float)
    return _printable(json.dumps(value, ensure_ascii=False) if known else str(value))


def _printable(text: str) -> str:
    shown = "".join(character if character.isprintable() else "�" for character in text)
    long = len(shown) > LONGEST_SHOWN_VALUE
    return f"{shown[:LONGEST_SHOWN_VALUE]}…" if long else shown
