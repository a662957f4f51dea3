"""What came late or not at all is told, with plain reasons."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.app.outbox import Filled
from bot.core.ask import Asker
from bot.core.delivery import LATE_FROM, Kind, State
from bot.core.mendable import BLOCKED, NO_POSTING, NO_WRITING, NOT_STARTED, TOPIC_CLOSED
from bot.core.missed import MOST
from bot.core.page import Page
from bot.core.slots import COVERED, TOO_OLD
from bot.core.subscription import Slot, destination_of
from tests.fakes.asks import ADMIN, MEMBER
from tests.fakes.chats import HERE, Chat, series
from tests.fakes.press import NOW

DUE = NOW - timedelta(days=1)
#: How somebody who had blocked the bot hears it alone with it.
YOU_BLOCKED = "You had blocked me. Unblocking me and /start mend that."
POSTED = (series(due=DUE - timedelta(days=1)), Filled(page=Page(()), payloads=()))


@pytest.mark.parametrize(
    ("state", "why", "said"),
    [
        (State.QUIET, "No news.", "no news, and this chat wants no post then"),
        (
            State.MISSED,
            TOO_OLD,
            f"missed; its news comes with the next digest · {TOO_OLD}",
        ),
        (State.COVERED, COVERED, "covered by the next digest: both were overdue at once"),
        (
            State.REFUSED,
            "403 Forbidden: bot was kicked",
            "refused by the platform; the operator sees its reason",
        ),
        (State.REFUSED, "", "refused by the platform; the operator sees its reason"),
        (
            State.REFUSED,
            NO_WRITING,
            "refused by the platform · The bot may not write in the chat. An admin can let it.",
        ),
        (State.REFUSED, NO_POSTING, f"refused by the platform · {NO_POSTING}"),
        (State.REFUSED, TOPIC_CLOSED, f"refused by the platform · {TOPIC_CLOSED}"),
        (State.REFUSED, BLOCKED, f"refused by the platform · {YOU_BLOCKED}"),
        (State.CANCELLED, BLOCKED, f"cancelled · {YOU_BLOCKED}"),
        (
            State.REFUSED,
            NOT_STARTED,
            "refused by the platform · You had never pressed Start in this chat.",
        ),
        (
            State.UNKNOWN,
            "",
            "not known: the archive was restored from a backup, and it was not sent again",
        ),
        (State.CANCELLED, "", "cancelled"),
        (State.POSTED, "Due 08:00, sent 10:10.", "late by 2 h 10 min · Due 08:00, sent 10:10."),
    ],
)
def test_each_reason_is_told_plainly(state: State, why: str, said: str) -> None:
    chat = Chat()
    ended = DUE + timedelta(hours=2, minutes=10)
    chat.posts.rows = [series(due=DUE, state=state, why=why, ended=ended)]
    chat.posts.posted[HERE] = POSTED

    assert chat.says("/missed", asker=MEMBER) == (
        f"# Late or not sent, in the last 30 days\nMon 1 Sep, 03:00 = {said}"
    )


def test_admins_alone_are_told_how_the_last_one_comes_again() -> None:
    chat = Chat()
    chat.posts.rows = [series(due=DUE, state=State.CANCELLED)]
    chat.posts.posted[HERE] = POSTED

    told, more = chat.says("/missed", asker=MEMBER), "\n_The last one again: /resend_"
    assert chat.says("/missed") == told + more


@pytest.mark.parametrize("asker", [ADMIN, MEMBER])
def test_where_no_digest_was_ever_posted_none_is_offered_again(asker: Asker) -> None:
    chat = Chat()
    chat.posts.rows = [series(due=DUE, state=State.REFUSED, why=NO_WRITING)]

    assert chat.says("/missed", asker=asker).split("\n")[2:] == ["_/brief shows the news now._"]


def test_a_digest_that_is_still_on_its_way_is_told() -> None:
    chat = Chat()
    chat.posts.rows = [series(due=NOW - LATE_FROM, state=State.SENDING)]

    assert "Tue 2 Sep, 02:45 = on its way, late by 15 min so far\n" in chat.says("/missed")


def test_digests_are_told_by_the_clock_of_the_chat() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")
    moved = replace(series(due=DUE, state=State.MISSED), slot=Slot(DUE, NOW.date(), time(7, 30)))
    chat.posts.rows = [series(due=DUE, state=State.MISSED), moved]

    assert [line.partition(" = ")[0] for line in chat.says("/missed").split("\n")[1:3]] == [
        "Mon 1 Sep, 08:00",
        "Tue 2 Sep, 07:30",
    ]


def test_what_came_on_time_or_long_ago_or_elsewhere_is_not_told() -> None:
    chat = Chat()
    chat.posts.rows = [
        series(due=DUE, ended=DUE + LATE_FROM - timedelta(seconds=1)),
        series(due=NOW, state=State.DUE),
        series(due=NOW - timedelta(days=31), state=State.MISSED),
        series(due=DUE, state=State.REFUSED, kind=Kind.NOTICE),
        replace(series(due=DUE, state=State.MISSED), destination=destination_of("loop:there")),
    ]

    assert chat.says("/missed") == "Nothing was missed in the last 30 days."


def test_the_news_of_a_missed_digest_is_said_to_have_come_once_one_was_posted() -> None:
    chat = Chat()
    chat.posts.rows = [
        series(due=DUE, state=State.MISSED),
        series(due=DUE + timedelta(hours=1), ended=DUE + timedelta(hours=1)),
        series(due=DUE + timedelta(hours=2), state=State.MISSED),
        series(due=DUE + timedelta(hours=3), kind=Kind.AGAIN),
    ]

    assert [line.partition(" = ")[2] for line in chat.says("/missed").split("\n")[1:3]] == [
        "missed; its news comes with the next digest",
        "missed; its news came with the next digest",
    ]


def test_more_than_a_page_of_them_is_counted() -> None:
    chat = Chat()
    chat.posts.rows = [
        series(due=DUE - timedelta(hours=hour), state=State.MISSED) for hour in range(MOST + 2)
    ]

    page = chat.says("/missed")

    assert page.count(" = missed;") == MOST
    assert "\n_and 2 older ones_\n" in page
