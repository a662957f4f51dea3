"""``briefbot check``: every part, whatever state the others are in."""

import asyncio
import socket
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.subscription import Subscription, destination_of
from bot.store.alone import alone
from bot.store.database import open_database
from bot.store.subscriptions import Subscriptions

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "0")


def parts(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return what is said of each part, by its name."""
    rows = done.stdout.splitlines()[1:]
    table = rows[: rows.index("")]
    return dict(row.split("  ", 1) for row in table)


def test_everything_works_before_the_first_start(inside: Run, folder: Path) -> None:
    done = inside("check")

    found = {part: said.strip() for part, said in parts(done).items()}
    assert found["configuration"] == "ok · config/briefbot.toml"
    assert found["archive"] == "ok · data/briefbot.db, made at the first start"
    assert found["source news"] == "ok · news, 2 articles"
    assert found["subscriptions"] == "ok · none yet"
    assert found["operator"].startswith("ok · no destination: faults are told by briefbot status")
    assert found["address"] == "ok · 127.0.0.1, any free port"
    assert found["heartbeat"].startswith("ok · not set: ")
    assert found["time zone"].startswith("ok · Asia/Almaty, now ")
    assert found["terminal"].startswith("ok · a pipe or file, lines are not wrapped, no colour")
    assert done.stdout.endswith("\n\nEverything works.\n")
    assert done.returncode == 0
    assert not (folder / "data").exists()


def test_an_archive_is_looked_into(inside: Run) -> None:
    inside("brief")

    assert ", 2 articles, " in parts(inside("check"))["archive"]


def test_a_broken_configuration_hides_nothing_else(inside: Run, folder: Path) -> None:
    (folder / "config" / "briefbot.toml").write_text("[digest]\nlines = 9\n")

    done = inside("check")

    assert list(parts(done)) == [
        *("configuration", "archive", "address", "heartbeat", "time zone", "terminal")
    ]
    assert done.stdout.endswith(
        "\n\n1 of 6 parts needs mending.\n"
        "• configuration: config/briefbot.toml: digest.lines is 9:"
        " expected a whole number from 1 to 7.\n"
        "• configuration: config/briefbot.toml: sources is missing:"
        " expected one table or more, each beginning with [[sources]].\n"
    )
    assert done.returncode == 1


def test_each_broken_part_is_told_with_its_mending(inside: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "briefbot.db").write_bytes(b"no database" * 100)
    (folder / "news").rename(folder / "old")

    done = inside("check")

    broken = {part for part, said in parts(done).items() if "BROKEN" in said}
    assert broken == {"archive", "source news"}
    assert "\n\n2 of 9 parts need mending.\n• archive: " in done.stdout
    assert "\n• source news: " in done.stdout
    assert done.returncode == 1


def test_an_unreadable_file_is_told_below_its_source(inside: Run, folder: Path) -> None:
    (folder / "news" / "empty.txt").touch()

    done = inside("check")

    assert "BROKEN · news, 2 articles" in done.stdout
    assert "• source news: news/empty.txt: is empty" in done.stdout


def test_a_data_folder_that_cannot_be_made_is_broken(inside: Run, folder: Path) -> None:
    (folder / "data").touch()

    done = inside("check")

    assert "BROKEN · data/briefbot.db" in done.stdout
    assert done.returncode == 1


def test_a_destination_that_nothing_can_be_posted_to_is_told(inside: Run, folder: Path) -> None:
    config = folder / "config" / "briefbot.toml"
    declared = "".join(
        f'[[subscriptions]]\nto = "{to}"\nwhen = "8am"\n'
        for to in ("file:team.txt", "file:old", "telegram:-1001", "slack:T1/C1", "terminal")
    )
    config.write_text(
        f'[operator]\ndestination = "file:old"\n{declared}{config.read_text("utf-8")}', "utf-8"
    )
    (folder / "data" / "posts" / "old").mkdir(parents=True)

    done = inside("check")

    found = parts(done)
    assert found["subscriptions"].strip() == "BROKEN · 5 chats"
    assert found["operator"].strip() == "BROKEN · file:old"
    assert "• subscriptions: file:old: data/posts/old is a folder. Name a file in it." in (
        done.stdout
    )
    assert "• subscriptions: telegram:-1001: TELEGRAM_BOT_TOKEN is not set." in done.stdout
    assert "• subscriptions: slack:T1/C1: SLACK_BOT_TOKEN is not set." in done.stdout


def test_a_file_that_cannot_be_written_is_told(inside: Run, folder: Path) -> None:
    config = folder / "config" / "briefbot.toml"
    text = f'[operator]\ndestination = "file:notes.txt"\n{config.read_text("utf-8")}'
    config.write_text(text, "utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "posts").touch()

    assert "• operator: file:notes.txt: data/posts/notes.txt cannot be written." in (
        inside("check").stdout
    )


def test_the_chats_of_the_archive_are_looked_at(inside: Run, folder: Path) -> None:
    inside("brief")
    asyncio.run(subscribe(folder / "data" / "briefbot.db", "file:team.txt", "pigeon:1"))

    done = inside("check")

    assert parts(done)["subscriptions"].strip() == "BROKEN · 2 chats"
    assert "• subscriptions: pigeon:1: nothing here posts there. briefbot forget pigeon:1" in (
        done.stdout
    )


async def subscribe(archive: Path, *names: str) -> None:
    async with open_database(archive) as database:
        for name in names:
            chat = Subscription(destination=destination_of(name))
            await Subscriptions(database).save(chat, now=datetime.now(UTC))


def test_an_address_that_another_program_has_is_told(
    inside: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("HTTP_PORT", str(port))

        done = inside("check")

    assert parts(done)["address"].strip() == f"BROKEN · 127.0.0.1:{port}"
    assert f"127.0.0.1:{port} cannot be used: another program uses it." in done.stdout


def test_the_address_of_the_running_bot_is_its_own(
    inside: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def running() -> str:
        async with alone(folder / "data", pid=77, now=datetime.now(UTC)):
            return parts(await asyncio.to_thread(inside, "check"))["address"].strip()

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("HTTP_PORT", str(port))

        assert asyncio.run(running()) == f"ok · 127.0.0.1:{port}, used by the running bot"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://hc.example/secret", "ok · an address is set"),
        ("hc.example/secret", "BROKEN"),
        ("https://[secret", "BROKEN"),
    ],
)
def test_a_heartbeat_is_looked_at_and_never_shown(
    inside: Run, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("HEARTBEAT_URL", url)

    done = inside("check")

    assert parts(done)["heartbeat"].strip() == said
    assert "secret" not in done.stdout


def test_an_app_without_its_bot_s_token_is_told(
    inside: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-secret")

    done = inside("check")

    assert "• Slack: SLACK_APP_TOKEN set, but not SLACK_BOT_TOKEN: nothing is" in done.stdout
    assert "xapp" not in done.stdout
