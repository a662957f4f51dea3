"""`briefbot check` asks Telegram who the token's bot is, and says how to mend what is wrong."""

import asyncio
from collections.abc import Callable
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


OURS = "https://bot.example.org/telegram/webhook"
Before = Callable[[FakeBotApi], None]


def webhook(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: Before, *, url: str = OURS
) -> Check:
    """Return what is said of the webhook, once that has come before."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_URL", url)
    monkeypatch.setenv("HTTP_PORT", "0")

    async def ask() -> Check:
        async with fake_bot_api() as api:
            monkeypatch.setenv("TELEGRAM_API_URL", api.url)
            monkeypatch.setenv("TELEGRAM_BOT_TOKEN", api.token)
            before(api)
            return next(one for one in await examine() if one.part == "Telegram webhook")

    return asyncio.run(ask())


def stands(url: str = OURS, *, waiting: int = 0, error: str = "") -> Before:
    """Let that webhook be set, with so many updates that wait and that last error."""

    def before(api: FakeBotApi) -> None:
        api.webhook.url, api.webhook.error = url, error
        api.webhook.error_date = 1_793_613_600
        api.feed.pending.extend({"update_id": number} for number in range(1, waiting + 1))

    return before


def test_a_webhook_that_works_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = webhook(tmp_path, monkeypatch, stands())

    assert (check.found, check.broken) == (f"{OURS}, nothing waits", ())


def test_a_webhook_that_once_failed_is_shown_with_its_last_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = webhook(tmp_path, monkeypatch, stands(error="404 Not Found"))

    last = "last error on 02 November 2026, 10:00 UTC: 404 Not Found"
    assert (check.found, check.broken) == (f"{OURS}, nothing waits, {last}", ())


def test_a_webhook_that_is_not_set_yet_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = webhook(tmp_path, monkeypatch, stands("", waiting=1))

    assert (check.found, check.broken) == (f"{OURS}, set when the bot starts, 1 update waits", ())


def test_a_webhook_that_is_not_delivered_to_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mend,) = webhook(tmp_path, monkeypatch, stands(waiting=2, error="404 Not Found")).broken

    assert mend == (
        "Telegram could not deliver there (404 Not Found), and 2 updates wait: let the bot run, "
        "and the proxy there pass /telegram/webhook, with its headers, to 127.0.0.1:0 "
        "(HTTP_HOST:HTTP_PORT)."
    )


def test_a_webhook_of_another_program_is_named_by_its_host_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = stands("https://rival.example.org/123:SECRET", waiting=2, error="404 Not Found")

    (mend,) = webhook(tmp_path, monkeypatch, theirs).broken

    assert mend == (
        "Telegram calls another address (at rival.example.org). Start the bot anew: it sets its "
        "own. If the other comes back, another program has the bot's token: stop that one, or "
        "revoke the token at @BotFather."
    )


@pytest.mark.parametrize(
    ("path", "shown"), [("/x", "/x"), ("", "/"), ("/telegram/webhook/", "/telegram/webhook/")]
)
def test_a_webhook_at_a_path_that_is_not_served_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, shown: str
) -> None:
    url = f"https://bot.example.org{path}"
    mend = (
        f"TELEGRAM_WEBHOOK_URL leads to {shown}, but the bot is called at /telegram/webhook alone: "
        "end the address with that."
    )

    assert webhook(tmp_path, monkeypatch, stands(url), url=url).broken == (mend,)
    # Nobody has to answer for that.
    down = webhook(tmp_path, monkeypatch, lambda api: api.goes_down(), url=url)
    assert (down.found, down.broken) == (url, (mend,))


def test_a_webhook_that_telegram_does_not_tell_of_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mend,) = webhook(
        tmp_path,
        monkeypatch,
        lambda api: api.refuses("getWebhookInfo", 500, "Internal Server Error", times=9),
    ).broken

    assert mend.startswith("Telegram gives no answer at http://127.0.0.1:")


def test_without_a_webhook_none_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        webhook(tmp_path, monkeypatch, stands(), url="")
