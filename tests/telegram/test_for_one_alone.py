"""A digest that is tried is shown to who asked, and to nobody else."""

from pathlib import Path

import pytest

from tests.fakes.on_air import Scene, play


def test_a_digest_that_is_tried_in_a_group_comes_to_who_asked(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna")
        team = stage.api.supergroup("SCO news", owner=anna.person)
        said = await stage.hears(team, anna.person, "/schedule test")
        shown = await stage.next_of(anna, 0)

        assert said.text == "I sent it to you alone."
        assert "1. Four countries agreed on one track gauge for freight" in shown.text
        assert shown.text.endswith(
            "A test, for you alone: nothing was posted, and nothing counts as shown."
        )
        # Its numbers mean nothing in another chat.
        assert shown.labels == []
        assert len(team.messages) == 1

    play(tmp_path, scene)


def test_who_has_no_chat_with_the_bot_is_told_where_to_begin_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna", started=False)
        team = stage.api.supergroup("SCO news", owner=anna.person)
        said = await stage.hears(team, anna.person, "/schedule test")

        assert said.text == (
            "I show that to you alone, and cannot write to you. Press Start in our own chat, then"
            " ask here again."
        )
        (link,) = (one for one in said.entities if one.type == "text_link")
        assert link.of(said.text) == "our own chat"
        assert dict(link.extra) == {"url": "https://t.me/Brief_Bot"}
        assert anna.messages == []
        assert "given up" not in caplog.text

    play(tmp_path, scene)


def test_who_asks_without_a_name_is_told_why_nothing_is_shown(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        team = stage.api.supergroup("SCO news", owner=anna)
        team.says(anna, "/schedule test", anonymously=True)
        said = await stage.next_of(team, 0)
        news = stage.api.channel("SCO news", owner=anna)
        news.posts("/schedule test")
        posted = await stage.next_of(news, 0)

        told = (
            "I show that to one person alone, and cannot see who asks here. Ask under your own"
            " name in a group."
        )
        assert [said.text, posted.text] == [told, told]

    play(tmp_path, scene)


def test_alone_with_the_bot_it_is_shown_at_once(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.private("Anna")
        shown = await stage.hears(anna, None, "/schedule test")

        assert "A test, for you alone" in shown.text
        assert len(anna.messages) == 1

    play(tmp_path, scene)
