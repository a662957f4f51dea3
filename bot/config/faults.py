"""What is wrong with a configuration, in plain words: the key, what was found, what is right."""

import difflib
import json
import re
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.config.source_tables import SOURCES
from bot.config.tables import TABLES, zones
from bot.core.credentials import SIGNED_IN, signs_in, unsigned
from bot.core.misread_pages import misread_words
from bot.core.phrases import plain
from bot.core.timing import Misread, mended, read_timing
from bot.core.wording import English

#: As much of a wrong value as helps to find it.
LONGEST_SHOWN_VALUE = 60


def repeated(values: dict[str, object], table: str, key: str, wanted: str) -> Iterator[str]:
    """Yield a sentence for each of the tables whose key has what one before it has."""
    seen: dict[str, int] = {}
    for number, name in _named(values, table, key):
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            yield (
                f"{table}[{number}].{key} is {_shown(name)}, as in {table}[{first}]:"
                f" expected {wanted}."
            )


def between(
    values: dict[str, object], others: dict[str, object], *, key: str, wanted: str, place: Path
) -> Iterator[str]:
    """Yield a sentence for each source whose key has what one of the file at that place has."""
    there = {name.casefold(): number for number, name in _named(others, "sources", key)}
    for number, name in _named(values, "sources", key):
        if other := there.get(name.casefold()):
            yield (
                f"sources[{number}].{key} is {_shown(name)}, as in sources[{other}] of {place}:"
                f" expected {wanted}."
            )


def of_neither_kind(values: dict[str, object]) -> Iterator[str]:
    """Yield a sentence for each source that is both a folder and a feed, or neither."""
    for number, table in _tables(values, "sources"):
        kinds = table.keys() & {"folder", "feed"}
        if len(kinds) != 1:
            found = "both folder and feed" if kinds else "neither folder nor feed"
            yield (
                f"sources[{number}] has {found}: expected one of them,"
                ' folder = "seeds" or feed = "https://example.org/feed.xml".'
            )


def described(error: ValidationError, document: type[BaseModel]) -> list[str]:
    """Return what is wrong with a file, a sentence each; what ``of_neither_kind`` says is left out.

    The document is the table of the file as a whole.
    """
    return [
        describe(fault["type"], fault["loc"], fault["input"], document)
        for fault in error.errors()
        if not _is_of_neither_kind(fault["type"], fault["loc"])
        # A faulty source does not count for pydantic: "too short" is then said of a full list.
        and (fault["type"] != "too_short" or not fault["input"])
    ]


def describe(
    kind: str, where: tuple[int | str, ...], found: object, document: type[BaseModel]
) -> str:
    """Return what is wrong at a key: what was found, what is right, and what may be meant."""
    field = _field(where, document)
    key = _dotted(where)
    if kind == "extra_forbidden":
        near = _did_you_mean(str(where[-1]), _settings(where[:-1], document))
        return f"{key} is not a setting{near}"
    if where == ("feeds",) and kind == "value_error":
        return "feeds.least_minutes is above feeds.most_minutes: expected no more than that."
    expected = field.description if field else "something else"
    if kind == "missing":
        return f"{key} is missing: expected {expected}."
    if where[-1] == "feed" and isinstance(found, str) and signs_in(found):
        return f"{key} {SIGNED_IN}."
    if where[-1] == "when" and isinstance(found, str):
        return f"{key} is {_shown(found)}: {_not_timed(found)} Expected {expected}."
    near = ""
    if where == ("digest", "zone") and isinstance(found, str):
        near = _did_you_mean(found, sorted(zoneinfo.available_timezones()))
    return f"{key} is {_shown(found)}: expected {expected}{near or '.'}"


def _is_of_neither_kind(kind: str, where: tuple[int | str, ...]) -> bool:
    """Say whether a fault is told already: it is of the key that makes a folder of a source."""
    inside = any(step in SOURCES for step in where)
    missing = kind == "missing" and where[-1] == "folder"
    return inside and (missing or (kind == "extra_forbidden" and where[-1] == "feed"))


def _tables(values: dict[str, object], table: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the tables of that name with their numbers, from 1; what is no table is left out."""
    tables = values.get(table)
    for number, each in enumerate(tables if isinstance(tables, list) else (), start=1):
        if isinstance(each, dict):
            yield number, each


def _named(values: dict[str, object], table: str, key: str) -> Iterator[tuple[int, str]]:
    """Yield what the tables have at a key, where that is a text, with their numbers."""
    for number, each in _tables(values, table):
        name = each.get(key)
        if isinstance(name, str):
            yield number, name


def _not_timed(typed: str) -> str:
    """Return why a text is no schedule, as ``/schedule`` says it, and what works if that is near.

    Days or a city alone change a schedule, and here there is none yet.
    """
    read = read_timing(typed, zones())
    if not isinstance(read, Misread):
        return "I need a time of day too."
    line = mended(typed, read, zones())
    said = plain(misread_words(read, English()))
    return said if line is None else f"{said} This works: {_shown(line)}."


def _field(where: Sequence[int | str], document: type[BaseModel]) -> FieldInfo | None:
    """Return the setting that a path leads to, or None for an unknown key."""
    fields = document.model_fields
    field = None
    for step in (step for step in where if isinstance(step, str)):
        if step in SOURCES:
            fields = SOURCES[step].model_fields
            continue
        field = fields.get(step)
        fields = TABLES[step].model_fields if step in TABLES else {}
    return field


def _settings(where: Sequence[int | str], document: type[BaseModel]) -> list[str]:
    """Return the settings that could be meant at a path: those that belong there first."""
    kind = next((str(step) for step in where if step in SOURCES), None)
    table = where[0] if where else None
    if kind is not None:
        here: type[BaseModel] = SOURCES[kind]
    else:
        here = TABLES.get(str(table), document)
    elsewhere = [
        f"{name}.{key}"
        for name, each in TABLES.items()
        if name != table and name in document.model_fields
        for key in each.model_fields
    ]
    return [*here.model_fields, *elsewhere]


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
    keys = (step for step in where if step not in SOURCES)
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in keys)
    return printable("".join(steps).removeprefix("."))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    known = isinstance(value, str | bool | int | float)
    return printable(unsigned(json.dumps(value, ensure_ascii=False) if known else str(value)))


def printable(text: str) -> str:
    """Return a text of the file as a message may repeat it: in part, and safe to print."""
    shown = "".join(character if character.isprintable() else "�" for character in text)
    long = len(shown) > LONGEST_SHOWN_VALUE
    return f"{shown[:LONGEST_SHOWN_VALUE]}…" if long else shown
