"""A channel: whoever may post there may set its digest."""

from pathlib import Path

from tests.fakes.on_air import Scene, play


def test_a_channel_sets_its_digest_by_a_post_and_gets_it(tmp_path: Path) -> None:
    async def scene(stage: Scene) -> None:
        anna = stage.api.person("Anna")
        news = stage.api.channel("SCO news", owner=anna)

        news.posts("/schedule 08:00 daily")
        said = await stage.next_of(news, 0)
        assert said.text.startswith("Set: every day at 08:00, UTC.")
        # The next digest is a moment, which each reader can see by their own clock.
        (moment,) = said.shown("date_time")
        assert f"Next digest: {moment}." in said.text

        await stage.comes_due(stage.place(news))
        digest = await stage.next_of(news, 1)
        assert "Four countries agreed" in digest.text

    play(tmp_path, scene)
