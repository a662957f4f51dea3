"""Who mentions the bot is answered in public, in a thread."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pytest

from bot.core.ask import Ask
from bot.core.delivery import Pace
from bot.core.misuse import Misuse
from bot.core.page import Page
from bot.core.replies import misuse_page
from bot.core.verbs import parse
from bot.core.wording import English
from tests.fakes.ears import Unlimited
from tests.fakes.slack.values import Message
from tests.fakes.slack_answers import answer, lonely_answer, told_answer
from tests.fakes.slack_ears import Scene, play


async def hinting(ask: Ask) -> Page:
    """Answer with what can be typed in place of that."""
    asked = parse(ask.text)
    assert isinstance(asked, Misuse)
    return misuse_page(asked, words=English())


def test_a_mention_is_answered_in_its_thread_and_flat() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)

        assert [one.shown for one in said.thread] == ["Said: brief"]
        assert (news.messages, news.ephemeral_to(anna)) == ([], [])
        (ask,) = here.asks
        assert (ask.destination, ask.under, ask.private) == (here.at(news), "", False)

    play(scene, answer=answer)


def test_a_digest_in_a_thread_is_whole_in_one_message() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)
        await here.settles()

        (told,) = said.thread
        assert told.shown == "1. Gauge\nLead\nMore"

    play(scene, answer=told_answer)


def test_in_a_thread_its_root_is_what_numbers_mean() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        root = anna.says("Morning", in_=news).said

        anna.says("@Briefbot brief 1", in_=news, thread=root)
        await here.slack.until(lambda: len(root.thread) == 2)

        assert root.thread[1].shown == "Answer to brief 1"
        assert here.asks[0].under == root.ts

    play(scene)


def test_words_and_numbers_behind_a_mention_are_looked_for() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        root = anna.says("Morning", in_=news).said

        for number, text in enumerate(("1", "Tokayev AI"), start=1):
            anna.says(f"@Briefbot {text}", in_=news, thread=root)
            await here.asked(number)
        anna.says("Tokayev")
        await here.asked(3)

        assert here.texts == ["/brief 1", "/brief Tokayev AI", "/brief Tokayev"]

    play(scene)


def test_in_a_thread_what_can_be_typed_is_called_out_and_not_commanded() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot thanks a lot!", in_=news).said
        await here.slack.until(lambda: said.thread)
        anna.says("hello")
        alone = here.slack.direct(anna.id)
        await here.slack.until(lambda: alone.messages)

        name = here.ear.me().name
        assert said.thread[0].shown == (
            f"I answer commands only: @{name} brief shows the news.\n"
            f"All that you can type: @{name} help"
        )
        assert alone.last.shown == (
            "I answer commands only: /brief shows the news.\nAll that you can type: /brief help"
        )

    play(scene, answer=hinting)


def test_a_mention_alone_gets_help() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot", in_=news).said
        await here.slack.until(lambda: said.thread)

        assert here.texts == ["/help"]

    play(scene)


def test_settings_by_mention_are_answered_in_the_thread_and_open_no_window() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot settings", in_=news).said
        await here.slack.until(lambda: said.thread)

        assert said.thread[0].buttons == ["Short", "← Back"]
        assert here.windows.heard == []

    play(scene, answer=answer)


def test_what_is_for_one_alone_is_seen_by_who_asked() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot schedule test", in_=news).said
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (seen,) = news.ephemeral_to(anna)
        assert (seen.shown, seen.thread_ts) == ("A test: schedule test", said.ts)
        assert said.thread == []

    play(scene, answer=lonely_answer)


def test_where_nobody_can_be_told_alone_it_is_said_and_not_shown() -> None:
    async def scene(here: Scene) -> None:
        here.slack.settings.messages_tab = False
        here.slack.refuses("chat.postEphemeral", "user_not_in_channel")
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot schedule test", in_=news).said
        await here.slack.until(lambda: said.thread)

        assert said.thread[0].shown.startswith("I show that to you alone, and could not reach you.")

    play(scene, answer=lonely_answer)


def test_edits_and_deletions_are_no_questions() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)

        anna.edits(said, "@Briefbot sources")
        anna.deletes(said)
        await here.settles()

        assert here.texts == ["brief"]

    play(scene)


def test_an_unlisted_channel_is_told_once_how_it_is_listed() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])

        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)
        anna.says("@Briefbot brief", in_=news)
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        await here.settles()

        words = said.thread[0].shown
        assert f"briefbot allow {here.at(news)}" in words
        assert "leave" not in words
        # In public once an hour; who asks alone is told alone.
        assert len([one for one in news.history if one.ours]) == 1
        assert news.ephemeral_to(anna)[0].shown == words
        assert here.asks == []
        known = await here.access.chats.of(here.at(news))
        assert known is not None
        assert known.added is not None

    play(scene, everybody=False)


def test_an_answer_in_public_draws_on_the_pace_of_answers() -> None:
    class Reserved(Unlimited):
        def __init__(self) -> None:
            self.names: list[str] = []

        async def reserve(self, paces: Sequence[Pace], *, now: datetime) -> datetime | None:
            self.names += [pace.name for pace in paces]
            return await super().reserve(paces, now=now)

    paces = Reserved()

    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("@Briefbot brief", in_=news).said
        await here.slack.until(lambda: said.thread)
        anna.says("/brief", in_=news)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert len(paces.names) == len(set(paces.names)) == 3

    play(scene, paces=paces)


def test_somebody_of_another_workspace_reads_and_changes_nothing() -> None:
    async def scene(here: Scene) -> None:
        olga = here.slack.user("Olga", team="T0000ELSE", role="owner")
        news = here.slack.channel("both", members=[olga, here.slack.bot], shared=True)

        for text in ("@Briefbot brief", "@Briefbot schedule off"):
            said = olga.says(text, in_=news).said
            await here.slack.until(partial(getattr, said, "thread"))

        assert [ask.asker.id for ask in here.asks] == [f"T0000ELSE/{olga.id}"] * 2
        assert [ask.asker.admin for ask in here.asks] == [False, False]
        assert here.asks[1].asker.admins == "an admin of the workspace"

    play(scene)


@pytest.mark.parametrize("restricted", ["restricted_action_read_only_channel", ""])
def test_where_the_bot_may_not_post_who_asked_is_told_alone(restricted: str) -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news, own = here.slack.channel("news", members=[anna, here.slack.bot]), anna.id
        news.restricted = restricted
        if not restricted:
            here.slack.refuses("chat.postMessage", "message_limit_exceeded")

        said = anna.says("@Briefbot brief", in_=news).said

        def told() -> Sequence[Message]:
            return here.slack.direct(own).messages or news.ephemeral_to(anna)

        await here.slack.until(told)
        (one,) = told()
        assert one.shown == (
            "I could not post my answer in the channel. Type /brief there: that answers you alone."
        )
        assert said.thread == []

    play(scene, answer=answer)
