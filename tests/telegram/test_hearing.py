"""What is meant for the bot is answered where it was said, and nothing else is."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Link, Page, Paragraph, Plain
from tests.fakes.ears import Scene, page, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)


def test_in_a_private_chat_a_command_needs_no_slash() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        for said in ("/brief", "brief trade", "/brief@Brief_Bot 2"):
            chat.says(None, said)
        await here.api.until(lambda: len(chat.texts) == 3)

        assert here.texts == ["/brief", "brief trade", "/brief@Brief_Bot 2"]
        assert chat.texts[0] == "Answer to brief"
        asker = here.asks[0].asker
        assert (asker.id, asker.admin) == (str(chat.id), True)

    play(scene)


def test_in_a_group_only_what_is_meant_for_the_bot_is_heard() -> None:
    async def scene(here: Scene) -> None:
        here.api.privacy = False
        anna = here.api.person("Anna")
        group = here.api.group("Team", owner=anna)
        for said in (
            "good morning",
            "brief us about trade",
            "/weather Astana",
            "/brief@Other_Bot",
            "/brief@BRIEF_bot",
            "/nonsense@Brief_Bot",
            "/brief@Brief_Bot trade",
        ):
            group.says(anna, said)
        await here.api.until(lambda: len(group.texts) == 3)

        assert here.texts == ["/brief@BRIEF_bot", "/nonsense@Brief_Bot", "/brief@Brief_Bot trade"]

    play(scene)


def test_with_privacy_mode_a_plain_command_is_heard_as_well() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief 1")
        await here.api.until(lambda: group.texts)

        assert group.texts == ["Answer to brief 1"]

    play(scene)


def test_a_mention_asks_with_the_rest_of_the_text() -> None:
    async def scene(here: Scene) -> None:
        here.api.privacy = False
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "@brief_bot brief trade")
        group.says(anna, "what is new, @Brief_Bot")
        group.says(anna, "@Brief_Bot")
        group.says(anna, "@Brief_Bot_2 brief")
        await here.api.until(lambda: len(group.texts) == 3)

        assert here.texts == ["brief trade", "what is new", "/help"]

    play(scene)


def test_with_privacy_mode_a_mention_is_heard_as_well() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        unheard = group.says(anna, "brief us, @Brief_Bot_2")
        group.says(anna, "@brief_bot, brief")
        await here.api.until(lambda: group.texts)

        assert not unheard.heard
        assert here.texts == ["brief"]

    play(scene)


def test_edits_fire_nothing() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        said = chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        chat.edits(said, "/brief trade")
        chat.says(None, "/status")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert here.texts == ["/brief", "/status"]

    play(scene)


def test_an_answer_stays_in_its_topic() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        forum = here.api.supergroup("Team", owner=anna, forum=True)
        trade = forum.topic("Trade")
        forum.says(anna, "/brief", topic=trade)
        forum.says(anna, "/status")
        await here.api.until(lambda: len(forum.texts) == 2)

        assert [message.topic for message in forum.messages] == [trade.id, None]
        assert [str(ask.destination) for ask in here.asks] == [
            f"telegram:{forum.id}/{trade.id}",
            f"telegram:{forum.id}",
        ]

    play(scene)


def test_who_posts_in_a_channel_is_an_admin() -> None:
    async def scene(here: Scene) -> None:
        channel = here.api.channel("News")
        channel.posts("Good morning, readers")
        channel.posts("/schedule 8am weekdays")
        await here.api.until(lambda: channel.texts)

        (ask,) = here.asks
        assert (ask.text, ask.asker.admin, ask.asker.id) == ("/schedule 8am weekdays", True, "")

    play(scene)


def test_an_anonymous_admin_is_an_admin() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/settings", anonymously=True)
        await here.api.until(lambda: group.texts)

        assert here.asks[0].asker.admin

    play(scene)


def test_a_member_is_told_two_admins_by_name_and_is_asked_about_once_a_minute() -> None:
    async def scene(here: Scene) -> None:
        anna, li = here.api.person("Anna"), here.api.person("Li")
        bob = here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.promotes(li)
        group.joins(bob)
        group.says(bob, "/schedule 8am")
        group.says(bob, "/schedule 9am")
        group.says(li, "/schedule 9am")
        group.says(bob, "/brief")
        await here.api.until(lambda: len(group.texts) == 4)

        assert [ask.asker.admin for ask in here.asks] == [False, False, True, False]
        assert here.asks[0].asker.admins == (
            Link("@anna", "https://t.me/anna"),
            Plain(" or @li"),
        )
        assert here.asks[3].asker.admins == ""
        assert len(here.api.called("getChatMember")) == 1
        assert len(here.api.called("getChatAdministrators")) == 1

    play(scene)


def test_a_reply_under_a_digest_means_that_digest() -> None:
    async def digest(ask: Ask) -> Page:
        if ask.text != "/brief":
            return page(ask.text)
        buttons = Buttons(((Button("1", "/brief 1"),),), MADE)
        return Page((Paragraph((Plain("News"),)), buttons), "News")

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        shown = group.last
        group.says(anna, "/brief 1", reply_to=shown)
        group.says(anna, "thanks a lot", reply_to=shown)
        group.says(anna, "brief 2", reply_to=shown)
        await here.api.until(lambda: len(group.texts) == 3)

        assert here.texts == ["/brief", "/brief 1", "brief 2"]
        assert [ask.made for ask in here.asks] == [None, MADE, MADE]
        assert here.asks[1].under == str(shown.id)

    play(scene, answer=digest)


def test_what_opens_a_topic_is_no_message_that_is_replied_to() -> None:
    async def scene(here: Scene) -> None:
        here.api.privacy = False
        anna = here.api.person("Anna")
        forum = here.api.supergroup("Team", owner=anna, forum=True)
        # The bot has opened the topic itself: all that is said there answers that message.
        there = {"date": 1, "chat": forum.json()}
        opened = {"message_id": 40, "from": here.api.me.json(), **there}
        topic = {"forum_topic_created": {"name": "Trade", "icon_color": 7322096}}
        said = {"message_id": 41, "from": anna.json(), "is_topic_message": True, **there}
        under = {"message_thread_id": 40, "reply_to_message": {**opened, **topic}}
        here.api.sends_raw(message={**said, **under, "text": "brief"})
        here.api.sends_raw(message={**said, **under, "text": "/status"})
        await here.api.until(lambda: here.asks)
        await here.settle()

        assert [(ask.text, ask.under) for ask in here.asks] == [("/status", "")]

    play(scene)


def test_a_slip_behind_a_command_of_ours_is_answered_in_a_group() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/nonsense")
        group.says(anna, "/help bref")
        await here.api.until(lambda: group.texts)

        assert here.texts == ["/help bref"]

    play(scene)


@pytest.mark.parametrize(
    ("origin", "under"),
    [
        ({"type": "channel", "message_id": 12}, ("12", "telegram:-1009")),
        ({"type": "hidden_user", "sender_user_name": "x"}, ("", "None")),
    ],
)
def test_a_comment_means_the_post_that_it_stands_below(
    origin: dict[str, object], under: tuple[str, str]
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Comments", owner=anna)
        news = {"id": -1009, "type": "channel", "title": "News"}
        post = {"message_id": 70, "date": 1, "chat": group.json(), "text": "SCO"}
        copied = {
            "is_automatic_forward": True,
            "forward_origin": {**origin, "date": 1, "chat": news},
        }
        comment = {"message_id": 90, "date": 1, "chat": group.json(), "from": anna.json()}
        here.api.sends_raw(
            message={**comment, "text": "/brief 1", "reply_to_message": {**post, **copied}}
        )
        await here.api.until(lambda: group.texts)

        assert [(ask.under, str(ask.posted)) for ask in here.asks] == [under]

    play(scene)


def test_other_bots_and_other_channels_are_no_people() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        robot = here.api.person("Robot")
        robot.is_bot = True
        group = here.api.supergroup("Team", owner=anna)
        group.says(robot, "/brief")
        said = {"message_id": 90, "date": 1, "chat": group.json(), "text": "/settings"}
        here.api.sends_raw(message={**said, "sender_chat": {"id": -1009, "type": "channel"}})
        forwarded = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
        person = {"from": anna.json(), "text": "/brief"}
        here.api.sends_raw(message={**said, **person, "forward_origin": forwarded})
        here.api.sends_raw(message={**said, **person, "is_automatic_forward": True})
        here.api.sends_raw(message={key: said[key] for key in ("message_id", "date", "chat")})
        group.says(anna, "/status")
        await here.api.until(lambda: len(group.texts) == 2)

        assert here.texts == ["/settings", "/status"]
        assert not here.asks[0].asker.admin

    play(scene)


def test_a_slow_answer_shows_that_it_is_being_written() -> None:
    async def slow(ask: Ask) -> Page:
        await asyncio.sleep(0.3)
        return page(ask.text)

    async def scene(here: Scene) -> None:
        chat, channel = here.api.private("Anna"), here.api.channel("News")
        chat.says(None, "/brief")
        channel.posts("/brief")
        await here.api.until(lambda: chat.texts and channel.texts)

        assert (chat.actions, channel.actions) == (["typing"], [])

    play(scene, answer=slow)


def test_where_it_cannot_be_shown_the_answer_comes_all_the_same() -> None:
    async def slow(ask: Ask) -> Page:
        await asyncio.sleep(0.3)
        return page(ask.text)

    async def scene(here: Scene) -> None:
        here.api.refuses("sendChatAction", 400, "Bad Request: TOPIC_CLOSED")
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)

        assert chat.actions == []

    play(scene, answer=slow)


def test_a_flood_of_one_person_gets_one_sentence_and_disturbs_nobody() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        for number in range(1, 8):
            group.says(anna, f"/brief {number}")
        group.says(bob, "/status")
        await here.api.until(lambda: len(group.texts) == 5)

        assert here.texts == ["/brief 1", "/brief 2", "/brief 3", "/status"]
        assert sum("more than I can answer" in text for text in group.texts) == 1

    play(scene, most=3)


def test_an_answer_that_fails_is_said_and_the_next_one_comes() -> None:
    async def fails(ask: Ask) -> Page:
        if ask.text == "/brief":
            raise RuntimeError
        return page("Still here")

    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        chat.says(None, "/status")
        await here.api.until(lambda: chat.texts)

        assert chat.texts == ["Still here"]

    play(scene, answer=fails)
