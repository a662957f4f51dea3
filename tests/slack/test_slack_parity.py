"""The same page says the same on both platforms: stories, order, words, figures and links."""

import pytest

from bot.core.page import Page
from bot.slack.render import render as slack
from bot.telegram.payload import read
from bot.telegram.render import render as telegram
from tests.fakes.bot_api.text import formatted
from tests.fakes.parity import DIGESTS, as_typed, comparable, generated, lines_of
from tests.fakes.slack_said import Said, told
from tests.fakes.slack_said import said as said_in_slack

pytestmark = pytest.mark.slow


def said_in_telegram(page: Page) -> Said:
    """Return what Telegram shows of the page."""
    return told(
        [
            shown
            for payload in telegram(page)
            for shown in lines_of(formatted(read(payload).html, "HTML", limit=4096))
        ]
    )


@pytest.mark.parametrize("seed", range(DIGESTS))
def test_both_platforms_say_the_same(seed: int) -> None:
    page = generated(seed)

    there = said_in_telegram(as_typed(page))
    folded, flat = said_in_slack(slack(page)), said_in_slack(slack(page, flat=True))

    assert comparable(folded) == comparable(there)
    assert comparable(flat) == comparable(there)


def test_the_pages_compared_have_what_there_is_to_compare() -> None:
    pages = [generated(seed) for seed in range(DIGESTS)]
    found = [said_in_slack(slack(page)) for page in pages]

    assert sum(len(said.headlines) for said in found) > 1000
    assert sum(len(said.links) for said in found) > 500
    assert sum(len(said.figures) for said in found) > 5000
    assert sum(len(slack(page)) > 1 for page in pages) > 100
    assert sum(len(telegram(page)) > 1 for page in pages) > 20
