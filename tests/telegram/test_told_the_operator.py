"""Where a source is and how to mend it is told the operator alone, and nobody in a chat."""

import shutil
from pathlib import Path

import pytest

from bot.store.marks import Marks
from tests.fakes.on_air import Scene, eventually, play

pytestmark = pytest.mark.slow


def test_a_folder_that_is_gone_is_shown_without_its_path_to_all_but_the_operator(
    tmp_path: Path,
) -> None:
    async def scene(stage: Scene) -> None:
        marks = Marks(stage.bot.parts.database)
        code = await eventually(lambda: marks.of("access.telegram.code"))
        anna = stage.api.person("Anna")
        owner, stranger = stage.api.private(anna), stage.api.private("Bo")
        channel = stage.api.channel("Canal", owner=anna)
        group = stage.api.supergroup("Team", owner=anna)
        # Who had claimed it by then, which was nobody, is remembered for a moment.
        await stage.hears(stranger, None, "/status")
        await stage.hears(owner, None, f"/start {code}")
        shutil.rmtree(tmp_path / "news")
        await stage.bot.parts.gather.once()

        channel.posts("/sources")
        read = [
            await stage.next_of(channel, 0),
            await stage.hears(stranger, None, "/sources"),
            await stage.hears(group, anna, "/sources"),
        ]
        own = await stage.hears(owner, None, "/sources")

        for one in read:
            assert "news: is not there" in one.text
            assert str(tmp_path) not in one.text
            assert "configuration" not in one.text
        assert (
            "news: is not there; make it, or correct its path in the configuration"
            f" ({tmp_path / 'news'})"
        ) in own.text.replace("\u2060", "")

    play(tmp_path, scene)
