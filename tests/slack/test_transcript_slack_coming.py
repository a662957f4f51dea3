"""The bot comes to a channel, is claimed, removed, archived, and moves with it."""

from dataclasses import replace
from datetime import time
from functools import partial

from bot.core.subscription import Schedule, Standing, Subscription, Timing
from bot.core.wording import English
from bot.slack.channel import SlackChannel
from bot.slack.heard import Archived
from bot.store.chats import Chats
from tests.fakes.slack.channel import Channel
from tests.fakes.slack_ears import WORKSPACE, Scene, play


async def sets(here: Scene, channel: Channel, *, owner: str = "") -> None:
    """Let the channel have a digest at eight."""
    asked = Subscription(
        destination=here.at(channel),
        schedule=Schedule(timings=(Timing(time(8)),), zone="Asia/Almaty"),
        language="en",
        owner=owner,
    )
    await here.welcome.saving.subscriptions.save(asked, now=here.clock.now())


def test_a_channel_is_greeted_with_its_name_and_sets_its_digest_by_a_press() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])

        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)
        greeting = news.last
        anna.presses(greeting, "weekdays at 08:00")
        await here.slack.until(lambda: greeting.edits)

        assert greeting.edits == 1
        assert here.asks[0].text == "/schedule 08:00 weekdays"
        assert here.asks[0].asker.admin

    play(scene)


def test_the_greeting_says_who_the_bot_is() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])

        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)

        assert news.last.shown.startswith("Hello, “#news”. I read news on SCO and post a brief")
        assert "Anybody can type /brief now." in news.last.shown
        assert news.last.pings == []

    play(scene)


def test_who_uses_the_code_is_the_operator_whose_channels_are_served() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        code = await here.access.code("slack")
        team, news = here.slack.channel("team", members=[anna]), here.slack.channel("news")

        ben.says("/brief claim wrong-wrong-wrong-wrong-wrong", in_=team)
        await here.slack.until(lambda: team.ephemeral_to(ben))
        anna.says(f"/brief claim {code}", in_=team)
        await here.slack.until(lambda: team.ephemeral_to(anna))
        ben.says(f"/brief claim {code}", in_=team)
        await here.slack.until(lambda: len(team.ephemeral_to(ben)) == 2)
        news.members.append(anna.id)
        news.removes(here.slack.bot)
        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)

        assert team.ephemeral_to(anna)[0].shown.startswith("You are the operator of this bot now.")
        told = {one.shown for one in team.ephemeral_to(ben)}
        assert len(told) == 1
        assert told.pop().startswith("That is not the code, or it was used already.")
        assert await here.access.operator("slack") == f"{WORKSPACE}/{anna.id}"
        assert news.last.shown.startswith("Hello, “#news”.")

    play(scene, everybody=False)


def test_a_long_word_behind_claim_is_looked_for() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        anna.says("/brief claim antidisestablish", in_=news)
        await here.asked(1)

        assert here.texts == ["/brief claim antidisestablish"]

    play(scene)


def test_the_operator_may_change_what_others_may_not() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben, here.slack.bot], creator=ben)
        code = await here.access.code("slack")

        anna.says(f"claim {code}")
        await here.slack.until(lambda: here.slack.direct(anna.id).messages)
        anna.says("/brief schedule off", in_=news)
        await here.asked(1)

        assert here.asks[0].asker.admin

    play(scene)


def test_an_unlisted_channel_is_told_how_it_is_listed_and_not_greeted() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])

        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)
        news.removes(here.slack.bot)
        news.adds(here.slack.bot, by=anna)
        await here.settles()

        (told,) = news.messages
        assert f"briefbot allow {here.at(news)}" in told.shown

    play(scene, everybody=False)


def test_a_removal_stops_the_digests_and_a_return_resumes_them() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        await sets(here, news)

        news.removes(here.slack.bot)
        stopped = await here.becomes(Standing.STOPPED, news)
        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)
        back = await here.becomes(Standing.ACTIVE, news)

        assert (stopped.reason, back.reason) == ("I was removed from the chat.", "")
        assert news.last.shown.startswith("I am back. The digest comes as before: every day at")

    play(scene)


def test_a_removal_is_told_to_the_operator_and_to_who_set_the_digest() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        await sets(here, news, owner=f"{WORKSPACE}/{anna.id}")

        news.removes(here.slack.bot)
        direct = here.slack.direct(anna.id)
        await here.slack.until(lambda: direct.messages)

        (told,) = here.operator.told
        assert told.startswith(f"{here.at(news)} gets no digest any more: it refuses posts.")
        assert direct.last.shown.startswith("I was removed from “")

    play(scene)


def test_a_removed_bot_that_nobody_has_added_again_resumes_nothing() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        other = here.slack.channel("other", members=[anna])
        await sets(here, news)
        news.removes(here.slack.bot)
        await here.becomes(Standing.STOPPED, news)

        news.adds(here.slack.bot)
        other.adds(here.slack.bot)
        await here.settles()

        assert (await here.welcome.saving.of(here.at(news))).standing is Standing.STOPPED
        assert (news.messages, other.messages) == ([], [])

    play(scene)


def test_a_channel_is_known_by_its_name_to_who_runs_the_bot() -> None:
    async def scene(here: Scene) -> None:
        slack, anna = here.slack, here.slack.user("Anna")
        news = slack.channel("news", members=[anna])
        news.adds(slack.bot, by=anna)
        await slack.until(lambda: news.messages)
        away = slack.channel("away", members=[anna])
        for place in (away, None):
            anna.says("/brief", in_=place)
        await here.asked(2)
        await here.settles()
        await here.database.settle()

        assert await Chats(here.database).titles() == {
            str(here.at(news)): "#news",
            str(here.at(away)): "#away",
        }

    play(scene)


def test_a_bot_that_let_itself_into_an_unlisted_channel_says_nothing_there() -> None:
    async def scene(here: Scene) -> None:
        news = here.slack.channel("news", members=[here.slack.user("Anna")])

        news.adds(here.slack.bot)
        await here.settles()

        assert news.messages == []

    play(scene, everybody=False)


def test_a_channel_that_is_set_up_is_greeted_with_its_times() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])
        await sets(here, news)

        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)

        assert "The digest comes by itself: every day at 08:00, Astana time" in news.last.shown
        assert news.last.buttons == ["Other time", "Change city", "русский"]

    play(scene)


def test_an_archived_channel_gets_nothing_until_it_is_back() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        await sets(here, news)

        news.archives(by=anna)
        stopped = await here.becomes(Standing.STOPPED, news)
        news.unarchives(by=anna)
        await here.slack.until(lambda: news.messages)

        assert stopped.reason == "The chat is archived."
        # The Home tab and windows know it, too.
        assert [type(one) for one in here.windows.stood] == [Archived, Archived]
        assert (await here.becomes(Standing.ACTIVE, news)).schedule == stopped.schedule

    play(scene)


def test_a_channel_keeps_its_settings_when_its_id_changes() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        await sets(here, news)
        before = await here.welcome.saving.of(here.at(news))

        news.changes_id("C0000MOVED")
        await here.settles()
        anna.says("@Briefbot brief", in_=news)
        await here.asked(1)

        after = await here.welcome.saving.of(here.at(news))
        assert after == replace(before, destination=here.at(news))

    play(scene)


def test_the_operator_is_told_when_the_app_is_taken_out() -> None:
    async def scene(here: Scene) -> None:
        here.slack.revokes_token("")
        here.slack.uninstalls()
        await here.slack.until(lambda: here.operator.told)
        await here.settles()

        words = f"The app was taken out of the Slack workspace {WORKSPACE}: nothing is posted there"
        assert [told.startswith(words) for told in here.operator.told] == [True]

    play(scene)


def test_an_app_that_was_installed_again_can_be_taken_out_again() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        for times in (1, 2):
            here.slack.uninstalls()
            await here.slack.until(partial(_has_told, here, times))
            here.slack.settings.token_error = ""
            anna.says("brief")
            await here.asked(times)

        assert here.operator.told[0] == here.operator.told[1]

    play(scene)


def _has_told(here: Scene, times: int) -> bool:
    return len(here.operator.told) == times


def test_a_greeting_that_cannot_be_posted_ends_nothing() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna])
        news.restricted = "restricted_action"

        news.adds(here.slack.bot, by=anna)
        await here.settles()
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.messages == []
        assert isinstance(here.ear.line.channel, SlackChannel)

    play(scene)


def test_who_adds_the_bot_is_greeted_in_their_language_and_again_when_they_ask() -> None:
    class Loud(English):
        def gettext(self, message: str) -> str:
            return message.replace("Hello", "Привет")

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna", locale="ru-RU")
        news = here.slack.channel("news", members=[anna])

        news.adds(here.slack.bot, by=anna)
        await here.slack.until(lambda: news.messages)
        said = anna.says("@Briefbot start", in_=news).said
        await here.slack.until(lambda: said.thread)

        assert news.last.shown.startswith("Привет")
        assert said.thread[0].shown.startswith("Привет")

    play(scene, languages={"ru": Loud()})
