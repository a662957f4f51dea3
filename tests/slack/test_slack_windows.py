"""Channels are set up in windows: opened at once, checked in place, saved as one change."""

from dataclasses import dataclass, replace
from datetime import time

import pytest

from bot.app.forms import Forms, Shown
from bot.core.ask import Asker
from bot.core.errors import StoreError
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from bot.core.subscription import Destination, Length, Schedule, Standing, Timing
from bot.core.wording import English
from bot.slack.heard import Clicked, Manner, Person, Place, Submitted, Typed
from bot.slack.windows import said_view
from tests.fakes.slack.acting import Person as User
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.values import TEAM_ID, View
from tests.fakes.slack.views import check_view
from tests.fakes.slack_surfaces import Stage, at, play

#: What the store says, for the operator.
FULL = "The archive /srv/news.db could not be written: the disk is full. Make room."

MORNINGS = Schedule((Timing(time(8), (0, 1, 2, 3, 4)),), "Asia/Almaty")
WAITING = "One moment …"
GONE = "That channel is not among those that we share and I serve."


async def news_of(stage: Stage) -> tuple[User, Channel]:
    """Return an admin, and a channel in which she types that she wants to see its settings."""
    anna = stage.slack.user("Anna")
    stage.keepers.admins.add(anna.id)
    news = stage.slack.channel("news", members=[anna, stage.slack.bot])
    anna.says("/brief settings", in_=news)
    await stage.settles()
    return anna, news


def buttons(view: View) -> list[str]:
    return [
        one["text"]["text"]
        for block in view.content["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    ]


def test_a_window_is_open_before_anything_is_looked_up() -> None:
    async def scene(stage: Stage) -> None:
        anna, _ = await news_of(stage)

        first = stage.slack.calls[-2:]
        assert [call.method for call in first] == ["views.open", "views.update"]
        opened = first[0].said["view"]
        assert opened["blocks"][0]["elements"][0]["elements"][0]["text"] == WAITING
        assert "hash" in first[1].said
        assert stage.opened == [True]
        assert anna.modal.shown.startswith("#news\nDigest  none comes by itself\n")

    play(scene)


def test_what_is_entered_is_saved_as_one_change_and_told() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)

        anna.submits(
            {
                "when": "8am weekdays",
                "city": "Tashkent",
                "topics": ["trade"],
                "others": "silk road",
                "length": "short",
                "stories": "below their headlines, without a thread",
            }
        )
        await stage.settles()

        shown = anna.modal.shown.split("\n")
        assert shown[:2] == [
            "#news",
            "Set: weekdays at 08:00, Tashkent time (Asia/Tashkent, UTC+5).",
        ]
        assert shown[2].startswith("Next digest: Wednesday 3 September, 08:00.")
        assert shown[-1] == "Take it back: /brief settings undo"
        assert buttons(anna.modal) == ["Undo", "Settings"]
        kept = await stage.kept(news)
        assert kept.schedule == replace(MORNINGS, zone="Asia/Tashkent")
        assert (kept.topics, kept.length, kept.flat) == (
            ("trade", "silk road"),
            Length.SHORT,
            True,
        )
        assert kept.owner == f"{TEAM_ID}/{anna.id}"
        # The Home tab knows it as well.
        assert "Topics  trade, silk road" in anna.home.shown

        anna.clicks("Undo")
        await stage.settles()
        assert anna.modal.shown.startswith("#news\nWhat stood before the last change holds again")
        assert (await stage.kept(news)).schedule is None
        assert "Topics  trade, silk road" not in anna.home.shown

        anna.clicks("Settings")
        await stage.settles()
        assert anna.modal.shown.startswith("#news\nDigest  none comes by itself\n")

    play(scene)


def test_what_is_wrong_is_told_below_its_field_and_nothing_is_changed() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        before = len(stage.slack.calls)

        anna.submits({"when": "25:00", "others": ","})
        await stage.settles()

        assert anna.complaints == {
            "when": (
                "There is no such time as “25:00”: times go from 00:00 to 23:59, minutes have two"
                " digits, and there are no seconds. This works: 8am weekdays"
            ),
            "others": "I need a topic: a name or a few words.",
        }
        assert len(stage.slack.calls) == before
        assert await stage.settings.saving.subscriptions.of(at(news)) is None

        anna.submits({"when": "8:00"})
        await stage.settles()
        assert (await stage.kept(news)).schedule == Schedule((Timing(time(8)),), "Asia/Almaty")

    play(scene)


def test_what_another_admin_changed_meanwhile_stays() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        await stage.change(news, length=Length.LONG, schedule=MORNINGS)

        anna.submits({"others": "silk road"})
        await stage.settles()

        kept = await stage.kept(news)
        assert (kept.length, kept.schedule, kept.topics) == (
            Length.LONG,
            MORNINGS,
            ("silk road",),
        )

    play(scene)


def test_who_may_not_change_a_channel_reads_it_and_who_can() -> None:
    async def scene(stage: Stage) -> None:
        li = stage.slack.user("Li")
        news = stage.slack.channel("news", members=[li, stage.slack.bot])
        await stage.change(news, schedule=MORNINGS)

        li.says("/brief settings", in_=news)
        await stage.settles()

        assert li.modal.shown.split("\n")[:3] == [
            "#news",
            ("Only admins of this chat change its settings. Ask Anna, who made this channel."),
            "Digest  weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)",
        ]
        assert "submit" not in li.modal.content

    play(scene)


def test_whether_somebody_may_is_found_out_anew_when_the_form_comes() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        stage.keepers.admins.clear()

        anna.submits({"when": "8am"})
        await stage.settles()

        assert anna.modal.shown.startswith("#news\nOnly admins of this chat change its settings.")
        assert await stage.settings.saving.subscriptions.of(at(news)) is None

    play(scene)


def test_where_nobody_can_say_who_may_nothing_is_changed() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        stage.keepers.doubted = True

        anna.submits({"when": "8am"})
        await stage.settles()
        assert anna.modal.shown.startswith(
            "#news\nI cannot find out just now whether you are an admin"
        )
        anna.closes()
        anna.says("/brief settings", in_=news)
        await stage.settles()

        assert "I cannot find out just now" in anna.modal.shown
        assert await stage.settings.saving.subscriptions.of(at(news)) is None

    play(scene)


def test_a_window_is_opened_from_the_home_tab() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        stage.keepers.admins.add(anna.id)
        slack.channel("news", members=[anna, slack.bot])
        anna.opens_home()
        await stage.settles()

        # The first is for her alone, and hers to set.
        anna.clicks("Settings")
        await stage.settles()
        anna.submits({"when": "7:30"})
        await stage.settles()

        assert anna.modal.shown.startswith("Set: every day at 07:30, Astana time")
        own = Destination("slack", f"{TEAM_ID}/{slack.direct(anna.id).id}")
        kept = await stage.settings.saving.of(own)
        assert kept.schedule == Schedule((Timing(time(7, 30)),), "Asia/Almaty")
        assert "Digest  every day at 07:30" in anna.home.shown

    play(scene)


def test_the_title_of_a_window_from_the_home_tab_is_the_channel() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        news = slack.channel("news", members=[anna, slack.bot])
        anna.opens_home()
        await stage.settles()

        press(anna, "home:open", str(at(news)))
        await stage.settles()

        assert anna.modal.shown.startswith("#news\nOnly admins")

    play(scene)


def press(user: User, action: str, value: str) -> None:
    """Press a button that says so, wherever it may come from."""
    label = f"{action} {value}"[:75]
    view = user.modal if user.sees_modal else user.home
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action,
        "value": value,
    }
    actions = {"type": "actions", "block_id": "odd", "elements": [button]}
    view.content["blocks"] = [*view.content["blocks"], actions]
    user.clicks(label)


@pytest.mark.parametrize("action", ["home:open", "window:form", "window:undo"])
def test_a_forged_button_opens_no_channel_of_others(action: str) -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        li = stage.slack.user("Li")
        theirs = stage.slack.channel("secret", members=[li, stage.slack.bot], private=True)
        news = stage.slack.channel("news", members=[anna, stage.slack.bot])
        anna.opens_home()
        await stage.settles()

        for chat in (
            *("", "nonsense", "slack:T0000ELSE/C00000001", "telegram:7"),
            *(f"slack:{TEAM_ID}/C99999999", str(at(theirs))),
        ):
            if action != "home:open":
                anna.says("/brief settings", in_=news)
                await stage.settles()
            press(anna, action, f"1 {chat}" if action == "window:undo" else chat)
            await stage.settles()
            assert anna.modal.shown == GONE, chat
            anna.closes()

    play(scene)


def test_a_channel_that_one_has_left_is_not_shown_any_more() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        news.members.remove(anna.id)

        press(anna, "window:form", str(at(news)))
        await stage.settles()

        assert anna.modal.shown == GONE

    play(scene)


def test_a_press_that_came_too_late_is_told_in_the_home_tab() -> None:
    now = [1_756_782_000.0]

    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        anna.opens_home()
        await stage.settles()

        stage.ready.clear()
        anna.clicks("Settings")
        await stage.slack.until(lambda: all(act.acked for act in stage.slack.acts if act.heard))
        now[0] += 3.5
        stage.ready.set()
        await stage.settles()

        assert not anna.sees_modal
        assert anna.home.shown.startswith("That took too long, and no window was opened.")

        # A moment later it is gone.
        anna.opens_home()
        await stage.settles()
        assert anna.home.shown.startswith("Digests in your channels")

    play(scene, clock=lambda: now[0])


def test_where_no_window_can_be_opened_it_is_said_so() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        place = Place(workspace=TEAM_ID, conversation=news.id)
        typed = Typed(
            place=place,
            person=Person(workspace=TEAM_ID, id=anna.id),
            text="/settings",
            manner=Manner.COMMAND,
        )

        assert not await stage.surfaces.open(typed)
        assert not await stage.surfaces.open(replace(typed, trigger="1.2.3"))
        stage.slack.drops("views.open")
        assert not await stage.surfaces.open(replace(typed, trigger="1.2.4"))

    play(scene)


def test_a_window_that_was_closed_meanwhile_is_no_trouble() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        stage.ready.clear()
        anna.submits({"when": "8am"})
        await stage.slack.until(lambda: anna.modal.shown == "#news\nSaving …")
        anna.closes()
        stage.ready.set()
        await stage.settles()

        assert not anna.sees_modal
        assert (await stage.kept(news)).schedule is not None
        # Nobody waits for a window that is gone.
        assert stage.slept == []

    play(scene)


def test_what_a_form_is_acknowledged_with_never_stays() -> None:
    async def sleep(_: float) -> None:
        [anna] = found
        view = anna.modal
        # Slack shows it only now.
        anna.world.change_view(view, {**view.content, "blocks": []})

    found: list[User] = []

    async def scene(stage: Stage) -> None:
        anna, _ = await news_of(stage)
        found.append(anna)

        anna.submits({"when": "8am"})
        await stage.settles()

        assert anna.modal.shown.startswith("#news\nSet: every day at 08:00")

    play(scene, sleep=sleep)


def test_what_was_pressed_since_then_stays() -> None:
    found: list[tuple[Stage, User, Channel]] = []

    async def sleep(_: float) -> None:
        [(stage, anna, news)] = found
        clicked = Clicked(
            person=Person(workspace=TEAM_ID, id=anna.id),
            action="window:form",
            value=str(at(news)),
            view=anna.modal.id,
        )
        await stage.surfaces.clicked(clicked)

    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        found.append((stage, anna, news))

        anna.submits({"when": "8am"})
        await stage.settles()

        assert anna.modal.shown.startswith("#news\nDigest  every day at 08:00")

    play(scene, sleep=sleep)


def test_what_overtook_a_press_stays() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        clicked = Clicked(
            person=Person(workspace=TEAM_ID, id=anna.id),
            action="window:undo",
            value=f"1 {at(news)}",
            view=anna.modal.id,
            hash="older",
        )

        await stage.surfaces.clicked(clicked)

        assert anna.modal.shown.startswith("#news\nDigest  none comes by itself")

    play(scene)


def test_a_window_that_slack_cannot_show_gives_way_to_a_sentence() -> None:
    async def scene(stage: Stage) -> None:
        stage.slack.refuses("views.update", "view_too_large")

        anna, _ = await news_of(stage)

        assert anna.modal.shown.startswith("I cannot show that just now.")

    play(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Forms):
    """Fails as the store does."""

    async def shown(self, chat: Destination, asker: Asker | None) -> Shown:
        del chat, asker
        raise StoreError(FULL)


def test_why_the_store_fails_stands_in_the_log_and_not_in_the_window(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(stage: Stage) -> None:
        kept = stage.surfaces.forms
        broken = Broken(settings=kept.settings, tongues=kept.tongues)
        stage.surfaces = replace(stage.surfaces, forms=broken)

        anna, _ = await news_of(stage)

        assert anna.modal.shown == (
            "I cannot get at my archive just now. Try again in a moment; the operator finds the"
            " reason in the log."
        )

    play(scene)
    assert FULL in caplog.text


def test_slack_that_does_not_tell_who_is_where_is_said_in_the_window() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        stage.slack.settings.scopes.remove("channels:read")

        press(anna, "window:form", str(at(news)))
        await stage.settles()

        assert anna.modal.shown.startswith("I cannot show that just now.")

    play(scene)


def test_a_form_that_nobody_knows_changes_nothing() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        person = Person(workspace=TEAM_ID, id=anna.id)
        kept = str(anna.modal.content["private_metadata"])
        other = kept.replace(TEAM_ID, "T0000ELSE")
        assert other != kept

        for callback, memo in (("else", kept), ("settings", "{}"), ("settings", other)):
            form = Submitted(
                person=person,
                callback=callback,
                kept=memo,
                values={"when": "8am"},
                view=anna.modal.id,
            )
            assert stage.surfaces.check(form)["response_action"] == "update"
            await stage.surfaces.submitted(form)
            assert anna.modal.shown == "I do not know this window (any more). Nothing was changed."

        assert await stage.settings.saving.subscriptions.of(at(news)) is None

    play(scene)


def test_a_window_that_an_older_bot_has_opened_says_that_nothing_was_changed() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        older = {**anna.modal.content, "private_metadata": '{"chat":"slack:T/C"}'}
        anna.world.change_view(anna.modal, older)

        anna.submits({"when": "8am"})
        await stage.settles()

        assert anna.modal.shown == "I do not know this window (any more). Nothing was changed."
        assert await stage.settings.saving.subscriptions.of(at(news)) is None

    play(scene)


def test_complaints_that_fit_no_field_are_told_in_the_window() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        form = Submitted(
            person=Person(workspace=TEAM_ID, id=anna.id),
            callback="settings",
            kept=str(anna.modal.content["private_metadata"]),
            values={},
            view=anna.modal.id,
        )

        assert stage.surfaces.check(form)["response_action"] == "update"
        await stage.surfaces.submitted(form)

        assert anna.modal.shown.startswith("#news\nIt is so already: /brief settings")
        assert await stage.settings.saving.subscriptions.of(at(news)) is None

    play(scene)


def test_a_chat_that_is_stopped_is_shown_why_and_goes_on_with_a_tick() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        anna.closes()
        stopped = "The channel was archived."
        await stage.change(news, schedule=MORNINGS, standing=Standing.STOPPED, reason=stopped)
        anna.says("/brief settings", in_=news)
        await stage.settles()
        assert f"Next  stopped: {stopped}" in anna.modal.shown

        anna.submits({"paused": []})
        await stage.settles()

        assert anna.modal.shown.startswith("#news\nDigests come again. Next digest: Wednesday")
        assert (await stage.kept(news)).standing is Standing.ACTIVE

    play(scene)


def test_an_undo_without_a_mark_means_the_last_change() -> None:
    page = Page(
        (
            Paragraph((Plain("Done."),)),
            Buttons(((Button("Undo", "/settings undo"), Button("Settings", "/settings")),)),
        ),
        "Done.",
    )
    chat = Destination("slack", f"{TEAM_ID}/C00000001")

    view = said_view(page, chat, English(), command="/brief")

    check_view(view, "modal")
    assert [one["value"] for one in view["blocks"][-1]["elements"]] == [str(chat), str(chat)]


def test_too_much_at_once_is_said_in_the_window_or_in_the_tab() -> None:
    async def scene(stage: Stage) -> None:
        anna, _ = await news_of(stage)
        person, view = Person(workspace=TEAM_ID, id=anna.id), anna.modal.id
        flooded = "That is more than I can answer at once. Please ask again in a minute."

        await stage.surfaces.flooded(Clicked(person=person, action="home:page", value="2"))
        in_tab = anna.home.shown
        form = Submitted(person=person, callback="window:settings", kept="", values={}, view=view)
        await stage.surfaces.flooded(form)

        assert flooded in in_tab
        assert flooded in anna.modal.shown
        assert stage.slept == [1.0]

    play(scene)


def test_a_form_for_a_chat_that_is_served_no_more_changes_nothing() -> None:
    async def scene(stage: Stage) -> None:
        anna, news = await news_of(stage)
        await stage.access.chats.allow(at(news), allowed=False)

        anna.submits({"when": "9am"})
        await stage.settles()

        assert anna.modal.shown == GONE
        assert (await stage.settings.saving.of(at(news))).schedule is None

    play(scene)
