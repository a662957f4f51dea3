"""What may be done once more, when nobody knows whether it was done."""

import pytest

from bot.core.repeatable import is_repeatable


@pytest.mark.parametrize(
    "text", ["/brief 1", "brief", "/schedule 8am", "/follow rail", "/settings length short", "hm?"]
)
def test_what_reads_or_says_what_is_to_be_is(text: str) -> None:
    assert is_repeatable(text)


@pytest.mark.parametrize("text", ["/resend", "resend", "/schedule undo", "/show /brief 1"])
def test_what_posts_or_takes_back_whatever_came_last_is_not(text: str) -> None:
    assert not is_repeatable(text)
