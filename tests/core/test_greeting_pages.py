"""A chat is greeted in a few lines, and told plainly when it is not served."""

from dataclasses import replace
from datetime import time

from bot.core.greeting_pages import (
    Company,
    Links,
    Offer,
    admins_words,
    back_page,
    claimed_page,
    greeting_page,
    unlisted_page,
)
from bot.core.page import Buttons, Code, Link, Page, Paragraph, Plain
from bot.core.schedule_pages import schedule_page
from bot.core.subscription import Subscription, Timing
from bot.core.timing import Timed, read_timing
from bot.core.wording import English
from tests.fakes.chats import HERE
from tests.fakes.pages import text
from tests.fakes.press import NOW

OFFER = Offer(
    beat="SCO",
    timings=(Timing(time(8), (0, 1, 2, 3, 4)), Timing(time(7, 30), (0, 2))),
    zone="Asia/Almaty",
    language="en",
    languages={"en": "English", "ru": "русский", "zh": "中文"},
)
WORDS = English()
HELLO = (
    "Hello, “SCO {news} <b>”. I read news on SCO and post a brief made only of the sources' own"
    " sentences."
)


def says(page: Page) -> list[list[str]]:
    (buttons,) = (block for block in page.blocks if isinstance(block, Buttons))
    return [[button.says for button in row] for row in buttons.rows]


def test_a_group_is_greeted_in_at_most_six_lines() -> None:
    page = greeting_page("SCO {news}\n<b>", OFFER, company=Company.GROUP, words=WORDS)

    assert text(page).split("\n") == [
        HELLO,
        "I post nothing by myself until an admin says when.",
        "Astana time, English.",
        "Anybody can type /brief now. I answer only what starts with / or is meant for me.",
    ]


def test_a_chat_that_gets_its_digest_already_is_told_so_and_offered_no_times() -> None:
    when = "every day at 12:14, Astana time (Asia/Almaty, UTC+5)"
    page = greeting_page("News", replace(OFFER, schedule=when), company=Company.GROUP, words=WORDS)

    assert text(page).split("\n")[1:] == [
        f"The digest comes by itself: {when}.",
        "Anybody can type /brief now. I answer only what starts with / or is meant for me.",
    ]
    assert says(page) == [
        ["/settings time", "/settings city"],
        ["/settings language русский", "/settings language 中文"],
    ]


def test_a_chat_whose_digest_rests_is_told_so_and_offered_to_let_it_come_again() -> None:
    offer = replace(OFFER, schedule="every day at 12:14", comes=False)
    page = greeting_page("News", offer, company=Company.GROUP, words=WORDS)

    assert text(page).split("\n")[1] == (
        "The digest is set, but does not come now: every day at 12:14. /settings resume starts it"
        " again."
    )
    assert says(page) == [
        ["/settings resume"],
        ["/settings time", "/settings city"],
        ["/settings language русский", "/settings language 中文"],
    ]


def test_a_person_is_greeted_without_a_name() -> None:
    page = greeting_page("", OFFER, company=Company.ALONE, words=WORDS)

    assert text(page).startswith("Hello. I read news on SCO")
    assert "until you say when" in text(page)


def test_a_channel_is_told_what_is_true_there() -> None:
    said = text(greeting_page("News", OFFER, company=Company.CHANNEL, words=WORDS)).split("\n")

    assert said[1] == "I post nothing by myself until an admin says when."
    assert said[3] == (
        "Whoever may post here can post /brief now, and all see the answer. I answer only posts"
        " that start with / or name me."
    )


def test_one_person_is_shown_how_to_add_the_bot_to_a_group_and_to_a_channel() -> None:
    group = "https://t.me/Brief_Bot?startgroup=true"
    channel = "https://t.me/Brief_Bot?startchannel&admin=post_messages"
    links = Links(group=group, channel=channel)
    shown = [
        greeting_page("", OFFER, company=company, links=links, words=WORDS) for company in Company
    ]

    to_group, to_channel = Link("Add me to a group", group), Link("Add me to a channel", channel)
    added = Paragraph((to_group, Plain(" · "), to_channel))
    assert [added in page.blocks for page in shown] == [True, False, False]
    assert added in claimed_page(links=links, words=WORDS).blocks


def test_where_no_link_adds_the_bot_none_is_shown() -> None:
    nowhere, group = Links(), Links(group="https://t.me/Brief_Bot?startgroup=true")

    assert claimed_page(links=group, words=WORDS).blocks[1:] == (
        Paragraph((Link("Add me to a group", group.group),)),
    )
    assert len(claimed_page(links=nowhere, words=WORDS).blocks) == 1


def test_what_the_buttons_say_can_be_typed() -> None:
    rows = says(greeting_page("Team", OFFER, company=Company.GROUP, words=WORDS))

    assert rows == [
        ["/schedule 08:00 weekdays"],
        ["/schedule 07:30 Mon,Wed"],
        ["/settings time", "/settings city"],
        ["/settings language русский", "/settings language 中文"],
    ]
    known = frozenset({"Asia/Almaty"})
    typed = [read_timing(row[0].removeprefix("/schedule "), known) for row in rows[:2]]
    assert [one.timings[0] for one in typed if isinstance(one, Timed)] == list(OFFER.timings)


def test_one_language_needs_no_button() -> None:
    alone = replace(OFFER, languages={"en": "English"})

    assert len(says(greeting_page("Team", alone, company=Company.GROUP, words=WORDS))) == 3


def test_a_long_name_is_cut() -> None:
    page = greeting_page("N" * 200, OFFER, company=Company.GROUP, words=WORDS)

    assert text(page).startswith(f"Hello, “{'N' * 59}…”.")


def test_a_person_who_is_not_served_is_not_told_of_leaving() -> None:
    page = unlisted_page("telegram:7", None, alone=True, words=WORDS)

    assert text(page) == (
        "This bot serves only chats that its operator has listed. Send the operator of this bot"
        " this line:\n"
        "briefbot allow telegram:7"
    )


def test_the_line_for_the_operator_stands_alone_so_that_it_can_be_copied() -> None:
    page = unlisted_page("telegram:-7", Plain("@boss"), alone=False, words=WORDS)

    assert page.blocks[1:] == (Paragraph((Code("briefbot allow telegram:-7"),)),)
    assert page.summary == (
        "This bot serves only chats that its operator has listed. Send @boss this line, or I leave"
        " in 24 hours: briefbot allow telegram:-7"
    )


def test_admins_are_named_two_at_most() -> None:
    anna, bo = Link("@anna", "https://t.me/anna"), Plain("Bo {other}")
    named = [admins_words(names, WORDS) for names in ((), (anna,), (anna, bo))]

    assert named == [(), (anna,), (anna, Plain(" or Bo {other}"))]


def test_a_bot_that_is_back_says_when_the_digest_comes() -> None:
    assert text(back_page("at 08:00", words=WORDS)) == (
        "I am back. The digest comes as before: at 08:00. Change it: /schedule"
    )
    assert text(back_page("at 08:00", topic=True, words=WORDS)) == (
        "I am back. The digest comes as before in the topic where it was set: at 08:00. Change it"
        " there: /schedule"
    )


def test_a_time_is_offered_in_the_same_words_wherever_it_is_offered() -> None:
    times = (Timing(time(8), tuple(range(5))), Timing(time(8)))
    greeting = greeting_page("", replace(OFFER, timings=times), company=Company.ALONE, words=WORDS)
    asked = schedule_page(Subscription(destination=HERE), proposal="8", now=NOW, words=WORDS)

    greeted, proposed = (
        [button for row in page.blocks[-1].rows for button in row if button.says.startswith("/sch")]
        for page in (greeting, asked)
        if isinstance(page.blocks[-1], Buttons)
    )
    assert [button.label for button in proposed] == ["weekdays at 08:00", "every day at 08:00"]
    assert proposed == greeted
