"""Chats are greeted, refused, left, followed and taken up again."""

from dataclasses import replace
from datetime import time, timedelta

from bot.core.ask import Ask, Asker
from bot.core.subscription import Destination, Schedule, Standing, Subscription, Timing
from bot.telegram.room import Hook
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.membership import member_json
from tests.fakes.bot_api.place import Place
from tests.fakes.ears import Scene, play

MORNINGS = Schedule((Timing(time(8)),), "Asia/Almaty")


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
        assert chat.messages[0].shown("text_link") == ["Add me to a group"]
        assert here.texts == ["/brief"]

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
        # A word joiner keeps a name from ringing.
        assert told.replace("\u2060", "") == (
            "This bot serves only chats that its operator has listed. Send @boss this line: "
            f"briefbot allow telegram:{group.id} I leave in 24 hours otherwise."
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
        assert other.last.text.startswith("This bot serves only chats")

        group = here.api.supergroup("Team", owner=chat.person, bot="left")
        group.adds_bot(by=chat.person)
        other.says(None, f"/start {code}")
        await here.api.until(lambda: group.texts)
        await here.settle()
        assert group.last.text.startswith("Hello, “Team”.")
        assert len(other.texts) == 1
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


def test_a_blocked_bot_is_greeted_with_what_there_was() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        await subscribes(here, place(chat))
        chat.blocks_bot()
        chat.unblocks_bot()
        await here.api.until(lambda: chat.texts)

        assert chat.last.text.startswith("I am back.")

    play(scene)


def test_trouble_with_the_archive_is_said_in_the_chat() -> None:
    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        await here.database.write(lambda connection: connection.exec_driver_sql("DROP TABLE chats"))
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)

        assert "archive" in chat.last.text
        assert here.asks == []

    play(scene)


def test_nothing_that_is_shown_of_the_room_holds_a_secret() -> None:
    async def scene(here: Scene) -> None:
        assert here.api.token not in repr(here.room)
        assert "hush" not in repr(Hook("https://example.org/", "hush"))

    play(scene)
