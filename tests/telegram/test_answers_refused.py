"""Who asks is answered though Telegram stumbles once, or takes no file in the chat."""

import pytest

from bot.core.ask import Ask
from bot.core.page import Document, Page, Paragraph, Plain
from tests.fakes.bot_api.server import FakeBotApi
from tests.fakes.ears import Scene, play

UNSHOWN = (
    "I could not show all of this answer here: what is missing was refused. The operator sees why"
    " in the log."
)
NO_FILES = "The bot may not send files in the chat. An admin can let it."
BIG_FILE = "It is too large for Telegram, which takes files of at most 50 MB from a bot."
TOO_LARGE = "It is too large for Telegram, or for the proxy before it."


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


def test_who_asks_is_told_that_an_answer_was_refused_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        here.api.refuses("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID")
        group.says(anna, "/status")
        await here.api.until(lambda: group.texts)
        await here.settle()

        assert group.texts == [UNSHOWN]
        # What it is attached to may be what was refused.
        assert group.last.reply_to is None
        assert len(here.api.called("sendMessage")) == 2

    play(scene)
    assert any("was given up" in message for message in caplog.messages)


def test_where_a_chat_takes_nothing_nothing_more_is_tried() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        here.api.refuses("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat")
        group.says(anna, "/status")
        await here.api.until(lambda: here.api.called("sendMessage"))
        group.says(anna, "/sources")
        await here.api.until(lambda: group.texts)

        assert group.texts == ["Answer to sources"]
        assert len(here.api.called("sendMessage")) == 2

    play(scene)


def test_an_answer_whose_every_message_is_refused_is_given_up() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        here.api.refuses("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", times=2)
        chat.says(None, "/status")
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 2)
        chat.says(None, "/sources")
        await here.api.until(lambda: chat.texts)

        assert chat.texts == ["Answer to sources"]

    play(scene)


@pytest.mark.parametrize(
    ("status", "said", "why"),
    [
        (400, "Bad Request: not enough rights to send documents to the chat", NO_FILES),
        (400, "Bad Request: CHAT_SEND_DOCS_FORBIDDEN", NO_FILES),
        (400, "Bad Request: file is too big", BIG_FILE),
        (413, "Request Entity Too Large", TOO_LARGE),
    ],
)
def test_where_a_file_cannot_be_sent_its_words_come(
    status: int, said: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(here: Scene) -> None:
        here.api.refuses("sendDocument", status, said)
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/upcoming ics")
        await here.api.until(lambda: group.texts)
        await here.settle()

        told = "A calendar file with 1 event.\nI could not send it: 3 May = Summit"
        assert group.texts == [told]
        assert len(here.api.called("sendDocument")) == 1

    play(scene, answer=filed)
    (logged,) = [each for each in caplog.messages if "took no file" in each]
    assert logged.endswith(why)
    assert not any("given up" in each for each in caplog.messages)
