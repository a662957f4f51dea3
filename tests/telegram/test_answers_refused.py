"""Who asks is answered though Telegram stumbles once, or takes no file in the chat."""

import pytest

from bot.core.ask import Ask
from bot.core.page import Document, Page, Paragraph, Plain
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.ears import Scene, play


def prose(said: str) -> Paragraph:
    return Paragraph((Plain(said),))


async def filed(ask: Ask) -> Page:
    """Answer with a file."""
    del ask
    held = Document("ahead.ics", b"BEGIN", told=(prose("I could not send it: 3 May = Summit"),))
    return Page((prose("A calendar file with 1 event."),), "", held)


def fails(api: FakeBotApi) -> None:
    api.refuses("sendMessage", 502, "Bad Gateway")


def breaks(api: FakeBotApi) -> None:
    api.drops("sendMessage")


def loses(api: FakeBotApi) -> None:
    api.loses_answer("sendMessage")


@pytest.mark.parametrize(("stumbles", "times"), [(fails, 1), (breaks, 1), (loses, 2)])
def test_an_answer_comes_though_telegram_stumbles_once(stumbles: object, times: int) -> None:
    async def scene(here: Scene) -> None:
        here.patience.set()
        chat = here.api.private("Anna")
        assert callable(stumbles)
        stumbles(here.api)
        chat.says(None, "/status")
        await here.api.until(lambda: len(chat.texts) == times)

        assert chat.texts == ["Answer to status"] * times

    play(scene)


@pytest.mark.parametrize(
    "said",
    ["not enough rights to send documents to the chat", "CHAT_SEND_DOCS_FORBIDDEN"],
)
def test_where_no_file_may_be_sent_its_words_come(
    said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(here: Scene) -> None:
        here.api.refuses("sendDocument", 400, f"Bad Request: {said}")
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/upcoming ics")
        await here.api.until(lambda: group.texts)

        told = "A calendar file with 1 event.\nI could not send it: 3 May = Summit"
        assert group.texts == [told]

    play(scene, answer=filed)
    (logged,) = [each for each in caplog.messages if "files" in each]
    assert logged.endswith("The bot may not send files in the chat. An admin can let it.")
    assert not any("given up" in each for each in caplog.messages)
