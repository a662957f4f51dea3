"""What people type behind the verbs of settings becomes the change they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.misuse import Misuse
from bot.core.settings_commands import (
    MAX_TOPIC,
    Change,
    Follow,
    InLanguage,
    MissedList,
    Panel,
    Preview,
    Privacy,
    Resend,
    ScheduleOff,
    SetSchedule,
    SettingsCommand,
    ShowSchedule,
    ShowSettings,
    Silent,
    TopicsList,
    Undo,
    Unfollow,
    Unsettled,
)
from bot.core.settings_verbs import FOLLOW, SETTINGS, UNFOLLOW
from bot.core.subscription import Length, QuietPolicy, Standing
from bot.core.verb import Verb
from bot.core.verbs import parse


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/schedule", ShowSchedule()),
        ("/schedule 8am weekdays Astana", SetSchedule("8am weekdays Astana")),
        ("/schedule ADD 18:00", SetSchedule("18:00", add=True)),
        ("/schedule add", SetSchedule("", add=True)),
        ("/schedule address", SetSchedule("address")),
        ("/schedule Test", Preview()),
        ("/schedule off", ScheduleOff()),
        ("/schedule never", ScheduleOff()),
        ("/schedule undo", Undo()),
        ("/resend", Resend()),
        ("/follow trade", Follow(("trade",))),
        (
            "/follow “high technology”, energy;Trade，,",
            Follow(("high technology", "energy", "Trade")),
        ),
        ("/follow trade, TRADE", Follow(("trade",))),
        ("/follow " + "a" * MAX_TOPIC, Follow(("a" * MAX_TOPIC,))),
        ("/unfollow trade", Unfollow(("trade",))),
        ("/topics", TopicsList()),
        ("/settings", ShowSettings()),
        ("/settings time", ShowSettings(Panel.TIME)),
        ("/settings Days", ShowSettings(Panel.DAYS)),
        ("/settings timezone", ShowSettings(Panel.CITY)),
        ("/settings set the topics", Misuse(mistake=Unsettled.NO_SUCH_SETTING, verb=SETTINGS)),
        ("/settings set topics", ShowSettings(Panel.TOPICS)),
        ("/settings length", ShowSettings(Panel.LENGTH)),
        ("/settings language:", ShowSettings(Panel.LANGUAGE)),
        ("/settings undo", Undo()),
        ("/settings length short", Change(Length.SHORT)),
        ("/settings Length = LONG", Change(Length.LONG)),
        ("/settings set length to standard", Change(Length.STANDARD)),
        ("/settings short", Change(Length.SHORT)),
        ("/settings quiet skip", Change(QuietPolicy.SKIP)),
        ("/settings quiet days: post", Change(QuietPolicy.POST)),
        ("/settings silent on", Change(Silent(on=True))),
        ("/settings silent", Change(Silent(on=True))),
        ("/settings silent off", Change(Silent(on=False))),
        ("/settings sound off", Change(Silent(on=True))),
        ("/settings pause", Change(Standing.PAUSED)),
        ("/settings resume", Change(Standing.ACTIVE)),
        ("/settings language English", Change(InLanguage("English"))),
        ("/missed", MissedList()),
        ("/privacy", Privacy()),
    ],
)
def test_what_is_typed_becomes_the_change_that_is_meant(
    text: str, command: SettingsCommand | Misuse
) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "mistake", "verb"),
    [
        ("/follow", Unsettled.NO_TOPIC, FOLLOW),
        ("/follow ,;", Unsettled.NO_TOPIC, FOLLOW),
        ("/follow " + "a" * (MAX_TOPIC + 1), Unsettled.TOPIC_TOO_LONG, FOLLOW),
        ("/unfollow “”", Unsettled.NO_TOPIC, UNFOLLOW),
        ("/settings volume 11", Unsettled.NO_SUCH_SETTING, SETTINGS),
        ("/settings length huge", Unsettled.NO_SUCH_LENGTH, SETTINGS),
        ("/settings quiet", Unsettled.SKIP_OR_POST, SETTINGS),
        ("/settings silent maybe", Unsettled.ON_OR_OFF, SETTINGS),
    ],
)
def test_what_changes_no_setting_is_a_mistake_of_its_verb(
    text: str, mistake: Unsettled, verb: Verb
) -> None:
    assert parse(text) == Misuse(mistake=mistake, verb=verb)


@given(st.text())
def test_no_text_is_too_strange_for_a_setting(text: str) -> None:
    for verb in ("/schedule", "/settings", "/follow", "/unfollow"):
        command = parse(f"{verb} {text}")

        assert isinstance(command, SettingsCommand | Misuse)
        if isinstance(command, Follow | Unfollow):
            assert all(0 < len(topic) <= MAX_TOPIC for topic in command.topics)
