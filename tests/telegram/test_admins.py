"""Who is an admin is asked where it matters, believed for a minute, and never guessed."""

from datetime import timedelta
from functools import partial

import pytest

from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.settings_pages import closed_page
from bot.core.wording import English
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.membership import member_json
from tests.fakes.ears import Scene, play

WORDS = English()
UNPROVEN = "I cannot find out just now whether you are an admin of this chat."


def has_texts(chat: Chat, number: int) -> bool:
    return len(chat.texts) == number


def says_nothing(here: Scene, *, of_keepers: bool = True) -> None:
    """Let Telegram not say who is what."""
    here.api.refuses("getChatMember", 400, "Bad Request: CHAT_ADMIN_REQUIRED", times=99)
    if of_keepers:
        here.api.refuses("getChatAdministrators", 400, "Bad Request: chat not found", times=99)


def test_where_telegram_does_not_say_an_admin_is_told_that_and_not_refused() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        says_nothing(here)
        group.says(anna, "/schedule 8am")
        await here.api.until(lambda: group.texts)
        group.says(anna, "/help")
        await here.api.until(lambda: len(group.texts) == 2)

        assert group.texts[0] == f"{UNPROVEN} Nothing was changed; try again in a minute."
        # What makes no difference is answered.
        assert [(ask.text, ask.asker.admin) for ask in here.asks] == [("/help", False)]

    play(scene)


def test_what_missed_says_to_admins_depends_on_who_asks() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.api.person("Anna"), here.api.person("Ben")
        group = here.api.supergroup("Team", owner=anna)
        for number, person in enumerate((anna, ben), start=1):
            group.says(person, "/missed")
            await here.api.until(partial(has_texts, group, number))

        assert [ask.asker.admin for ask in here.asks] == [True, False]

    play(scene)


def test_who_presses_and_cannot_be_proven_is_told_alone() -> None:
    async def panel(ask: Ask) -> Page:
        row = (Button("Pause", "/settings pause"),)
        return Page((Paragraph((Plain(ask.text),)), Buttons((row,))), ask.text)

    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/settings")
        await here.api.until(lambda: group.texts)
        says_nothing(here)
        press = group.presses(group.last, "Pause", by=anna)
        await here.api.until(lambda: press.answered)

        assert press.answer.startswith(UNPROVEN)
        assert here.texts == ["/settings"]
        assert group.last.former == []

    play(scene, answer=panel)


def test_where_only_the_list_of_admins_is_told_it_decides() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        says_nothing(here, of_keepers=False)
        group.says(anna, "/schedule 8am")
        group.says(bob, "/schedule 9am")
        await here.api.until(lambda: len(group.texts) == 2)

        assert [ask.asker.admin for ask in here.asks] == [True, False]

    play(scene)


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
def test_who_is_an_admin_no_more_is_refused_within_a_minute(kind: str) -> None:
    async def scene(here: Scene) -> None:
        anna, li = here.api.person("Anna"), here.api.person("Li")
        chat: Chat = getattr(here.api, kind)("Team", owner=anna)
        chat.promotes(li)
        answered = 0

        async def presses() -> bool:
            nonlocal answered
            message = member_message(chat)
            query = {"id": str(answered), "from": li.json(), "chat_instance": "1"}
            said = {"data": "/settings pause", "message": message}
            here.api.sends_raw(callback_query={**query, **said})
            answered += 1
            await here.api.until(lambda: len(here.api.called("answerCallbackQuery")) == answered)
            # Who is refused is told so alone.
            return not here.api.called("answerCallbackQuery")[-1].get("show_alert")

        assert await presses()
        chat.demotes(li)
        here.clock.forward(timedelta(seconds=61))
        assert not await presses()
        chat.promotes(li)
        here.clock.forward(timedelta(seconds=61))
        assert await presses()

    play(scene)


def member_message(chat: Chat) -> dict[str, object]:
    row = [{"text": "Pause", "callback_data": "/settings pause"}]
    keyboard = {"inline_keyboard": [row]}
    return {"message_id": 9, "date": 1, "chat": chat.json(), "text": "x", "reply_markup": keyboard}


def test_an_anonymous_admin_is_never_named() -> None:
    async def scene(here: Scene) -> None:
        anna, li, bob = (here.api.person(name) for name in ("Anna", "Li", "Bob"))
        group = here.api.supergroup("Team", owner=anna)
        group.promotes(li)
        group.joins(bob)
        group.anonymous.add(anna.id)
        group.says(bob, "/schedule 8am")
        await here.api.until(lambda: group.texts)

        assert here.asks[0].asker.admins == (Plain("@li"),)
        assert member_json(group, anna)["is_anonymous"]

    play(scene)


async def closed(ask: Ask) -> Page:
    """Answer as a chat's settings do to who may not change them."""
    return closed_page(ask.asker.admins, words=WORDS)


def test_a_member_can_tap_the_name_of_an_admin_whom_nobody_calls() -> None:
    async def scene(here: Scene) -> None:
        anna, li = here.api.person("Anna", username="anna_b"), here.api.person("Li", username="")
        bob = here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        group.promotes(li)
        group.says(bob, "/schedule 8am")
        await here.api.until(lambda: group.texts)

        said = group.last
        shown = said.text.replace("\u2060", "")
        assert shown == "Only admins of this chat change its settings. Ask @anna_b or Li."
        (link,) = said.entities
        assert (link.type, link.extra) == ("text_link", (("url", "https://t.me/anna_b"),))

    play(scene, answer=closed)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna", " Ask Anna."),
        ("  Anna \n Maria\t", " Ask Anna Maria."),
        ("A" * 64, f" Ask {'A' * 39}…."),
        ("{brief} %s", " Ask {brief} %s."),
        ("@everyone", " Ask @\u2060everyone."),
        ("/stop", " Ask /\u2060stop."),
        ("<b>An</b>", " Ask <b>An</\u2060b>."),
        ("\u202eannA", " Ask annA."),
        ("\u200b\u3164", ""),
        ("", ""),
    ],
)
def test_an_admin_without_an_at_name_is_named_by_the_first_name(name: str, shown: str) -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person(name, username=""), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        group.says(bob, "/schedule 8am")
        await here.api.until(lambda: group.texts)

        assert group.last.text == f"Only admins of this chat change its settings.{shown}"
        assert group.last.entities == ()

    play(scene, answer=closed)


def test_who_only_reads_a_channel_does_not_learn_who_keeps_it() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        news = here.api.channel("News", owner=anna)
        news.posts("/settings")
        await here.api.until(lambda: news.texts)
        press = news.presses(news.last, "Time", by=bob)
        await here.api.until(lambda: press.answered)

        assert press.answer == "Only admins of this channel can do that."

    async def panel(ask: Ask) -> Page:
        row = (Button("Time", "/settings time"),)
        return Page((Paragraph((Plain(ask.text),)), Buttons((row,))), ask.text)

    play(scene, answer=panel)


def test_of_who_writes_in_a_channels_name_nobody_is_asked() -> None:
    async def scene(here: Scene) -> None:
        group = here.api.supergroup("Team")
        said = {"message_id": 90, "date": 1, "chat": group.json(), "text": "/schedule 8am"}
        sender = {"id": -1009, "type": "channel", "title": "Theirs"}
        here.api.sends_raw(message={**said, "sender_chat": sender})
        await here.api.until(lambda: group.texts)

        assert not here.asks[0].asker.admin
        assert here.api.called("getChatMember") == []

    play(scene)


@pytest.mark.parametrize(
    "text",
    [
        "@Brief_Bot schedule\n9am",
        "@Brief_Bot schedule\xa09am",
        "/sche\u200bdule 9am",
        "@Brief_Bot, schedule 9am",
        "schedule 9am, @brief_bot",
    ],
)
def test_however_a_command_is_written_an_admin_is_one(text: str) -> None:
    async def scene(here: Scene) -> None:
        here.api.privacy = False
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, text)
        await here.api.until(lambda: group.texts)

        assert here.asks[0].asker.admin

    play(scene)
