"""A button of a digest that many press brings one message."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.schema import DropTable

from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.core.wording import English
from bot.store.delivery_tables import subscriptions
from bot.telegram.turns import LANES
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.values import Message, Person
from tests.fakes.ears import Scene, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
PRESSED = "This was pressed just now: the answer is below, or comes in a moment."


async def answer(ask: Ask) -> Page:
    """Answer with a digest's buttons."""
    says = {"1": "/brief 1", "2": "/brief 2", "Settings": "/settings", "Help": "/help"}
    row = tuple(Button(label, said) for label, said in says.items())
    said = f"Said: {ask.text.removeprefix('/')}"
    return Page((Paragraph((Plain(said),)), Buttons((row,), MADE)), said)


class Late:
    """Answers what the first story or the settings ask for once it is let."""

    def __init__(self) -> None:
        self.let = asyncio.Event()

    async def __call__(self, ask: Ask) -> Page:
        if ask.text in {"/brief 1", "/settings"}:
            await self.let.wait()
        return await answer(ask)


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
        await here.settle()
        here.clock.forward(timedelta(seconds=61))
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 3)

    play(scene, answer=answer)


@pytest.mark.parametrize("label", ["1", "Settings"])
def test_the_minute_begins_when_the_message_is_there(label: str) -> None:
    late = Late()

    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        group.presses(digest, label, by=anna)
        await here.asked(2)
        here.clock.forward(timedelta(seconds=61))
        other = group.presses(digest, label, by=here.api.person("Ben"))
        await here.api.until(lambda: other.answered)
        late.let.set()
        await here.api.until(lambda: len(group.texts) == 2)
        await here.settle()

        assert other.answer == PRESSED
        assert len(group.texts) == 2

    play(scene, answer=late)


def test_what_others_were_told_to_wait_for_comes_however_late() -> None:
    late = Late()

    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        # Behind this one the other has to wait.
        group.presses(digest, "1", by=anna)
        await here.asked(2)
        group.presses(digest, "2", by=anna)
        other = group.presses(digest, "2", by=here.api.person("Ben"))
        await here.api.until(lambda: other.answered)
        here.clock.forward(timedelta(seconds=61))
        late.let.set()
        await here.api.until(lambda: len(group.texts) == 3)

        assert other.answer == PRESSED
        assert group.texts[1:] == ["Said: brief 1", "Said: brief 2"]

    play(scene, answer=late)


def test_after_what_nobody_foresaw_the_next_press_is_worked_on() -> None:
    told: list[str] = []

    async def failing(ask: Ask) -> Page:
        told.append(ask.text)
        if told == ["/brief", "/brief 1"]:
            raise RuntimeError("a bug")
        return await answer(ask)

    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        group.presses(digest, "1", by=anna)
        await here.asked(2)
        await here.settle()
        again = group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 2)

        assert again.answer == ""

    play(scene, answer=failing)


def test_who_keeps_a_channel_posts_a_story_once() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        channel = here.api.channel("News", owner=anna)
        channel.posts("/brief")
        await here.api.until(lambda: channel.texts)
        digest = channel.last
        presses = [channel.presses(digest, "1", by=anna) for _ in range(3)]
        await here.api.until(lambda: all(press.answered for press in presses))
        await here.api.until(lambda: len(channel.texts) == 2)
        await here.settle()

        assert channel.texts == ["Said: brief", "Said: brief 1"]
        assert sorted(press.answer for press in presses) == ["", PRESSED, PRESSED]

    play(scene, answer=answer)


def test_all_who_read_a_channel_may_press_at_once() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        channel = here.api.channel("News", owner=anna)
        channel.posts("/brief")
        await here.api.until(lambda: channel.texts)
        readers = [here.api.person(f"R{number}") for number in range(60)]
        presses = [channel.presses(channel.last, "1", by=reader) for reader in readers]
        await here.api.until(lambda: all(press.answered for press in presses))

        assert {press.answer for press in presses} == {"Said: brief 1"}
        # What popped up for one is shown to the others.
        assert len(here.asks) <= 1 + LANES
        assert channel.texts == ["Said: brief"]

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

        assert group.texts[1].startswith("I cannot get at my archive just now.")
        assert group.texts[2] == "Said: brief 1"

    play(scene, answer=failing)


def test_each_digest_of_each_chat_has_buttons_of_its_own() -> None:
    async def scene(here: Scene) -> None:
        (team, digest, anna), (other, same, _) = await shown(here), await shown(here)
        assert digest.id == same.id
        team.says(anna, "/brief")
        await here.api.until(lambda: len(team.texts) == 2)
        for chat, message in ((team, digest), (team, team.last), (other, same)):
            chat.presses(message, "1", by=anna)
        await here.api.until(lambda: len(team.texts) == 4 and len(other.texts) == 2)

    play(scene, answer=answer)


def test_a_press_that_was_too_much_keeps_nobody_else_from_the_story() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        too_much = [group.presses(digest, "Help", by=anna), group.presses(digest, "1", by=anna)]
        await here.api.until(lambda: all(press.answered for press in too_much))
        other = group.presses(digest, "1", by=here.api.person("Ben"))
        await here.api.until(lambda: "Said: brief 1" in group.texts and other.answered)

        assert other.answer == ""

    play(scene, answer=answer, most=2)


@pytest.mark.parametrize(
    ("number", "data"), [(0, "lxr3yk/brief 1"), (5, "/brief 1")], ids=["no message", "no digest"]
)
def test_what_cannot_be_told_to_be_the_same_button_is_answered_each_time(
    number: int, data: str
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        date = 1 if number else 0
        message = {"message_id": number or 5, "date": date, "chat": group.json()}
        pressed = {"from": anna.json(), "chat_instance": "1", "message": message, "data": data}
        for query in ("77", "78"):
            here.api.sends_raw(callback_query={**pressed, "id": query})
        await here.api.until(lambda: len(group.texts) == 2)

        assert group.texts == ["Said: brief 1"] * 2

    play(scene, answer=answer)


def test_without_the_archive_a_button_does_not_spin_on() -> None:
    async def scene(here: Scene) -> None:
        group, digest, anna = await shown(here)
        group.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(group.texts) == 2)
        await here.settle()
        await here.database.write(lambda archive: archive.execute(DropTable(subscriptions)))
        again = group.presses(digest, "1", by=anna)
        await here.api.until(lambda: again.answered)

        assert again.answer == ""

    play(scene, answer=answer, languages={"en": English(), "ru": English()})


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
