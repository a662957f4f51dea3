"""The fake Slack tells of channels and people as far as the app may know."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack


def test_a_channel_is_described_with_its_members_in_pages() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna, ben = slack.user("Anna"), slack.user("Ben")
        news = slack.channel("news", members=[anna, ben, slack.bot], shared=True)

        told = await client.conversations_info(channel=news.id, include_num_members=True)
        first = await client.conversations_members(channel=news.id, limit=2)
        cursor = first["response_metadata"]["next_cursor"]
        second = await client.conversations_members(channel=news.id, limit=2, cursor=cursor)

        channel = told["channel"]
        assert (channel["creator"], channel["is_ext_shared"]) == (anna.id, True)
        assert (channel["is_member"], channel["num_members"]) == (True, 3)
        assert first["members"] + second["members"] == [anna.id, ben.id, slack.bot.id]

    run(scene)


def test_a_private_channel_is_unknown_to_who_is_not_in_it() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        staff = slack.channel("staff", members=[slack.user("Anna")], private=True)

        with pytest.raises(SlackApiError, match="channel_not_found"):
            await client.conversations_info(channel=staff.id)

        staff.adds(slack.bot)
        assert (await client.conversations_info(channel=staff.id))["channel"]["is_private"]

    run(scene)


def test_the_bot_s_channels_are_listed_by_kind() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna")
        news, other = slack.channel("news"), slack.channel("other", members=[anna])
        staff = slack.channel("staff", private=True)

        mine = await client.users_conversations(types="public_channel,private_channel")
        public = await client.conversations_list()
        slack.settings.scopes.discard("groups:read")
        with pytest.raises(SlackApiError, match="groups:read"):
            await client.users_conversations(types="private_channel")

        assert [one["id"] for one in mine["channels"]] == [news.id, staff.id]
        assert [one["id"] for one in public["channels"]] == [news.id, other.id]

    run(scene)


def test_the_bot_joins_public_channels_only() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.settings.scopes |= {"channels:join", "channels:manage"}
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna])
        staff = slack.channel("staff", members=[anna], private=True)

        await client.conversations_join(channel=news.id)
        joined = news.has_bot
        await client.conversations_leave(channel=news.id)
        with pytest.raises(SlackApiError, match="channel_not_found"):
            await client.conversations_join(channel=staff.id)

        assert (joined, news.has_bot) == (True, False)

    run(scene)


def test_a_person_has_a_zone_a_language_and_a_role() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna = slack.user("Anna", zone="Asia/Almaty", locale="ru-RU", role="admin")
        guest, stranger = slack.user("Ben", role="single guest"), slack.user("Cy", team="T1")

        told = (await client.users_info(user=anna.id, include_locale=True))["user"]
        of_guest = (await client.users_info(user=guest.id))["user"]
        of_stranger = (await client.users_info(user=stranger.id))["user"]
        everyone = await client.users_list(limit=2)

        assert (told["tz"], told["locale"], told["is_admin"]) == ("Asia/Almaty", "ru-RU", True)
        assert (of_guest["is_restricted"], of_guest["is_ultra_restricted"]) == (True, True)
        assert (of_stranger["team_id"], "is_admin" in of_stranger) == ("T1", False)
        assert len(everyone["members"]) == 2
        with pytest.raises(SlackApiError, match="user_not_found"):
            await client.users_info(user="U1")

    run(scene)


def test_a_direct_message_is_opened_with_one_or_several() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        anna, ben = slack.user("Anna"), slack.user("Ben")

        one = await client.conversations_open(users=anna.id, return_im=True)
        again = await client.conversations_open(channel=one["channel"]["id"])
        with pytest.raises(SlackApiError, match="mpim:write"):
            await client.conversations_open(users=f"{anna.id},{ben.id}")
        slack.settings.scopes.add("mpim:write")
        several = await client.conversations_open(users=f"{anna.id},{ben.id}")
        ben.deleted = True
        with pytest.raises(SlackApiError, match="user_disabled"):
            await client.conversations_open(users=ben.id)

        assert one["channel"]["user"] == anna.id
        assert again["channel"]["id"] == one["channel"]["id"]
        assert slack.channels[several["channel"]["id"]].kind == "mpim"

    run(scene)


def test_the_workspace_and_the_bot_are_told() -> None:
    async def scene(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.settings.scopes.add("team:read")

        team, bot = await client.team_info(), await client.bots_info(bot="B0000BOT")

        assert (team["team"]["name"], bot["bot"]["name"]) == ("Fake", "Briefbot")

    run(scene)
