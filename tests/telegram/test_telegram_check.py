"""`briefbot check` asks Telegram who the token's bot is, and says how to mend what is wrong."""

import asyncio
from pathlib import Path

import pytest

from bot.console.checks import Check
from bot.wiring.checks import examine
from tests.fakes.bot_api.server import FakeBotApi, fake_bot_api


def checked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, token: str = "", down: bool = False
) -> Check:
    monkeypatch.chdir(folder)
    (folder / "news").mkdir()
    path = folder / "briefbot.toml"
    path.write_text('[[sources]]\nname = "news"\nfolder = "news"\n')

    async def ask() -> Check:
        async with fake_bot_api() as api:
            set_out(api)
            return next(one for one in await examine(path) if one.part == "Telegram")

    def set_out(api: FakeBotApi) -> None:
        monkeypatch.setenv("TELEGRAM_API_URL", api.url)
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token or api.token)
        if down:
            api.goes_down()

    return asyncio.run(ask())


def test_a_token_that_works_is_shown_by_the_bots_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked(tmp_path, monkeypatch) == Check(
        part="Telegram", found="@Brief_Bot, hears commands and replies in groups"
    )


@pytest.mark.parametrize("token", ["123456:another", "nonsense"])
def test_a_token_that_does_not_work_is_said_and_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    check = checked(tmp_path, monkeypatch, token=token)

    (mend,) = check.broken
    assert mend.startswith("Telegram does not accept the bot's token.")
    assert token not in mend


def test_a_server_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mend,) = checked(tmp_path, monkeypatch, down=True).broken

    assert mend.startswith("Telegram gives no answer at http://127.0.0.1:")
