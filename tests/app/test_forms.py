"""A form changes a chat's settings at once, for who may, and leaves alone what it left alone."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import time

import pytest

from bot.app.forms import Forms
from bot.app.tongues import Tongues
from bot.core.abilities import Ability
from bot.core.ask import Asker
from bot.core.form import Field, Form, marks_of
from bot.core.subscription import Length, Schedule, Standing, Timing
from bot.core.undoing import mark_of
from bot.core.wording import English
from tests.fakes.asks import ADMIN, MEMBER, ask
from tests.fakes.chats import HERE, Chat
from tests.fakes.pages import text
from tests.fakes.press import NOW, article

WEEKDAYS = (0, 1, 2, 3, 4)
UNDO = "_Take it back: /settings undo_"


def forms(chat: Chat, *codes: str) -> Forms:
    known = frozenset(codes or ("en",))
    settings = replace(chat.settings(), abilities={"loop": frozenset({Ability.THREADS})})
    tongues = Tongues(
        chats=chat.subscriptions, codes=known, words=lambda _: English(), otherwise="en"
    )
    return Forms(settings=settings, tongues=tongues)


def shown(chat: Chat, asker: Asker | None = ADMIN) -> Form:
    found = asyncio.run(forms(chat).shown(HERE, asker))
    assert found.form is not None
    return found.form


def send(
    chat: Chat, form: Form, entered: Mapping[Field, tuple[str, ...]], asker: Asker = ADMIN
) -> str:
    """Send the form off with what was entered, and return what is said."""
    filled = {each.field: each.filled for each in form} | dict(entered)
    made = forms(chat).apply(ask("", of=str(HERE), asker=asker), filled, marks_of(form))
    return text(asyncio.run(made))


def test_a_form_is_one_change_and_one_undo() -> None:
    chat = Chat()
    chat.says("/settings quiet skip")
    before = chat.of()

    said = send(
        chat,
        shown(chat),
        {
            Field.WHEN: ("8am weekdays",),
            Field.CITY: ("Tashkent",),
            Field.OTHERS: ("trade",),
            Field.LENGTH: ("short",),
            Field.STORIES: ("flat",),
        },
    )

    assert said.split("\n") == [
        "Set: weekdays at 08:00, Tashkent time (Asia/Tashkent, UTC+5).",
        "Next digest: Wednesday 3 September, 08:00. Monday's digest also covers the weekend.",
        "- “trade”: I have no articles of the last 30 days to try it on.",
        "The digest covers only: trade.",
        "Length of the digest from now on: short.",
        "The stories of a digest from now on: below their headlines, without a thread.",
        UNDO,
    ]
    after = chat.of()
    assert after.schedule == Schedule((Timing(time(8), WEEKDAYS),), "Asia/Tashkent")
    assert (after.topics, after.length, after.flat) == (("trade",), Length.SHORT, True)
    assert after.owner == ADMIN.id
    chat.says("/settings undo")
    assert chat.of() == before


def test_new_topics_are_tried_on_what_came_lately() -> None:
    chat = Chat()
    chat.archive.add([article(1), article(2)], seen=NOW)

    assert send(chat, shown(chat), {Field.OTHERS: ("railway",)}).startswith(
        "- “railway”: 1 of the 2 articles of the last 30 days."
    )


def test_a_city_that_nobody_named_is_the_one_the_form_showed() -> None:
    chat = Chat(zone="Europe/Moscow")

    send(chat, shown(chat), {Field.WHEN: ("8am",)})

    schedule = chat.of().schedule
    assert schedule is not None
    assert schedule.zone == "Europe/Moscow"
    chat.says("/schedule Tashkent")
    chat.says("/schedule off")
    send(chat, shown(chat), {Field.WHEN: ("8am",)})
    schedule = chat.of().schedule
    assert schedule is not None
    assert schedule.zone == "Asia/Tashkent"


def test_a_city_that_nobody_named_is_that_of_who_fills_the_form() -> None:
    chat, berliner = Chat(), replace(ADMIN, zone="Europe/Berlin")
    form = shown(chat, berliner)

    assert next(each.filled for each in form if each.field is Field.CITY) == ("Berlin",)
    said = send(chat, form, {Field.WHEN: ("8am",)}, berliner)
    assert said.startswith("Set: every day at 08:00, Berlin time")


def test_what_another_admin_has_changed_since_stays() -> None:
    chat = Chat()
    form = shown(chat)
    chat.says("/settings length long")
    chat.says("/schedule 9am Tashkent")

    send(chat, form, {Field.OTHERS: ("trade",)})

    after = chat.of()
    assert (after.length, after.topics) == (Length.LONG, ("trade",))
    assert after.schedule == Schedule((Timing(time(9)),), "Asia/Tashkent")


def test_a_form_in_which_nothing_was_touched_changes_nothing() -> None:
    chat = Chat()
    chat.says("/schedule 8am")
    before = chat.of()

    assert send(chat, shown(chat), {}) == "It is so already: /settings"
    assert chat.of() is before


def test_who_is_no_admin_any_more_changes_nothing() -> None:
    chat = Chat()
    form = shown(chat)

    said = send(chat, form, {Field.WHEN: ("8am",)}, MEMBER)

    assert said.startswith("Only admins of this chat change its settings. Ask @anna or @li.")
    assert chat.subscriptions.rows == {}


def test_what_is_wrong_changes_nothing() -> None:
    chat = Chat()

    said = send(chat, shown(chat), {Field.WHEN: ("25:00",), Field.LENGTH: ("long",)})

    assert said.startswith("Nothing was changed:\n- There is no such time as “25:00”")
    assert chat.subscriptions.rows == {}


def test_what_is_wrong_is_known_before_anything_is_done() -> None:
    chat = Chat()
    marks = marks_of(shown(chat))

    made = forms(chat)
    assert made.complaints({Field.WHEN: ("8am",)}, marks, language="en") is None
    # A language that is gone gives way to the house's.
    wrong = made.complaints({Field.WHEN: ("weekdays",)}, marks, language="fr")
    assert wrong == {Field.WHEN: "I need a time of day too. This works: 8am weekdays"}


@pytest.mark.parametrize("asker", [MEMBER, None])
def test_who_may_not_change_a_chat_only_reads(asker: Asker | None) -> None:
    chat = Chat()
    chat.says("/schedule 8am")

    found = asyncio.run(forms(chat).shown(HERE, asker))

    assert found.form is None
    assert "Digest = every day at 08:00, Astana time (Asia/Almaty, UTC+5)" in text(found.page)


def test_a_chat_that_is_stopped_goes_on_once_it_gets_new_times() -> None:
    chat = Chat()
    chat.says("/schedule 8am")
    chat.subscriptions.rows[HERE] = replace(
        chat.of(), standing=Standing.STOPPED, reason="It was archived."
    )

    said = send(chat, shown(chat), {Field.WHEN: ("9am",)})

    assert "Digests were paused; now they come again." in said
    assert chat.of().standing is Standing.ACTIVE


def test_a_chat_that_is_paused_stays_so_when_its_times_change() -> None:
    chat = Chat()
    chat.says("/schedule 8am")
    chat.says("/settings pause")

    said = send(chat, shown(chat), {Field.WHEN: ("9am",)})

    assert "come again" not in said
    assert "Paused: no digest comes by itself until /settings resume." in said
    assert chat.of().standing is Standing.PAUSED
    assert "come again" in send(chat, shown(chat), {Field.WHEN: ("10am",), Field.PAUSED: ()})
    assert chat.of().standing is Standing.ACTIVE


def test_an_undo_takes_back_just_the_change_it_means() -> None:
    chat = Chat()
    send(chat, shown(chat), {Field.LENGTH: ("long",)})
    changed = chat.of().changed
    assert changed is not None
    taken = forms(chat).undo(ask("", of=str(HERE)), mark_of(changed))

    assert "What stood before the last change holds again" in text(asyncio.run(taken))
    assert chat.of().length is Length.STANDARD
    again = forms(chat).undo(ask("", of=str(HERE)), "1")
    assert text(asyncio.run(again)).startswith("Something was changed since then")


def test_a_form_speaks_the_language_of_its_chat() -> None:
    chat = Chat()
    chat.says("/settings language ru")

    found = asyncio.run(forms(chat, "en", "ru").shown(HERE, ADMIN))

    assert found.language == "ru"


class Other(English):
    """Another language, of which one message is known."""

    def gettext(self, message: str) -> str:
        mine = "My language here from now on: {language}."
        return "Язык: {language}." if message == mine else message


def test_a_new_language_is_told_in_that_language() -> None:
    chat = Chat()
    made = forms(chat, "en", "ru")
    tongues = replace(made.tongues, words=lambda code: Other() if code == "ru" else English())
    made = replace(made, tongues=tongues)
    marks = marks_of(asyncio.run(made.shown(HERE, ADMIN)).form or ())

    said = made.apply(ask("", of=str(HERE)), {Field.LANGUAGE: ("ru",)}, marks)

    assert text(asyncio.run(said)) == f"Язык: Русский.\n{UNDO}"
