"""People are met in their own language, chats in the one that they have set."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import words
from bot.core.ask import Ask, Asker
from bot.core.errors import StoreError
from bot.core.page import Link, Page, Plain
from bot.core.subscription import Destination
from bot.core.wording import Words
from tests.fakes.ears import Scene, play

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Hello."
msgstr "Здравствуйте."

msgid "Hello, “{title}”."
msgstr "Здравствуйте, “{title}”."

msgid "{place} time, {language}."
msgstr "Время: {place}, язык: {language}."

msgid "Add me to a group"
msgstr "Добавьте меня в группу"

msgid "Add me to a channel"
msgstr "Добавьте меня в канал"

msgid "This bot serves only chats that its operator has listed."
msgstr "Этот бот не для всех."

msgid "I do not know this button (any more). /help shows the rest."
msgstr "Не знаю такой кнопки: /help."

msgid ""
"I cannot get at my archive just now. Try again in a moment; the operator finds the reason in"
" the log."
msgstr "Архив недоступен."

msgid "{one} or {other}"
msgstr "{one} или {other}"
"""


@pytest.fixture
def russian(tmp_path: Path) -> Words:
    path = tmp_path / "ru" / "LC_MESSAGES" / "briefbot.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, "utf-8")
    return words("ru", folder=tmp_path)


def test_a_group_is_greeted_in_the_language_of_who_adds_the_bot(russian: Words) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna", language="ru-RU")
        hans = here.api.person("Hans", language="de")
        groups = [here.api.supergroup("Team", owner=by, bot="left") for by in (anna, hans)]
        for group, by in zip(groups, (anna, hans), strict=True):
            group.adds_bot(by=by)
        await here.api.until(lambda: all(group.texts for group in groups))
        hers, his = (group.last for group in groups)

        assert hers.text.startswith("Здравствуйте, “Team”.")
        assert his.text.startswith("Hello, “Team”.")
        # The group itself goes on in the operator's language until it sets one.
        assert "язык: English" in hers.text
        assert hers.labels[-1] == ["русский"]

    play(scene, languages={"ru": russian})


def test_a_person_is_met_in_their_language_wherever_they_are_alone(russian: Words) -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private(here.api.person("Anna", language="ru"))
        group = here.api.supergroup("Team", owner=chat.person)
        chat.says(None, "/start")
        chat.says(None, "/brief")
        group.says(chat.person, "/brief")
        await here.api.until(lambda: len(chat.texts) == 2 and group.texts)

        assert chat.messages[0].text.startswith("Здравствуйте.")
        assert "язык: русский" in chat.messages[0].text
        assert chat.messages[0].shown("text_link") == [
            "Добавьте меня в группу",
            "Добавьте меня в канал",
        ]
        assert chat.messages[0].labels[-1] == ["English"]
        assert sorted(ask.language for ask in here.asks) == ["", "ru"]
        press = chat.presses(chat.messages[0], data="forged")
        await here.api.until(lambda: press.answered)
        assert press.answer == "Не знаю такой кнопки: /help."

    play(scene, languages={"ru": russian})


def test_a_chat_that_is_not_served_is_told_so_in_the_language_of_who_asks(russian: Words) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna", language="ru")
        group = here.api.supergroup("Team", owner=anna, bot="left")
        group.adds_bot(by=anna)
        await here.api.until(lambda: group.texts)

        assert group.last.text.startswith("Этот бот не для всех.")

    play(scene, languages={"ru": russian}, everybody=False)


@pytest.mark.parametrize("lost", ["chats", "subscriptions"])
def test_that_the_archive_fails_is_told_in_the_language_of_who_asks(
    lost: str, russian: Words
) -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private(here.api.person("Anna", language="ru"))
        await here.database.write(
            lambda connection: connection.exec_driver_sql(f"DROP TABLE {lost}")
        )

        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)

        assert chat.texts == ["Архив недоступен."]

    async def failing(ask: Ask) -> Page:
        raise StoreError(ask.text)

    play(scene, languages={"ru": russian}, answer=failing)


def test_admins_are_named_in_the_language_that_the_group_has_set(russian: Words) -> None:
    async def scene(here: Scene) -> None:
        anna, li = here.api.person("Anna"), here.api.person("Li")
        bo = here.api.person("Bo")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(li)
        group.joins(bo)
        group.promotes(bo)
        place = Destination("telegram", str(group.id))
        saving = here.welcome.saving
        wanted = replace(await saving.of(place), language="ru")
        await saving.save(wanted, Ask(destination=place, text="", asker=Asker(id="1")))

        group.says(li, "/schedule 8")
        await here.api.until(lambda: group.texts)

        assert here.asks[0].asker.admins == (
            Link("@anna", "https://t.me/anna"),
            Plain(" или @bo"),
        )

    play(scene, languages={"ru": russian})
