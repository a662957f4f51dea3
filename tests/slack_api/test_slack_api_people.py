"""What people do in the fake Slack reaches the app as Slack would tell it."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.values import BOT_USER, Json

MENU: Json = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": "When?"},
    "accessory": {
        "type": "static_select",
        "action_id": "time",
        "options": [{"text": {"type": "plain_text", "text": "8 am"}, "value": "08:00"}],
    },
}


def test_a_command_says_where_and_what_as_it_was_typed() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        staff = slack.channel("staff", members=[anna], private=True)
        slack.settings.commands["/news"] = True

        raw = anna.says("/brief  <b> & @Anna", in_=staff).payload
        escaped = anna.says("/news <b> & @Anna", in_=staff).payload
        direct = anna.says("/brief").payload

        assert (raw["channel_name"], raw["text"]) == ("privategroup", "<b> & @Anna")
        assert escaped["text"] == f"&lt;b&gt; &amp; <@{anna.id}>"
        assert (direct["channel_name"], direct["text"]) == ("directmessage", "")

    run(scene)


def test_a_command_that_the_app_does_not_have_is_not_told() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")

        unknown = anna.says("/digest")
        slack.settings.scopes.discard("commands")
        unscoped = anna.says("/brief")

        assert (unknown.heard, unscoped.heard) == (False, False)
        with pytest.raises(LookupError, match="not told"):
            assert unknown.payload

    run(scene)


def test_slack_offers_no_commands_in_threads() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        said = anna.says("hello").said

        with pytest.raises(AssertionError, match="does not offer"):
            anna.says("/brief", thread=said)

    run(scene)


def test_a_mention_in_a_thread_tells_its_parent() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        parent = anna.says("a question", in_=news).said

        event = anna.says("@briefbot 1", in_=news, thread=parent).payload["event"]

        assert (event["type"], event["thread_ts"]) == ("app_mention", parent.ts)
        assert event["text"] == f"<@{BOT_USER}> 1"
        assert parent.thread[0].ts == event["ts"]

    run(scene)


def test_a_mention_is_told_only_where_the_bot_is() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna])

        assert not anna.says("@Briefbot hello", in_=news).heard
        with pytest.raises(AssertionError, match="Ben is not in news"):
            slack.user("Ben").says("hello", in_=news)

    run(scene)


def test_messages_of_channels_are_told_to_who_asked_for_them() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        before = anna.says("hello", in_=news).heard
        slack.settings.events.add("message.channels")

        event = anna.says("hello", in_=news).payload["event"]

        assert (before, event["channel_type"]) == (False, "channel")

    run(scene)


def test_edits_and_deletions_in_a_direct_message_are_told() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        said = anna.says("brif").said

        edited = anna.edits(said, "brief").payload["event"]
        deleted = anna.deletes(said).payload["event"]

        assert (edited["subtype"], edited["message"]["text"]) == ("message_changed", "brief")
        assert edited["previous_message"]["text"] == "brif"
        assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)

    run(scene)


def test_an_edited_mention_in_a_channel_is_not_told() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        said = anna.says("hello", in_=news).said

        assert not anna.edits(said, "@Briefbot hello").heard

    run(scene)


def test_menus_buttons_and_forgeries_are_told_with_their_block() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        await client.chat_postMessage(channel=news.id, text="a", blocks=[MENU])

        chosen = anna.chooses(news.last, "8 am").payload["actions"][0]
        forged = anna.forges(news.last, {"type": "button", "action_id": "x", "value": "y"})

        assert chosen["selected_option"]["value"] == "08:00"
        assert chosen["block_id"] == news.last.blocks[0]["block_id"]
        assert forged.payload["actions"][0]["value"] == "y"
        with pytest.raises(LookupError, match="no option 9 am"):
            anna.chooses(news.last, "9 am")
        with pytest.raises(LookupError, match="no button Sources"):
            anna.presses(news.last, "Sources")
        slack.settings.interactive = False
        assert not anna.chooses(news.last, "8 am").heard

    run(scene)


def test_an_event_needs_its_subscription_and_its_scope() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        slack.settings.scopes.discard("im:history")
        unscoped = anna.says("hello")
        slack.settings.events.discard("app_home_opened")
        unsubscribed = anna.opens_home()

        assert (unscoped.heard, unsubscribed.heard) == (False, False)

    run(scene)


def test_an_app_that_was_taken_out_is_told_so_and_nothing_after() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        slack.uninstalls()

        assert [act.payload["event"]["type"] for act in slack.acts] == ["app_uninstalled"]
        assert not slack.user("Anna").says("/brief").heard
        assert not slack.user("Anna").opens_home().heard

    run(scene)


def test_a_channel_may_die_or_get_another_number() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        private, public = slack.channel("staff", private=True), slack.channel("news")
        old = public.id

        anna = slack.user("Anna")
        private.dies()
        public.changes_id("C1")
        await client.chat_postMessage(channel="C1", text="a", blocks=[MENU])
        anna.chooses(public.last, "8 am")

        told = [act.payload["event"] for act in slack.acts[:2]]
        assert slack.acts[2].payload["channel"]["id"] == "C1"
        assert told[0]["type"] == "group_deleted"
        assert (told[1]["old_channel_id"], told[1]["new_channel_id"]) == (old, "C1")
        assert slack.place("C1") is public

    run(scene)
