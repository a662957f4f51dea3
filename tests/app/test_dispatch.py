"""What the operator posts goes out once, by the bot that runs or by the command itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.dispatch import PATIENCE, Dispatch
from bot.app.outbox import Closed, Filled
from bot.app.ports import Edition
from bot.app.records import Record, record
from bot.core.delivery import Deferred, Fate, Kind, Refused, Scope, State
from bot.core.errors import BriefbotError
from bot.core.late import marked_again
from bot.core.subscription import Destination
from bot.core.wording import English
from bot.store.desk import Desk
from bot.store.history import History
from tests.fakes.delivery import Loop, filled, page
from tests.fakes.operations import NOW, OTHER, TEAM, Stage, staged


def dispatch(stage: Stage, notes: list[str] | None = None) -> Dispatch:
    return Dispatch(operation=stage.operation, note=(notes if notes is not None else []).append)


def outcome(found: Record) -> tuple[State, int, int]:
    return found.series.state, found.delivered, found.series.parts


def test_where_no_bot_runs_the_command_reads_and_sends_itself() -> None:
    async def scenario(stage: Stage) -> None:
        notes: list[str] = []

        found = await dispatch(stage, notes).post(TEAM)

        assert outcome(found) == (State.POSTED, 2, 2)
        assert stage.loop.sent == [("loop:team", "one"), ("loop:team", "two")]
        assert stage.done == ["hold", "declare", "gather", "let go"]
        assert notes == []

    staged(scenario)


def test_where_a_bot_runs_it_is_left_to_send() -> None:
    async def scenario(stage: Stage) -> None:
        notes: list[str] = []
        stage.free = False
        stage.meanwhile = stage.send_all

        found = await dispatch(stage, notes).post(TEAM)

        assert outcome(found) == (State.POSTED, 2, 2)
        assert stage.done == ["hold", "let go"]
        assert notes == ["The running bot sends it: waiting for up to a minute."]

    staged(scenario)


def test_a_running_bot_that_sends_nothing_is_waited_for_a_minute() -> None:
    async def scenario(stage: Stage) -> None:
        stage.free = False

        found = await dispatch(stage).post(TEAM)

        assert outcome(found) == (State.DUE, 0, 0)
        assert stage.clock.now() == NOW + PATIENCE

    staged(scenario)


def test_a_series_that_vanishes_meanwhile_is_told() -> None:
    async def scenario(stage: Stage) -> None:
        stage.free = False

        async def forget() -> None:
            await stage.operation.forgetting.chat(TEAM)

        stage.meanwhile = forget
        with pytest.raises(BriefbotError, match=r"There is no slot of the number 1\."):
            await dispatch(stage).post(TEAM)

    staged(scenario)


def test_a_short_wait_is_waited_out_and_a_long_one_is_left_to_the_bot() -> None:
    async def scenario(stage: Stage) -> None:
        stage.loop.answers = {"one": [Deferred(30)], "two": [Deferred(300)]}

        found = await dispatch(stage).post(TEAM)

        assert outcome(found) == (State.SENDING, 1, 2)
        assert stage.clock.now() == NOW + timedelta(seconds=30)

    staged(scenario)


def test_what_is_refused_is_told_with_its_reason() -> None:
    async def scenario(stage: Stage) -> None:
        stage.loop.answers = {"one": [Refused("The chat is gone.", Scope.DESTINATION)]}

        found = await dispatch(stage).post(TEAM)

        assert (found.series.state, found.why) == (State.REFUSED, "The chat is gone.")

    staged(scenario)


def test_what_is_half_sent_there_comes_first_and_other_chats_wait() -> None:
    async def scenario(stage: Stage) -> None:
        desk = Desk(stage.database)
        for place in (TEAM, OTHER):
            await desk.open(place, Kind.DIGEST, filled(f"old {place}"), now=NOW)
        await desk.open(TEAM, Kind.DIGEST, None, now=NOW)

        await dispatch(stage).post(TEAM)

        assert [text for _, text in stage.loop.sent] == ["old loop:team", "one", "two"]

    staged(scenario)


def test_what_cannot_go_out_before_it_holds_it_back() -> None:
    async def scenario(stage: Stage) -> None:
        await Desk(stage.database).open(TEAM, Kind.DIGEST, filled("old"), now=NOW)
        stage.loop.answers = {"old": [Deferred(3600)]}

        found = await dispatch(stage).post(TEAM)

        assert outcome(found) == (State.DUE, 0, 0)
        assert stage.loop.sent == []

    staged(scenario)


def test_a_place_that_nothing_posts_to_is_told_with_those_there_are() -> None:
    async def scenario(stage: Stage) -> None:
        with pytest.raises(BriefbotError) as raised:
            await dispatch(stage).post(Destination("lop", "team"))

        assert str(raised.value) == (
            "Nothing here can post to lop:team: 'lop' is not set up. A destination begins with "
            "one of: loop. briefbot subscriptions lists those in use."
        )
        assert stage.done == []

    staged(scenario)


def test_a_dry_run_posts_nothing() -> None:
    async def scenario(stage: Stage) -> None:
        subscribed = await stage.subscribe()

        assert await dispatch(stage).preview(TEAM) == page("one", "two")
        assert await dispatch(stage).preview(OTHER) == page("one", "two")

        assert [job.subscription for job in stage.prepare.jobs] == [subscribed, None]
        assert await History(stage.database).series(limit=10) == []
        assert stage.loop.sent == []

    staged(scenario)


def test_a_dry_run_says_why_nothing_would_be_posted() -> None:
    async def scenario(stage: Stage) -> None:
        stage.prepare.result = Closed(State.REFUSED, "No way there.")

        with pytest.raises(BriefbotError, match=r"^Nothing would be posted\. No way there\.$"):
            await dispatch(stage).preview(TEAM)

    staged(scenario)


def posting(stage: Stage, *, edition: bool) -> Filled:
    made = Edition(destination=str(TEAM), made=NOW, stories=(("a",),)) if edition else None
    stage.prepare.result = replace(filled("News"), until=NOW, edition=made)
    return stage.prepare.result


@pytest.mark.parametrize("edition", [True, False])
@pytest.mark.parametrize("subscribed", [True, False])
def test_what_was_posted_goes_out_as_it_was_and_marked(edition: bool, subscribed: bool) -> None:  # noqa: FBT001 - each is a case
    async def scenario(stage: Stage) -> None:
        if subscribed:
            await stage.subscribe()
        posting(stage, edition=edition)
        first = await dispatch(stage).post(TEAM)
        stage.clock.forward(timedelta(hours=16))

        again = await dispatch(stage).resend(first)

        # In Astana it is the next day by then.
        day = (NOW + timedelta(days=1 if subscribed else 0)).date()
        marked = marked_again(page("News"), day, words=English())
        posted = await History(stage.database).filled(again.series.id)
        assert posted is not None
        assert (again.series.kind, again.series.state) == (Kind.AGAIN, State.POSTED)
        assert (posted.page, posted.until) == (marked, None)
        later = Edition(destination=str(TEAM), made=stage.clock.now(), stories=(("a",),))
        assert posted.edition == (later if edition else None)

    staged(scenario)


@pytest.mark.parametrize("flat", [True, False])
def test_what_goes_out_again_has_its_stories_where_the_chat_wants_them(flat: bool) -> None:  # noqa: FBT001 - each is a case
    async def scenario(stage: Stage) -> None:
        await stage.subscribe()
        kept = await stage.operation.subscriptions.of(TEAM)
        assert kept is not None
        await stage.operation.subscriptions.save(replace(kept, flat=flat), now=NOW)
        posting(stage, edition=True)
        first = await dispatch(stage).post(TEAM)

        again = await dispatch(stage).resend(first)

        posted = await History(stage.database).filled(again.series.id)
        assert posted is not None
        assert posted.payloads == Loop().render(posted.page, flat=flat)

    staged(scenario)


def test_a_running_bot_sends_it_again_too() -> None:
    async def scenario(stage: Stage) -> None:
        first = await dispatch(stage).post(TEAM)
        stage.free = False
        stage.meanwhile = stage.send_all

        again = await dispatch(stage).resend(first)

        assert again.series.state is State.POSTED

    staged(scenario)


@pytest.mark.parametrize("state", [State.MISSED, State.UNKNOWN, State.REFUSED, State.CANCELLED])
def test_in_place_of_what_was_not_posted_goes_a_digest_of_now(state: State) -> None:
    async def scenario(stage: Stage) -> None:
        number = await Desk(stage.database).open(TEAM, Kind.DIGEST, None, now=NOW)
        await Desk(stage.database).close(number, state, why="So it was.", now=NOW)

        again = await dispatch(stage).resend(await record(stage.operation.records, number))

        assert (again.series.id, again.series.kind) == (number + 1, Kind.DIGEST)
        assert again.series.state is State.POSTED
        kept = await record(stage.operation.records, number)
        assert kept.series.state is state

    staged(scenario)


def test_what_is_still_on_its_way_is_not_sent_again() -> None:
    async def scenario(stage: Stage) -> None:
        number = await Desk(stage.database).open(TEAM, Kind.DIGEST, None, now=NOW)

        with pytest.raises(BriefbotError) as raised:
            await dispatch(stage).resend(await record(stage.operation.records, number))

        assert str(raised.value) == (
            "Slot 1 is still on its way: there is nothing to send again. "
            "briefbot cancel 1 stops it."
        )

    staged(scenario)


def test_what_is_not_kept_any_more_cannot_be_sent_again() -> None:
    async def scenario(stage: Stage) -> None:
        first = await dispatch(stage).post(TEAM)
        gone = replace(first, series=replace(first.series, id=99))

        with pytest.raises(BriefbotError) as raised:
            await dispatch(stage).resend(gone)

        assert str(raised.value) == (
            "What slot 99 posted is not kept any more. "
            "briefbot post --to loop:team sends a digest of now."
        )

    staged(scenario)


def test_a_record_counts_what_its_parts_tell() -> None:
    async def scenario(stage: Stage) -> None:
        stage.loop.answers = {"two": [Refused("Too long.", Scope.PART)]}

        found = await dispatch(stage).post(TEAM)

        assert [receipt.fate for receipt in found.receipts] == [Fate.DELIVERED, Fate.REFUSED]
        assert (found.delivered, found.attempts, found.interrupted) == (1, 2, 0)
        assert found.why == "Too long."

    staged(scenario)
