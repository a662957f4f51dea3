"""Every word of the pages of settings goes through the catalogues."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from bot.app.outbox import Closed, Filled
from bot.core.ask import Asker
from bot.core.delivery import State
from bot.core.greeting_pages import (
    Company,
    Links,
    Offer,
    back_page,
    claimed_page,
    flooded_page,
    greeting_page,
    unlisted_page,
)
from bot.core.mendable import BLOCKED, NO_WRITING, REMOVED, TOPIC_CLOSED
from bot.core.page import Heading, Page, Plain
from bot.core.privacy import Keeping, privacy_page
from bot.core.settings_rows import standing_rows
from bot.core.subscription import Length, QuietPolicy, Standing, Timing, destination_of
from bot.core.values import Article
from tests.fakes.chats import HERE, Chat, series
from tests.fakes.press import NOW
from tests.fakes.strange import WORDS, untyped

#: What is typed in a chat, one after the other; no Latin letters but in verbs.
TYPED = (
    *("/schedule 8", "/schedule", "/schedule add 18:00 mon,tue", "/schedule Tashkent", "/topics"),
    *("/schedule weekdays", "/schedule off", "/schedule weekends", "/schedule 9 wed,thu,fri,sat"),
    *(
        "/schedule add 7 sun Astana",
        "/schedule add 8",
        "/schedule 1 2 3 4 5 6 7",
        "/schedule 25:00",
    ),
    *("/schedule я", "/schedule 8 in тшкент", "/schedule 8 +5", "/schedule 0 8 1 * *"),
    *("/schedule 8 in Россия", "/schedule 8 weekdays 9 mon 10", "/schedule add", "/schedule test"),
    *("/follow я, ю", "/follow я", "/topics", "/unfollow э", "/unfollow я", "/unfollow all"),
    *("/follow " + ",".join("аб" * n for n in range(1, 22)), "/settings language я"),
    *(f"/settings {one.value}" for one in Length),
    *("/settings quiet skip", "/settings quiet post", "/settings silent on"),
    *("/settings silent off", "/settings language en", "/settings pause", "/schedule"),
    *("/settings undo", "/settings pause", "/schedule 9", "/settings pause", "/settings resume"),
    *("/settings resume", "/schedule off", "/settings pause", "/settings resume", "/resend"),
    *("/missed", "/privacy", "/settings"),
)


def _greetings() -> Iterator[Page]:
    offer = Offer(
        beat="я",
        timings=(Timing(time(8)), Timing(time(8), (0, 2))),
        zone="Asia/Almaty",
        language="en",
        languages={"en": "я", "ru": "ю"},
    )
    links = Links(group="/", channel="/")
    for company in Company:
        yield greeting_page("я", offer, company=company, links=links, words=WORDS)
        yield greeting_page("", offer, company=company, words=WORDS)
        for comes in (True, False):
            scheduled = replace(offer, schedule="я", comes=comes)
            yield greeting_page("", scheduled, company=company, words=WORDS)
    for topic in (True, False):
        yield back_page("я", topic=topic, words=WORDS)
    for alone in (False, True):
        yield unlisted_page("я", Plain("я"), alone=alone, words=WORDS)
        yield unlisted_page("я", None, alone=alone, words=WORDS)
    yield claimed_page(links=links, words=WORDS)
    yield flooded_page(words=WORDS)


def _pages() -> Iterator[Page]:
    posted = Filled(page=Page((Heading(()),)), payloads=())
    chat = Chat(words=WORDS, languages={"en": "я"}, prepared=posted)
    yield chat.shows("/settings undo")
    for typed in TYPED:
        yield chat.shows(typed)
        yield chat.shows(typed, asker=Asker(admins="я"))
    chat.archive.add([Article(id="я", source="я", text="я")], seen=NOW)
    yield chat.shows("/follow щ, щщщщ")
    chat.subscriptions.rows[HERE] = replace(
        chat.of(), standing=Standing.STOPPED, reason="я", declared=True, owner=""
    )
    yield chat.shows("/schedule")
    late = NOW - timedelta(hours=2)
    for state in State:
        chat.posts.rows = [series(due=late, state=state, ended=NOW)] * 50
        yield chat.shows("/missed")
    chat.posts.posted[HERE] = series(), posted
    for why in (REMOVED, BLOCKED, NO_WRITING, TOPIC_CLOSED):
        chat.posts.rows = [series(due=late, state=State.REFUSED, ended=NOW, why=why)]
        yield chat.shows("/missed")
    yield chat.shows("/privacy", of=destination_of("terminal"))
    yield from _greetings()
    keeping = Keeping(
        delivery=1,
        shown=1,
        removed=1,
        joining=frozenset({HERE.channel}),
        contact=Plain("я"),
    )
    yield privacy_page(HERE, keeping, words=WORDS)
    silent = replace(chat.of(), quiet=QuietPolicy.SKIP)
    yield Page(tuple(standing_rows(silent, now=NOW, words=WORDS)))
    chat.prepared = Closed(State.QUIET, "я")
    yield chat.shows("/schedule test")
    chat.posts.posted[HERE] = (series(), posted)
    yield chat.shows("/resend")
    chat.channels.clear()
    yield chat.shows("/resend")


def test_no_word_of_a_setting_bypasses_the_catalogues() -> None:
    said = [span for page in _pages() for span in untyped(page)]

    assert said
    assert not [text for text in said if re.search(r"[A-Za-z]", text)]
