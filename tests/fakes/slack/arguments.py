"""The arguments of a request, each checked against the tables of the Web API."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from tests.fakes.slack.errors import MalformedError
from tests.fakes.slack.values import Json

#: Methods with their arguments, scopes, tier and errors.
METHODS: Final[dict[str, Json]] = json.loads(
    Path(__file__).with_name("methods.json").read_text("utf-8")
)
#: Sent by clients and read by Slack, though its tables do not name them.
_UNLISTED: Final[dict[str, Json]] = {
    "chat.postMessage": {"client_msg_id": {"type": "string"}},
}
#: Sent with every call by Bolt's client: which workspace of an organisation is meant.
_ALWAYS: Final[Json] = {"team_id": {"type": "string"}}
_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "number": (int, float),
    "integer": (int,),
    "array": (list,),
    "object": (dict,),
}
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: its token, its arguments unread, and whether they were JSON."""

    token: str
    given: Mapping[str, object]
    is_json: bool
    verb: str


async def asked(request: web.Request) -> Asked:
    """Return the request, from its headers, address and body; raise SlackError if unreadable."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token if scheme == "Bearer" else ""
    in_address: dict[str, object] = dict(request.query)
    is_json = request.content_type == "application/json"
    body = read_object(await request.text()) if is_json else dict(await request.post())
    given = in_address | body
    by_form = given.pop("token", "")
    if is_json and by_form:
        # docs.slack.dev: with JSON, the token stands in the header.
        raise MalformedError("not_authed")
    return Asked(bearer or str(by_form), given, is_json=is_json, verb=request.method)


def read_object(text: str) -> dict[str, object]:
    """Return an object from JSON; raise MalformedError where it is none."""
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise MalformedError("invalid_json") from error
    if not isinstance(body, dict):
        raise MalformedError("json_not_object")
    return body


def checked(method: str, request: Asked) -> Json:
    """Return what a request says, as values; raise MalformedError when the tables forbid it."""
    table = METHODS[method]
    known = _ALWAYS | table["arguments"] | _UNLISTED.get(method, {})
    if request.is_json and table["reads"] and request.given:
        raise MalformedError(
            "invalid_arguments", messages=[f"[ERROR] {method} does not read JSON, but a form"]
        )
    strange = sorted(request.given.keys() - known.keys())
    if strange:
        raise MalformedError(
            "invalid_arguments", messages=[f"[ERROR] {method} has no argument {strange[0]}"]
        )
    said: Json = {
        name: _value(name, value, known[name]["type"])
        for name, value in request.given.items()
        if value is not None
    }
    missing = [name for name, rule in known.items() if rule.get("required") and name not in said]
    if missing:
        raise MalformedError(
            "invalid_arguments",
            messages=[f"[ERROR] missing required field: {name}" for name in missing],
        )
    return said


def _value(name: str, value: object, kind: str) -> object:
    """Return an argument as its type; what comes in a form or an address comes as text."""
    read = _read(value, kind) if isinstance(value, str) else value
    if isinstance(read, _KINDS[kind]) and isinstance(read, bool) == (kind == "boolean"):
        return read
    if name == "blocks":
        raise MalformedError("invalid_blocks_format")
    raise MalformedError(
        "invalid_arguments", messages=[f"[ERROR] must be {kind} [json-pointer:/{name}]"]
    )


def _read(text: str, kind: str) -> object:
    """Return what a text says as a value of this type; None when it says nothing."""
    if kind == "string":
        return text
    if kind in {"integer", "number"}:
        return int(text) if re.fullmatch(r"-?[0-9]+", text) else None
    if kind == "boolean":
        return _TRUTHS.get(text.lower())
    try:
        read: object = json.loads(text)
    except ValueError:
        return None
    return read
