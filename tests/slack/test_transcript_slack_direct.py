"""Alone with the bot: all is answered in the conversation itself."""

from datetime import timedelta
from functools import partial

import pytest

from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.core.wording import English
from bot.slack.people import FRESH
from tests.fakes.slack.values import TEAM_ID
from tests.fakes.slack_answers import answer, lonely_answer, told_answer
from tests.fakes.slack_ears import Scene, play


def test_a_direct_message_is_answered_where_it_was_said() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)

        anna.says("brief 1")
        await here.slack.until(lambda: chat.messages)
        root = chat.messages[0]
        anna.says("sources", thread=root)
        await here.slack.until(lambda: len(root.thread) == 2)

        assert [chat.messages[0].shown, root.thread[1].shown] == [
            "Answer to brief 1",
            "Answer to sources",
        ]
        assert here.asks[1].under == root.ts

    play(scene)


def test_who_claimed_the_bot_is_its_operator_in_their_own_chat_alone() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        team = here.slack.channel("team", members=[anna, here.slack.bot])
        code = await here.access.code("slack") or ""
        await here.access.claim(here.at(here.slack.direct(anna.id)), f"{TEAM_ID}/{anna.id}", code)

        for number, ask in enumerate((anna.says, ben.says), start=1):
            ask("sources")
            await here.asked(number)
        anna.says("@Briefbot sources", in_=team)
        await here.asked(3)

        assert [ask.asker.operator for ask in here.asks] == [True, False, False]

    play(scene)


def test_a_link_alone_is_briefed() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")

        anna.says("https://example.org/?a=1&b=2")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)

        assert here.texts == ["/brief https://example.org/?a=1&b=2"]

    play(scene)


def test_a_person_sets_their_own_chat_and_a_guest_does_not() -> None:
    async def scene(here: Scene) -> None:
        anna, gus = here.slack.user("Anna"), here.slack.user("Gus", role="guest")

        for person in (anna, gus):
            person.says("schedule 8am")
            chat = here.slack.direct(person.id)
            await here.slack.until(partial(getattr, chat, "messages"))

        assert [ask.asker.admin for ask in here.asks] == [True]
        words = here.slack.direct(gus.id).last.shown
        assert words.startswith("Guests and people of other workspaces can ask me everything")

    play(scene)


def test_what_is_for_one_alone_is_simply_said() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")

        anna.says("schedule test")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)

        assert here.slack.direct(anna.id).last.shown == "A test: schedule test"

    play(scene, answer=lonely_answer)


def test_a_panel_changes_in_place_and_all_else_is_a_message() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)
        anna.says("settings")
        await here.slack.until(lambda: chat.messages)

        anna.presses(chat.last, "Short")
        await here.slack.until(lambda: chat.last.edits)
        changed = chat.last.shown
        anna.says("brief")
        await here.slack.until(lambda: len(chat.messages) == 2)
        anna.presses(chat.last, "1")
        await here.slack.until(lambda: len(chat.messages) == 3)

        assert changed == "Said: settings length short"
        assert [one.shown for one in chat.messages[1:]] == ["Said: brief", "Said: brief 1"]
        assert not any(ask.private for ask in here.asks)

    play(scene, answer=answer)


def test_a_guest_s_press_says_that_guests_change_nothing() -> None:
    async def scene(here: Scene) -> None:
        gus = here.slack.user("Gus")
        chat = here.slack.direct(gus.id)
        gus.says("settings")
        await here.slack.until(lambda: chat.messages)
        # Who was a member when they were offered it.
        gus.role = "single guest"
        here.clock.forward(timedelta(seconds=FRESH))

        gus.presses(chat.last, "Short")
        await here.slack.until(lambda: len(chat.messages) == 2)

        assert chat.last.shown.startswith("Guests and people of other workspaces")
        assert here.texts == ["settings"]

    play(scene, answer=answer)


def test_a_person_is_answered_in_their_own_language() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", locale="ru-RU")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("brief")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert [ask.language for ask in here.asks] == ["ru-RU", ""]

    play(scene, languages={"ru": English()})


@pytest.mark.parametrize(
    ("lost", "told"), [("chats", "Архив недоступен: "), ("subscriptions", "I cannot get at ")]
)
def test_that_the_archive_fails_is_told_in_the_language_of_who_asks(lost: str, told: str) -> None:
    class Russian(English):
        def gettext(self, message: str) -> str:
            return message.replace("I cannot get at my archive", "Архив недоступен: ")

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", locale="ru-RU")
        await here.database.write(
            lambda connection: connection.exec_driver_sql(f"DROP TABLE {lost}")
        )

        anna.says("brief")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)

        # Without what chats have set, nobody can tell which language they want.
        assert here.slack.direct(anna.id).messages[-1].shown.startswith(told)

    async def failing(ask: Ask) -> Page:
        raise StoreError(ask.text)

    play(scene, languages={"ru": Russian()}, answer=failing)


def test_who_asks_who_the_bot_is_is_greeted() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)

        anna.says("/brief /start")
        await here.slack.until(lambda: chat.messages)
        anna.says("start")
        await here.slack.until(lambda: len(chat.messages) == 2)

        assert all(one.shown.startswith("Hello. I read news on SCO") for one in chat.messages)
        assert chat.last.buttons[:2] == ["weekdays at 08:00", "every day at 08:00"]

    play(scene)


def test_whom_the_operator_lists_is_served_alone_and_others_are_told_once() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)
        listed = here.slack.user("Li")
        own = here.slack.direct(listed.id)

        for _ in range(2):
            anna.says("brief")
        listed.says("brief")
        await here.slack.until(lambda: own.messages)
        await here.settles()

        assert len(chat.messages) == 1
        assert f"briefbot allow {here.at(chat)}" in chat.last.shown
        assert own.last.shown == "Answer to brief"

    # The fake gives out its ids one after the other.
    play(scene, everybody=False, people=frozenset({"T0000TEAM/U00000003"}))


def test_a_digest_for_one_person_comes_whole() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)

        anna.says("brief")
        await here.slack.until(lambda: chat.messages)
        await here.settles()

        assert chat.last.shown == "1. Gauge\nLead\nMore"
        assert chat.messages[0].thread == []

    play(scene, answer=told_answer)
