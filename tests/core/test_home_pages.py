"""A person sees of each chat when digests come, and what became of the last ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.delivery import Kind, Series, State
from bot.core.home_pages import (
    gone_chat_page,
    home_page,
    late_page,
    overview_page,
    saving_page,
    unfilled_page,
    unshown_page,
    waiting_page,
)
from bot.core.subscription import Schedule, Slot, Subscription, Timing, destination_of
from bot.core.wording import English
from tests.fakes.pages import text

NOW = datetime(2025, 9, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
HERE = destination_of("loop:here")
NEXT = Slot(moment=datetime(2025, 9, 3, 3, tzinfo=UTC), day=date(2025, 9, 3), at=time(8))
BARE = Subscription(destination=HERE)
SET = replace(
    BARE,
    schedule=Schedule((Timing(time(8)),), "Asia/Almaty"),
    next=NEXT,
    topics=("trade",),
)


def posted(due: datetime, state: State = State.POSTED, *, late: timedelta | None = None) -> Series:
    return Series(
        id=1,
        kind=Kind.DIGEST,
        destination=HERE,
        subscription=1,
        slot=None,
        due=due,
        state=state,
        ended=None if late is None else due + late,
    )


def overview(chat: Subscription, *last: Series) -> list[str]:
    return text(overview_page(chat, last, now=NOW, zone=UTC, words=English())).split("\n")


def test_a_chat_shows_its_schedule_its_topics_and_its_last_digests() -> None:
    soon = timedelta(minutes=1)
    last = (
        posted(NOW - soon, State.SENDING),
        posted(NOW - DAY, late=soon),
        posted(NOW - 2 * DAY, State.MISSED),
        posted(NOW - 3 * DAY, late=timedelta(hours=2)),
    )

    assert overview(SET, *last) == [
        "Digest = every day at 08:00, Astana time (Asia/Almaty, UTC+5)",
        "Next = Wednesday 3 September, 08:00",
        "Topics = trade",
        "_Tue 2 Sep, 07:59 · on its way_",
        "_Mon 1 Sep, 08:00 · came on time_",
        "_Sun 31 Aug, 08:00 · missed; its news came with the next digest_",
        "_Sat 30 Aug, 08:00 · late by 2 h_",
    ]


def test_a_chat_that_was_sent_nothing_yet_says_what_is_set() -> None:
    assert overview(BARE) == ["Digest = none comes by itself", "Topics = everything"]
    assert overview(BARE, posted(NOW - DAY, State.MISSED))[-1] == (
        "_Mon 1 Sep, 08:00 · missed; its news comes with the next digest_"
    )


def test_where_the_bot_is_missing_it_is_said_how_to_invite_it() -> None:
    words = English()

    assert text(home_page(3, 0, "/invite @briefbot", words=words)) == (
        "# Digests in your channels\nWhat is set in the channels that we share. Where I am missing,"
        " type /invite @briefbot."
    )
    assert text(home_page(0, 0, "/invite @briefbot", words=words)) == (
        "# Digests in your channels\nWe share no channel that I serve. Type /invite @briefbot in"
        " one, and it is shown here."
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "_1 shared channel is left out: I serve only those that my operator lists._"),
        (2, "_2 shared channels are left out: I serve only those that my operator lists._"),
    ],
)
def test_channels_that_are_not_served_are_counted(count: int, said: str) -> None:
    page = home_page(0, count, "/invite @briefbot", words=English())

    assert text(page).split("\n")[-1] == said


def test_what_cannot_be_shown_is_said_in_a_sentence_or_two() -> None:
    pages = (gone_chat_page, late_page, saving_page, unfilled_page, unshown_page, waiting_page)

    said = [page(words=English()) for page in pages]

    assert len({page.summary for page in said}) == len(pages)
    assert [text(page) for page in said] == [page.summary for page in said]
