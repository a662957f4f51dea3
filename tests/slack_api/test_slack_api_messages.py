"""The fake Slack keeps messages as Slack does, and refuses what Slack refuses."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack

HEADER = {"type": "header", "text": {"type": "plain_text", "text": "SCO"}}


async def error_of(call: Awaitable[object]) -> str:
    """Return the error that a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def test_a_message_is_kept_with_all_that_was_said() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")
        metadata = {"event_type": "digest", "event_payload": {"series": "7"}}

        answer = await client.chat_postMessage(
            channel=news.id,
            text="SCO &amp; more",
            blocks=[HEADER],
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )

        last = news.last
        assert (last.ts, last.metadata) == (answer["ts"], metadata)
        assert (last.shown, last.notification) == ("SCO", "SCO & more")
        assert (last.unfurl_links, last.unfurl_media) == (False, False)
        assert last.blocks[0]["block_id"]

    run(scene)


def test_answers_stand_in_their_thread() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")
        parent = await client.chat_postMessage(channel=news.id, text="digest")
        ts = parent["ts"]
        reply = await client.chat_postMessage(channel=news.id, text="story 1", thread_ts=ts)
        await client.chat_postMessage(
            channel=news.id, text="story 2", thread_ts=ts, reply_broadcast=True
        )

        page = await client.conversations_history(channel=news.id)
        thread = await client.conversations_replies(channel=news.id, ts=ts)
        nested = await error_of(
            client.chat_postMessage(channel=news.id, text="a", thread_ts=reply["ts"])
        )
        lost = await error_of(client.chat_postMessage(channel=news.id, text="a", thread_ts="1.0"))

        assert news.texts == ["digest"]
        assert [one.text for one in news.last.thread] == ["story 1", "story 2"]
        assert [one["text"] for one in page["messages"]] == ["story 2", "digest"]
        assert [one["text"] for one in thread["messages"]] == ["digest", "story 1", "story 2"]
        assert nested == lost == "cannot_reply_to_message"
        slack.faults.clear()

    run(scene)


def test_history_is_read_in_pages_between_moments_and_with_metadata() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")
        metadata = {"event_type": "digest", "event_payload": {"part": 1}}
        sent = [
            (await client.chat_postMessage(channel=news.id, text=text, metadata=metadata))["ts"]
            for text in ("a", "b", "c")
        ]

        first = await client.conversations_history(channel=news.id, limit=2)
        cursor = first["response_metadata"]["next_cursor"]
        second = await client.conversations_history(channel=news.id, limit=2, cursor=cursor)
        since = await client.conversations_history(
            channel=news.id, oldest=sent[1], inclusive=True, include_all_metadata=True
        )

        assert [one["text"] for one in first["messages"]] == ["c", "b"]
        assert (first["has_more"], second["has_more"]) == (True, False)
        assert [one["text"] for one in second["messages"]] == ["a"]
        assert [one["metadata"] for one in since["messages"]] == [metadata, metadata]
        assert "metadata" not in first["messages"][0]

    run(scene)


def test_where_the_bot_cannot_post_it_is_told_why() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        public = slack.channel("public", members=[anna])
        private = slack.channel("private", members=[anna], private=True)
        archived, gone, closed = (slack.channel(name) for name in ("archived", "gone", "closed"))
        archived.archives(by=anna)
        gone.dies()
        closed.restricted = "restricted_action_read_only_channel"
        anna.deleted = True

        errors = [
            await error_of(client.chat_postMessage(channel=name, text="a"))
            for name in (public.id, private.id, archived.id, gone.id, closed.id, "C0", anna.id)
        ]
        slack.settings.scopes.add("chat:write.public")
        await client.chat_postMessage(channel=public.id, text="a")

        assert errors == [
            "not_in_channel",
            "channel_not_found",
            "is_archived",
            "channel_not_found",
            "restricted_action_read_only_channel",
            "channel_not_found",
            "channel_not_found",
        ]
        assert public.texts == ["a"]

    run(scene)


def test_a_person_is_written_to_directly() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")

        opened = await client.conversations_open(users=anna.id)
        await client.chat_postMessage(channel=anna.id, text="a")
        slack.settings.messages_tab = False
        closed = await error_of(client.chat_postMessage(channel=anna.id, text="b"))

        assert slack.direct(anna.id).id == opened["channel"]["id"]
        assert slack.direct(anna.id).texts == ["a"]
        assert closed == "messages_tab_disabled"

    run(scene)


def test_only_the_bot_s_own_messages_are_changed_and_deleted() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        theirs = anna.says("hello", in_=news).said
        ours = (await client.chat_postMessage(channel=news.id, text="a", blocks=[HEADER]))["ts"]

        await client.chat_update(channel=news.id, ts=ours, text="b")
        changed = news.last
        errors = [
            await error_of(client.chat_update(channel=news.id, ts=theirs.ts, text="b")),
            await error_of(client.chat_delete(channel=news.id, ts=theirs.ts)),
            await error_of(client.chat_update(channel=news.id, ts="1.0", text="b")),
        ]
        await client.chat_delete(channel=news.id, ts=ours)

        assert (changed.text, changed.blocks, changed.edits) == ("b", [], 1)
        assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]
        assert news.messages == []

    run(scene)


def test_what_one_person_alone_sees_is_kept_apart() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna, ben = slack.user("Anna"), slack.user("Ben")
        news = slack.channel("news", members=[anna, slack.bot])

        await client.chat_postEphemeral(channel=news.id, user=anna.id, text="psst")
        stranger = await error_of(
            client.chat_postEphemeral(channel=news.id, user=ben.id, text="psst")
        )

        assert [one.text for one in news.ephemeral_to(anna)] == ["psst"]
        assert (news.history, stranger) == ([], "user_not_in_channel")

    run(scene)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "a", "markdown_text": "a"}, "markdown_text_conflict"),
        ({"markdown_text": "a" * 12_001}, "msg_too_long"),
        ({"text": "a", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"text": "a", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"text": "a", "metadata": {"event_type": "a", "event_payload": {"a": "b" * 8000}}},
            "metadata_too_large",
        ),
        ({"text": "a", "reply_broadcast": True}, "invalid_arguments"),
    ],
)
def test_a_message_that_slack_would_not_take_fails_the_test(
    said: dict[str, Any], error: str
) -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news = slack.channel("news")

        found = await error_of(
            client.api_call("chat.postMessage", json=said | {"channel": news.id})
        )

        assert (found, news.history) == (error, [])
        assert len(slack.faults) == 1
        slack.faults.clear()

    run(scene)


def test_a_long_plain_text_becomes_several_messages() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news, other = slack.channel("news"), slack.channel("other")

        await client.chat_postMessage(channel=news.id, text="a" * 4041)
        await client.chat_postMessage(channel=other.id, text="a" * 4041, blocks=[HEADER])

        assert [len(text) for text in news.texts] == [4040, 1]
        assert [len(text) for text in other.texts] == [4041]

    run(scene)


def test_reactions_links_and_statuses_belong_to_messages() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.settings.scopes.add("reactions:write")
        news = slack.channel("news")
        ts = (await client.chat_postMessage(channel=news.id, text="a"))["ts"]

        await client.reactions_add(channel=news.id, timestamp=ts, name="eyes")
        again = await error_of(client.reactions_add(channel=news.id, timestamp=ts, name="eyes"))
        link = await client.chat_getPermalink(channel=news.id, message_ts=ts)
        await client.assistant_threads_setStatus(channel_id=news.id, thread_ts=ts, status="reads")

        assert (news.last.reactions, again) == (["eyes"], "already_reacted")
        assert link["permalink"].endswith(f"/{news.id}/p{ts.replace('.', '')}")
        assert news.statuses == ["reads"]

    run(scene)


def test_a_file_is_announced_sent_and_shown() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        news, other = slack.channel("news"), slack.channel("other", members=[])

        await client.files_upload_v2(
            channel=news.id, content="BEGIN:VCALENDAR", filename="ahead.ics", title="Ahead"
        )
        outside = await error_of(
            client.files_upload_v2(channel=other.id, content="a", filename="a.txt")
        )

        (file,) = news.last.files
        assert (file.name, file.title, file.content) == ("ahead.ics", "Ahead", b"BEGIN:VCALENDAR")
        assert outside == "not_in_channel"

    run(scene)
