"""A page that was written is read as it was, and what is no page is told from one."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page import Block, Button, Buttons, Entry, Heading, Inline, Item, Link, Page, Plain
from bot.core.written import UnknownKindError, read_page, write_page
from tests.fakes.press import NOW

PAGES = st.builds(
    Page,
    st.lists(st.one_of([st.from_type(kind) for kind in get_args(Block)]), max_size=8).map(tuple),
    st.text(),
)


@given(PAGES)
def test_every_page_comes_back_as_it_was_written(page: Page) -> None:
    assert read_page(json.loads(json.dumps(write_page(page)))) == page


def test_every_kind_of_block_and_span_can_be_written() -> None:
    said = {"text": "words", "url": "https://example.org", "at": NOW}
    spans = tuple(
        kind(*(said[name] for name in kind.__dataclass_fields__)) for kind in get_args(Inline)
    )
    rows = ((Button("1", "/brief 1"),), (Button("Settings", "/settings"),))
    fields = {"spans": spans, "term": spans, "level": 2, "rows": rows, "made": NOW}
    blocks = tuple(
        kind(**{name: fields[name] for name in kind.__dataclass_fields__})
        for kind in get_args(Block)
    )

    written = write_page(Page(blocks, "All"))

    assert read_page(written) == Page(blocks, "All")
    assert {block[0] for block in written["blocks"]} == {
        kind.__name__.lower() for kind in get_args(Block)
    }


def test_what_was_written_is_read_by_later_versions() -> None:
    page = Page(
        (
            Heading((Plain("SCO"),), 2),
            Item((Plain("Rain in "), Link("Osh", "https://example.org"))),
            Entry((Plain("30 percent"),), ()),
            Buttons(((Button("1", "/brief 1"),),), NOW),
            Buttons(()),
        ),
        "SCO",
    )

    assert write_page(page) == {
        "summary": "SCO",
        "blocks": [
            ["heading", [["plain", "SCO"]], 2],
            ["item", [["plain", "Rain in "], ["link", "Osh", "https://example.org"]]],
            ["entry", [["plain", "30 percent"]], []],
            ["buttons", [[["button", "1", "/brief 1"]]], "2025-09-02T03:00:00+00:00"],
            ["buttons", [], None],
        ],
    }


@pytest.mark.parametrize(
    "block", [["chart", []], ["item", [["emoji", "x"]]], ["plain", "x"], ["item", [["item", []]]]]
)
def test_a_part_of_an_unknown_kind_is_named(block: list[Any]) -> None:
    with pytest.raises(UnknownKindError, match="a page has a part of an unknown kind: "):
        read_page({"summary": "", "blocks": [block]})


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"summary": ""},
        {"summary": 7, "blocks": []},
        {"summary": "", "blocks": 7},
        {"summary": "", "blocks": [[]]},
        {"summary": "", "blocks": [7]},
        {"summary": "", "blocks": [["item"]]},
        {"summary": "", "blocks": [["item", 7]]},
        {"summary": "", "blocks": [["item", [["plain", 7]]]]},
        {"summary": "", "blocks": [["item", [["plain", "x", "y"]]]]},
        {"summary": "", "blocks": [["heading", [], "2"]]},
        {"summary": "", "blocks": [["buttons", [], "soon"]]},
        {"summary": "", "blocks": [["buttons", [], 7]]},
        {"summary": "", "blocks": [["buttons", [7], None]]},
        {"summary": "", "blocks": [["buttons", [[["plain", "x"]]], None]]},
        {"summary": "", "blocks": [["item", [["moment", "x", None]]]]},
    ],
)
def test_what_is_no_page_is_not_read_as_one(written: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_page(written)
