"""Every press is answered, and a panel changes in place."""

from datetime import UTC, datetime

import pytest

from bot.app.ports import Edition
from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.telegram.press import Press, write_press
from tests.fakes.ears import Scene, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
#: When no digest was made.
FORGED = datetime(2025, 9, 2, 3, 1, tzinfo=UTC)


async def answer(ask: Ask) -> Page:
    """Answer with a digest's buttons, or with those of a panel."""
    said = ask.text.removeprefix("/")
    digest = (Button("1", "/brief 1"), Button("Settings", "/settings"))
    panel = (Button("Short", "/settings length short"), Button("Pause", "/settings pause"))
    made = MADE if said == "brief" else None
    row = digest if made else panel
    # What a member is told is what the page says in short.
    return Page((Paragraph((Plain(f"Said: {said}"),)), Buttons((row,), made)), f"Short: {said}")


def test_a_button_of_a_digest_means_that_digest_and_leaves_it_as_it_is() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        one = group.presses(group.last, "1", by=anna)
        settings = group.presses(group.last, "Settings", by=anna)
        await here.api.until(lambda: len(group.texts) == 3 and one.answered and settings.answered)

        assert group.texts == ["Said: brief", "Said: brief 1", "Said: settings"]
        assert [ask.made for ask in here.asks] == [None, MADE, MADE]
        assert [ask.pressed for ask in here.asks] == [False, True, True]
        assert len(here.api.called("answerCallbackQuery")) == 2

    play(scene, answer=answer)


def test_a_press_on_a_panel_changes_the_message() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/settings")
        await here.api.until(lambda: chat.texts)
        press = chat.presses(chat.last, "Short")
        await here.api.until(lambda: press.answered and chat.last.former)

        assert chat.texts == ["Said: settings length short"]

    play(scene, answer=answer)


def test_a_member_who_presses_is_told_alone() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        group.says(anna, "/settings")
        await here.api.until(lambda: group.texts)
        press = group.presses(group.last, "Pause", by=bob)
        await here.api.until(lambda: press.answered)

        assert (press.answer, press.alert) == ("Short: settings pause", True)
        assert group.texts == ["Said: settings"]
        assert not here.asks[1].asker.admin

    play(scene, answer=answer)


def test_a_panel_that_cannot_be_edited_comes_anew() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/settings")
        await here.api.until(lambda: chat.texts)
        here.api.refuses("editMessageText", 400, "Bad Request: message can't be edited")
        chat.presses(chat.last, "Short")
        await here.api.until(lambda: len(chat.texts) == 2)

        shown = chat.last
        chat.deletes(shown)
        chat.presses(shown, "Short")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert chat.texts[-1] == "Said: settings length short"

    play(scene, answer=answer)


def test_a_panel_that_comes_too_fast_waits_and_is_edited_then() -> None:
    async def scene(here: Scene) -> None:
        here.patience.set()
        chat = here.api.private("Anna")
        chat.says(None, "/settings")
        await here.api.until(lambda: chat.texts)
        here.api.refuses(
            "editMessageText", 429, "Too Many Requests: retry after 7", retry_after=7, times=2
        )
        chat.presses(chat.last, "Short")
        await here.api.until(lambda: chat.last.former)

        assert chat.texts == ["Said: settings length short"]
        assert len(here.api.called("editMessageText")) == 3

    play(scene, answer=answer)


def test_a_panel_that_never_comes_through_is_not_sent_into_the_same_flood() -> None:
    async def scene(here: Scene) -> None:
        here.patience.set()
        chat = here.api.private("Anna")
        chat.says(None, "/settings")
        await here.api.until(lambda: chat.texts)
        here.api.refuses(
            "editMessageText", 429, "Too Many Requests: retry after 7", retry_after=7, times=9
        )
        chat.presses(chat.last, "Short")
        await here.api.until(lambda: len(here.api.called("editMessageText")) == 4)
        chat.says(None, "/brief")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert chat.texts == ["Said: settings", "Said: brief"]

    play(scene, answer=answer)


def test_a_forged_press_gets_an_answer_and_does_nothing() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        forged = [chat.presses(chat.last, data=data) for data in ("x", "/", "1\n/brief")]
        await here.api.until(lambda: all(press.answered for press in forged))

        assert all("do not know this button" in press.answer for press in forged)
        assert here.texts == ["/brief"]

    play(scene, answer=answer)


def test_a_press_that_is_too_old_is_worked_on_all_the_same() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        here.api.refuses(
            "answerCallbackQuery",
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
        chat.presses(chat.last, "1")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert chat.texts[1] == "Said: brief 1"

    play(scene, answer=answer)


def test_too_many_presses_are_each_answered() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        presses = [chat.presses(chat.last, "1") for _ in range(4)]
        await here.api.until(lambda: all(press.answered for press in presses))

        said = [press.answer for press in presses]
        assert said[0] == ""
        assert all("more than I can answer" in each for each in said[1:])

    play(scene, answer=answer, most=2)


def test_presses_of_a_panel_use_up_nothing_of_what_may_be_asked() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/settings")
        await here.api.until(lambda: chat.texts)
        presses = [chat.presses(chat.last, "Short") for _ in range(4)]
        await here.api.until(lambda: all(press.answered for press in presses))
        chat.says(None, "/status")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert [press.answer for press in presses] == [""] * 4
        assert chat.last.text == "Said: status"

    play(scene, answer=answer, most=2)


def test_a_chat_in_which_only_presses_were_too_much_is_told_of_what_is_typed_once() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        presses = [chat.presses(chat.last, "1") for _ in range(3)]
        await here.api.until(lambda: all(press.answered for press in presses))
        for _ in range(2):
            chat.says(None, "/status")
        await here.api.until(lambda: len(chat.texts) == 3)
        await here.settle()

        assert ["more than I can answer" in text for text in chat.texts] == [False, False, True]

    play(scene, answer=answer, most=2)


def test_a_press_in_a_chat_that_is_not_served_is_answered() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        message = {"message_id": 5, "date": 1, "chat": group.json()}
        query = {"id": "77", "from": anna.json(), "chat_instance": "1", "data": "/brief"}
        here.api.sends_raw(callback_query={**query, "message": message})
        await here.api.until(lambda: group.texts)

        assert here.asks == []
        assert here.api.called("answerCallbackQuery")

    play(scene, everybody=False)


@pytest.mark.parametrize(
    ("data", "barred", "texts"),
    [
        (write_press(Press("/brief 1", MADE)), False, ["Said: brief 1"]),
        (write_press(Press("/sources", MADE)), False, ["Said: sources"]),
        (write_press(Press("/brief 1", MADE)), True, []),
        (write_press(Press("/sources", FORGED)), False, []),
        (write_press(Press("/brief 1", FORGED)), False, []),
        (write_press(Press("/settings", MADE)), False, []),
        ("/brief 1", False, []),
        ("no button", False, []),
    ],
)
def test_a_digest_that_was_posted_by_hand_is_read_where_nobody_is_served(
    data: str, texts: list[str], *, barred: bool
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        chat = Destination("telegram", str(group.id))
        shown = Edition(destination=str(chat), made=MADE, stories=(("a",),))
        await here.access.editions.publish(shown)
        if barred:
            await here.access.chats.allow(chat, allowed=False)
        message = {"message_id": 5, "date": 1, "chat": group.json()}
        query = {"id": "77", "from": anna.json(), "chat_instance": "1", "data": data}
        here.api.sends_raw(callback_query={**query, "message": message})
        await here.api.until(lambda: group.texts)

        assert [text for text in group.texts if text.startswith("Said")] == texts
        assert ("This bot serves only" in group.texts[0]) is not bool(texts)

    play(scene, everybody=False, answer=answer)


def test_a_press_without_its_message_is_answered_to_the_person() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        assert chat.person is not None
        query = {"id": "77", "from": chat.person.json(), "chat_instance": "1", "data": "/brief"}
        here.api.sends_raw(callback_query=query)
        await here.api.until(lambda: chat.texts)

        assert chat.texts == ["Said: brief"]

    play(scene, answer=answer)
