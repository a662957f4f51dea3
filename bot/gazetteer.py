"""Reads a gazetteer, the file of a beat's actors and topics."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from bot.core.errors import ConfigError
from bot.core.gazetteer import Actor, Gazetteer, Kind, Topic

#: The settings of each table, and whether it takes a list.
_ACTOR = {"name": False, "kind": False, "aliases": True}
_TOPIC = {"name": False, "words": True}


def load(path: Path) -> Gazetteer:
    """Return the actors and topics that the file names.

    Raises ``ConfigError`` with every fault: file, key, what was found and what is right.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}. It is named by digest.gazetteer."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} is not TOML in UTF-8: {error}.") from error
    faults = [f"{path}: {fault}" for fault in _faults(values)]
    if faults:
        raise ConfigError("\n".join(faults))
    return Gazetteer(
        actors=tuple(
            Actor(
                name=table["name"],
                kind=Kind(table["kind"]),
                aliases=tuple(table.get("aliases", ())),
            )
            for table in values.get("actors", ())
        ),
        topics=tuple(
            Topic(name=table["name"], words=tuple(table["words"]))
            for table in values.get("topics", ())
        ),
    )


def _faults(values: dict[str, object]) -> Iterator[str]:
    known = {"actors": _ACTOR, "topics": _TOPIC}
    for key, tables in values.items():
        if key not in known:
            yield f"{key} is not known here: expected [[actors]] and [[topics]]."
        elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            yield f"{key} must be tables that begin with [[{key}]]."
        else:
            for number, table in enumerate(tables, start=1):
                yield from _table_faults(f"{key}[{number}]", table, known[key])


def _table_faults(where: str, table: dict[str, object], fields: dict[str, bool]) -> Iterator[str]:
    for key in table:
        if key not in fields:
            yield f"{where}.{key} is not a setting: expected {', '.join(fields)}."
    for key, many in fields.items():
        value = table.get(key)
        if value is None and key != "aliases":
            yield f"{where}.{key} is missing."
        elif many and value is not None and not _is_list_of_names(value):
            yield f'{where}.{key} must be a list of names in quotes: ["one", "two"].'
        elif not many and value is not None and not _is_name(value):
            yield f"{where}.{key} must be a name in quotes."
        elif key == "kind" and value not in {kind.value for kind in Kind}:
            kinds = ", ".join(f'"{kind.value}"' for kind in Kind)
            yield f"{where}.kind must be one of {kinds}."


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and all(_is_name(name) for name in value)
