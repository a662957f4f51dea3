"""An item is known by its words as people read them, and by the beginning of a long text."""

import pytest

from bot.app.feed import Item
from bot.app.feed_identity import keys_of
from bot.core.values import Extent

WORDS = "Ministers of ten states met on the shore and spoke of rain"


def item(text: str) -> Item:
    return Item(
        key="https://wire.example/1",
        url="https://wire.example/1",
        title="Rain",
        text=text,
        extent=Extent.WHOLE,
    )


@pytest.mark.parametrize("times", [1, 8, 9, 30])
def test_white_space_and_capitals_tell_no_items_apart(times: int) -> None:
    plain = " ".join([WORDS] * times)

    wide = f" {plain.upper()} ".replace(" ", "\n  ")

    assert keys_of(item(wide)) == keys_of(item(plain))


def test_what_stands_far_down_in_a_text_tells_no_items_apart() -> None:
    beginning = " ".join([WORDS] * 20)

    assert keys_of(item(f"{beginning} So they said.")) == keys_of(item(beginning))
    assert keys_of(item(f"So they said. {beginning}")) != keys_of(item(beginning))
