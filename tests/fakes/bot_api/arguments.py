"""The parameters of a request, each checked against the tables of the Bot API."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.fakes.bot_api.errors import MalformedError
from tests.fakes.bot_api.values import Json, Upload

#: Methods with their parameters, and the types these are made of.
TABLES: Final[Json] = json.loads(Path(__file__).with_name("parameters.json").read_text("utf-8"))
METHODS: Final[dict[str, Json]] = TABLES["methods"]
_ARRAY = "Array of "
_PLAIN: Final[dict[str, tuple[type, ...]]] = {
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "String": (str,),
}
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


def checked(method: str, given: Mapping[str, object]) -> Json:
    """Return what a request says, as values; raise MalformedError when the tables forbid it."""
    known = METHODS[method]
    files = {f"attach://{name}": name for name, value in given.items() if _is_file(value)}
    used = {files[value] for value in given.values() if isinstance(value, str) and value in files}
    said = {
        name: given[files[value]] if isinstance(value, str) and value in files else value
        for name, value in given.items()
    }
    arguments: Json = {}
    for name, value in said.items():
        if name in known:
            arguments[name] = _value(name, value, known[name])
        elif name not in used:
            raise _wrong(f'{method} has no parameter "{name}"')
    for name, rule in known.items():
        if rule.get("required") and name not in arguments:
            raise _wrong(f"{name} is empty")
    return arguments


def _is_file(value: object) -> bool:
    return isinstance(value, Upload)


def _wrong(description: str) -> MalformedError:
    return MalformedError(400, f"Bad Request: {description}")


def _value(name: str, value: object, rule: Json) -> object:
    """Return a parameter as one of its types; what comes in a form comes as text."""
    if isinstance(value, Upload):
        if "InputFile" not in rule["types"]:
            raise _wrong(f'"{name}" is no file')
        return value
    for kind in rule["types"]:
        read = _read(value, kind) if isinstance(value, str) else value
        if read is not None and _is(read, kind):
            _listed(name, read, rule)
            return read
    raise _wrong(f'"{name}" must be of type {" or ".join(rule["types"])}')


def _read(text: str, kind: str) -> object:
    """Return what a text of a form says as a value of this type; None when it says nothing."""
    if kind == "String":
        return text
    if kind == "Integer":
        return int(text) if re.fullmatch(r"-?[0-9]+", text) else None
    if kind == "Float":
        return float(text) if re.fullmatch(r"-?[0-9.]+", text) else None
    if kind == "Boolean":
        return _TRUTHS.get(text.lower())
    try:
        read: object = json.loads(text)
    except ValueError:
        return None
    return read


def _is(value: object, kind: str) -> bool:
    if kind.startswith(_ARRAY):
        inner = kind.removeprefix(_ARRAY)
        return isinstance(value, list) and all(_is(one, inner) for one in value)
    if kind in _PLAIN:
        return isinstance(value, _PLAIN[kind]) and isinstance(value, bool) == (kind == "Boolean")
    if not isinstance(value, dict):
        return False
    if kind in TABLES["opaque"]:
        return True
    rule = TABLES["types"][kind]
    if "any_of" in rule:
        return any(_is(value, one) for one in rule["any_of"])
    return _is_object(value, rule["fields"])


def _is_object(value: Json, fields: Json) -> bool:
    required = {name for name, rule in fields.items() if rule.get("required")}
    if not required <= value.keys() <= fields.keys():
        return False
    return all(
        any(_is(one, kind) for kind in fields[name]["types"])
        and one in fields[name].get("values", [one])
        for name, one in value.items()
    )


def _listed(name: str, value: object, rule: Json) -> None:
    if value not in rule.get("values", [value]):
        raise _wrong(f'"{name}" must be one of {", ".join(rule["values"])}')
