"""The fake Slack refuses what Slack refuses, each with Slack's word for it."""

from collections.abc import Mapping

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.settings import Settings

#: NEWS, STAFF (private), OLD (archived), DIRECT and ANNA stand for numbers. What is the caller's
#: own bug is a fault besides.
REFUSALS = [
    ("conversations.history", {"channel": "OUTSIDE"}, "not_in_channel", False),
    ("conversations.history", {"channel": "NEWS", "oldest": "soon"}, "invalid_ts_oldest", True),
    ("conversations.history", {"channel": "NEWS", "cursor": "x"}, "invalid_cursor", True),
    ("conversations.history", {"channel": "NEWS", "limit": 2000}, "invalid_limit", True),
    ("conversations.replies", {"channel": "NEWS", "ts": "1.0"}, "thread_not_found", False),
    ("conversations.open", {}, "users_list_not_supplied", True),
    ("conversations.open", {"users": ",".join("abcdefghi")}, "too_many_users", True),
    ("conversations.open", {"users": "U0"}, "user_not_found", False),
    ("conversations.join", {"channel": "STAFF"}, "method_not_supported_for_channel_type", False),
    ("conversations.join", {"channel": "OLD"}, "is_archived", False),
    ("conversations.leave", {"channel": "DIRECT"}, "method_not_supported_for_channel_type", False),
    ("conversations.list", {"types": "secret"}, "invalid_types", True),
    ("users.conversations", {"user": "U0"}, "user_not_found", False),
    ("bots.info", {"bot": "B0"}, "bot_not_found", False),
    ("chat.delete", {"channel": "NEWS", "ts": "1.0"}, "message_not_found", False),
    ("chat.getPermalink", {"channel": "NEWS", "message_ts": "1.0"}, "message_not_found", False),
    (
        "reactions.add",
        {"channel": "NEWS", "timestamp": "1.0", "name": "eyes"},
        "message_not_found",
        False,
    ),
    (
        "assistant.threads.setStatus",
        {"channel_id": "NEWS", "thread_ts": "1.0", "status": "reads"},
        "invalid_thread_ts",
        False,
    ),
    (
        "files.getUploadURLExternal",
        {"filename": "a", "length": 0},
        "file_upload_size_restricted",
        True,
    ),
    ("files.completeUploadExternal", {"files": '[{"id": "F0"}]'}, "file_not_found", False),
    (
        "files.completeUploadExternal",
        {"files": "[]", "channel_id": "ANNA"},
        "invalid_channel",
        True,
    ),
    (
        "files.completeUploadExternal",
        {"files": "[]", "channel_id": "OLD"},
        "posting_to_channel_denied",
        False,
    ),
    (
        "files.completeUploadExternal",
        {"files": "[]", "channel_id": "NEWS", "blocks": '[{"type": "poem"}]'},
        "invalid_blocks",
        True,
    ),
    ("views.update", {"view": "{}"}, "invalid_arguments", True),
    ("views.open", {"view": "{}"}, "invalid_arguments", True),
    ("views.open", {"view": "{"}, "invalid_arguments", True),
    ("views.publish", {"user_id": "U0", "view": "{}"}, "invalid_arguments", False),
    ("chat.postMessage", {"channel": "NEWS", "blocks": "{"}, "invalid_blocks_format", True),
    ("api.test", {"error": "my_error"}, "my_error", False),
]


@pytest.mark.parametrize(("method", "said", "error", "is_fault"), REFUSALS)
def test_a_call_is_refused(
    method: str, said: Mapping[str, object], error: str, *, is_fault: bool
) -> None:
    settings = Settings()
    settings.scopes |= {"channels:join", "channels:manage", "reactions:write"}

    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        numbers = {
            "NEWS": slack.channel("news").id,
            "OUTSIDE": slack.channel("outside", members=[anna]).id,
            "STAFF": slack.channel("staff", private=True).id,
            "DIRECT": slack.direct(anna.id).id,
            "ANNA": anna.id,
        }
        old = slack.channel("old")
        old.archived = True
        numbers["OLD"] = old.id
        given = {name: numbers.get(str(value), value) for name, value in said.items()}

        with pytest.raises(SlackApiError) as caught:
            await client.api_call(method, params=given)

        assert caught.value.response["error"] == error
        assert len(slack.faults) == int(is_fault)
        slack.faults.clear()

    run(scene, settings=settings)


def test_the_server_can_be_tried_without_a_token() -> None:
    async def scene(_: FakeSlack, client: AsyncWebClient) -> None:
        assert (await client.api_call("api.test"))["args"] == {}

    run(scene)


def test_a_bad_answer_that_comes_with_an_acknowledgement_is_a_fault() -> None:
    async def scene(slack: FakeSlack, _: AsyncWebClient) -> None:
        act = slack.user("Anna").says("/brief")
        assert act.delivery is not None
        for ack in ({"blocks": [{"type": "poem"}]}, ["a"]):
            with pytest.raises(Exception, match="invalid_"):
                act.delivery.heard(ack)

    run(scene)
