"""Small rules for JSON, which together say what a block may be; faults are worded as by Slack."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

#: Looks at a value at a place, and returns its faults.
Rule = Callable[[object, str], list[str]]

_EXPECTED: Final[dict[type, str]] = {dict: "an object", list: "an array", str: "a string"}


def fault(words: str, place: str) -> list[str]:
    """Return one fault, as Slack words it."""
    return [f"[ERROR] {words} [json-pointer:{place}]"]


def _typed(value: object, kind: type, place: str) -> list[str]:
    return [] if isinstance(value, kind) else fault(f"must provide {_EXPECTED[kind]}", place)


def string(most: int, *, least: int = 1, pattern: str = "") -> Rule:
    """Return the rule of a text of so many characters."""

    def rule(value: object, place: str) -> list[str]:
        if not isinstance(value, str):
            return _typed(value, str, place)
        if len(value) > most:
            return fault(f"must be less than {most + 1} characters", place)
        if len(value) < least:
            return fault(f"must be more than {least - 1} characters", place)
        if pattern and not re.match(pattern, value):
            return fault(f"failed to match the pattern {pattern}", place)
        return []

    return rule


def url(most: int = 3000) -> Rule:
    """Return the rule of an address on the web."""
    return string(most, pattern=r"(?i:https?)://\S+$")


def boolean(value: object, place: str) -> list[str]:
    """Check that it is true or false."""
    return [] if isinstance(value, bool) else fault("must provide a boolean", place)


def number(value: object, place: str) -> list[str]:
    """Check that it is a whole number."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return [] if whole else fault("must provide an integer", place)


def one_of(*words: str) -> Rule:
    """Return the rule of a word from a list."""

    def rule(value: object, place: str) -> list[str]:
        return [] if value in words else fault(f"must be one of: {', '.join(words)}", place)

    return rule


def array(each: Rule, most: int, *, least: int = 1) -> Rule:
    """Return the rule of a list of so many."""

    def rule(value: object, place: str) -> list[str]:
        if not isinstance(value, list):
            return _typed(value, list, place)
        if len(value) > most:
            return fault(f"no more than {most} items allowed", place)
        if len(value) < least:
            return fault(f"no fewer than {least} items allowed", place)
        return [one for at, item in enumerate(value) for one in each(item, f"{place}/{at}")]

    return rule


def fields(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """Return the rule of an object with these fields and no others."""
    known = {**required, **optional}

    def rule(value: object, place: str) -> list[str]:
        if not isinstance(value, dict):
            return _typed(value, dict, place)
        found = [
            one
            for name in required
            if name not in value
            for one in fault(f"missing required field: {name}", place)
        ]
        for name, inner in value.items():
            if name == "type":
                continue
            if name in known:
                found += known[name](inner, f"{place}/{name}")
            else:
                found += fault(f"invalid additional property: {name}", place)
        return found

    return rule


def typed(rules: Mapping[str, Rule], only: Collection[str] = ()) -> Rule:
    """Return the rule of an object whose type says which rule holds."""

    def rule(value: object, place: str) -> list[str]:
        if not isinstance(value, dict):
            return _typed(value, dict, place)
        kind: Any = value.get("type")
        if not isinstance(kind, str):
            return fault("missing required field: type", place)
        if kind not in rules or (only and kind not in only):
            return fault(f"unsupported type: {kind}", f"{place}/type")
        return rules[kind](value, place)

    return rule


def _plain(most: int, least: int) -> Rule:
    return fields({"text": string(most, least=least)}, {"emoji": boolean})


def _mrkdwn(most: int, least: int) -> Rule:
    return fields({"text": string(most, least=least)}, {"verbatim": boolean})


def plain_text(most: int, *, least: int = 1) -> Rule:
    """Return the rule of a text object without markup."""
    return typed({"plain_text": _plain(most, least)})


def any_text(most: int, *, least: int = 1) -> Rule:
    """Return the rule of a text object of either kind."""
    return typed({"plain_text": _plain(most, least), "mrkdwn": _mrkdwn(most, least)})
