"""The whole bot: a channel is set up in a window, and shown in the Home tab."""

from pathlib import Path

from bot.core.subscription import Length
from tests.fakes.slack_on_air import Scene, play

#: So long, in seconds, is waited for what the bot does.
PATIENCE = 20


def test_a_channel_is_set_up_in_a_window_and_shown_in_the_home_tab(tmp_path: Path) -> None:
    async def scene(on_air: Scene) -> None:
        slack = on_air.slack
        anna, ben = slack.user("Anna"), slack.user("Ben")
        news = slack.channel("news", members=[anna, ben, slack.bot], creator=anna)

        anna.says("/brief settings", in_=news)
        await slack.until(
            lambda: anna.sees_modal and "submit" in anna.modal.content, seconds=PATIENCE
        )
        assert anna.modal.shown.startswith("#news\nDigest  none comes by itself\n")
        anna.submits({"when": "8am weekdays", "city": "Tashkent", "length": "short"})
        await slack.until(
            lambda: anna.modal.shown.startswith("#news\nSet: weekdays at 08:00, Tashkent"),
            seconds=PATIENCE,
        )
        kept = await on_air.of(news)
        assert kept.schedule is not None
        assert (kept.schedule.zone, kept.length) == ("Asia/Tashkent", Length.SHORT)

        ben.opens_home()
        await slack.until(lambda: ben.id in slack.homes, seconds=PATIENCE)
        assert "#news\nDigest  weekdays at 08:00, Tashkent time" in ben.home.shown
        ben.says("/brief settings", in_=news)
        await slack.until(
            lambda: ben.sees_modal and "Ask Anna" in ben.modal.shown, seconds=PATIENCE
        )
        assert "submit" not in ben.modal.content

        anna.clicks("Undo")
        await slack.until(
            lambda: anna.modal.shown.startswith("#news\nWhat stood before"), seconds=PATIENCE
        )
        assert (await on_air.of(news)).schedule is None

    play(tmp_path, scene)
