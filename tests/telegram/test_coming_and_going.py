"""Chats are greeted, refused, left, followed and taken up again."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.ask import Ask, Asker
from bot.core.page import Page
from bot.core.subscription import Destination, Schedule, Standing, Subscription, Timing
from bot.store.chats import Chats
from bot.telegram.room import Hook
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.membership import member_json
from tests.fakes.bot_api.place import Place
from tests.fakes.ears import Scene, knows_anna, page, play

MORNINGS = Schedule((Timing(time(8)),), "Asia/Almaty")
#: What the links say that add the bot to other chats.
ADDING = ["Add me to a group", "Add me to a channel"]


def place(chat: Place) -> Destination:
    return Destination("telegram", str(chat.id))


async def subscribes(here: Scene, destination: Destination) -> Subscription:
    saving = here.welcome.saving
    wanted = replace(await saving.of(destination), schedule=MORNINGS)
    return await saving.save(wanted, Ask(destination=destination, text="", asker=Asker(id="7")))


def test_a_group_is_greeted_by_its_name_with_times_to_press() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("SCO <news>", owner=anna, bot="left")
        group.adds_bot(by=anna)
        await here.api.until(lambda: group.texts)

        assert group.last.text.startswith("Hello, “SCO <news>”. I read news on SCO")
        assert group.last.labels == [
            ["weekdays at 08:00"],
            ["every day at 08:00"],
            ["Other time", "Change city"],
            ["русский"],
        ]
        group.presses(group.last, "weekdays at 08:00", by=anna)
        await here.api.until(lambda: here.asks)
        assert here.texts == ["/schedule 08:00 weekdays"]

    play(scene)


def test_start_greets_and_carries_a_command() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna", started=False)
        chat.says(None, "/start")
        chat.says(None, "/start hello-there")
        chat.says(None, "/start brief")
        await here.api.until(lambda: len(chat.texts) == 3)

        assert [text.split(".")[0] for text in chat.texts[:2]] == ["Hello", "Hello"]
        assert chat.messages[0].shown("text_link") == ADDING
        assert here.texts == ["/brief"]

    play(scene)


def test_a_group_that_is_added_by_a_link_is_greeted_once() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna, bot="left")
        group.follows("https://t.me/Brief_Bot?startgroup=true", by=anna)
        group.says(anna, "/help")
        await here.api.until(lambda: len(group.texts) == 2)
        assert group.texts[0].startswith("Hello, “Team”.")
        assert group.texts[1] == "Answer to help"

        group.says(anna, "/start@Brief_Bot true")
        await here.api.until(lambda: len(group.texts) == 3)
        assert group.last.text.startswith("Hello, “Team”.")

    play(scene)


def test_a_chat_of_several_is_told_how_just_this_bot_is_meant() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.private("Anna")
        group = here.api.supergroup("Team", owner=anna.person)
        anna.says(None, "/help")
        group.says(anna.person, "/help")
        await here.api.until(lambda: anna.texts and group.texts)

        assert {(ask.destination == place(anna), ask.me) for ask in here.asks} == {
            (True, ""),
            (False, "@Brief_Bot"),
        }

    play(scene)


def test_who_takes_the_bot_back_alone_is_shown_how_to_add_it_to_a_group_and_a_channel() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        assert chat.person is not None
        chat.blocks_bot()
        chat.unblocks_bot()
        await here.api.until(lambda: chat.texts)

        links = [one for one in chat.last.entities if one.type == "text_link"]
        assert [link.of(chat.last.text) for link in links] == ADDING
        team, news = (
            made("SCO", owner=chat.person, bot="left")
            for made in (here.api.supergroup, here.api.channel)
        )
        for place, link in zip((team, news), links, strict=True):
            place.follows(str(dict(link.extra)["url"]), by=chat.person)
        await here.api.until(lambda: team.texts and news.texts)

        assert (team.status, news.status) == ("member", "administrator")
        assert news.rights == {"can_post_messages"}
        assert team.last.text.startswith("Hello, “SCO”.")
        assert "Whoever may post here can post /brief now" in news.last.text

    play(scene)


def test_a_channel_is_greeted_with_what_is_true_there() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        news = here.api.channel("SCO news", owner=anna, bot="left")
        news.adds_bot(by=anna)
        await here.api.until(lambda: news.texts)

        assert news.last.text.startswith("Hello, “SCO news”.")
        assert "Whoever may post here can post /brief now" in news.last.text
        assert "Anybody" not in news.last.text

    play(scene)


def test_a_chat_that_is_not_listed_is_told_once_an_hour_and_left_after_a_day() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna, bot="left")
        group.adds_bot(by=anna)
        group.says(anna, "/brief")
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        await here.settle()

        (told,) = group.texts
        (contact,) = (one for one in group.last.entities if one.type == "text_link")
        assert dict(contact.extra) == {"url": "https://t.me/boss"}
        # A word joiner keeps a name from ringing.
        assert told.replace("\u2060", "") == (
            "This bot serves only chats that its operator has listed. Send @boss this line, "
            f"or I leave in 24 hours:\nbriefbot allow telegram:{group.id}"
        )
        here.clock.forward(timedelta(hours=1))
        group.says(anna, "/brief")
        await here.api.until(lambda: len(group.texts) == 2)
        await here.room.ear.leave()
        assert group.status == "member"
        here.clock.forward(timedelta(hours=23))
        here.api.refuses("leaveChat", 400, "Bad Request: chat not found", chat=1)
        await here.room.ear.leave()
        assert group.status == "left"
        assert here.asks == []

    play(scene, everybody=False)


@pytest.mark.parametrize("served", [True, False])
def test_a_channel_is_spoken_to_once_the_bot_may_post_there(*, served: bool) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        news = here.api.channel("SCO news", owner=anna, bot="left")
        may = member_json(news, here.api.me, "administrator")
        mute = {**may, "can_post_messages": False}
        left = member_json(news, here.api.me, "left")
        here.api.refuses(
            "sendMessage", 400, "Bad Request: need administrator rights in the channel"
        )
        # It comes without the right, so that what it says is refused; then it is given the right.
        for before, after in ((left, mute), (mute, may)):
            here.api.sends_raw(
                my_chat_member={
                    "chat": news.json(),
                    "from": anna.json(),
                    "date": 1,
                    "old_chat_member": before,
                    "new_chat_member": after,
                }
            )
            news.statuses[here.api.me.id] = "administrator"
            await here.settle()
            await here.api.until(lambda: here.api.called("sendMessage"))
            # Where it is not served, that is said once an hour.
            here.clock.forward(timedelta(hours=1))
        await here.api.until(lambda: news.texts)

        said = "Hello, “SCO news”." if served else "This bot serves only chats"
        assert news.last.text.startswith(said)

    play(scene, everybody=served)


def test_nobody_s_own_chat_with_the_bot_is_left() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.blocks_bot()
        chat.unblocks_bot()
        await here.api.until(lambda: chat.texts)
        here.clock.forward(timedelta(hours=25))
        await here.room.ear.leave()

        assert here.api.called("leaveChat") == []

    play(scene, everybody=False)


def test_a_chat_that_cannot_be_left_is_given_up() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna, bot="member")
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        here.clock.forward(timedelta(hours=25))
        here.api.refuses("leaveChat", 403, "Forbidden: bot is not a member of the channel chat")
        await here.room.ear.leave()
        await here.room.ear.leave()

        assert len(here.api.called("leaveChat")) == 1

    play(scene, everybody=False)


def test_a_group_is_known_by_its_name_to_who_runs_the_bot_and_a_person_is_not() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group, chat = here.api.supergroup("Team", owner=anna), here.api.private("Ben")
        group.says(anna, "/brief")
        chat.says(None, "/brief")
        await here.api.until(lambda: group.texts and chat.texts)
        await here.settle()
        await here.database.settle()

        assert await Chats(here.database).titles() == {f"telegram:{group.id}": "Team"}

    play(scene)


def test_a_listed_chat_is_served() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        await here.access.chats.allow(place(group), allowed=True)
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)

        assert here.texts == ["/brief"]

    play(scene, everybody=False)


def test_who_uses_the_code_is_the_operator_and_lists_chats_by_adding_the_bot() -> None:
    async def scene(here: Scene) -> None:
        chat, other = here.api.private("Anna"), here.api.private("Bob")
        assert chat.person is not None
        code = await here.access.code("telegram")
        other.says(None, "/start guessed")
        chat.says(None, f"/start {code}")
        await here.api.until(lambda: chat.texts and other.texts)
        assert chat.last.text.startswith("You are the operator of this bot now.")
        assert chat.last.shown("text_link") == ADDING
        assert other.last.text.startswith("This bot serves only chats")

        group = here.api.supergroup("Team", owner=chat.person, bot="left")
        group.adds_bot(by=chat.person)
        other.says(None, f"/start {code}")
        await here.api.until(lambda: group.texts)
        await here.settle()
        assert group.last.text.startswith("Hello, “Team”.")
        assert len(other.texts) == 2
        assert other.last.text.startswith("That link makes nobody the operator: it was used")
        assert await here.access.code("telegram") is None

    play(scene, everybody=False)


def test_what_a_removed_bot_was_to_post_goes_on_when_it_is_back() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        topic, paused = (Destination("telegram", f"{group.id}/{topic}") for topic in (45, 46))
        await subscribes(here, place(group))
        await subscribes(here, topic)
        rests = replace(await subscribes(here, paused), standing=Standing.PAUSED)
        await here.welcome.saving.subscriptions.save(rests, now=here.clock.now())

        group.kicks_bot(by=anna)
        gone = [await here.becomes(Standing.STOPPED, chat) for chat in (place(group), topic)]
        group.adds_bot(by=anna)
        await here.api.until(lambda: group.texts)

        assert [one.standing for one in gone] == [Standing.STOPPED] * 2
        assert {one.next for one in gone} == {None}
        assert (await here.welcome.saving.of(paused)).standing is Standing.PAUSED
        back = await here.becomes(Standing.ACTIVE, topic)
        assert (back.standing, back.reason, back.owner) == (Standing.ACTIVE, "", "7")
        assert group.last.text.startswith("I am back. The digest comes as before: every day")

    play(scene)


def test_a_bot_that_may_write_again_goes_on() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        kept = await subscribes(here, place(group))
        stopped = replace(kept, standing=Standing.STOPPED, reason="It may not write.")
        asker = Asker(id="7")
        saving = here.welcome.saving
        await saving.save(stopped, Ask(destination=place(group), text="", asker=asker))
        group.promotes_bot(by=anna)
        group.demotes_bot(by=anna)
        await here.settle()
        now = await saving.of(place(group))
        here.api.sends_raw(
            my_chat_member={
                "chat": group.json(),
                "from": anna.json(),
                "date": 1,
                "old_chat_member": member_json(group, here.api.me, "restricted"),
                "new_chat_member": member_json(group, here.api.me),
            }
        )
        await here.api.until(lambda: group.texts)

        assert now.standing is Standing.STOPPED
        await here.becomes(Standing.ACTIVE, place(group))

    play(scene)


def test_a_group_that_lets_the_bot_write_later_is_greeted_then_unless_it_has_a_digest() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group, other = (here.api.supergroup(name, owner=anna) for name in ("Team", "Other"))
        await subscribes(here, place(other))
        for chat in (other, group):
            muted = member_json(chat, here.api.me, "restricted")
            change = {"chat": chat.json(), "from": anna.json(), "date": 1}
            freed = {"old_chat_member": muted, "new_chat_member": member_json(chat, here.api.me)}
            here.api.sends_raw(my_chat_member={**change, **freed})
        await here.api.until(lambda: group.texts)
        await here.settle()

        assert group.last.text.startswith("Hello, “Team”.")
        assert other.texts == []

    play(scene)


def test_a_group_that_becomes_a_supergroup_keeps_what_it_has() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.group("Team", owner=anna)
        await subscribes(here, place(group))
        new = group.migrates()
        assert isinstance(new, Chat)
        await here.settle()
        new.says(anna, "/brief")
        await here.api.until(lambda: new.texts)

        saving = here.welcome.saving
        assert (await saving.of(place(new))).schedule == MORNINGS
        assert (await saving.of(place(group))).schedule is None
        assert [str(ask.destination) for ask in here.asks] == [f"telegram:{new.id}"]

    play(scene)


def test_what_waits_in_a_group_that_becomes_a_supergroup_is_kept_for_the_new_one() -> None:
    held, scenes = asyncio.Event(), list[Scene]()

    async def answer(ask: Ask) -> Page:
        if ask.text == "/brief":
            await held.wait()
        if ask.text == "/schedule 8":
            await subscribes(scenes[0], ask.destination)
        return page(ask.text.lstrip("/"))

    async def scene(here: Scene) -> None:
        scenes.append(here)
        anna = here.api.person("Anna")
        group = here.api.group("Team", owner=anna)
        group.says(anna, "/brief")
        await here.asked(1)
        group.says(anna, "/schedule 8")
        new = group.migrates()
        assert isinstance(new, Chat)
        new.says(anna, "/status")
        await here.settle()
        held.set()
        await here.asked(3)
        await here.api.until(lambda: "status" in new.texts)

        saving = here.welcome.saving
        assert (await saving.of(place(new))).schedule == MORNINGS
        assert (await saving.of(place(group))).schedule is None
        assert here.texts == ["/brief", "/schedule 8", "/status"]
        assert [ask.destination for ask in here.asks] == [place(group), *2 * [place(new)]]

    play(scene, answer=answer)


def test_a_group_of_which_only_the_new_chat_is_heard_keeps_what_it_has() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.group("Team", owner=anna, bot="left")
        await subscribes(here, place(group))
        new = here.api.supergroup("Team", owner=anna)
        moved = {"message_id": 2, "date": 1, "chat": new.json(), "from": anna.json()}
        here.api.sends_raw(message={**moved, "migrate_from_chat_id": group.id})
        new.says(anna, "/brief")
        await here.api.until(lambda: new.texts)

        saving = here.welcome.saving
        assert (await saving.of(place(new))).schedule == MORNINGS
        assert (await saving.of(place(group))).schedule is None

    play(scene)


def test_a_code_that_is_said_in_a_group_lists_nothing() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        code = await here.access.code("telegram")
        group.says(anna, f"/start {code}")
        await here.api.until(lambda: group.texts)

        assert group.last.text.startswith("This bot serves only chats")
        assert await here.access.code("telegram") == code
        assert not await here.access.admits(place(group))

    play(scene, everybody=False)


def test_a_listed_person_opens_no_group() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private(here.api.people[1001])
        group = here.api.supergroup("Team", owner=chat.person)
        group.says(chat.person, "/brief")
        chat.says(None, "/brief")
        await here.api.until(lambda: group.texts and chat.texts)

        assert group.last.text.startswith("This bot serves only chats")
        assert chat.texts == ["Answer to brief"]

    play(
        scene,
        everybody=False,
        people=frozenset({"1001"}),
        before=knows_anna,
    )


def test_a_blocked_bot_is_greeted_with_what_there_was() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        await subscribes(here, place(chat))
        chat.blocks_bot()
        chat.unblocks_bot()
        await here.api.until(lambda: chat.texts)

        assert chat.last.text.startswith("I am back.")

    play(scene)


def test_trouble_with_the_archive_is_said_in_the_chat_and_why_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        await here.database.write(lambda connection: connection.exec_driver_sql("DROP TABLE chats"))
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)

        assert chat.last.text == (
            "I cannot get at my archive just now. Try again in a moment; the operator finds the"
            " reason in the log."
        )
        assert here.asks == []

    play(scene)
    assert "no such table: chats" in caplog.text


def test_nothing_that_is_shown_of_the_room_holds_a_secret() -> None:
    async def scene(here: Scene) -> None:
        assert here.api.token not in repr(here.room)
        assert "hush" not in repr(Hook("https://example.org/", "hush"))

    play(scene)
