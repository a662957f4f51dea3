"""Whatever people do on Slack reaches the ear as a value, by socket and over HTTP."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Linked,
    Manner,
    Moved,
    Opened,
    Person,
    Place,
    Pressed,
    Submitted,
    Typed,
    Uninstalled,
    Went,
)
from tests.fakes.slack.acts import Act, Delivery
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.user import User
from tests.fakes.slack.values import BOT_USER, TEAM_ID, Json
from tests.fakes.slack_rooms import Scene, play

BUTTONS: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Brief*"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "press:0",
                "text": {"type": "plain_text", "text": "Sources"},
                "value": "/sources",
            },
            {
                "type": "button",
                "action_id": "link",
                "text": {"type": "plain_text", "text": "Page"},
                "url": "https://example.org",
            },
        ],
    },
]
FORM: Json = {
    "type": "modal",
    "callback_id": "schedule",
    "private_metadata": "here",
    "title": {"type": "plain_text", "text": "Schedule"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "when",
            "label": {"type": "plain_text", "text": "Time"},
            "element": {"type": "plain_text_input", "action_id": "time"},
        },
        {
            "type": "input",
            "block_id": "days",
            "optional": True,
            "label": {"type": "plain_text", "text": "Days"},
            "element": {
                "type": "checkboxes",
                "action_id": "days",
                "options": [
                    {"text": {"type": "plain_text", "text": day}, "value": day}
                    for day in ("mon", "tue")
                ],
            },
        },
    ],
}


@pytest.fixture(params=["socket", "http"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def who(user: User) -> Person:
    return Person(workspace=user.team, id=user.id)


def where(channel: Channel, *, thread: str | None = None, title: str = "") -> Place:
    return Place(workspace=TEAM_ID, conversation=channel.id, thread=thread, title=title)


def test_a_command_is_heard_with_what_answers_it(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        news = scene.slack.channel("news", members=[anna])

        act = anna.says("/brief payload & schedule", in_=news)
        (said,) = await scene.hears()

        assert said == Typed(
            place=where(news, title="news"),
            person=who(anna),
            text="/brief payload & schedule",
            manner=Manner.COMMAND,
            url=str(act.payload["response_url"]),
            trigger=str(act.payload["trigger_id"]),
        )
        await scene.slack.until(lambda: act.acked)

    play(scene, mode=mode)


def test_a_command_in_a_private_channel_has_no_title(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        desk = scene.slack.channel("desk", members=[anna], private=True)

        anna.says("/brief Schedule 8am", in_=desk)
        anna.says("/brief")
        heard = await scene.hears(2)

        assert {one.text: one.place for one in heard if isinstance(one, Typed)} == {
            "/schedule 8am": where(desk),
            "/brief": where(scene.slack.direct(anna.id)),
        }

    play(scene, mode=mode)


def test_a_mention_is_heard_in_the_thread_that_answers_it(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        news = scene.slack.channel("news", members=[anna, scene.slack.bot])

        root = anna.says("@Briefbot, brief 1 & more?", in_=news).said
        await scene.hears(1)
        anna.says("and @Briefbot sources", in_=news, thread=root)
        anna.says("nothing for the bot", in_=news)
        heard = await scene.hears(2)

        assert heard == [
            Typed(
                place=where(news, thread=root.ts),
                person=who(anna),
                text="brief 1 & more?",
                manner=Manner.MENTION,
            ),
            Typed(
                place=where(news, thread=root.ts),
                person=who(anna),
                text="/brief and sources",
                manner=Manner.MENTION,
                under=root.ts,
            ),
        ]

    play(scene, mode=mode)


def test_a_link_in_a_direct_message_is_to_be_briefed(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        anna.says("https://example.org/?a=1&b=2")
        (said,) = await scene.hears()
        direct = where(scene.slack.direct(anna.id))

        assert said == Typed(
            place=direct,
            person=who(anna),
            text="/brief https://example.org/?a=1&b=2",
            manner=Manner.DIRECT,
        )

    play(scene, mode=mode)


def test_what_is_edited_or_deleted_or_said_by_the_bot_is_not_heard(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        said = anna.says("help").said
        await scene.hears(1)
        anna.edits(said, "brief")
        anna.deletes(said)
        await scene.room.connection.posts.chat_postMessage(channel=said.channel, text="status")
        slack.happens(
            "message.im",
            {
                "type": "message",
                "channel_type": "im",
                "channel": said.channel,
                "user": BOT_USER,
                "text": "status",
                "ts": slack.new_ts(),
            },
        )
        await slack.until(lambda: all(act.acked for act in slack.acts if act.heard))
        anna.says("upcoming")
        heard = await scene.hears(2)

        assert [one.text for one in heard if isinstance(one, Typed)] == ["help", "upcoming"]

    play(scene, mode=mode)


def test_a_press_is_heard_with_its_message_and_all_its_buttons(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        posts = scene.room.connection.posts
        await posts.chat_postMessage(channel=news.id, text="Brief", blocks=BUTTONS)
        root = news.last
        await posts.chat_postMessage(
            channel=news.id, text="More", blocks=BUTTONS, thread_ts=root.ts
        )

        leads = anna.presses(root, "Page")
        first = anna.presses(root, "Sources")
        await scene.hears(1)
        second = anna.presses(root.thread[0], "Sources")
        heard = await scene.hears(2)
        await slack.until(lambda: leads.acked)

        assert heard == [
            Pressed(
                place=where(news, thread=thread, title="news"),
                person=who(anna),
                value="/sources",
                message=message,
                buttons=("/sources",),
                url=str(act.payload["response_url"]),
                trigger=str(act.payload["trigger_id"]),
            )
            for thread, message, act in (
                (None, root.ts, first),
                (root.ts, root.thread[0].ts, second),
            )
        ]

    play(scene, mode=mode)


def test_a_press_on_what_one_person_sees_is_private(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        await scene.room.connection.posts.chat_postEphemeral(
            channel=news.id, user=anna.id, text="Brief", blocks=BUTTONS
        )

        anna.presses(news.ephemeral_to(anna)[0], "Sources")
        (said,) = await scene.hears()

        assert isinstance(said, Pressed)
        assert (said.private, said.value, said.buttons) == (True, "/sources", ())

    play(scene, mode=mode)


def test_a_shortcut_is_heard_with_the_links_of_its_message(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        news = scene.slack.channel("news", members=[anna])
        said = anna.says("https://a.example/1 or https://b.example/2", in_=news).said

        anna.uses("Brief this link", said)
        (heard,) = await scene.hears()

        assert isinstance(heard, Linked)
        assert heard.links == ("https://a.example/1", "https://b.example/2")
        assert (heard.place.whole_address.conversation, heard.person) == (news.id, who(anna))
        assert heard.url.startswith(scene.slack.url)
        assert heard.trigger

    play(scene, mode=mode)


def test_the_home_tab_and_what_is_clicked_in_it_are_heard(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        anna.opens_home()
        await scene.hears(1)
        await scene.room.connection.posts.views_publish(
            user_id=anna.id, view={"type": "home", "blocks": BUTTONS}
        )

        act = anna.clicks("Sources")
        heard = await scene.hears(2)

        assert heard == [
            Opened(person=who(anna)),
            Clicked(
                person=who(anna),
                action="press:0",
                value="/sources",
                view=anna.home.id,
                hash=anna.home.hash,
                trigger=str(act.payload["trigger_id"]),
            ),
        ]
        assert slack.homes

    play(scene, mode=mode)


def test_a_form_is_checked_before_it_is_heard(mode: str) -> None:
    def check(said: Submitted) -> Mapping[str, Any]:
        if ":" in str(said.values["when"]):
            return {}
        return {"response_action": "errors", "errors": {"when": "A time looks like 08:00"}}

    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        act = anna.says("/brief settings")
        await scene.hears(1)
        await scene.room.connection.posts.views_open(
            trigger_id=act.payload["trigger_id"], view=FORM
        )
        view = anna.modal
        anna.submits({"time": "eight"})
        await slack.until(lambda: anna.complaints)
        complaint = dict(anna.complaints)
        anna.submits({"time": "08:00"})
        await slack.until(lambda: not anna.sees_modal)
        heard = await scene.hears(2)

        assert complaint == {"when": "A time looks like 08:00"}
        assert heard[1:] == [
            Submitted(
                person=who(anna),
                callback="schedule",
                kept="here",
                values={"when": "08:00", "days": ()},
                view=view.id,
                hash=view.hash,
            )
        ]

    play(scene, mode=mode, check=check)


def test_coming_going_and_what_becomes_of_a_channel_are_heard(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack, anna = scene.slack, scene.slack.user("Anna")
        news = slack.channel("news", members=[anna])
        news.adds(slack.bot, by=anna)
        await scene.hears(1)
        news.renames("world")
        news.adds(slack.user("Ben"), by=anna)
        news.archives(by=anna)
        await scene.hears(2)
        news.unarchives(by=anna)
        await scene.hears(3)
        old = where(news)
        news.changes_id("C0NEW")
        await scene.hears(4)
        news.removes(slack.bot)
        heard = await scene.hears(6)

        gone = Went(place=where(news))
        assert heard == [
            Came(place=old, person=who(anna)),
            Archived(place=old, archived=True),
            Archived(place=old, archived=False),
            Moved(place=old, new="C0NEW"),
            gone,
            gone,
        ]

    play(scene, mode=mode)


def test_a_deleted_channel_is_one_that_the_bot_has_left(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        slack = scene.slack
        desk = slack.channel("desk", private=True)
        desk.dies()

        assert await scene.hears() == [Went(place=where(desk))]

    play(scene, mode=mode)


def test_that_the_app_was_taken_out_is_heard(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        scene.slack.uninstalls()

        assert await scene.hears() == [Uninstalled(workspace=TEAM_ID)]

    play(scene, mode=mode)


def test_that_the_bot_s_token_was_revoked_is_heard(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANOTHER"]}}
        scene.slack.happens("tokens_revoked", revoked)
        scene.slack.revokes_token()

        assert await scene.hears() == [Uninstalled(workspace=TEAM_ID)]

    play(scene, mode=mode)


def test_a_command_of_another_name_is_known(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        anna = scene.slack.user("Anna")
        news = scene.slack.channel("news", members=[anna, scene.slack.bot])
        anna.says("@Briefbot /sco schedule 8am", in_=news)
        anna.says("/sco figures trade", in_=news)
        heard = await scene.hears(2)

        assert {one.text for one in heard if isinstance(one, Typed)} == {
            "/schedule 8am",
            "/figures trade",
        }

    def prepare(slack: FakeSlack) -> None:
        slack.settings.commands["/sco"] = True

    play(scene, mode=mode, command="/sco", before=prepare)


def test_a_guest_of_another_workspace_is_known_as_one(mode: str) -> None:
    async def scene(scene: Scene) -> None:
        carl = scene.slack.user("Carl", team="T0OTHER")
        news = scene.slack.channel("news", members=[carl, scene.slack.bot], shared=True)
        carl.says("@Briefbot brief", in_=news)
        (said,) = await scene.hears()

        assert isinstance(said, Typed)
        assert said.person.name == f"T0OTHER/{carl.id}"
        assert said.place.workspace == TEAM_ID

    play(scene, mode=mode)


def test_what_belongs_to_another_workspace_is_not_heard_and_logged_once(
    mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(scene: Scene) -> None:
        anna, slack = scene.slack.user("Anna"), scene.slack
        event = {"type": "app_mention", "user": anna.id, "text": "brief", "channel": "C00000009"}
        other = {
            "type": "event_callback",
            "event": event | {"ts": "1.000001"},
            "team_id": "T9OTHER",
        }
        for number in range(2):
            slack.sends(Act(Delivery("events_api", other | {"event_id": f"Ev{number}"})))
        slack.uninstalls()

        assert await scene.hears() == [Uninstalled(workspace=TEAM_ID)]
        told = [one.getMessage() for one in caplog.records if "T9OTHER" in one.getMessage()]
        assert len(told) == 1

    play(scene, mode=mode)
