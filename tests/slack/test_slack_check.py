"""`briefbot check` asks Slack what the tokens may do, and says how to mend what is wrong."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.console.checks import Check
from bot.slack.manifest import manifest
from bot.wiring.checks import examine
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack.settings import APP_TOKEN, BOT_TOKEN, Settings

SECRET = "0123456789abcdef" * 2
NEEDED = "8 of 8 that are needed"
LESS = (
    "no channels:history: to look whether a post of which Slack gave no answer has arrived; no"
    " groups:history: the same in private channels"
)


def nothing(slack: FakeSlack) -> None:
    """Leave the server as it is."""
    del slack


def checked(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    settings: Settings | None = None,
    before: Callable[[FakeSlack], None] = nothing,
    more: str = "",
    **variables: str,
) -> dict[str, Check]:
    monkeypatch.chdir(folder)
    (folder / "news").mkdir()
    path = folder / "briefbot.toml"
    path.write_text(f'{more}[[sources]]\nname = "news"\nfolder = "news"\n')
    monkeypatch.setenv("HTTP_PORT", "0")

    async def ask() -> dict[str, Check]:
        asked_for = Settings.of_manifest(manifest(beat="SCO", command="/brief"))
        async with fake_slack(settings or asked_for) as slack:
            monkeypatch.setenv("SLACK_API_URL", f"{slack.url}/api")
            for name, value in variables.items():
                monkeypatch.setenv(name, value)
            before(slack)
            found = await examine(path)
            # What is refused here is refused for good reasons.
            slack.faults.clear()
            return {one.part: one for one in found if one.part.startswith("Slack")}

    return asyncio.run(ask())


def test_an_app_of_the_manifest_has_all_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checked(tmp_path, monkeypatch, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN)

    assert list(found.values()) == [
        Check(part="Slack", found="@briefbot in the workspace T0000TEAM"),
        Check(part="Slack scopes", found=f"{NEEDED}; {LESS}"),
        Check(part="Slack hears", found="Socket Mode"),
    ]


def test_every_scope_that_is_missing_is_named_with_what_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Settings(scopes={"commands", "chat:write", "im:history", "im:write", "users:read"})

    scopes = checked(
        tmp_path,
        monkeypatch,
        settings=few,
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
    )["Slack scopes"]

    assert scopes.found.startswith("5 of 8 that are needed; no files:write: calendar files;")
    assert scopes.broken == (
        "The app has no scope app_mentions:read: to hear whoever mentions the bot in a channel.",
        (
            "The app has no scope channels:read: who created a public channel, and that the bot"
            " came or went."
        ),
        "The app has no scope groups:read: the same of private channels.",
        (
            "Paste what briefbot slack manifest prints under “App Manifest” of the app at"
            " https://api.slack.com/apps, save it, and press “Reinstall” under “Install App”."
        ),
    )


def test_a_destination_in_another_workspace_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = "".join(
        f'[[subscriptions]]\nto = "slack:{to}"\nwhen = "8am"\n'
        for to in ("T9/C1", "T0000TEAM/C1", "E9/C1")
    )
    found = checked(
        tmp_path,
        monkeypatch,
        more=f'[operator]\ndestination = "slack:T8/U1"\n{declared}',
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
    )["Slack"]

    assert [each.partition(" is in another workspace")[0] for each in found.broken] == [
        "slack:T9/C1",
        "slack:T8/U1",
    ]


def test_swapped_tokens_are_both_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(tmp_path, monkeypatch, SLACK_BOT_TOKEN=APP_TOKEN, SLACK_APP_TOKEN=BOT_TOKEN)

    assert list(found) == ["Slack", "Slack hears"]
    assert found["Slack"].broken[0].startswith("SLACK_BOT_TOKEN holds an app-level token")
    assert found["Slack hears"].broken[0].startswith("SLACK_APP_TOKEN holds a bot's token")
    assert "fake" not in str(found)


@pytest.mark.parametrize(
    ("token", "begins"),
    [
        ("xoxb-another-token", "Slack does not accept the bot's token."),
        ("nonsense", "Slack does not accept the bot's token."),
    ],
)
def test_a_token_that_does_not_work_on_slack_is_said_and_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str, begins: str
) -> None:
    found = checked(tmp_path, monkeypatch, SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=APP_TOKEN)

    (mend,) = found["Slack"].broken
    assert mend.startswith(begins)
    assert token not in str(found)
    assert found["Slack hears"].broken == ()


@pytest.mark.parametrize(
    ("token", "settings", "said"),
    [
        ("nonsense", None, "Slack does not accept the app-level token. Set SLACK_APP_TOKEN"),
        ("xapp-another", None, "Slack does not accept the app-level token. Set SLACK_APP_TOKEN"),
        (
            APP_TOKEN,
            Settings(app_scopes=set()),
            "The app-level token lacks the scope connections:write.",
        ),
        (APP_TOKEN, Settings(socket_mode=False), "Socket Mode is switched off for the Slack app."),
    ],
)
def test_an_app_token_that_cannot_connect_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    token: str,
    settings: Settings | None,
    said: str,
) -> None:
    found = checked(
        tmp_path, monkeypatch, settings=settings, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=token
    )

    (mend,) = found["Slack hears"].broken
    assert mend.startswith(said)
    assert token not in mend


def test_a_slack_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checked(
        tmp_path,
        monkeypatch,
        before=FakeSlack.goes_down,
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
    )

    for part in ("Slack", "Slack hears"):
        (mend,) = found[part].broken
        assert mend.startswith("Slack gives no answer at http://127.0.0.1:")


@pytest.mark.parametrize(
    ("secret", "said"), [(SECRET, ""), ("xapp-1-A-b", "SLACK_SIGNING_SECRET is no signing secret")]
)
def test_a_signing_secret_is_looked_at_by_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, said: str
) -> None:
    found = checked(tmp_path, monkeypatch, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_SIGNING_SECRET=secret)[
        "Slack hears"
    ]

    assert found.found == "HTTP, at /slack/events"
    assert "".join(found.broken).startswith(said)
    assert bool(found.broken) == bool(said)
    assert secret not in str(found)


def test_a_bot_that_could_not_hear_is_told_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mend,) = checked(tmp_path, monkeypatch, SLACK_BOT_TOKEN=BOT_TOKEN)["Slack hears"].broken

    assert mend.startswith("Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP)")


def test_what_is_set_in_vain_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = checked(tmp_path, monkeypatch, SLACK_APP_TOKEN=APP_TOKEN, SLACK_SIGNING_SECRET=SECRET)

    (mend,) = found["Slack"].broken
    assert mend == (
        "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET set, but not SLACK_BOT_TOKEN: nothing is posted"
        " there. README: “Put it in Slack”."
    )


def test_where_nothing_is_set_for_slack_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked(tmp_path, monkeypatch) == {}


def test_tokens_of_two_apps_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = "xapp-1-A0000OTHER-1-fake"

    def given(slack: FakeSlack) -> None:
        slack.settings.app_token = others

    found = checked(
        tmp_path, monkeypatch, before=given, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=others
    )["Slack hears"]

    (mend,) = found.broken
    assert mend.startswith("SLACK_APP_TOKEN belongs to another app than SLACK_BOT_TOKEN")
