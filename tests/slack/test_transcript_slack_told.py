"""A digest that its channel refuses is told of to the operator and to whoever set it."""

from pathlib import Path

import pytest

from bot.store.marks import Marks
from tests.fakes.on_air import eventually
from tests.fakes.slack_on_air import Scene, play

pytestmark = pytest.mark.slow


def test_who_set_a_digest_and_who_claimed_the_bot_are_told_why_the_channel_refuses_it(
    tmp_path: Path,
) -> None:
    async def scene(stage: Scene) -> None:
        olga, anna = stage.slack.user("Olga"), stage.slack.user("Anna")
        lobby = stage.slack.channel("lobby", members=[olga])
        news = stage.slack.channel("news", members=[anna], creator=anna)
        code = await eventually(lambda: Marks(stage.bot.parts.database).of("access.slack.code"))
        olga.says(f"/brief claim {code}", in_=lobby)
        await stage.slack.until(lambda: lobby.ephemeral_to(olga))
        news.adds(stage.slack.bot, by=anna)
        await stage.slack.until(lambda: news.messages)
        anna.presses(news.last, "weekdays at 08:00")
        await stage.slack.until(lambda: news.last.edits)

        stage.slack.refuses("chat.postMessage", "restricted_action", channel=news.id)
        await stage.comes_due(news)
        owner, operator = stage.slack.direct(anna.id), stage.slack.direct(olga.id)
        await stage.slack.until(lambda: owner.messages and operator.messages)

        why = f"A setting of the workspace lets the app post nothing in {news.id}"
        assert owner.last.shown.startswith(f"“#news” gets no digest any more. {why}")
        assert owner.last.shown.endswith(
            "An admin of the workspace can change that. Once that is"
            " mended, /brief settings resume there starts it again."
        )
        assert operator.last.shown.startswith(f"{stage.at(news)} gets no digest any more: it")
        assert why in operator.last.shown

    play(tmp_path, scene)
