"""The operator's commands: what they print, and the exit code that tells how it went."""

import asyncio
import json
import re
import subprocess
import tarfile
import time
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from bot.cli import app
from bot.core.delivery import Kind
from bot.core.errors import BriefbotError
from bot.core.subscription import destination_of
from bot.operate.arguments import LONGEST_DESTINATION
from bot.store.alone import alone
from bot.store.chats import Chats
from bot.store.database import open_database
from bot.store.desk import Desk
from bot.store.relocation import Relocation
from tests.fakes.delivery import NOW

pytestmark = pytest.mark.slow

Outcome = subprocess.CompletedProcess[str]
Run = Callable[..., Outcome]
Start = Callable[..., subprocess.Popen[str]]

TEAM = '[[subscriptions]]\nto = "file:team.txt"\nwhen = "8am weekdays Astana"\n'
EMPTY = "There is no archive at data/briefbot.db yet: `briefbot run` makes it."


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in this process; the log needs streams that are files."""
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> Outcome:
        with (
            TemporaryFile("w+", encoding="utf-8") as out,
            TemporaryFile("w+", encoding="utf-8") as screen,
        ):
            with redirect_stdout(out), redirect_stderr(screen), pytest.raises(SystemExit) as end:
                app(arguments, prog_name="briefbot")
            out.seek(0)
            screen.seek(0)
            code = end.value.code
            assert isinstance(code, int)
            return Outcome(arguments, code, out.read(), screen.read())

    return run


@pytest.fixture
def subscribed(folder: Path) -> Path:
    """Declare a chat; its file is returned."""
    config = folder / "config" / "briefbot.toml"
    config.write_text(TEAM + config.read_text("utf-8"), "utf-8")
    return folder / "data" / "posts" / "team.txt"


def rows(done: Outcome) -> list[list[str]]:
    """Return the cells of a table, headings first."""
    return [re.split(r" {2,}", line) for line in done.stdout.splitlines()]


def receipt(done: Outcome) -> dict[str, str]:
    """Return what a receipt says by its terms."""
    lines = (re.split(r" {2,}", line, maxsplit=1) for line in done.stdout.splitlines()[1:])
    return dict(lines)


@pytest.mark.parametrize(
    "command",
    [
        ("subscriptions",),
        ("receipts",),
        ("status",),
        ("resend", "1"),
        ("cancel", "1"),
        ("forget", "77"),
    ],
)
def test_without_an_archive_there_is_nothing_to_look_at(
    inside: Run, folder: Path, command: tuple[str, ...]
) -> None:
    with pytest.raises(BriefbotError, match=re.escape(EMPTY)):
        inside(*command)

    assert not (folder / "data").exists()


def test_a_command_that_fails_says_so_and_exits_with_1(briefbot: Run) -> None:
    done = briefbot("receipts")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(EMPTY)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("resend", "yesterday"), "a slot is the number that briefbot receipts prints, or"),
        (("cancel", "terminal@8am"), "a slot is the number that briefbot receipts prints, or"),
        (
            ("post", "--to", "file"),
            'a destination is written as "terminal", "file:team.txt", "tele',
        ),
        (("post", "--to", "fi le:x"), 'a destination is written as "terminal"'),
        (("post",), "Missing option '--to'"),
        (("post", "--to", "file:../x"), "nothing can post to file:../x: a destination is"),
        (("post", "--to", "file:/x", "--dry-run"), "the path of a file below DATA_DIR/posts."),
        (("post", "--to", "fil:x"), "nothing can post to fil:x: a destination is"),
        (("post", "--to", "telegram:x"), "nothing can post to telegram:x: a destination is"),
        (("allow", "x" * LONGEST_DESTINATION + ":1"), 'a destination is written as "terminal"'),
        (("allow", "telegram:abc"), "telegram:abc is no chat of Telegram: a chat is listed by its"),
        (("allow", "telegram:@sconews"), "its id, which the bot says when it is added there"),
        (
            ("allow", "slack:news"),
            "slack:news is no chat of Slack: a chat is listed by",
        ),
        (("allow", "slack:T0123/#news"), 'as in "slack:T0123/C0456".'),
        (("allow", "slack:T0123/U0456"), '[access] people = ["slack:T0123/U0456"].'),
        (("post", "--to", "slack:C0456"), "nothing can post to slack:C0456: a destination is"),
        (("allow", "-1001234567890"), 'is written as "telegram:-1001234567890".'),
        (("receipts", "--destination", ""), 'a destination is written as "terminal"'),
        (("receipts", "--last", "0"), "0 is not in the range"),
        (("receipts", "--format", "xml"), "'xml' is not one of 'text', 'json'"),
        (("forget", "a\tb"), "a person as the id that the platform gives"),
        (("forget", ""), "a person as the id that the platform gives"),
        (("backup",), "Missing argument 'FILE'"),
    ],
)
def test_what_is_not_understood_exits_with_2_and_an_example(
    inside: Run, command: tuple[str, ...], said: str
) -> None:
    done = inside(*command)

    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "command",
    [
        *("subscriptions", "receipts", "post", "resend", "cancel", "allow", "forget"),
        *("backup", "restore", "status"),
    ],
)
def test_help_teaches_by_example(inside: Run, command: str) -> None:
    done = inside(command, "--help")

    assert done.returncode == 0
    assert f"\n  briefbot {command}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_a_digest_is_posted_at_once_and_its_receipt_printed(inside: Run, subscribed: Path) -> None:
    done = inside("post", "--to", "file:team.txt")

    said = receipt(done)
    assert done.returncode == 0
    assert (said["destination"], said["state"]) == ("file:team.txt", "posted")
    assert said["part 1 of 1"] == "delivered · reference 0"
    assert subscribed.read_text("utf-8").startswith("Steppe · ")

    [headings, row] = rows(inside("subscriptions"))
    assert headings == ["DESTINATION", "SCHEDULE", "NEXT", "STANDING"]
    assert row[:2] == ["file:team.txt", "weekdays at 08:00, Astana time (Asia/Almaty, UTC+5)"]
    assert row[3] == "active"


def test_a_dry_run_prints_the_digest_and_posts_nothing(inside: Run, subscribed: Path) -> None:
    done = inside("post", "--to", "file:team.txt", "--dry-run")

    assert (done.returncode, done.stdout.startswith("Steppe · ")) == (0, True)
    assert done.stderr == "Nothing was posted. Without --dry-run this goes to file:team.txt.\n"
    assert not subscribed.exists()
    assert inside("receipts").stdout == "No slot has come yet.\n"


def test_before_the_first_start_what_is_declared_is_told(inside: Run, subscribed: Path) -> None:
    inside("brief")

    done = inside("subscriptions")

    assert done.stdout == (
        "No chat has asked for a digest yet: /schedule in it does that.\n"
        "Declared in config/briefbot.toml, and served from the next start on: file:team.txt\n"
    )
    assert json.loads(inside("subscriptions", "--format", "json").stdout) == []
    assert not subscribed.exists()


def test_a_declared_chat_that_moved_is_not_said_to_wait(inside: Run, subscribed: Path) -> None:
    inside("post", "--to", "file:team.txt")

    async def move() -> None:
        async with open_database(Path("data/briefbot.db")) as database:
            new = destination_of("file:new.txt")
            await Relocation(database).move(destination_of("file:team.txt"), new, now=NOW)

    asyncio.run(move())

    assert inside("subscriptions").stdout.splitlines()[2:] == [
        "file:team.txt has moved and is file:new.txt now: name it so in config/briefbot.toml."
    ]
    assert subscribed.exists()


def test_what_a_chat_is_called_stands_beside_its_address(inside: Run, subscribed: Path) -> None:
    inside("post", "--to", "file:team.txt")

    async def call() -> None:
        async with open_database(Path("data/briefbot.db")) as database:
            await Chats(database).titled(destination_of("file:team.txt"), "SCO news")

    asyncio.run(call())

    assert rows(inside("subscriptions"))[1][0] == "file:team.txt “SCO news”"
    assert rows(inside("receipts"))[1][1] == "file:team.txt “SCO news”"
    assert subscribed.exists()


def test_programs_get_subscriptions_and_receipts(inside: Run, subscribed: Path) -> None:
    inside("post", "--to", "file:team.txt")

    [subscription] = json.loads(inside("subscriptions", "--format", "json").stdout)
    [posted] = json.loads(inside("receipts", "--format", "json").stdout)

    assert (subscription["destination"], subscription["declared"]) == ("file:team.txt", True)
    assert (posted["state"], posted["parts"][0]["fate"]) == ("posted", "delivered")
    assert subscribed.exists()


def test_a_posted_slot_goes_out_again_and_others_do_not(inside: Run, subscribed: Path) -> None:
    inside("post", "--to", "file:team.txt")

    again = inside("resend", "1")

    assert (again.returncode, receipt(again)["asked for"].endswith(", again")) == (0, True)
    assert subscribed.read_text("utf-8").count("sent again on ") == 1
    numbers = [row[0] for row in rows(inside("receipts", "--last", "1"))]
    assert numbers == ["NUMBER", "2"]
    with pytest.raises(BriefbotError, match=r"There is no slot of the number 3\."):
        inside("resend", "3")


def leads_away(folder: Path) -> None:
    """Put a link among the posts that leads out of their folder, where nothing is written."""
    (folder / "data" / "posts").mkdir(parents=True)
    (folder / "data" / "posts" / "away").symlink_to(folder)


def test_a_refused_post_exits_with_1_and_says_why(inside: Run, folder: Path) -> None:
    leads_away(folder)
    done = inside("post", "--to", "file:away/team.txt")

    assert done.returncode == 1
    assert receipt(done)["state"].startswith("refused · ")
    assert inside("receipts", "--stuck").stdout == "Nothing is stuck.\n"


def test_a_place_that_nothing_posts_to_is_told(inside: Run) -> None:
    with pytest.raises(
        BriefbotError, match=r"^Nothing here can post to telegram:-1: 'telegram' is not set up"
    ):
        inside("post", "--to", "telegram:-1")
    with pytest.raises(BriefbotError, match=r"^Nothing was ever posted to file:none\.txt"):
        inside("receipts", "--destination", "file:none.txt")


def test_a_slot_is_cancelled_by_its_time(inside: Run, subscribed: Path) -> None:
    inside("post", "--to", "file:team.txt")
    following = rows(inside("subscriptions"))[1][2]

    done = inside("cancel", f"file:team.txt@{following}")

    assert done.stdout.startswith(f"file:team.txt@{following} is cancelled. The next one is ")
    cells = rows(inside("receipts", "--destination", "file:team.txt"))[1]
    assert cells[2:4] == [following, "cancelled"]
    assert subscribed.exists()


def test_a_chat_is_listed_and_forgotten(inside: Run) -> None:
    listed = inside("allow", "telegram:-1001")
    taken_off = inside("allow", "telegram:-1001", "--remove")
    listed_again = inside("allow", "telegram:-1001")
    forgotten = inside("forget", "telegram:-1001")

    assert listed.stdout == "telegram:-1001 is listed: the bot serves it.\n"
    assert listed_again.stdout == listed.stdout
    assert taken_off.stdout.startswith("telegram:-1001 is not listed any more")
    assert forgotten.stdout == "telegram:-1001 is forgotten: 1 row deleted or blanked.\n"
    assert forgotten.stderr == "Backups that were made before still hold it.\n"


def test_a_topic_is_listed_with_its_whole_chat(inside: Run) -> None:
    listed = inside("allow", "telegram:-1001/45")

    assert listed.stdout == "telegram:-1001 is listed: the bot serves it.\n"


def test_a_channel_of_slack_is_listed_without_the_thread_and_forgotten(inside: Run) -> None:
    listed = inside("allow", "slack:T0123/C0456")
    in_thread = inside("allow", "slack:T0123/C0456/1693526400.000100")
    forgotten = inside("forget", "slack:T0123/C0456")

    assert listed.stdout == "slack:T0123/C0456 is listed: the bot serves it.\n"
    assert in_thread.stdout == listed.stdout
    assert forgotten.stdout == "slack:T0123/C0456 is forgotten: 1 row deleted or blanked.\n"
    with pytest.raises(BriefbotError, match=r"^Nothing is kept of T0123/U0456\."):
        inside("forget", "T0123/U0456")


def test_what_was_typed_goes_with_the_terminal(inside: Run, folder: Path) -> None:
    inside("brief")
    typed = folder / "data" / "history"
    typed.write_text("/brief\n")

    done = inside("forget", "terminal")

    assert done.stdout.startswith("What was typed at the prompt is deleted.\nterminal is forgotten")
    assert not typed.exists()


def test_what_the_configuration_declares_comes_back_and_that_is_said(
    inside: Run, subscribed: Path
) -> None:
    inside("post", "--to", "file:team.txt")

    done = inside("forget", "file:team.txt")

    assert done.stderr.splitlines() == [
        "config/briefbot.toml declares it: take it out there, or it comes back.",
        "The file itself stays, with what was posted to it: data/posts/team.txt",
        "Backups that were made before still hold it.",
    ]
    assert subscribed.exists()


def test_a_file_that_is_gone_is_forgotten_without_a_word_on_it(
    inside: Run, subscribed: Path
) -> None:
    inside("post", "--to", "file:team.txt")
    subscribed.unlink()

    assert "itself stays" not in inside("forget", "file:team.txt").stderr


def test_a_backup_is_put_back_and_what_is_not_sent_again_is_listed(
    inside: Run, folder: Path, subscribed: Path
) -> None:
    inside("post", "--to", "file:team.txt")
    written = inside("backup", "all.tar.gz")
    with closing(tarfile.open(folder / "all.tar.gz")) as packed:
        names = packed.getnames()

    put_back = inside("restore", "all.tar.gz", "--force")

    assert re.fullmatch(
        r"all\.tar\.gz: \d+ kB, with the archive, the keys and the configuration\. "
        r"Tokens are not in it\.\n",
        written.stdout,
    )
    assert names == ["manifest.json", "config/briefbot.toml", "briefbot.db"]
    first, second, *rest = put_back.stdout.splitlines()
    assert first.startswith("Restored from all.tar.gz, made 2")
    assert second == "What stood there is put aside: data/briefbot.db.before-restore"
    assert rest == ["No slot has come since then: nothing was left out."]
    assert [row[3] for row in rows(inside("receipts"))] == ["STATE", "posted"]
    with pytest.raises(BriefbotError, match=r"^There is an archive at data/briefbot\.db already"):
        inside("restore", "all.tar.gz")
    assert subscribed.exists()


def test_what_is_no_backup_is_told_before_force_is_offered(inside: Run, folder: Path) -> None:
    inside("brief")
    (folder / "other.txt").write_text("no backup")

    for file, said in (
        ("news", r"^news is a folder\. Name the file that briefbot backup wrote"),
        ("none.tar.gz", r"^none\.tar\.gz does not exist\. Check the path"),
        ("other.txt", r"^other\.txt is no backup of Briefbot, or is damaged"),
        ("x" * 300, "cannot be read: "),
    ):
        with pytest.raises(BriefbotError, match=said):
            inside("restore", file)


def test_a_running_bot_is_to_be_stopped_before_force_is_offered(inside: Run, folder: Path) -> None:
    inside("brief")
    inside("backup", "all.tar.gz")

    async def held() -> None:
        async with alone(folder / "data", pid=77, now=datetime.now(UTC)):
            with pytest.raises(BriefbotError, match=r"^Briefbot runs on data \(process 77\): stop"):
                await asyncio.to_thread(inside, "restore", "all.tar.gz")

    asyncio.run(held())


def test_a_slot_that_came_since_is_listed_as_not_sent_again(
    inside: Run, folder: Path, subscribed: Path
) -> None:
    inside("post", "--to", "file:team.txt")
    overdue(folder / "data" / "briefbot.db")
    inside("backup", "all.tar.gz")

    done = inside("restore", "all.tar.gz", "--force")

    lines = done.stdout.splitlines()
    assert lines[2] == (
        "1 slot has come since then, and is not sent again, for nobody knows whether it was sent:"
    )
    assert lines[3].split() == ["NUMBER", "DESTINATION", "SLOT"]
    assert lines[4].split()[:2] == ["2", "file:team.txt"]
    assert lines[5] == "To post one all the same: briefbot resend NUMBER"
    assert rows(inside("receipts"))[1][3] == "unknown"
    assert subscribed.read_text("utf-8").count("Steppe") == 1


def overdue(database: Path) -> None:
    """Leave a slot that nobody has sent: what was posted there becomes half an hour old."""

    async def leave() -> None:
        async with open_database(database) as opened:
            place = destination_of("file:team.txt")
            await Desk(opened).open(place, Kind.DIGEST, None, now=datetime.now(UTC))

    asyncio.run(leave())


def test_the_status_says_what_runs_and_what_the_operator_was_told(
    inside: Run, folder: Path
) -> None:
    leads_away(folder)
    inside("post", "--to", "file:away/team.txt")

    done = inside("status")

    lines = done.stdout.splitlines()
    assert lines[0] == "Status"
    assert "Running        no: nothing is posted by itself. briefbot run --stay starts it" in lines
    assert "Stuck          nothing" in lines
    assert any(
        line.startswith("• 2") and "file:away/team.txt took nothing" in line for line in lines
    )


def test_a_running_bot_posts_what_a_command_asks_for(
    start: Start, briefbot: Run, folder: Path, subscribed: Path
) -> None:
    held = folder / "data" / "running.lock"
    running = start("run", "--stay", before="export HTTP_PORT=0;")
    try:
        deadline = time.monotonic() + 20
        while not (held.exists() and held.read_bytes()) and time.monotonic() < deadline:
            time.sleep(0.05)

        done = briefbot("post", "--to", "file:team.txt")
        status = briefbot("status")
    finally:
        running.terminate()
        running.wait(20)

    assert (done.returncode, receipt(done)["state"]) == (0, "posted")
    assert done.stderr == "The running bot sends it: waiting for up to a minute.\n"
    assert f"Running        yes, process {running.pid}, since " in status.stdout
    assert subscribed.read_text("utf-8").count("Steppe") == 1
