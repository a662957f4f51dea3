"""A button of a digest that many press brings one message."""

from datetime import UTC, datetime, timedelta

from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.subscription import Destination
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.values import Message, Person
from tests.fakes.ears import Scene, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
PRESSED = "Somebody has just pressed this: the answer stands below, or will."


async def answer(ask: Ask) -> Page:
    """Answer with a digest's buttons."""
    said = ask.text.removeprefix("/")
    row = (Button("1", "/brief 1"), Button("2", "/brief 2"), Button("Help", "/help"))
    return Page((Paragraph((Plain(f"Said: {said}"),)), Buttons((row,), MADE)), said)


async def shown(here: Scene) -> tuple[Chat, Message, Person]:
    """Return a group with its digest, and who asked for it."""
    anna = here.api.person("Anna")
    group = here.api.supergroup("Team", owner=anna)
    group.says(anna, "/brief")
    await here.api.until(lambda: group.texts)
    return group, group.last, anna


def test_who_presses_after_another_is_told_that_the_answer_is_there() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        people = [here.api.person(f"P{number}") for number in range(12)]
        presses = [group.presses(digest, "1", by=person) for person in people]
        other = group.presses(digest, "2", by=anna)
        presses.append(group.presses(digest, "1", by=people[0]))
        await here.api.until(lambda: all(press.answered for press in (*presses, other)))
        await here.api.until(lambda: len(group.texts) == 3)
        await here.settle()

        assert group.texts == ["Said: brief", "Said: brief 1", "Said: brief 2"]
        assert [press.answer for press in presses] == ["", *[PRESSED] * 12]
        assert other.answer == ""
        assert not any(press.alert for press in presses)

    play(scene, answer=answer)


def test_a_minute_later_the_button_brings_its_message_again() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 2)
        here.clock.forward(timedelta(seconds=61))
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 3)

    play(scene, answer=answer)


def test_after_an_answer_that_did_not_arrive_the_next_press_brings_it() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        here.api.refuses("sendMessage", 403, "Forbidden: bot can't send messages", times=1)
        group.presses(digest, "1", by=anna)
        await here.settle()
        again = group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 2)

        assert again.answer == ""

    play(scene, answer=answer)


def test_after_trouble_of_the_archive_the_next_press_is_worked_on() -> None:
    told: list[str] = []

    async def failing(ask: Ask) -> Page:
        told.append(ask.text)
        if told == ["/brief", "/brief 1"]:
            raise StoreError("The archive is busy.")
        return await answer(ask)

    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 2)
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 3)

        assert "The archive is busy." in group.texts[1]
        assert group.texts[2] == "Said: brief 1"

    play(scene, answer=failing)


def test_what_is_no_part_of_the_digest_is_answered_to_each() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        for person in (anna, here.api.person("Ben")):
            group.presses(digest, "Help", by=person)
        await here.api.until(lambda: len(group.texts) == 3)

        assert group.texts[1:] == ["Said: help"] * 2

    play(scene, answer=answer)


def test_a_chat_that_is_served_from_now_on_gets_what_was_refused_before() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        message = {"message_id": 5, "date": 1, "chat": group.json()}
        pressed = {"from": anna.json(), "chat_instance": "1", "message": message}
        data = "lxr3yk/brief 1"
        here.api.sends_raw(callback_query={**pressed, "id": "77", "data": data})
        await here.api.until(lambda: group.texts)
        await here.access.chats.allow(Destination("telegram", str(group.id)), allowed=True)
        here.api.sends_raw(callback_query={**pressed, "id": "78", "data": data})
        await here.api.until(lambda: len(group.texts) == 2)

        assert group.texts[1] == "Said: brief 1"

    play(scene, everybody=False, answer=answer)
