"""What is wrong with a configuration, in plain words: the key, what was found, what is right."""

import difflib
import json
import re
import zoneinfo
from collections.abc import Iterator, Sequence

from pydantic.fields import FieldInfo

from bot.config.tables import TABLES, Document, zones
from bot.core.misread_pages import misread_words
from bot.core.phrases import plain
from bot.core.timing import Misread, mended, read_timing
from bot.core.wording import English

#: As much of a wrong value as helps to find it.
LONGEST_SHOWN_VALUE = 60


def repeated(values: dict[str, object], table: str, key: str, wanted: str) -> Iterator[str]:
    """Yield a sentence for each of the tables whose key has what one before it has."""
    tables = values.get(table)
    seen: dict[str, int] = {}
    for number, each in enumerate(tables if isinstance(tables, list) else (), start=1):
        name = each.get(key) if isinstance(each, dict) else None
        if not isinstance(name, str):
            continue
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            yield (
                f"{table}[{number}].{key} is {_shown(name)}, as in {table}[{first}]:"
                f" expected {wanted}."
            )


def describe(kind: str, where: tuple[int | str, ...], found: object) -> str:
    """Return what is wrong at a key: what was found, what is right, and what may be meant."""
    field = _field(where)
    key = _dotted(where)
    if kind == "extra_forbidden":
        return f"{key} is not a setting{_did_you_mean(str(where[-1]), _settings(where[:-1]))}"
    expected = field.description if field else "something else"
    if kind == "missing":
        return f"{key} is missing: expected {expected}."
    if where[-1] == "when" and isinstance(found, str):
        return f"{key} is {_shown(found)}: {_not_timed(found)} Expected {expected}."
    near = ""
    if where == ("digest", "zone") and isinstance(found, str):
        near = _did_you_mean(found, sorted(zoneinfo.available_timezones()))
    return f"{key} is {_shown(found)}: expected {expected}{near or '.'}"


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


def _field(where: Sequence[int | str]) -> FieldInfo | None:
    """Return the setting that a path leads to, or None for an unknown key."""
    fields = Document.model_fields
    field = None
    for step in (step for step in where if isinstance(step, str)):
        field = fields.get(step)
        fields = TABLES[step].model_fields if step in TABLES else {}
    return field


def _settings(where: Sequence[int | str]) -> list[str]:
    table = where[0] if where else None
    here = TABLES.get(str(table), Document).model_fields
    elsewhere = [
        f"{name}.{key}"
        for name, each in TABLES.items()
        if name != table
        for key in each.model_fields
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
    return printable("".join(steps).removeprefix("."))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    known = isinstance(value, str | bool | int | float)
    return printable(json.dumps(value, ensure_ascii=False) if known else str(value))


def printable(text: str) -> str:
    """Return a text of the file as a message may repeat it: in part, and safe to print."""
    shown = "".join(character if character.isprintable() else "�" for character in text)
    long = len(shown) > LONGEST_SHOWN_VALUE
    return f"{shown[:LONGEST_SHOWN_VALUE]}…" if long else shown
