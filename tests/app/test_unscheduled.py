"""A digest can be sent once more, and tried before it is sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.app.outbox import Closed, Filled
from bot.app.ports import Edition
from bot.core.ask import Asker
from bot.core.delivery import Kind, State
from bot.core.late import marked_again
from bot.core.subscription import Subscription
from bot.core.wording import English
from tests.fakes.asks import MEMBER
from tests.fakes.chats import HERE, Chat, page, series
from tests.fakes.delivery import Loop
from tests.fakes.press import NOW

EARLIER = NOW - timedelta(days=1)
EDITION = Edition(destination=str(HERE), made=EARLIER, stories=(("wire/0.txt",),))


def posted() -> Chat:
    chat = Chat()
    filled = Filled(page=page("News"), payloads=({"text": "News"},), edition=EDITION, why="late")
    chat.posts.posted[HERE] = (series(due=EARLIER), filled)
    return chat


def test_the_last_digest_goes_out_again_and_says_so() -> None:
    chat = posted()

    assert chat.says("/resend") == "The digest of Mon 1 September 2025 goes out once more."
    [(place, kind, filled)] = chat.posts.opened
    again = marked_again(page("News"), NOW.date(), words=English())
    assert (place, kind) == (HERE, Kind.AGAIN)
    assert filled == Filled(
        page=again, payloads=Loop().render(again), edition=replace(EDITION, made=NOW)
    )
    assert chat.swept == 1


def test_a_chat_that_has_its_stories_flat_gets_them_so_again() -> None:
    chat = posted()
    chat.subscriptions.rows[HERE] = Subscription(destination=HERE, flat=True)

    chat.says("/resend")

    [(_, _, again)] = chat.posts.opened
    assert again is not None
    assert again.payloads == Loop().render(again.page, flat=True)
    assert again.payloads != Loop().render(again.page)


def test_a_digest_without_stories_goes_out_again_too() -> None:
    chat = posted()
    one, filled = chat.posts.posted[HERE]
    chat.posts.posted[HERE] = (one, replace(filled, edition=None))

    chat.says("/resend")

    [(_, _, again)] = chat.posts.opened
    assert again is not None
    assert again.edition is None


def test_the_day_of_a_digest_is_that_of_the_chat() -> None:
    chat = posted()
    late = datetime(2025, 9, 1, 22, tzinfo=UTC)
    one, filled = chat.posts.posted[HERE]
    chat.posts.posted[HERE] = (replace(one, due=late), filled)
    chat.says("/schedule 3am Astana")

    assert chat.says("/resend") == "The digest of Tue 2 September 2025 goes out once more."


def test_a_member_is_told_who_sends_the_last_digest_again() -> None:
    chat = Chat()

    assert chat.says("/resend", asker=MEMBER) == (
        "Only admins of this chat send its last digest again. Ask @anna or @li. "
        "/brief works for everybody at any time."
    )
    assert chat.says("/resend", asker=Asker()) == (
        "Only admins of this chat send its last digest again. "
        "/brief works for everybody at any time."
    )
    assert chat.posts.opened == []


def test_where_nothing_was_posted_nothing_goes_out_again() -> None:
    chat = Chat()

    assert chat.says("/resend") == ("No digest was posted here yet. /brief shows the news now.")
    assert (chat.posts.opened, chat.swept) == ([], 0)


def test_where_nothing_can_be_posted_nothing_goes_out_again() -> None:
    chat = posted()
    chat.channels.clear()

    assert chat.says("/resend") == ("I can answer here, but I cannot post here by myself just now.")
    assert chat.posts.opened == []


def test_a_test_shows_the_next_digest_and_posts_nothing() -> None:
    chat = Chat()
    chat.says("/schedule 8am Astana")

    assert chat.says("/schedule test", asker=MEMBER) == (
        "# News\n_A test, for you alone: nothing was posted, and nothing counts as shown._"
    )
    [job] = chat.jobs
    assert (job.subscription, job.series.slot) == (chat.of(), chat.of().next)
    assert chat.posts.opened == []


def test_a_test_says_when_nothing_would_be_posted() -> None:
    chat = Chat(prepared=Closed(State.QUIET, "No news."))

    assert chat.says("/schedule test") == (
        "Nothing would be posted now: there is no news, and this chat wants no post then. "
        "/settings quiet post changes that."
    )
    chat.prepared = Closed(State.REFUSED, "Nothing here can post to loop:here.")
    assert chat.says("/schedule test").startswith("I can answer here, but I cannot post")
