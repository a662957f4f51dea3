"""Somebody who asks too much is told so once, and holds up nobody."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.app.crowd import Job
from bot.app.lines import open_lines
from bot.core.ask import Ask
from bot.core.errors import StoreError
from bot.core.page import Page
from bot.slack.heard import (
    Archived,
    Came,
    Clicked,
    Heard,
    Manner,
    Moved,
    Opened,
    Person,
    Place,
    Submitted,
    Typed,
    Went,
)
from bot.slack.jobs import line_of
from tests.fakes.ears import page
from tests.fakes.slack_answers import answer
from tests.fakes.slack_ears import WORKSPACE, Scene, SetWindows, play

LONG = timedelta(seconds=61)
FLOODED = "That is more than I can answer at once. Please ask again in a minute."


def test_a_flood_of_one_person_is_stopped_and_others_are_answered() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])

        for _ in range(12):
            anna.says("/brief", in_=news)
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 6)
        ben.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(ben))
        await here.settles()

        shown = sorted(one.shown for one in news.ephemeral_to(anna))
        assert shown == ["Answer to brief"] * 5 + [FLOODED]
        assert (len(here.asks), news.messages) == (6, [])

    play(scene, most=5)


def test_a_flood_of_presses_is_told_to_who_presses_alone() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)

        for _ in range(9):
            anna.presses(said.thread[0], "1")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 3)
        await here.settles()

        shown = sorted(one.shown for one in news.ephemeral_to(anna))
        assert shown == ["Said: brief 1", "Said: brief 1", FLOODED]
        assert len(said.thread) == 1

    play(scene, most=3, answer=answer)


def test_a_flood_of_openings_is_dropped_in_silence() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")

        for _ in range(6):
            anna.opens_home()
        await here.settles()

        assert len(here.windows.heard) == 2

    play(scene, most=2)


def test_what_can_open_a_window_waits_behind_nothing() -> None:
    held = asyncio.Event()

    async def slow(ask: Ask) -> Page:
        if ask.text == "brief":
            await held.wait()
        return page(f"Answer to {ask.text}")

    async def scene(here: Scene) -> None:
        here.windows.opens = True
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot])

        said = anna.says("@Briefbot brief", in_=news).said
        await here.settles(held=1)
        ben.says("/brief settings", in_=news)
        await here.slack.until(lambda: here.windows.heard)
        anna.says("@Briefbot sources", in_=news)
        await here.settles(held=1)
        before = list(here.texts)
        held.set()
        await here.asked(2)

        assert before == ["brief"]
        assert here.texts == ["brief", "sources"]
        assert len(said.thread) == 1

    play(scene, answer=slow)


def test_more_than_a_channel_has_room_for_is_said_there_once() -> None:
    held = asyncio.Event()

    async def slow(ask: Ask) -> Page:
        await held.wait()
        return page(ask.text)

    async def scene(here: Scene) -> None:
        people = [here.slack.user(f"P{number}") for number in range(30)]
        news = here.slack.channel("news", members=[*people, here.slack.bot])
        said = [one.says("@Briefbot brief", in_=news).said for one in people]

        await here.slack.until(lambda: any(one.thread for one in said))
        held.set()
        await here.slack.until(lambda: sum(bool(one.thread) for one in said) == 21)
        await here.settles()

        shown = sorted(one.thread[0].shown for one in said if one.thread)
        assert shown == [FLOODED, *["brief"] * 20]

    play(scene, answer=slow)


def test_nobody_is_answered_who_has_waited_for_long() -> None:
    held = asyncio.Event()

    async def slow(ask: Ask) -> Page:
        await held.wait()
        return page(ask.text)

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = [anna.says("@Briefbot brief", in_=news).said for _ in range(3)]
        await here.asked(1)
        await here.settles(held=1)

        here.clock.forward(LONG)
        held.set()
        await here.slack.until(lambda: sum(bool(one.thread) for one in said) == 2)
        await here.settles()

        assert sorted(one.thread[0].shown for one in said if one.thread) == [FLOODED, "brief"]
        assert len(here.asks) == 1

    play(scene, answer=slow)


def test_what_is_done_in_windows_is_handed_on_in_order() -> None:
    async def scene(here: Scene) -> None:
        anna = Person(workspace=WORKSPACE, id=here.slack.user("Anna").id)
        heard: list[Heard] = [
            Opened(person=anna),
            Clicked(person=anna, action="home:more", value="2", trigger="1.2"),
            Submitted(person=anna, callback="window:settings", kept="", values={"a": "b"}),
            Submitted(person=anna, callback="window:settings", kept="", values={"a": "c"}),
        ]

        async with open_lines(here.ear.work) as lines:
            for one in heard:
                await here.ear.hand(one, lines)

        assert sorted(map(str, here.windows.heard)) == sorted(map(str, heard))
        sent = [one for one in here.windows.heard if isinstance(one, Submitted)]
        assert sent == heard[2:]

    play(scene)


def test_trouble_in_a_window_ends_nothing() -> None:
    class Broken(SetWindows):
        async def submitted(self, heard: Submitted) -> None:
            await super().submitted(heard)
            raise StoreError("The archive is locked.")

    async def scene(here: Scene) -> None:
        anna = Person(workspace=WORKSPACE, id=here.slack.user("Anna").id)
        broken = Broken(here.slack)
        ear = replace(here.ear, surfaces=broken)
        form = Submitted(person=anna, callback="window:settings", kept="", values={})

        await ear.work(Job(form))
        await ear.work(Job(Opened(person=anna)))

        assert broken.heard == [form, Opened(person=anna)]

    play(scene)


def test_what_is_said_where_a_channel_has_moved_to_is_heard_behind_the_move() -> None:
    old, new = (Place(workspace=WORKSPACE, conversation=one) for one in ("C1", "C2"))
    anna = Person(workspace=WORKSPACE, id="U1")
    said = Typed(place=new, person=anna, text="brief", manner=Manner.MENTION)

    assert line_of(Moved(place=old, new="C2")) == line_of(said)
    assert line_of(Went(place=new)) == line_of(said)
    assert line_of(replace(said, trigger="1.2")) != line_of(said)


def test_openings_and_clicks_use_up_nothing_of_what_may_be_typed() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        person = Person(workspace=WORKSPACE, id=anna.id)

        for _ in range(6):
            anna.opens_home()
        async with open_lines(here.ear.work) as lines:
            for number in range(6):
                click = Clicked(person=person, action="home:more", value="2", trigger=f"{number}")
                await here.ear.hand(click, lines)
        for _ in range(5):
            anna.says("/brief", in_=news)
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 3)
        await here.settles()

        shown = sorted(one.shown for one in news.ephemeral_to(anna))
        assert shown == ["Answer to brief"] * 2 + [FLOODED]
        clicked = [one for one in here.windows.heard if isinstance(one, Clicked)]
        assert (len(clicked), len(here.windows.flooded_with)) == (2, 1)

    play(scene, most=2)


def test_a_form_for_which_there_is_no_room_is_told_so() -> None:
    async def scene(here: Scene) -> None:
        anna = Person(workspace=WORKSPACE, id=here.slack.user("Anna").id)
        async with open_lines(here.ear.work) as lines:
            for number in range(22):
                form = Submitted(person=anna, callback="c", kept="", values={}, view=f"V{number}")
                await here.ear.hand(form, lines)
        done, told = here.windows.heard, here.windows.flooded_with

        assert (len(done), len(told)) == (20, 2)
        assert {one.view for one in (*done, *told) if isinstance(one, Submitted)} == {
            f"V{number}" for number in range(22)
        }

    play(scene)


def test_where_a_line_is_full_what_becomes_of_the_channel_is_heard_all_the_same() -> None:
    async def scene(here: Scene) -> None:
        place = Place(workspace=WORKSPACE, conversation="C1")
        anna = Person(workspace=WORKSPACE, id="U1")
        said = Typed(place=place, person=anna, text="brief", manner=Manner.MENTION)
        worked: list[Heard] = []

        async def work(job: Job[Heard]) -> None:
            worked.append(job.heard)

        changes: list[Heard] = [
            Went(place=place),
            Archived(place=place, archived=True),
            Came(place=place, person=None),
            Moved(place=Place(workspace=WORKSPACE, conversation="C0"), new="C1"),
        ]
        async with open_lines(work) as lines:
            for one in [*[said] * 25, *changes]:
                await here.ear.hand(one, lines)

        assert [one for one in worked if not isinstance(one, Typed)] == changes

    play(scene, most=100)
