"""The manifest from which Slack makes the app: valid, and as the command prints it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.cli import app
from bot.slack.manifest import EVENTS, PATH, manifest, manifest_text
from bot.slack.scopes import LOOKUP, NEEDED, WELCOME, granted, missing
from tests.fakes.slack.settings import EVENTS as KNOWN_EVENTS
from tests.fakes.slack.settings import Settings

ROOT = Path(__file__).parents[2]
#: The schema of app manifests, as Slack publishes it, where it lies beside the checkout.
SCHEMA = ROOT.parent / "shared" / "specs" / "slack-manifest.schema.json"
CALLED = f"https://bot.example.org{PATH}"

KINDS: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
}


Schema = Mapping[str, Any]


def complaints(value: object, schema: Schema, root: Schema) -> Iterator[str]:
    """Yield what is wrong with a value by a JSON schema (draft 7, as far as this one uses it)."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    kind = schema.get("type")
    if kind is not None and not isinstance(value, KINDS[kind]):
        yield f"{value!r} is no {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value!r} is none of {schema['enum']}"
    if isinstance(value, dict):
        yield from _of_object(value, schema, root)
    if isinstance(value, list):
        yield from _of_list(value, schema, root)
    if isinstance(value, str):
        yield from _of_text(value, schema)


def _of_object(value: dict[str, object], schema: Schema, root: Schema) -> Iterator[str]:
    required, known = schema.get("required", ()), schema.get("properties", {})
    yield from (f"{name} is missing" for name in required if name not in value)
    for name, each in value.items():
        if name in known:
            yield from complaints(each, known[name], root)
        elif schema.get("additionalProperties") is False:
            yield f"{name} is no property"


def _of_list(value: list[object], schema: Schema, root: Schema) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{len(value)} items"
    if schema.get("uniqueItems") and len({json.dumps(each) for each in value}) < len(value):
        yield "items are repeated"
    for each in value:
        yield from complaints(each, schema.get("items", {}), root)


def _of_text(value: str, schema: Schema) -> Iterator[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{value!r} has {len(value)} characters"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{value!r} is not of the form {schema['pattern']}"


@pytest.mark.parametrize("url", ["", CALLED])
@pytest.mark.parametrize("lookup", [False, True])
@pytest.mark.parametrize("beat", ["SCO", "x" * 60, "Шанхай", "上海合作组织: #1 \"news\" & 'more'"])
def test_a_manifest_is_one_by_slack_s_own_schema(url: str, beat: str, *, lookup: bool) -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema of manifests does not lie beside this checkout")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    text = manifest_text(
        beat=beat, command="/сводка", url=url, lookup=lookup, made_by="briefbot slack manifest"
    )

    made = yaml.safe_load(text)

    assert list(complaints(made, schema, schema)) == []
    assert made == manifest(beat=beat, command="/сводка", url=url, lookup=lookup)
    broken = {**made, "display_information": {"name": "x" * 36}, "more": 1}
    assert list(complaints(broken, schema, schema)) == [
        f"'{'x' * 36}' has 36 characters",
        "more is no property",
    ]


def test_the_file_that_comes_along_is_what_the_command_prints() -> None:
    kept = (ROOT / "config" / "slack-manifest.yaml").read_text("utf-8")

    done = CliRunner().invoke(
        app, ["slack", "manifest", "--config", str(ROOT / "config" / "briefbot.toml")]
    )

    assert (done.exit_code, done.output) == (0, kept)


def test_the_command_prints_what_is_configured(tmp_path: Path) -> None:
    config = tmp_path / "briefbot.toml"
    config.write_text(
        '[digest]\ntitle = "Space"\n[slack]\ncommand = "/space"\n'
        '[[sources]]\nname = "a"\nfolder = "a"\n'
    )

    done = CliRunner().invoke(
        app,
        [
            *("slack", "manifest", "--http", "https://bot.example.org", "--lookup"),
            *("--config", str(config)),
        ],
    )

    assert done.exit_code == 0
    assert done.output.startswith(
        "# Briefbot as an app of Slack, made by:"
        f" briefbot slack manifest --http {CALLED} --lookup\n"
    )
    said = yaml.safe_load(done.output)
    assert said == manifest(beat="Space", command="/space", url=CALLED, lookup=True)
    assert said["display_information"]["name"] == "Space brief"
    assert said["features"]["bot_user"]["display_name"] == "space-brief"


@pytest.mark.parametrize(
    "url", ["http://bot.example.org", "bot.example.org", "https://", "https://[x", "https://a b"]
)
def test_slack_calls_no_other_address_than_a_safe_one(url: str) -> None:
    done = CliRunner().invoke(app, ["slack", "manifest", "--http", url])

    assert done.exit_code == 2
    assert "Slack calls an address that begins with https://" in done.output


def test_an_app_of_the_manifest_is_told_all_that_the_room_hears() -> None:
    settings = Settings.of_manifest(manifest(beat="SCO", command="/brief"))

    assert [event for event in EVENTS if not settings.hears(event)] == []
    assert set(EVENTS) <= KNOWN_EVENTS.keys()
    assert settings.socket_mode
    assert settings.interactive
    assert settings.commands == {"/brief": False}
    assert settings.shortcuts == {"Brief this link": "brief_link"}


def test_slack_calls_one_address_for_everything() -> None:
    said = manifest(beat="SCO", command="/brief", url=CALLED)

    assert json.dumps(said).count(CALLED) == 3
    assert not Settings.of_manifest(said).socket_mode
    assert "http" not in json.dumps(manifest(beat="SCO", command="/brief"))


def test_no_scope_is_asked_for_twice_and_none_reads_along_unasked() -> None:
    named = [scope.name for scope in (*NEEDED, *WELCOME, *LOOKUP)]

    plain = manifest(beat="SCO", command="/brief")["oauth_config"]["scopes"]["bot"]

    assert len(set(named)) == len(named)
    assert plain == [scope.name for scope in (*NEEDED, *WELCOME)]
    assert not any(name.startswith(("channels:history", "groups:history")) for name in plain)


def test_what_slack_granted_is_read_from_its_header() -> None:
    assert granted("commands, chat:write,, im:history") == {"commands", "chat:write", "im:history"}
    assert granted("") == frozenset()
    assert [each.name for each in missing(LOOKUP, {"groups:history"})] == ["channels:history"]


@pytest.mark.parametrize(
    ("beat", "name", "handle"),
    [
        ("SCO", "SCO brief", "sco-brief"),
        ("Ünïted Nåtions!", "Ünïted Nåtions! brief", "united-nations-brief"),
        ("上海", "上海 brief", "briefbot"),
        ("x" * 40, f"{'x' * 34}…", f"{'x' * 40}-brief"),
    ],
)
def test_the_app_is_named_after_the_beat(beat: str, name: str, handle: str) -> None:
    said = manifest(beat=beat, command="/brief")

    assert said["display_information"]["name"] == name
    assert said["features"]["bot_user"]["display_name"] == handle
