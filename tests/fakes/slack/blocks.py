"""What blocks a message or a view may have, and within which limits."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.fakes.slack.elements import ACCESSORY, ACTION, ELEMENTS, INPUT
from tests.fakes.slack.rich_text import PART
from tests.fakes.slack.rules import (
    Rule,
    any_text,
    array,
    boolean,
    fault,
    fields,
    number,
    one_of,
    plain_text,
    string,
    typed,
    url,
)

#: Characters of all blocks of one message, as JSON: undocumented; people measured refusals from
#: 12,000 to 13,200 on (slackapi/bolt-js issues 2509, 2867), and the least is what counts.
WHOLE_MESSAGE: Final = 12_000
#: Characters of all markdown blocks together (docs.slack.dev, markdown block).
MARKDOWN: Final = 12_000
#: Characters of all cells of a table (docs.slack.dev, table block).
TABLE: Final = 10_000
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100

_ID: Final[Mapping[str, Rule]] = {"block_id": string(255)}
_CONTEXT: Final = typed(
    {
        "mrkdwn": any_text(3000),
        "plain_text": any_text(3000),
        "image": ELEMENTS["image"],
    }
)


def _section(value: object, place: str) -> list[str]:
    found = _SECTION(value, place)
    if isinstance(value, dict) and not {"text", "fields"} & value.keys():
        found += fault("must provide either text or fields", place)
    return found


_SECTION: Final = fields(
    {},
    {
        **_ID,
        "text": any_text(3000),
        "fields": array(any_text(2000), 10),
        "accessory": ACCESSORY,
        "expand": boolean,
    },
)
_CELL: Final = typed(
    {
        "raw_text": fields({"text": string(TABLE)}, {}),
        "raw_number": fields({"value": number}, {"text": string(100)}),
        "rich_text": fields({"elements": array(PART, 100)}, _ID),
    }
)
_COLUMN: Final = fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_EVERYWHERE: Final[dict[str, Rule]] = {
    "section": _section,
    "header": fields({"text": plain_text(150)}, {**_ID, "level": number}),
    "divider": fields({}, _ID),
    "context": fields({"elements": array(_CONTEXT, 10)}, _ID),
    "actions": fields({"elements": array(ACTION, 25)}, _ID),
    "image": fields(
        {"image_url": url(), "alt_text": string(2000)}, {**_ID, "title": plain_text(2000)}
    ),
    "rich_text": fields({"elements": array(PART, 1000)}, _ID),
    "input": fields(
        {"label": plain_text(2000), "element": INPUT},
        {**_ID, "hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}
_TABLE: Final = fields(
    {"rows": array(array(_CELL, 20), 100)},
    {**_ID, "column_settings": array(_COLUMN, 20)},
)
_MARKDOWN: Final = fields({"text": string(MARKDOWN)}, _ID)
#: In messages only.
_MESSAGE: Final[dict[str, Rule]] = {**_EVERYWHERE, "table": _TABLE, "markdown": _MARKDOWN}
_CHILD: Final = typed(_EVERYWHERE)
_MESSAGE["container"] = fields(
    {"child_blocks": array(_CHILD, 10)},
    {
        **_ID,
        "title": plain_text(150),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
    },
)
_MODAL: Final[dict[str, Rule]] = {
    **_EVERYWHERE,
    "alert": fields(
        {"text": any_text(200)},
        {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
}
_RULES: Final = {
    "message": array(typed(_MESSAGE), MESSAGE_BLOCKS, least=0),
    "modal": array(typed(_MODAL), VIEW_BLOCKS, least=0),
    "home": array(typed(_EVERYWHERE), VIEW_BLOCKS, least=0),
}


def block_faults(blocks: object, surface: str, place: str = "/blocks") -> list[str]:
    """Return what is wrong with the blocks of a "message", a "modal" or a "home", if anything."""
    found = _RULES[surface](blocks, place)
    if found or not isinstance(blocks, list):
        return found
    return [*_doubled(blocks, place), *_sums(blocks, place)]


def is_too_long(blocks: list[dict[str, Any]]) -> bool:
    """Tell whether the blocks of one message are too long together."""
    written = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
    # In units of UTF-16: nobody knows what Slack counts, and this is the most that is likely.
    return len(written.encode("utf-16-le")) // 2 > WHOLE_MESSAGE


def _doubled(blocks: list[dict[str, Any]], place: str) -> Iterator[str]:
    """Yield a fault where two blocks, or two elements of one, share a name."""
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        name = block.get("block_id", "")
        if name and name in seen:
            yield from fault(f"block_id already exists: {name}", f"{place}/{at}/block_id")
        seen.add(name)
        if block["type"] == "actions":
            names = [one["action_id"] for one in block["elements"] if "action_id" in one]
            for one in {each for each in names if names.count(each) > 1}:
                yield from fault(f"action_id already exists: {one}", f"{place}/{at}/elements")


def _sums(blocks: list[dict[str, Any]], place: str) -> Iterator[str]:
    """Yield a fault where blocks of one kind are too long together."""
    texts = [block["text"] for block in blocks if block["type"] == "markdown"]
    if sum(map(len, texts)) > MARKDOWN:
        yield from fault(f"must be less than {MARKDOWN + 1} characters", place)
    tables = [(at, block) for at, block in enumerate(blocks) if block["type"] == "table"]
    if len(tables) > 1:
        yield from fault("only one table allowed", place)
    for at, table in tables:
        cells = [cell for row in table["rows"] for cell in row]
        if sum(len(json.dumps(cell.get("text", ""))) - 2 for cell in cells) > TABLE:
            yield from fault(f"must be less than {TABLE + 1} characters", f"{place}/{at}/rows")
