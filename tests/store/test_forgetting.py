"""What is kept of a chat or a person goes wherever it is kept, and nothing of others."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import Connection, func, select

from bot.app.outbox import Ready
from bot.app.ports import Edition
from bot.core.delivery import Delivered, Kind, Pace, Work
from bot.core.subscription import Destination, Schedule, Subscription, Timing, destination_of
from bot.store.chats import Chat, Chats
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.editions import Editions
from bot.store.forgetting import Forgetting
from bot.store.heard import HeardBefore
from bot.store.marks import Marks
from bot.store.outbox import Outbox
from bot.store.subscriptions import Subscriptions
from bot.store.tables import metadata
from bot.store.works import Works
from tests.fakes.delivery import filled
from tests.fakes.press import StandingClock

Opened = Callable[[Callable[[Database], Awaitable[None]]], None]

NOW = datetime(2025, 9, 2, 3, tzinfo=UTC)
CHAT, OTHER = Destination("telegram", "-1001"), Destination("telegram", "-10011")
CHANNEL, ELSEWHERE = Destination("slack", "T1/C1"), Destination("slack", "T1/C9")


async def meet(database: Database, chat: Destination, owner: str) -> None:
    """Leave a row of every kind."""
    subscriptions = Subscriptions(database)
    schedule = Schedule(timings=(Timing(time(8)),), zone="Asia/Almaty")
    for said in (None, schedule):
        wanted = Subscription(destination=chat, schedule=said, owner=owner)
        await subscriptions.save(wanted, now=NOW)
    await meet_by_post(database, chat)
    await Editions(database).publish(Edition(destination=str(chat), made=NOW, stories=(("a",),)))
    await database.settle()
    work = Work(kind="publish", args=("9",), line=str(chat), key=f"publish:{chat}")
    await Works(database).put([work])
    await Chats(database).added(chat, owner=owner, now=NOW)
    await Marks(database).put(f"declared.{chat}", "all of it")


async def meet_by_post(database: Database, chat: Destination) -> None:
    """Leave what a post leaves that arrived."""
    desk, outbox = Desk(database), Outbox(database)
    number = await desk.open(chat, Kind.DIGEST, filled(f"news for {chat}"), now=NOW)
    paces = (Pace(str(chat), 1.0),)
    ready = await outbox.begin(number, paces, now=NOW)
    assert isinstance(ready, Ready)
    await outbox.record(ready.post, Delivered("1"), paces, now=NOW)


async def counts(database: Database) -> dict[str, int]:
    def count(connection: Connection) -> dict[str, int]:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }

    return {name: found for name, found in (await database.read(count)).items() if found}


def test_a_chat_is_forgotten_wholly_and_alone(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await meet(database, OTHER, "7")
        alone = await counts(database)
        await meet(database, CHAT, "7")

        assert await Forgetting(database).chat(CHAT) == 7
        assert await counts(database) == alone
        assert await Subscriptions(database).of(OTHER) is not None
        assert await Forgetting(database).chat(CHAT) == 0

    opened(scenario)


@pytest.mark.parametrize(
    ("whole", "below"),
    [("telegram:-1001", "telegram:-1001/7"), ("slack:T1/D1", "slack:T1/D1/1693526400.000100")],
)
def test_a_chat_is_forgotten_with_its_topics(opened: Opened, whole: str, below: str) -> None:
    async def scenario(database: Database) -> None:
        for place in (whole, below):
            await meet(database, destination_of(place), "7")

        assert await Forgetting(database).chat(destination_of(whole)) == 14
        assert await counts(database) == {}

    opened(scenario)


def test_of_a_topic_that_is_forgotten_the_chat_stays_and_so_do_chats_of_a_workspace(
    opened: Opened,
) -> None:
    async def scenario(database: Database) -> None:
        await meet(database, CHANNEL, "T1/U1")
        await meet(database, CHAT, "7")
        kept = await counts(database)
        await meet(database, destination_of(f"{CHAT}/7"), "7")

        assert await Forgetting(database).chat(destination_of(f"{CHAT}/7")) == 7
        assert await Forgetting(database).chat(destination_of("slack:T1")) == 0
        assert await counts(database) == kept

    opened(scenario)


def test_all_that_a_chat_leaves_behind_is_a_row_of_every_kind(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        await meet(database, CHAT, "7")

        assert (await counts(database)).keys() == {
            *("subscriptions", "series", "parts", "sheets", "paces", "works", "editions"),
            *("chats", "marks"),
        }

    opened(scenario)


def test_that_a_chat_is_barred_outlives_it(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        await meet(database, CHAT, "7")
        await chats.allow(CHAT, allowed=False)
        await chats.titled(CHAT, "News")
        await database.settle()

        await Forgetting(database).chat(CHAT)

        kept = await chats.of(CHAT)
        assert kept is not None
        assert (kept.allowed, kept.owner, kept.added, kept.title) == (False, "", None, "")
        assert await Forgetting(database).chat(CHAT) == 0

        await chats.titled(CHAT, "News")
        await database.settle()
        assert await Forgetting(database).chat(CHAT) == 1

    opened(scenario)


async def kept_of(database: Database, chat: Destination) -> Chat | None:
    """Forget the chat, and return what is known of it still."""
    await Forgetting(database).chat(chat)
    return await Chats(database).of(chat)


def test_that_the_bot_was_removed_from_a_slack_channel_outlives_it(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        chats = Chats(database)
        await meet(database, CHANNEL, "T1/U1")
        await chats.allow(CHANNEL, allowed=True)
        await chats.titled(CHANNEL, "#news")
        await database.settle()
        await chats.removed(CHANNEL, now=NOW)

        bare = Chat(destination=CHANNEL, allowed=None, added=None, removed=NOW, owner="")
        assert await kept_of(database, CHANNEL) == bare
        assert await chats.been(CHANNEL)
        assert await Forgetting(database).chat(CHANNEL) == 0
        assert (await counts(database)) == {"chats": 1}

    opened(scenario)


def test_that_the_bot_was_in_a_slack_channel_outlives_it(opened: Opened) -> None:
    thread = Destination("slack", f"{CHANNEL.address}/1693526400.000100")

    async def scenario(database: Database) -> None:
        await meet(database, CHANNEL, "T1/U1")
        bare = Chat(destination=CHANNEL, allowed=None, added=NOW, removed=None, owner="")
        assert await kept_of(database, CHANNEL) == bare

        await Chats(database).allow(ELSEWHERE, allowed=False)
        await meet_by_post(database, ELSEWHERE)
        barred = Chat(destination=ELSEWHERE, allowed=False, added=NOW, removed=None, owner="")
        assert await kept_of(database, ELSEWHERE) == barred
        assert await kept_of(database, ELSEWHERE) == barred

        await meet_by_post(database, thread)
        assert await kept_of(database, thread) is None
        assert await Chats(database).been(CHANNEL)

    opened(scenario)


def test_of_a_channel_that_is_known_by_a_thread_alone_it_is_remembered(opened: Opened) -> None:
    thread = Destination("slack", f"{CHANNEL.address}/1693526400.000100")

    async def scenario(database: Database) -> None:
        await meet_by_post(database, thread)

        assert await kept_of(database, thread) is None
        assert await Chats(database).been(CHANNEL)
        assert (await counts(database)) == {"chats": 1}

    opened(scenario)


@pytest.mark.parametrize(
    "place", ["slack:T1/C2", "slack:T1/D1", "slack:T1/U1", "telegram:7", "telegram:-1001"]
)
def test_nothing_is_remembered_of_any_other_chat(opened: Opened, place: str) -> None:
    chat = destination_of(place)

    async def scenario(database: Database) -> None:
        if place == "slack:T1/C2":
            # Listed, though the bot was never there.
            await Chats(database).allow(chat, allowed=True)
        else:
            await meet(database, chat, "T1/U1")
            await Chats(database).removed(chat, now=NOW)

        assert await Forgetting(database).chat(chat)
        assert await counts(database) == {}

    opened(scenario)


def test_a_person_leaves_no_id_behind(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        subscriptions = Subscriptions(database)
        await meet(database, CHAT, "7")
        await meet(database, OTHER, "8")

        assert await Forgetting(database).person("7") == 2

        kept = await subscriptions.of(CHAT)
        assert kept is not None
        assert (kept.owner, kept.schedule is None) == ("", False)
        assert await subscriptions.previous(CHAT) is None
        assert (await Chats(database).all())[0].owner == ""
        other = await subscriptions.of(OTHER)
        assert other is not None
        assert other.owner == "8"
        assert await subscriptions.previous(OTHER) is not None

    opened(scenario)


@pytest.mark.parametrize("whom", ["7", "telegram:-1001", "T0/U7", "slack:T0/C1"])
def test_what_was_asked_and_not_answered_leaves_no_words_behind(opened: Opened, whom: str) -> None:
    telegram = {"person": {"id": 7}, "place": {"chat": -1001}, "text": "/brief gas"}
    slack = {"team_id": "T0", "user_id": "U7", "channel_id": "C1", "text": "gas"}
    others = (
        {"person": {"id": 77}, "place": {"chat": -10011}, "text": "/brief oil"},
        {"team_id": "T0", "user_id": "U77", "channel_id": "C11", "text": "oil"},
        {"team_id": "T1", "user_id": "U7", "channel_id": "C1", "text": "oil"},
    )

    async def scenario(database: Database) -> None:
        heard = HeardBefore(database, StandingClock(NOW))
        for number, one in enumerate((telegram, slack, *others)):
            heard.first(f"{number}", json.dumps(one))
        await database.settle()
        forgetting, there = Forgetting(database), destination_of(whom)

        assert await (forgetting.chat(there) if ":" in whom else forgetting.person(whom)) == 1

        after = HeardBefore(database, StandingClock(NOW))
        await after.load()
        assert len(after.left) == 4
        assert set(after.left) - {"0", "1"} == {"2", "3", "4"}

    opened(scenario)


def test_who_set_what_stood_before_is_forgotten_too(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        subscriptions = Subscriptions(database)
        for owner in ("7", "8"):
            await subscriptions.save(Subscription(destination=CHAT, owner=owner), now=NOW)

        assert await Forgetting(database).person("7") == 1

        kept = await subscriptions.of(CHAT)
        assert kept is not None
        assert kept.owner == "8"
        assert await subscriptions.previous(CHAT) is None

    opened(scenario)


def test_a_person_s_own_chat_with_the_bot_goes_with_them(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        for address in ("7", "-7", "77"):
            chat = Destination("telegram", address)
            await Subscriptions(database).save(Subscription(destination=chat), now=NOW)

        assert await Forgetting(database).person("7") == 1

        left = [each.destination.address for each in await Subscriptions(database).all()]
        assert left == ["-7", "77"]

    opened(scenario)


def test_a_person_s_direct_messages_with_the_bot_go_with_them(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        owners = {
            "T1/D1": "T1/U1",
            "T1/D2": "T1/U2",
            "T1/U1": "",
            "T1/C1": "T1/U1",
            "T1/C1/1693526400.000100": "T1/U1",
        }
        for address, owner in owners.items():
            chat = Destination("slack", address)
            wanted = Subscription(destination=chat, owner=owner)
            await Subscriptions(database).save(wanted, now=NOW)
        await Chats(database).added(Destination("slack", "T1/D3"), owner="T1/U1", now=NOW)

        await Forgetting(database).person("T1/U1")

        left = {one.destination.address: one.owner for one in await Subscriptions(database).all()}
        assert left == {"T1/D2": "T1/U2", "T1/C1": "", "T1/C1/1693526400.000100": ""}
        assert list(await Chats(database).all()) == []

    opened(scenario)


def test_an_operator_who_is_forgotten_is_the_operator_no_more(opened: Opened) -> None:
    async def scenario(database: Database) -> None:
        kept = Marks(database)
        await kept.put("access.telegram.operator", "7")
        await kept.put("access.slack.operator", "77")
        await kept.put("access.telegram.code", "7")

        assert await Forgetting(database).person("7") == 1

        left = {"access.slack.operator": "77", "access.telegram.code": "7"}
        assert await kept.those("access.") == left

    opened(scenario)
