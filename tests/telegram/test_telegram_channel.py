"""The channel sends to every kind of chat, and knows what each refusal of Telegram means."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.core.delivery import (
    Deferred,
    Delivered,
    Elsewhere,
    Moved,
    Outcome,
    Payload,
    Post,
    Refused,
    Scope,
    Unsure,
)
from bot.core.page import Button, Buttons, Document, Heading, Item, Link, Page, Paragraph, Plain
from bot.core.subscription import Destination
from bot.telegram.address import Address, read_address
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import introduced
from bot.telegram.outcomes import _CLOSED, _TOPIC_GONE, outcome
from bot.telegram.payload import Text, write
from tests.fakes.bot_api.place import Place
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api

PAGE = Page(
    (
        Heading((Plain("SCO"),)),
        Item((Link("Rain", "https://example.org/"),)),
        Buttons(((Button("1", "/brief 1"),),)),
    )
)
GONE = Page((Paragraph((Plain("The topic is gone: the digest comes here now."),)),))
(HELLO,) = [write(Text("<b>Hello</b>"))]

Scene = Callable[[FakeBotApi, TelegramChannel], Awaitable[None]]


def play(scene: Scene, *, topic_gone: Page | None = GONE) -> None:
    """Play a scene with a server and a channel to it."""

    async def whole() -> None:
        async with fake_bot_api() as api, introduced(api.token, url=api.url) as bot:
            await scene(api, TelegramChannel(bot, topic_gone=topic_gone))

    asyncio.run(whole())


def to(place: Place | str, topic: int | None = None) -> Destination:
    address = place if isinstance(place, str) else str(place.id)
    return Destination("telegram", address if topic is None else f"{address}/{topic}")


def post(destination: Destination, payload: Payload = HELLO, *, silent: bool = False) -> Post:
    return Post(
        series=1,
        part=0,
        destination=destination,
        payload=payload,
        silent=silent,
        elsewhere=Elsewhere.ALWAYS,
    )


def test_a_page_arrives_in_every_kind_of_chat() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        owner = api.person("Li")
        chats: list[Place] = [
            api.private("Anna"),
            api.group("Team", owner=owner),
            api.supergroup("SCO news", owner=owner),
            api.channel("SCO", owner=owner),
        ]
        (payload,) = channel.render(PAGE)

        for chat in chats:
            sent = await channel.send(post(to(chat), payload))

            assert sent == Delivered(str(chat.last.id))
            assert chat.last.text == "SCO\n• Rain"
            assert chat.last.shown("bold") == ["SCO"]
            assert chat.last.labels == [["1"]]
            assert chat.last.asked["link_preview_options"] == {"is_disabled": True}
            assert not chat.last.silent

    play(scene)


def test_a_post_to_a_topic_stays_there() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")

        await channel.send(post(to(team, topic.id)))
        await channel.send(post(to(team), silent=True))

        assert [(one.topic, one.silent) for one in team.messages] == [
            (topic.id, False),
            (None, True),
        ]

    play(scene)


def test_a_document_arrives_with_the_words_below_it() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        page = Page(PAGE.blocks, document=Document("ahead.ics", b"BEGIN:VCALENDAR"))
        (payload,) = channel.render(page)

        await channel.send(post(to(chat), payload, silent=True))

        assert chat.last.document is not None
        assert (chat.last.document.name, chat.last.document.content) == (
            "ahead.ics",
            b"BEGIN:VCALENDAR",
        )
        assert (chat.last.text, chat.last.labels, chat.last.silent) == (
            "SCO\n• Rain",
            [["1"]],
            True,
        )

    play(scene)


def test_a_file_without_words_arrives() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        long = Page((Paragraph((Plain("word " * 300),)),), document=Document("a.ics", b"BEGIN"))

        for payload in channel.render(long):
            assert isinstance(await channel.send(post(to(chat), payload)), Delivered)

        assert [one.document is None for one in chat.messages] == [True, False]
        assert chat.last.text == ""

    play(scene)


def test_a_message_is_edited_in_place() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        await channel.send(post(to(chat)))
        number = chat.last.id

        assert await channel.edit(to(chat), number, PAGE) == Delivered(str(number))
        # The same once more: Telegram minds, nobody else does.
        assert await channel.edit(to(chat), number, PAGE) == Delivered(str(number))

        assert (chat.texts, chat.last.labels) == (["SCO\n• Rain"], [["1"]])

    play(scene)


def test_an_edit_that_comes_too_soon_closes_the_way_for_all() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat, other = api.private("Anna"), api.private("Bob")
        await channel.send(post(to(chat)))
        number = chat.last.id
        api.refuses(
            "editMessageText", 429, "Too Many Requests: retry after 7", retry_after=7, chat=chat.id
        )
        edited = await channel.edit(to(chat), number, PAGE)
        assert isinstance(edited, Deferred)
        assert (edited.seconds, edited.scope) == (7, ACCOUNT)

        sent, again = (
            await channel.send(post(to(other))),
            await channel.edit(to(chat), number, PAGE),
        )
        assert isinstance(sent, Deferred)
        assert isinstance(again, Deferred)
        assert len(api.called("editMessageText")) == 1
        assert other.messages == []

    play(scene)


def test_what_cannot_be_edited_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        await channel.send(post(to(chat)))
        long = Page((Paragraph((Plain("word " * 2000),)),))

        document = Page((), document=Document("a.ics", b"BEGIN"))
        number = chat.last.id

        for edited in (
            await channel.edit(to(chat), 99, PAGE),
            await channel.edit(to(chat), number, long),
            await channel.edit(to(chat), number, document),
            await channel.edit(to("team"), number, PAGE),
        ):
            assert isinstance(edited, Refused)
        assert chat.texts == ["Hello"]

    play(scene)
    assert "was not edited: BadRequest." in caplog.text


# Each row: the status, what the server says, and what it means.
DESTINATION, PART, ACCOUNT = Scope.DESTINATION, Scope.PART, Scope.ACCOUNT
TABLE = [
    (403, "Forbidden: bot was blocked by the user", DESTINATION, "has blocked the bot"),
    (403, "Forbidden: bot was kicked from the group chat", DESTINATION, "removed from the chat"),
    (403, "Forbidden: bot was kicked from the supergroup chat", DESTINATION, "removed from"),
    (403, "Forbidden: bot was kicked from the channel chat", DESTINATION, "removed from the chat"),
    (403, "Forbidden: bot is not a member of the channel chat", DESTINATION, "is no member"),
    (403, "Forbidden: bot is not a member of the supergroup chat", DESTINATION, "is no member"),
    (400, "Bad Request: USER_IS_BLOCKED", DESTINATION, "has blocked the bot"),
    (403, "Forbidden: user is deactivated", DESTINATION, "account is deleted"),
    (400, "Bad Request: INPUT_USER_DEACTIVATED", DESTINATION, "account is deleted"),
    (403, "Forbidden: the group chat was deleted", DESTINATION, "chat was deleted"),
    (403, "Forbidden: bot can't initiate conversation with a user", DESTINATION, "pressed Start"),
    (403, "Forbidden: bot can't send messages to bots", DESTINATION, "is a bot"),
    (403, "Forbidden: something new", DESTINATION, "something new"),
    (400, "Bad Request: chat not found", DESTINATION, "no such chat"),
    (400, "Bad Request: PEER_ID_INVALID", DESTINATION, "pressed Start"),
    (400, "Bad Request: CHANNEL_PRIVATE", DESTINATION, "is no member"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", DESTINATION, "may not post in the channel"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", DESTINATION, "may not write"),
    (400, "Bad Request: USER_BANNED_IN_CHANNEL", DESTINATION, "may not write"),
    (400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN", DESTINATION, "has to join the chat"),
    (400, "Bad Request: TOPIC_CLOSED", DESTINATION, "topic is closed"),
    (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        DESTINATION,
        "may not",
    ),
    (400, "Bad Request: have no rights to send a message", DESTINATION, "may not write"),
    (
        400,
        "Bad Request: need administrator rights in the channel chat",
        DESTINATION,
        "may not post",
    ),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", DESTINATION, "this kind of message"),
    (400, "Bad Request: CHAT_RESTRICTED", DESTINATION, "may not write"),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", DESTINATION, "another one"),
    (400, "Bad Request: message is too long", PART, "message is too long"),
    (400, "Bad Request: text must be non-empty", PART, "text must be non-empty"),
    (400, "Bad Request: BUTTON_DATA_INVALID", PART, "BUTTON_DATA_INVALID"),
    (400, "Bad Request: file is too big", PART, "at most 50 MB"),
    (413, "Request Entity Too Large", PART, "or for the proxy before it"),
    (401, "Unauthorized", ACCOUNT, "does not accept the bot's token"),
    (404, "Not Found", ACCOUNT, "does not accept the bot's token"),
]


#: What the server says of a topic that is not there (any more).
TOPIC_GONE = ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"]
#: What it says of a message that it does not edit.
NOT_EDITED = ["message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID"]


@pytest.mark.parametrize(("status", "said", "scope", "why"), TABLE)
def test_a_refusal_reaches_as_far_as_it_means(
    status: int, said: str, scope: Scope, why: str
) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        api.refuses("sendMessage", status, said)

        refused = await channel.send(post(to(chat)))

        assert isinstance(refused, Refused)
        assert refused.scope is scope
        assert why.lower() in refused.why.lower()
        assert api.token not in refused.why
        assert await channel.send(post(to(chat))) == Delivered(str(chat.last.id))

    play(scene)


def test_every_reason_that_a_chat_takes_nothing_has_its_row() -> None:
    said = [row[1].lower() for row in TABLE]
    decided = {next((words for words in _CLOSED if words in each), "") for each in said}

    assert set(_CLOSED) <= decided
    assert all(any(words in each.lower() for each in TOPIC_GONE) for words in _TOPIC_GONE)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_flood_puts_off_everything_for_as_long_as_telegram_says() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        api.refuses("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)

        put_off = await channel.send(post(to(chat)))

        assert put_off == Deferred(7.0, ACCOUNT, "Telegram asks the bot to slow down.")

    play(scene)


def test_a_wait_is_understood_as_a_timedelta_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    error = RetryAfter(timedelta(seconds=9))

    assert outcome(error, Address(1)) == Deferred(
        9.0, ACCOUNT, "Telegram asks the bot to slow down."
    )


@pytest.mark.parametrize(
    ("trouble", "expected", "arrived"),
    [
        (lambda api: api.loses_answer("sendMessage"), Unsure, 1),
        (lambda api: api.drops("sendMessage"), Unsure, 0),
        (lambda api: api.goes_down(502), Unsure, 0),
        (lambda api: api.refuses("sendMessage", 500, "Internal Server Error"), Unsure, 0),
        (lambda api: api.refuses("sendMessage", 409, "Conflict: two"), Unsure, 0),
    ],
)
def test_nobody_knows_what_became_of_a_message_without_an_answer(
    trouble: Callable[[FakeBotApi], None], expected: type[Outcome], arrived: int
) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        trouble(api)

        sent = await channel.send(post(to(chat)))

        assert isinstance(sent, expected)
        assert len(chat.messages) == arrived
        assert isinstance(await channel.find(post(to(chat))), Unsure)

    play(scene)


def test_a_group_that_becomes_a_supergroup_has_moved() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        group = api.group("Team", owner=api.person("Li"))
        new = group.migrates()

        moved = await channel.send(post(to(group)))

        assert moved == Moved(to(new))
        assert isinstance(moved, Moved)
        assert isinstance(await channel.send(post(moved.destination)), Delivered)
        assert (len(group.messages), new.texts) == (0, ["Hello"])

    play(scene)


def test_what_was_for_a_deleted_topic_moves_to_the_chat_which_is_told() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")
        team.deletes_topic(topic)

        moved = await channel.send(post(to(team, topic.id)))

        assert moved == Moved(to(team))
        assert team.texts == ["The topic is gone: the digest comes here now."]

    play(scene)


@pytest.mark.parametrize("said", TOPIC_GONE)
def test_however_a_topic_is_called_gone_the_chat_gets_what_was_for_it(said: str) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")
        api.refuses("sendMessage", 400, f"Bad Request: {said}")

        assert await channel.send(post(to(team, topic.id))) == Moved(to(team))
        assert [one.topic for one in team.messages] == [None]

    play(scene)


@pytest.mark.parametrize("said", NOT_EDITED)
def test_a_message_that_is_not_edited_is_refused_alone(said: str) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        await channel.send(post(to(chat)))
        number = chat.last.id
        api.refuses("editMessageText", 400, f"Bad Request: {said}")

        assert await channel.edit(to(chat), number, PAGE) == Refused(
            "Telegram does not edit it.", PART
        )
        assert chat.texts == ["Hello"]
        assert await channel.edit(to(chat), number, PAGE) == Delivered(str(number))

    play(scene)


@pytest.mark.parametrize("notice", [GONE, None])
def test_an_answer_to_a_deleted_topic_goes_to_the_chat_without_a_word(notice: Page | None) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")
        team.deletes_topic(topic)

        moved = await channel.send(replace(post(to(team, topic.id)), elsewhere=Elsewhere.ONCE))

        assert moved == Moved(to(team))
        assert team.texts == []

    play(scene, topic_gone=notice)


def test_what_is_for_a_topic_that_is_not_there_alone_goes_nowhere_else() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"))

        refused = await channel.send(replace(post(to(team, 99)), elsewhere=Elsewhere.NEVER))

        assert isinstance(refused, Refused)
        assert refused.scope is DESTINATION
        assert refused.why.startswith("There is no such topic in the chat.")
        assert team.texts == []

    play(scene)


def test_where_so_configured_a_deleted_topic_gets_nothing_any_more() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")
        team.deletes_topic(topic)

        refused = await channel.send(post(to(team, topic.id)))

        assert isinstance(refused, Refused)
        assert refused.scope is DESTINATION
        assert refused.why.startswith("The topic was deleted.")
        assert team.texts == []

    play(scene, topic_gone=None)


def test_a_chat_that_cannot_be_told_of_its_deleted_topic_gets_nothing() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        topic = team.topic("Trade")
        team.deletes_topic(topic)
        team.closes_topic()

        refused = await channel.send(post(to(team, topic.id)))

        assert isinstance(refused, Refused)
        assert refused.scope is DESTINATION

    play(scene)


def test_a_notice_that_may_be_there_is_not_said_twice() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        team = api.supergroup("SCO news", owner=api.person("Li"), forum=True)
        api.refuses("sendMessage", 400, "Bad Request: message thread not found")
        api.loses_answer("sendMessage")

        assert await channel.send(post(to(team, 45))) == Moved(to(team))
        assert len(team.messages) == 1

    play(scene)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<b>Hello</p> &lt;you&gt;", "Hello <you>"),
        ('<a href="https://a.org/?x=1&amp;y=2">Trend</a></b>', "Trend (https://a.org/?x=1&y=2)"),
        ('</b><a href="https://a.org">' + "x" * 4090 + "</a>", "x" * 4090),
    ],
)
def test_html_that_cannot_be_read_is_sent_as_words_once(
    html: str, plain: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")

        sent = await channel.send(post(to(chat), write(Text(html, ((("1", "/brief 1"),),)))))

        assert sent == Delivered(str(chat.last.id))
        assert (chat.texts, chat.last.labels) == ([plain], [["1"]])
        assert len(api.called("sendMessage")) == 2

    with caplog.at_level(logging.ERROR):
        play(scene)
    assert "which is a bug of ours" in caplog.text
    assert "Hello" not in caplog.text


def test_words_that_are_refused_too_are_not_sent_again() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        chat = api.private("Anna")
        why = "Bad Request: can't parse entities: Unsupported start tag"
        api.refuses("sendMessage", 400, why, times=2)

        refused = await channel.send(post(to(chat)))

        assert isinstance(refused, Refused)
        assert refused.scope is PART
        assert chat.messages == []

    play(scene)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"html": "x"},
        {"html": "x", "keyboard": [7]},
        {"html": "x", "keyboard": [], "file": "x", "content": "%"},
    ],
)
def test_a_payload_that_cannot_be_read_is_skipped(payload: Payload) -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        refused = await channel.send(post(to(api.private("Anna")), payload))

        assert isinstance(refused, Refused)
        assert refused.scope is PART
        assert api.calls[1:] == []

    play(scene)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("123", Address(123)),
        ("-100123/45", Address(-100123, 45)),
        ("@sco_news", None),
        ("", None),
        ("team", None),
        ("0", None),
        ("1.5", None),
        ("-100123/", None),
        ("-100123/0", None),
        ("-100123/x", None),
        ("١٢٣", None),
        ("9" * 17, None),
        ("123\n", None),
    ],
)
def test_an_address_is_a_chat_and_a_topic(text: str, address: Address | None) -> None:
    read = read_address(text)

    assert read == address
    assert read is None or read.destination == Destination("telegram", text)


def test_an_address_that_is_none_is_refused_in_words() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        assert await channel.send(post(to("team"))) == Refused(
            "'telegram:team' is no chat of Telegram: use its number, as -100123, and for a topic "
            "-100123/45.",
            DESTINATION,
        )
        assert channel.paces(to("team")) == ()
        assert len(api.calls) == 1

    play(scene)


def test_an_answer_waits_for_no_fan_out() -> None:
    async def scene(api: FakeBotApi, channel: TelegramChannel) -> None:
        del api
        fan_out = channel.paces(to("-5/7"))
        answers = channel.paces(to("-5/7"), answer=True)

        assert [pace.name for pace in fan_out] == ["telegram", "telegram:-5", "telegram:-5:minute"]
        assert [pace.name for pace in answers] == [
            "telegram:answers",
            *[pace.name for pace in fan_out],
        ]
        assert fan_out[0].interval * 25 == pytest.approx(1)
        assert answers[0].interval * 5 == pytest.approx(1)
        # It goes ahead of the fan-out by seconds, and the fan-out makes room for it afterwards.
        assert answers[1].interval == fan_out[0].interval
        assert answers[1].interval * answers[1].burst > 3
        assert [pace.name for pace in channel.paces(to("5"))] == ["telegram", "telegram:5"]

    play(scene)


def test_errors_of_the_vendor_keep_their_order() -> None:
    assert isinstance(outcome(BadRequest("x"), Address(1)), Refused)
    assert isinstance(outcome(Forbidden("x"), Address(1)), Refused)
    assert isinstance(outcome(TimedOut(), Address(1)), Unsure)
    assert isinstance(outcome(TelegramError("Invalid server response"), Address(1)), Unsure)
