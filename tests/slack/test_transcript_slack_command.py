"""The slash command: who asked sees the answer alone, wherever they are."""

import asyncio
from functools import partial

import pytest

from bot.core.ask import Ask
from bot.core.calendar_page import calendar_page
from bot.core.errors import StoreError
from bot.core.page import Entry, Page, Plain, Strong
from bot.core.wording import English
from tests.fakes.ears import page
from tests.fakes.slack.channel import Channel
from tests.fakes.slack_answers import answer, filed_answer, lonely_answer, long_answer
from tests.fakes.slack_ears import WORKSPACE, Scene, play


def test_a_command_in_a_channel_is_answered_alone() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])

        press = anna.says("/brief 1", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (seen,) = news.ephemeral_to(anna)
        assert press.acked
        assert (seen.shown, seen.buttons) == ("Answer to brief 1", ["Show to channel"])
        assert (news.ephemeral_to(ben), news.messages) == ([], [])
        (ask,) = here.asks
        assert (ask.destination, ask.private) == (here.at(news), True)
        assert ask.asker.id == f"{WORKSPACE}/{anna.id}"

    play(scene)


def test_a_command_in_the_bot_s_own_chat_is_answered_there_for_good() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")

        anna.says("/brief 1")
        chat = here.slack.direct(anna.id)
        await here.slack.until(lambda: chat.messages)

        assert (chat.last.shown, chat.last.buttons) == ("Answer to brief 1", [])
        assert [ask.private for ask in here.asks] == [False]

    play(scene)


def test_where_the_bot_is_not_reading_works_and_settings_say_how_to_invite_it() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", role="admin")
        news = here.slack.channel("news", members=[anna])

        for text in ("/brief 1", "/brief schedule 8am", "/brief settings"):
            anna.says(text, in_=news)
            await here.settles()
        read, *refused = [one.shown for one in news.ephemeral_to(anna)]

        assert read == "Answer to brief 1"
        words = (
            "I am not in this channel: I answer you here, but post nothing and keep no settings."
            " Type /invite @briefbot, then ask again."
        )
        assert refused == [words] * 2
        assert (here.texts, here.windows.heard) == (["/brief 1"], [])

    play(scene)


def test_in_a_private_channel_without_the_bot_it_is_the_same() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", role="admin")
        news = here.slack.channel("news", members=[anna], private=True)

        anna.says("/brief resend", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].shown.startswith("I am not in this channel")

    play(scene)


def test_between_two_people_the_bot_answers_and_keeps_no_settings() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna", role="owner"), here.slack.user("Ben")
        talk = here.slack.make_channel("directmessage", "im", [anna.id, ben.id], anna.id)

        for text in ("/brief 1", "/brief follow trade"):
            anna.says(text, in_=talk)
            await here.settles()
        read, refused = talk.ephemeral_to(anna)

        assert (read.shown, read.buttons) == ("Answer to brief 1", [])
        assert refused.shown.startswith("I am not part of this conversation")
        assert here.texts == ["/brief 1"]

    play(scene)


def test_who_may_not_is_told_who_may() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=anna)

        ben.says("/brief schedule 8am", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(ben))
        anna.says("/brief schedule 8am", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert [ask.asker.admin for ask in here.asks] == [False, True]
        assert here.asks[0].asker.admins == (
            "Anna, who made this channel, or an admin of the workspace"
        )
        assert news.ephemeral_to(anna)[0].buttons == []

    play(scene)


def test_nobody_changes_anything_where_slack_does_not_say_who_they_are() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        here.slack.refuses("users.info", "internal_error", times=9)

        anna.says("/brief schedule 8am", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].shown.startswith("I cannot find out just now")
        assert here.texts == []

    play(scene)


def test_settings_open_a_window_and_come_as_a_panel_where_none_can_be_opened() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief settings", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        here.windows.opens = True
        anna.says("/brief settings", in_=news)
        await here.slack.until(lambda: len(here.windows.heard) == 2)
        await here.settles()

        (panel,) = news.ephemeral_to(anna)
        assert (panel.shown, panel.buttons) == ("Said: settings", ["Short", "← Back"])

    play(scene, answer=answer)


def test_an_answer_too_long_for_its_address_comes_by_another_way() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief", in_=news)
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 7)
        await here.settles()

        shown = [one.shown for one in news.ephemeral_to(anna)]
        assert len(here.slack.called("chat.postEphemeral")) == 7
        assert [text.split()[-1] for text in shown] == [f"({n}/7)" for n in range(1, 8)]
        assert news.ephemeral_to(anna)[-1].buttons == ["Show to channel"]

    play(scene, answer=long_answer)


def test_a_long_answer_where_the_bot_is_not_comes_whole_in_its_own_chat() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])

        anna.says("/brief", in_=news)
        chat = here.slack.direct(anna.id)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert len(chat.messages) == 7
        (told,) = news.ephemeral_to(anna)
        assert told.shown == "My answer was too long for here. Read on in our own conversation."

    play(scene, answer=long_answer)


def test_a_file_comes_in_the_person_s_own_chat() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief upcoming file", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        chat = here.slack.direct(anna.id)
        assert chat.messages[0].shown == "What is ahead"
        assert [one.name for message in chat.messages for one in message.files] == ["calendar.ics"]
        (told,) = news.ephemeral_to(anna)
        assert told.shown == "Files go to you alone: look into our own conversation."

    play(scene, answer=filed_answer)


def test_where_no_file_can_be_brought_its_words_are_said() -> None:
    async def scene(here: Scene) -> None:
        here.slack.settings.messages_tab = False
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief upcoming file", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (told,) = news.ephemeral_to(anna)
        assert told.shown == "What is ahead\nAhead: the summit"

    play(scene, answer=filed_answer)


@pytest.mark.parametrize("typed", ["/brief upcoming ics", "@Briefbot upcoming ics"])
def test_an_app_that_may_send_no_files_tells_what_a_file_holds(typed: str) -> None:
    async def scene(here: Scene) -> None:
        here.slack.settings.scopes.discard("files:write")
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says(typed, in_=news)
        chat = here.slack.direct(anna.id)
        await here.slack.until(lambda: len(chat.messages) == 2 or _below(news) == 2)
        await here.settles()

        told = chat.messages or news.history[0].thread
        assert [one.shown for one in told] == [
            "A calendar file with 1 event.",
            "I could not send the file here. This is what it holds:\n2 Sep 2030  Bridge",
        ]
        assert all("I sent" not in one.shown for one in news.ephemeral_to(anna))

    async def dates(ask: Ask) -> Page:
        del ask
        entry = Entry((Strong("2 Sep 2030"),), (Plain("Bridge"),))
        return calendar_page(b"BEGIN:VCALENDAR", 1, 0, dated=[entry], words=English())

    play(scene, answer=dates)


def _below(channel: Channel) -> int:
    return len(channel.history[0].thread) if channel.history else 0


def test_what_is_for_one_alone_has_no_button_for_all() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief schedule test", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (seen,) = news.ephemeral_to(anna)
        assert (seen.shown, seen.buttons) == ("A test: /schedule test", [])

    play(scene, answer=lonely_answer)


@pytest.mark.parametrize("text", ["/brief /sorces", "/brief brief 1 2"])
def test_a_mistake_is_answered_and_not_shown_to_all(text: str) -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says(text, in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].buttons == []
        assert len(here.asks) == 1

    play(scene)


def test_a_huge_text_is_answered_without_a_button_that_cannot_hold_it() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says(f"/brief search {'trade ' * 2000}", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (seen,) = news.ephemeral_to(anna)[:1]
        assert seen.shown.startswith("Answer to search trade")
        assert here.asks[0].text.startswith("/search trade")

    play(scene)


def test_trouble_with_the_store_is_said_to_who_asked_and_why_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def failing(ask: Ask) -> Page:
        del ask
        raise StoreError("The archive /srv/news.db is locked.")

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)

        words = (
            "I cannot get at my archive just now. Try again in a moment; the operator finds the"
            " reason in the log."
        )
        assert news.ephemeral_to(anna)[0].shown == words
        assert said.thread[0].shown == words

    play(scene, answer=failing)
    assert caplog.text.count("The archive /srv/news.db is locked.") == 2


def test_who_waits_long_is_told_that_the_answer_comes() -> None:
    held = asyncio.Event()

    async def slow(ask: Ask) -> Page:
        await held.wait()
        return page(f"Answer to {ask.text}")

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief https://example.org/a", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        held.set()
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)

        assert [one.shown for one in news.ephemeral_to(anna)] == [
            "One moment: I am on it, and answer here.",
            "Answer to /brief https://example.org/a",
        ]

    play(scene, answer=slow, soon=0.0)


@pytest.mark.parametrize("verb", ["help", "missed"])
def test_what_says_more_to_admins_is_answered_where_slack_does_not_say_who_asks(
    verb: str,
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        here.slack.refuses("users.info", "internal_error", times=9)

        anna.says(f"/brief {verb}", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert [(ask.text, ask.asker.admin) for ask in here.asks] == [(f"/{verb}", False)]

    play(scene)


def test_what_missed_says_to_admins_depends_on_who_asks() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna", role="admin"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])
        for person in (anna, ben):
            person.says("/brief missed", in_=news)
            await here.slack.until(partial(news.ephemeral_to, person))

        assert [ask.asker.admin for ask in here.asks] == [True, False]

    play(scene)


def test_a_window_is_not_kept_waiting_for_who_is_where() -> None:
    async def scene(here: Scene) -> None:
        here.windows.opens = True
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        here.slack.hangs("conversations.info")

        anna.says("/brief settings", in_=news)
        await here.slack.until(lambda: here.windows.heard)

        assert news.ephemeral_to(anna) == []

    play(scene)


def test_a_person_who_is_served_alone_is_not_served_among_others() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        talk = here.slack.make_channel("directmessage", "im", [anna.id, ben.id], anna.id)

        anna.says("/brief", in_=talk)
        await here.slack.until(lambda: talk.ephemeral_to(anna))
        anna.says("/brief")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)

        assert f"briefbot allow {here.at(talk)}" in talk.ephemeral_to(anna)[0].shown
        assert here.texts == ["/brief"]

    # The fake gives out its ids one after the other.
    play(scene, everybody=False, people=frozenset({f"{WORKSPACE}/U00000001"}))


def test_who_sets_something_is_known_with_their_own_time_zone() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", role="admin", zone="Europe/Berlin")
        ben = here.slack.user("Ben", zone="Europe/Berlin")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])

        for number, (person, text) in enumerate(
            ((anna, "schedule 8am"), (anna, "help"), (ben, "schedule 8am")), start=1
        ):
            person.says(f"/brief {text}", in_=news)
            await here.asked(number)

        assert [ask.asker.zone for ask in here.asks] == ["Europe/Berlin", "", ""]

    play(scene)
