"""The real Bolt hears what people do and answers, by socket and over HTTP."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond, AsyncSay
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import bolt, listening, talking
from tests.fakes.slack.server import FakeSlack, fake_slack

Scene = Callable[[FakeSlack, AsyncApp, AsyncWebClient], Awaitable[None]]
Payload = dict[str, Any]

BUTTONS: list[Payload] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Brief* &amp; more"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "sources",
                "text": {"type": "plain_text", "text": "Sources"},
                "value": "7",
            }
        ],
    },
]
MODAL = {
    "type": "modal",
    "callback_id": "schedule",
    "title": {"type": "plain_text", "text": "Schedule"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "when",
            "label": {"type": "plain_text", "text": "Time"},
            "element": {"type": "plain_text_input", "action_id": "time"},
        }
    ],
}


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def play(mode: str, prepare: Callable[[AsyncApp], None], scene: Scene) -> None:
    async def whole() -> None:
        async with fake_slack() as slack, talking(slack) as client:
            app = bolt(slack, client)
            prepare(app)
            async with listening(slack, app, mode):
                await scene(slack, app, client)

    asyncio.run(whole())


def test_a_command_is_answered_to_its_asker_alone(mode: str) -> None:
    def prepare(app: AsyncApp) -> None:
        async def brief(ack: AsyncAck, respond: AsyncRespond, command: Payload) -> None:
            await ack()
            await respond(text=f"You said {command['text']}", blocks=BUTTONS)

        app.command("/brief")(brief)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna, ben = slack.user("Anna"), slack.user("Ben")
        news = slack.channel("news", members=[anna, ben])

        act = anna.says("/brief 1 & <2>", in_=news)
        await slack.until(lambda: news.ephemeral_to(anna))
        await slack.until(lambda: act.acked)

        (seen,) = news.ephemeral_to(anna)
        assert (seen.text, seen.shown) == ("You said 1 & <2>", "Brief & more")
        assert (news.ephemeral_to(ben), news.history) == ([], [])

    play(mode, prepare, scene)


def test_an_answer_may_come_with_the_acknowledgement(mode: str) -> None:
    def prepare(app: AsyncApp) -> None:
        async def brief(ack: AsyncAck) -> None:
            await ack(text="Here", response_type="in_channel")

        app.command("/brief")(brief)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna])

        anna.says("/brief", in_=news)
        await slack.until(lambda: news.messages)

        assert news.last.shown == "Here"

    play(mode, prepare, scene)


def test_a_mention_is_answered_in_its_thread(mode: str) -> None:
    def prepare(app: AsyncApp) -> None:
        async def mentioned(event: Payload, say: AsyncSay) -> None:
            await say(text=f"Heard {event['text']}", thread_ts=event["ts"])

        app.event("app_mention")(mentioned)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])

        said = anna.says("@Briefbot what is new?", in_=news).said
        await slack.until(lambda: said.thread)

        assert said.thread[0].shown == f"Heard @{slack.bot.id} what is new?"
        assert said.thread[0].pings == [f"@{slack.bot.id}"]
        assert anna.says("nothing for the bot", in_=news).heard is False

    play(mode, prepare, scene)


def test_a_direct_message_is_heard_and_the_bot_s_own_are_left_alone(mode: str) -> None:
    heard: list[str] = []

    def prepare(app: AsyncApp) -> None:
        async def message(event: Payload, say: AsyncSay) -> None:
            heard.append(event["text"])
            await say("yes")

        app.event("message")(message)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")

        anna.says("https://example.org/?a=1&b=2")
        await slack.until(lambda: len(slack.acts) == 2 and all(one.acked for one in slack.acts))

        assert heard == ["<https://example.org/?a=1&amp;b=2>"]
        assert slack.direct(anna.id).texts == ["yes"]

    play(mode, prepare, scene)


def test_a_button_is_pressed_and_its_message_replaced(mode: str) -> None:
    pressed: list[Payload] = []

    def prepare(app: AsyncApp) -> None:
        async def sources(ack: AsyncAck, respond: AsyncRespond, body: Payload) -> None:
            await ack()
            pressed.append(body)
            await respond(text="Sources: Trend", replace_original=True)

        app.action("sources")(sources)

    async def scene(slack: FakeSlack, _: AsyncApp, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        await client.chat_postMessage(channel=news.id, text="Brief", blocks=BUTTONS)

        anna.presses(news.last, "Sources")
        await slack.until(lambda: news.last.edits)

        assert news.last.shown == "Sources: Trend"
        assert pressed[0]["actions"][0]["value"] == "7"
        assert pressed[0]["message"]["ts"] == news.last.ts
        assert pressed[0]["container"]["is_ephemeral"] is False

    play(mode, prepare, scene)


def test_a_modal_is_opened_refused_and_sent_off(mode: str) -> None:
    times: list[str] = []

    def prepare(app: AsyncApp) -> None:
        async def settings(ack: AsyncAck, body: Payload, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

        async def saved(ack: AsyncAck, view: Payload) -> None:
            time = view["state"]["values"]["when"]["time"]["value"]
            if ":" not in time:
                await ack(response_action="errors", errors={"when": "A time looks like 08:00"})
                return
            times.append(time)
            await ack()

        app.command("/brief")(settings)
        app.view("schedule")(saved)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        anna.says("/brief settings", in_=news)
        await slack.until(lambda: anna.sees_modal)

        anna.submits({"time": "eight"})
        await slack.until(lambda: anna.complaints)
        complaint = dict(anna.complaints)
        anna.submits({"time": "08:00"})
        await slack.until(lambda: not anna.sees_modal)

        assert complaint == {"when": "A time looks like 08:00"}
        assert times == ["08:00"]

    play(mode, prepare, scene)


def test_the_home_tab_is_shown_and_acted_in(mode: str) -> None:
    acted: list[Payload] = []

    def prepare(app: AsyncApp) -> None:
        async def opened(event: Payload, client: AsyncWebClient) -> None:
            view = {"type": "home", "blocks": BUTTONS}
            await client.views_publish(user_id=event["user"], view=view)

        async def sources(ack: AsyncAck, body: Payload) -> None:
            await ack()
            acted.append(body)

        app.event("app_home_opened")(opened)
        app.action("sources")(sources)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        anna.opens_home()
        await slack.until(lambda: anna.id in slack.homes)

        act = anna.clicks("Sources")
        await slack.until(lambda: act.acked)

        assert anna.home.shown == "Brief & more"
        assert acted[0]["view"]["id"] == anna.home.id

    play(mode, prepare, scene)


def test_a_shortcut_brings_its_message(mode: str) -> None:
    def prepare(app: AsyncApp) -> None:
        async def link(ack: AsyncAck, respond: AsyncRespond, shortcut: Payload) -> None:
            await ack()
            await respond(f"About {shortcut['message']['text']}")

        app.shortcut("brief_link")(link)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna])
        said = anna.says("https://example.org", in_=news).said

        anna.uses("Brief this link", said)
        await slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].links == [("https://example.org", "https://example.org")]

    play(mode, prepare, scene)


def test_being_added_and_removed_is_told(mode: str) -> None:
    told: list[str] = []

    def prepare(app: AsyncApp) -> None:
        async def happened(event: Payload) -> None:
            told.append(event["type"])

        app.event(re.compile("member_.*|channel_.*|group_.*"))(happened)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna])

        news.adds(slack.bot, by=anna)
        news.renames("world")
        news.archives(by=anna)
        news.unarchives(by=anna)
        news.removes(slack.bot)
        await slack.until(lambda: all(one.acked for one in slack.acts))

        assert sorted(told) == [
            "channel_archive",
            "channel_left",
            "channel_rename",
            "channel_unarchive",
            "member_joined_channel",
            "member_left_channel",
        ]

    play(mode, prepare, scene)


def test_what_nobody_handles_is_told_to_the_person(mode: str) -> None:
    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        slack.courier.patience = 0.2
        anna = slack.user("Anna")

        act = anna.says("/brief", in_=slack.channel("news", members=[anna]))
        await slack.until(lambda: act.error)

        expected = {"socket": "operation_timeout", "http": "http_error 404"}
        assert (act.acked, act.error) == (False, expected[mode])

    play(mode, lambda _: None, scene)


def test_a_slow_listener_is_asked_again_with_the_same_event(mode: str) -> None:
    retries: list[tuple[str, str]] = []

    def prepare(app: AsyncApp) -> None:
        async def slow(req: AsyncBoltRequest, next_: Callable[[], Awaitable[None]]) -> None:
            number = req.headers.get("x-slack-retry-num", ["0"])[0]
            retries.append((number, req.body.get("event_id", "")))
            if number != "2":
                await asyncio.sleep(0.3)
            await next_()

        app.middleware(slow)

        async def opened() -> None:
            return

        app.event("app_home_opened")(opened)

    async def scene(slack: FakeSlack, _: AsyncApp, __: AsyncWebClient) -> None:
        slack.courier.patience, slack.courier.retries = 0.1, (0.0, 0.0, 0.0)

        act = slack.user("Anna").opens_home()
        await slack.until(lambda: act.acked)

        assert [number for number, _ in retries] == ["0", "1", "2"]
        assert len({event for _, event in retries}) == 1

    play(mode, prepare, scene)
