"""The fake Slack knows the limits of blocks, and says what is wrong in Slack's words."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.blocks import block_faults, is_too_long
from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def section(text: str = "a", **more: object) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "a", **more: object) -> Block:
    return {"type": "button", "text": plain(text), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def menu(*options: Block) -> Block:
    return {"type": "static_select", "options": list(options)}


def option(text: str = "a", value: str = "a") -> Block:
    return {"text": plain(text), "value": value}


def table(rows: int, columns: int, text: str = "a") -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


def rich(*elements: Block, kind: str = "rich_text_section", **more: object) -> Block:
    part = {"type": kind, "elements": list(elements), **more}
    return {"type": "rich_text", "elements": [part]}


RUN = {"type": "text", "text": "<!channel>", "style": {"bold": True}}
LINK = {"type": "link", "url": "https://example.org", "text": "a"}
DATE = {"type": "date", "timestamp": 1, "format": "{date} {time}", "fallback": "a"}
POINT = {"type": "rich_text_section", "elements": [RUN]}

GOOD = [
    rich(RUN, LINK, DATE),
    rich(RUN, kind="rich_text_quote"),
    rich(POINT, POINT, kind="rich_text_list", style="ordered", indent=1),
    section("a" * 3000, expand=True, accessory=button("a" * 75, value="b" * 2000)),
    {"type": "section", "fields": [plain("a" * 2000)] * 10},
    {"type": "header", "text": plain("a" * 150)},
    {"type": "divider", "block_id": "b" * 255},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}] * 10},
    actions(*[button(action_id=str(number)) for number in range(25)]),
    actions(menu(*[option("a" * 75, "b" * 150)] * 100)),
    actions({"type": "overflow", "options": [option()] * 5}),
    actions(button(url="https://example.org/" + "a" * 2980, style="danger")),
    table(100, 20),
    {"type": "markdown", "text": "# a" * 4000},
    {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a" * 2000},
    {"type": "container", "title": plain("a"), "child_blocks": [section()] * 10},
]
BAD = [
    (
        rich({"type": "text", "text": ""}),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (
        rich(RUN | {"style": {"loud": True}}),
        "invalid additional property: loud [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    (
        rich(POINT, kind="rich_text_list"),
        "missing required field: style [json-pointer:/blocks/0/elements/0]",
    ),
    (
        rich(RUN, kind="rich_text_list", style="bullet"),
        "unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    (
        rich(DATE | {"timestamp": "now"}),
        "must provide an integer [json-pointer:/blocks/0/elements/0/elements/0/timestamp]",
    ),
    (section("a" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "must provide either text or fields [json-pointer:/blocks/0]"),
    (
        {"type": "section", "fields": [plain("a")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [plain("a" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    (
        {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        {"type": "header", "text": plain("a" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
    ({"type": "poem"}, "unsupported type: poem [json-pointer:/blocks/0/type]"),
    ({"text": "a"}, "missing required field: type [json-pointer:/blocks/0]"),
    ("a", "must provide an object [json-pointer:/blocks/0]"),
    (
        {"type": "context", "elements": [plain("a")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        actions(*[button(action_id=str(number)) for number in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        actions(button("a" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(button(value="a" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button(style="loud")),
        "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button(action_id="a"), button(action_id="a")),
        "action_id already exists: a [json-pointer:/blocks/0/elements]",
    ),
    (
        actions(menu(*[option()] * 101)),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select"}),
        "must provide either options or option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(menu(option(value="a" * 151))),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions({"type": "overflow", "options": [option()] * 6}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (table(101, 1), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table(1, 21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (table(11, 10, "a" * 100), "must be less than 10001 characters [json-pointer:/blocks/0/rows]"),
    (
        {"type": "alert", "text": plain("a")},
        "unsupported type: alert [json-pointer:/blocks/0/type]",
    ),
    (section(expand="yes"), "must provide a boolean [json-pointer:/blocks/0/expand]"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_a_block_at_its_limit_is_good(block: Block) -> None:
    assert block_faults([block], "message") == []


@pytest.mark.parametrize(("block", "words"), BAD, ids=lambda given: str(given)[:60])
def test_a_block_beyond_a_limit_is_refused(block: Block, words: str) -> None:
    assert block_faults([block], "message") == [f"[ERROR] {words}"]


def test_blocks_together_have_limits_too() -> None:
    markdown = {"type": "markdown", "text": "a" * 6001}

    assert block_faults([section()] * 50, "message") == []
    assert block_faults([section()] * 51, "message") == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert block_faults([section()] * 100, "home") == []
    assert block_faults([section()] * 101, "modal") != []
    assert block_faults([markdown, markdown], "message") != []
    assert block_faults([table(1, 1), table(1, 1)], "message") != []
    assert block_faults([section(block_id="a"), section(block_id="a")], "message") != []


def test_some_blocks_are_for_messages_and_some_for_modals() -> None:
    alert = {"type": "alert", "text": plain("a")}

    assert block_faults([alert], "modal") == []
    assert block_faults([table(1, 1)], "home") != []


def test_all_blocks_of_a_message_are_measured_as_they_are_written() -> None:
    assert not is_too_long([section("a" * 2900)] * 4)
    assert is_too_long([section("a" * 2990)] * 4)
    assert not is_too_long([section("д" * 2900)] * 4), "characters, not bytes"


@pytest.mark.parametrize(
    ("blocks", "error"),
    [([section("")], "invalid_blocks"), ([section("a" * 2990)] * 4, "msg_blocks_too_long")],
)
def test_a_message_with_bad_blocks_is_refused(blocks: list[Block], error: str) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")

        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=news.id, text="a", blocks=blocks)

        assert caught.value.response["error"] == error
        assert len(slack.faults) == 1
        slack.faults.clear()

    run(scene)
