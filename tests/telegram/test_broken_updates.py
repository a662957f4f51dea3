"""What is not as the Bot API documents it is left out, and the bot hears on."""

import asyncio
import json

import pytest

from bot.telegram.room import Hook
from tests.fakes.bot_api.values import Json
from tests.fakes.ears import Scene, listening, play

PROOF = "a-secret"
CHAT: Json = {"id": -1001, "type": "supergroup", "title": "Team"}
ANNA: Json = {"id": 7, "is_bot": False, "first_name": "Anna"}
MESSAGE: Json = {"message_id": 5, "date": 1, "chat": CHAT, "from": ANNA, "text": "/brief"}
PRESS: Json = {"id": "77", "from": ANNA, "chat_instance": "1", "data": "/brief"}
MEMBER: Json = {"user": ANNA, "status": "member"}
CHANGE: Json = {
    "chat": CHAT,
    "from": ANNA,
    "date": 1,
    "old_chat_member": MEMBER,
    "new_chat_member": MEMBER,
}


def without(said: Json, name: str) -> Json:
    return {key: value for key, value in said.items() if key != name}


def answered(times: int) -> Json:
    """Return a message that answers one that answers one, and so on."""
    said = MESSAGE
    for _ in range(times):
        said = {**MESSAGE, "reply_to_message": said}
    return said


#: Each is an update of one of the four kinds with a part that is missing or something else.
BROKEN: list[Json] = [
    {"my_chat_member": {"chat": None}},
    {"my_chat_member": {}},
    *({"my_chat_member": without(CHANGE, name)} for name in CHANGE),
    {"my_chat_member": {**CHANGE, "new_chat_member": {}}},
    {"callback_query": {}},
    *({"callback_query": without(PRESS, name)} for name in PRESS),
    {"callback_query": {**PRESS, "message": {}}},
    {"callback_query": {**PRESS, "message": without(MESSAGE, "chat")}},
    {"callback_query": {**PRESS, "message": {**MESSAGE, "reply_markup": {}}}},
    {"callback_query": {**PRESS, "message": {**MESSAGE, "reply_markup": {"inline_keyboard": 5}}}},
    {"callback_query": {**PRESS, "data": 5}},
    {"message": {}},
    *({"message": without(MESSAGE, name)} for name in MESSAGE),
    {"message": {**MESSAGE, "chat": {"id": "x"}}},
    {"message": {**MESSAGE, "text": 5}},
    {"message": {**MESSAGE, "from": {}}},
    {"message": {**MESSAGE, "sender_chat": {}}},
    {"message": {**MESSAGE, "reply_to_message": {}}},
    {"message": {**MESSAGE, "migrate_to_chat_id": "x"}},
    {"message": {**MESSAGE, "migrate_from_chat_id": "x"}},
    {"message": answered(500)},
    {"channel_post": {}},
    {"channel_post": {"chat": CHAT}},
    {"channel_post": without(MESSAGE, "chat")},
]


def test_an_update_without_a_part_that_it_should_have_stops_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(here: Scene) -> None:
        for broken in BROKEN:
            here.api.sends_raw(**broken)
        chat = here.api.private("Anna")
        chat.says(None, "/status")
        await here.api.until(lambda: chat.texts)
        await here.settle()

    # Whom nobody serves gets no answer that would be refused.
    play(scene)

    assert "malformed" in caplog.text


def test_a_broken_update_that_is_posted_is_taken() -> None:
    async def whole() -> list[int]:
        async with listening(hook=Hook("http://127.0.0.1:9/telegram/webhook", PROOF)) as here:
            await here.api.until(lambda: here.api.webhook.url)
            return [
                await here.room.take(json.dumps({"update_id": n, **broken}).encode(), PROOF)
                for n, broken in enumerate(BROKEN, 1)
            ]

    assert set(asyncio.run(whole())) == {200}
