"""What a member or a stranger presses, or forges, changes nothing that others see."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.ask import Ask
from bot.core.page import Button, Buttons, Page, Paragraph, Plain
from tests.fakes import on_air
from tests.fakes.ears import Scene, play

MADE = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)
UNKNOWN = "I do not know this button"


async def answer(ask: Ask) -> Page:
    """Answer with a digest's buttons, or with those of a panel."""
    said = ask.text.removeprefix("/")
    digest = (Button("1", "/brief 1"), Button("Settings", "/settings"))
    panel = (Button("Time", "/settings time"), Button("Pause", "/settings pause"))
    made = MADE if said == "brief" else None
    row = digest if made else panel
    return Page((Paragraph((Plain(f"Said: {said}"),)), Buttons((row,), made)), f"Short: {said}")


@pytest.mark.parametrize("data", ["/settings", "/settings topics", "/settings pause"])
def test_a_forged_press_leaves_a_digest_as_it_is(data: str) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna)
        group.says(anna, "/brief")
        await here.api.until(lambda: group.texts)
        digest = group.last
        press = group.presses(digest, data=data, by=anna)
        await here.api.until(lambda: press.answered and len(group.texts) == 2)

        assert (digest.text, digest.former) == ("Said: brief", [])
        # It can do no more than what is typed.
        assert group.last.text == f"Said: {data.removeprefix('/')}"

    play(scene, answer=answer)


def test_what_is_under_no_message_edits_none() -> None:
    async def plain(ask: Ask) -> Page:
        return Page((Paragraph((Plain(f"Said: {ask.text}"),)),), "")

    async def scene(here: Scene) -> None:
        chat = here.api.private("Anna")
        chat.says(None, "/brief")
        await here.api.until(lambda: chat.texts)
        chat.presses(chat.last, data="/settings")
        await here.api.until(lambda: len(chat.texts) == 2)

        assert chat.messages[0].former == []

    play(scene, answer=plain)


def test_a_member_opens_no_panel_in_place_of_what_all_see() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        group = here.api.supergroup("Team", owner=anna)
        group.joins(bob)
        group.says(anna, "/settings")
        await here.api.until(lambda: group.texts)
        press = group.presses(group.last, "Time", by=bob)
        await here.api.until(lambda: press.answered)
        await here.settle()

        assert press.alert
        assert press.answer == "Only admins of this chat change its settings. Ask @anna."
        assert group.texts == ["Said: settings"]
        group.presses(group.last, "Time", by=anna)
        await here.api.until(lambda: group.last.former)
        assert group.texts == ["Said: settings time"]

    play(scene, answer=answer)


def test_a_subscriber_of_a_channel_posts_nothing_there() -> None:
    async def scene(here: Scene) -> None:
        anna, bob, eve = (here.api.person(name) for name in ("Anna", "Bob", "Eve"))
        news = here.api.channel("News", owner=anna)
        news.posts("/brief")
        await here.api.until(lambda: news.texts)
        digest = news.last
        forged = {"1": None, "Settings": None, "": "/settings pause"}
        presses = [
            news.presses(digest, label, data=data, by=person)
            for person in (bob, eve)
            for label, data in forged.items()
        ]
        await here.api.until(lambda: all(press.answered for press in presses))
        await here.settle()

        assert news.texts == ["Said: brief"]
        only = "Only admins of this channel can do that."
        assert [press.answer for press in presses[:2]] == ["Short: brief 1", only]
        assert all(UNKNOWN in press.answer for press in presses[2::3])
        assert all(press.alert for press in presses)
        # Of any number of readers one question says which of them are admins.
        assert len(here.api.called("getChatAdministrators")) == 1
        assert here.api.called("getChatMember") == []

        news.presses(digest, "1", by=anna)
        await here.api.until(lambda: len(news.texts) == 2)
        assert news.last.text == "Said: brief 1"

    play(scene, answer=answer)


def test_a_subscriber_is_told_neither_who_keeps_a_channel_nor_to_type_there() -> None:
    async def scene(here: Scene) -> None:
        anna, bob = here.api.person("Anna"), here.api.person("Bob")
        news = here.api.channel("News", owner=anna)
        news.posts("/settings")
        await here.api.until(lambda: news.texts)
        presses = [news.presses(news.last, label, by=bob) for label in ("Time", "Pause")]
        await here.api.until(lambda: all(press.answered for press in presses))

        only = "Only admins of this channel can do that."
        assert [(press.answer, press.alert) for press in presses] == [(only, True)] * 2
        assert here.texts == ["/settings"]
        assert news.texts == ["Said: settings"]

    play(scene, answer=answer)


def test_a_stranger_reads_a_story_of_a_channel_without_posting_it(tmp_path: Path) -> None:
    async def scene(stage: on_air.Scene) -> None:
        anna, bob = stage.api.person("Anna"), stage.api.person("Bob")
        news = stage.api.channel("SCO news", owner=anna)
        news.posts("/brief")
        digest = await stage.next_of(news, 0)
        press = news.presses(digest, "1", by=bob)
        await stage.api.until(lambda: press.answered)

        assert press.alert
        assert press.answer.startswith("• ")
        assert "Four countries agreed" not in press.answer
        assert "“We have waited thirty years for this day” — Aidar Bekov" in press.answer
        assert len(press.answer) <= 200
        assert len(news.messages) == 1

        sources = news.presses(digest, "Sources", by=bob)
        await stage.api.until(lambda: sources.answered)

        assert sources.answer.startswith("news: ok · 2 articles")
        assert len(news.messages) == 1

    on_air.play(tmp_path, scene)


def test_what_a_stranger_reads_does_not_stand_in_the_digest(tmp_path: Path) -> None:
    async def scene(stage: on_air.Scene) -> None:
        anna, bob = stage.api.person("Anna"), stage.api.person("Bob")
        news = stage.api.channel("SCO news", owner=anna)
        news.posts("/settings length short")
        await stage.next_of(news, 0)
        news.posts("/brief")
        digest = await stage.next_of(news, 1)
        press = news.presses(digest, "1", by=bob)
        await stage.api.until(lambda: press.answered)

        *lines, source = press.answer.split("\n")
        assert len(lines) > 1
        assert not any(line in digest.text for line in lines)
        assert source.startswith("Kazinform")

    on_air.play(tmp_path, scene)


@pytest.mark.parametrize("forum", [True, False])
def test_under_a_message_that_is_not_shown_no_setting_is_changed(forum: bool) -> None:  # noqa: FBT001 - one of two
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        group = here.api.supergroup("Team", owner=anna, forum=forum)
        topic = group.topic("Trade") if forum else None
        group.says(anna, "/settings", topic=topic)
        await here.api.until(lambda: group.texts)
        shown = group.last
        group.deletes(shown)
        press = group.presses(shown, data="/settings pause", by=anna)
        await here.api.until(lambda: press.answered)
        await here.settle()

        assert UNKNOWN in press.answer
        assert here.texts == ["/settings"]

    play(scene, answer=answer)


@pytest.mark.parametrize(
    ("long", "shown"),
    [
        (f"{'word ' * 39}lend $5,200 million for roads", f"{'word ' * 39}lend…"),
        ("字" * 300, f"{'字' * 199}…"),
    ],
)
def test_what_is_too_long_to_pop_up_ends_with_a_whole_word_and_no_number(
    long: str, shown: str
) -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        channel = here.api.channel("News", owner=anna)
        channel.posts("/brief")
        await here.api.until(lambda: channel.texts)
        press = channel.presses(channel.last, "1", by=here.api.person("Ben"))
        await here.api.until(lambda: press.answered)

        assert press.answer == shown

    async def headline(ask: Ask) -> Page:
        return await answer(ask) if ask.text == "/brief" else Page((), long)

    play(scene, answer=headline)


@pytest.mark.slow
def test_where_telegram_does_not_say_who_keeps_a_channel_its_readers_hold_nobody_up() -> None:
    async def scene(here: Scene) -> None:
        anna = here.api.person("Anna")
        channel, alone = here.api.channel("News", owner=anna), here.api.private("Bo")
        channel.posts("/brief")
        await here.api.until(lambda: channel.texts)
        here.api.hangs("getChatAdministrators", times=99)
        readers = [here.api.person(f"R{number}") for number in range(40)]
        presses = [channel.presses(channel.last, "1", by=reader) for reader in readers]
        await here.api.until(lambda: here.api.called("getChatAdministrators"))
        alone.says(None, "/status")
        await here.api.until(
            lambda: alone.texts and all(press.answered for press in presses), seconds=20
        )

        assert len(here.api.called("getChatAdministrators")) == 1
        assert all("I cannot find out just now" in press.answer for press in presses)
        # It is asked again, later.
        here.clock.forward(timedelta(seconds=11))
        channel.presses(channel.last, "1", by=anna)
        await here.api.until(lambda: len(here.api.called("getChatAdministrators")) == 2)

    play(scene, answer=answer)
