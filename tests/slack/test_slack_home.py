"""The Home tab shows a person's channels, as they are now."""

from dataclasses import dataclass, replace
from datetime import UTC, time

import pytest

from bot.app.overview import SHOWN, Home, Mine, Overview, Overviews
from bot.core.errors import StoreError
from bot.core.home_pages import home_page, overview_page
from bot.core.page import Page, Paragraph, Plain
from bot.core.settings_commands import MAX_TOPICS
from bot.core.subscription import Destination, Schedule, Subscription, Timing
from bot.core.wording import English
from bot.slack.heard import Person
from bot.slack.home import home_view, notice_view
from bot.slack.sharing import FRESH, Sharing
from tests.fakes.nasty import NASTY
from tests.fakes.press import NOW
from tests.fakes.slack.reading import read_blocks
from tests.fakes.slack.values import TEAM_ID
from tests.fakes.slack.views import check_view
from tests.fakes.slack_surfaces import Stage, play

MORNINGS = Schedule((Timing(time(8), (0, 1, 2, 3, 4)),), "Asia/Almaty")
UNSHOWN = (
    "I cannot show that just now. Try again in a minute; if it stays so, the operator's log says"
    " why."
)

#: What the store says, for the operator.
FULL = "The archive /srv/news.db could not be written: the disk is full. Make room."


def names(shown: str) -> list[str]:
    """Return the headings of the chats on the tab."""
    return [line for line in shown.split("\n") if line.startswith(("#", "You and"))]


def test_the_tab_shows_the_channels_that_the_person_and_the_bot_are_both_in() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna, li = slack.user("Anna"), slack.user("Li")
        news = slack.channel("news", members=[anna, slack.bot])
        slack.channel("secret", members=[li, slack.bot], private=True)
        slack.channel("chat", members=[anna, li])
        slack.channel("board", members=[anna, slack.bot], private=True)
        slack.channel("gone", members=[anna, slack.bot]).archived = True
        await stage.change(news, schedule=MORNINGS, topics=("trade",))

        anna.opens_home()
        await stage.settles()

        assert anna.home.shown.split("\n") == [
            "Digests in your channels",
            (
                "What is set in the channels that we share. Where I am missing, type /invite"
                " @briefbot."
            ),
            *("You and me alone", "Digest  none comes by itself", "Topics  everything"),
            "#news",
            "Digest  weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)",
            *("Next  Wednesday 3 September, 08:00", "Topics  trade"),
            *("#board", "Digest  none comes by itself", "Topics  everything"),
        ]
        # It stands there as it is at each opening.
        await stage.change(news, topics=())
        anna.opens_home()
        await stage.settles()
        assert "Topics  trade" not in anna.home.shown

    play(scene)


def test_who_shares_no_channel_is_told_how_to_get_one() -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")

        anna.opens_home()
        await stage.settles()

        assert anna.home.shown.split("\n")[1:] == [
            (
                "We share no channel that I serve. Type /invite @briefbot in one, and it is shown"
                " here."
            )
        ]
        # Nobody was asked which of no channels they are in.
        assert len(stage.slack.called("users.conversations")) == 1

    play(scene, everybody=False)


def test_many_channels_come_page_by_page() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        for number in range(SHOWN + 2):
            slack.channel(f"news-{number:02}", members=[anna, slack.bot])

        anna.opens_home()
        await stage.settles()
        first = names(anna.home.shown)
        anna.clicks("More")
        await stage.settles()
        second = names(anna.home.shown)
        anna.clicks("← Back")
        await stage.settles()

        assert first == ["You and me alone", *(f"#news-{number:02}" for number in range(SHOWN - 1))]
        assert second == ["#news-09", "#news-10", "#news-11"]
        assert names(anna.home.shown) == first

    play(scene)


def test_thousands_of_channels_are_found() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        for number in range(1001):
            slack.channel(f"news-{number}", members=[anna, slack.bot])

        mine = await stage.surfaces.sharing.of(Person(workspace=TEAM_ID, id=anna.id))

        assert len(mine.shared) == 1001
        assert len(slack.called("users.conversations")) == 4

    play(scene)


def test_what_slack_has_just_told_is_not_asked_again() -> None:
    async def scene(stage: Stage) -> None:
        slack, surfaces = stage.slack, stage.surfaces
        anna = slack.user("Anna")
        slack.channel("news", members=[anna, slack.bot])
        seconds = [0.0]
        sharing = Sharing(surfaces.posts, me=surfaces.me, seconds=lambda: seconds[0])
        whose = Person(workspace=TEAM_ID, id=anna.id)

        for seconds[0] in (0.0, FRESH - 1, FRESH):
            assert len((await sharing.of(whose)).shared) == 1

        assert len(slack.called("users.conversations")) == 4
        assert len(slack.called("conversations.open")) == 1

    play(scene)


def test_the_tab_knows_at_once_where_the_bot_has_come_and_where_it_is_no_more() -> None:
    async def scene(stage: Stage) -> None:
        slack, surfaces = stage.slack, stage.surfaces
        sharing = Sharing(surfaces.posts, me=surfaces.me, seconds=lambda: 0.0)
        stage.surfaces = replace(surfaces, sharing=sharing)
        anna, ben = slack.user("Anna"), slack.user("Ben")
        news = slack.channel("news", members=[anna, ben])

        async def seen() -> list[str]:
            anna.opens_home()
            await stage.settles()
            return names(anna.home.shown)[1:]

        assert await seen() == []
        news.adds(slack.bot, by=anna)
        await stage.settles()
        # Who has invited it need not open the tab again.
        assert names(anna.home.shown)[1:] == ["#news"]
        news.archives(by=anna)
        await stage.settles()
        assert await seen() == []
        news.unarchives(by=anna)
        await stage.settles()
        assert await seen() == ["#news"]
        news.removes(slack.bot)
        await stage.settles()
        assert await seen() == []
        # Nobody is shown what they never looked for.
        news.adds(slack.bot, by=ben)
        await stage.settles()
        assert ben.id not in slack.homes

    play(scene)


def test_people_of_another_workspace_are_told_of_no_channel() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        guest = slack.user("Guest", team="T0000ELSE")
        slack.channel("news", members=[guest, slack.bot], shared=True)

        mine = await stage.surfaces.sharing.of(Person(workspace="T0000ELSE", id=guest.id))

        assert mine == Mine(person=f"T0000ELSE/{guest.id}", own=None, shared={})

    play(scene)


def test_where_no_direct_message_can_be_opened_the_channels_are_shown() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        slack.channel("news", members=[anna, slack.bot])
        slack.settings.scopes.remove("im:write")

        anna.opens_home()
        await stage.settles()

        assert names(anna.home.shown) == ["#news"]

    play(scene)


def test_what_slack_does_not_tell_is_said(caplog: pytest.LogCaptureFixture) -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        stage.slack.settings.scopes.remove("groups:read")

        anna.opens_home()
        await stage.settles()

        assert anna.home.shown == UNSHOWN
        assert "Slack does not tell which channels somebody is in: missing_scope." in caplog.text

    play(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Overviews):
    """Fails as the store does."""

    async def home(self, mine: Mine, *, number: int, invite: str) -> Home:
        del mine, number, invite
        raise StoreError(FULL)


def test_why_the_store_fails_stands_in_the_log_and_not_in_the_tab(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(stage: Stage) -> None:
        anna, kept = stage.slack.user("Anna"), stage.surfaces.overviews
        broken = Broken(settings=kept.settings, access=kept.access, tongues=kept.tongues)
        stage.surfaces = replace(stage.surfaces, overviews=broken)

        anna.opens_home()
        await stage.settles()

        assert anna.home.shown == (
            "I cannot get at my archive just now. Try again in a moment; the operator finds the"
            " reason in the log."
        )

    play(scene)
    assert FULL in caplog.text


def test_a_tab_that_is_switched_off_is_told_to_the_operator(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        stage.slack.settings.home_tab = False

        anna.opens_home()
        await stage.settles()

        assert anna.id not in stage.slack.homes
        assert (
            "The app has no Home tab: switch it on under “App Home” at https://api.slack.com/apps."
        ) in caplog.text

    play(scene)


def test_what_was_shown_meanwhile_by_another_is_shown_anew() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        anna.opens_home()
        await stage.settles()
        before = len(slack.called("views.publish"))
        await stage.surfaces.posts.views_publish(
            user_id=anna.id, view={"type": "home", "blocks": []}
        )

        anna.opens_home()
        await stage.settles()

        assert names(anna.home.shown) == ["You and me alone"]
        # Once with the old state, which Slack refuses, and once more.
        assert ["hash" in said for said in slack.called("views.publish")[before + 1 :]] == [
            True,
            False,
        ]

    play(scene)


def test_a_view_that_slack_cannot_show_gives_way_to_a_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        stage.slack.refuses("views.publish", "view_too_large")

        anna.opens_home()
        await stage.settles()

        assert anna.home.shown == UNSHOWN
        assert "Slack cannot show a view of ours: view_too_large" in caplog.text

    play(scene)


@pytest.mark.parametrize("trouble", ["internal_error", "ratelimited", "not_implemented"])
def test_nothing_is_raised_whatever_slack_says(trouble: str) -> None:
    async def scene(stage: Stage) -> None:
        anna = stage.slack.user("Anna")
        stage.slack.refuses("views.publish", trouble)

        anna.opens_home()
        await stage.settles()
        assert anna.id not in stage.slack.homes

        anna.opens_home()
        await stage.settles()
        assert names(anna.home.shown) == ["You and me alone"]

    play(scene)


def test_odd_buttons_lead_to_the_first_page_or_nowhere() -> None:
    async def scene(stage: Stage) -> None:
        slack = stage.slack
        anna = slack.user("Anna")
        anna.opens_home()
        await stage.settles()
        before = slack.called("views.publish")

        for action in ("home:page", "window:else"):
            anna.home.content["blocks"][-1]["elements"] = [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "Odd"},
                    "action_id": action,
                    "value": "٣",
                }
            ]
            anna.clicks("Odd")
            await stage.settles()

        assert len(slack.called("views.publish")) == len(before) + 1

    play(scene)


def home(*overviews: Overview, number: int = 1, pages: int = 1) -> Home:
    words = English()
    return Home(
        head=home_page(len(overviews), 0, "/invite @briefbot", words=words),
        overviews=overviews,
        number=number,
        pages=pages,
        words=words,
    )


def crowd(said: str) -> list[Overview]:
    """Return chats with as many topics as can be, each as long as the configuration allows."""
    chats = []
    for number in range(SHOWN):
        place = Destination("slack", f"{TEAM_ID}/C{number:08}")
        topics = (said[:100],) * MAX_TOPICS
        chat = Subscription(destination=place, schedule=MORNINGS, topics=topics)
        page = overview_page(chat, (), now=NOW, zone=UTC, words=English())
        chats.append(Overview(chat=place, title=said, page=page))
    return chats


@pytest.mark.parametrize("said", [*NASTY, "x" * 4000, "<!channel> <@U0000BOT> <#C1>", " ", ""])
def test_whatever_a_channel_is_called_and_follows_the_tab_holds_it(said: str) -> None:
    notice = Page((Paragraph((Plain(said),)),), said)
    whole = home_view(home(*crowd(said), number=2, pages=3), notice, command="/brief")

    for view in (whole, notice_view(notice, command="/brief")):
        check_view(view, "home")
        read = read_blocks(view["blocks"])
        assert (read.pings, read.unescaped, read.links) == ([], [], [])
    assert len([one for one in whole["blocks"] if one["type"] == "header"]) == SHOWN + 1
