"""``briefbot run`` and ``briefbot chat``, as processes."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DIGEST = """\
Steppe · no news in the last 24 hours · the newest I have is of 2 June 2025
1 story · Kazinform

1. Four countries agreed on one track gauge for freight
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_a_run_posts_the_digest_and_a_second_one_the_same(briefbot: Run) -> None:
    done = briefbot("run")

    assert done.stderr == (
        "Archive ready: data/briefbot.db (new)\n"
        "No TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN: I post to this terminal. "
        "(README: “Put it in Telegram”, “Put it in Slack”)\n"
        "Read news: 2 articles, no problems.\n"
        "\n"
    )
    assert done.stdout.startswith(DIGEST)
    assert done.stdout.endswith("\n\nEnd of input. Stopped.\n")
    assert "\x1b" not in done.stdout + done.stderr
    assert "─" not in done.stdout
    assert done.returncode == 0

    again = briefbot("run")

    assert again.stdout == done.stdout
    assert again.stderr.startswith("Archive ready: data/briefbot.db\n")
    assert "Read news: 2 articles, no problems.\n" in again.stderr


def test_what_is_typed_is_answered_in_order(briefbot: Run) -> None:
    done = briefbot("chat", typed="/brief\n\n/brief 1\n/bref\n/help")

    assert done.returncode == 0
    assert done.stderr == ""
    heads = [
        "Steppe · no news",
        "1. Four countries",
        "I do not know /bref. Did you mean /brief?",
        "What you can type",
    ]
    places = [done.stdout.index(f"\n{head}" if place else head) for place, head in enumerate(heads)]
    assert places == sorted(places)


def test_what_is_no_text_or_no_end_is_answered_all_the_same(briefbot: Run) -> None:
    done = briefbot("chat", typed=b"\xff\xfe\x00\n" + b"x" * 1_000_000 + b"\n/status\n")

    assert done.returncode == 0
    assert "\nStatus\n" in done.stdout
    assert len(done.stdout) < 5000


def test_a_source_that_cannot_be_read_is_said_and_the_rest_goes_on(
    briefbot: Run, tmp_path: Path
) -> None:
    (tmp_path / "news" / "empty.txt").touch()
    (tmp_path / "news" / "bell\x07.txt").write_bytes(b"\x00\x01")

    done = briefbot("run")

    assert "2 problems" in done.stderr
    assert "news/empty.txt" in done.stderr
    assert "\x07" not in done.stderr
    assert done.stdout.startswith(DIGEST)
    assert done.returncode == 0


def test_an_archive_that_cannot_be_made_is_said_and_memory_serves(
    briefbot: Run, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("in the way")

    done = briefbot("run")

    assert done.stderr.splitlines()[1:3] == [
        "I go on with an archive in memory.",
        "I post nothing by myself until that is mended.",
    ]
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith(DIGEST)
    assert done.returncode == 1
    assert (tmp_path / "data").read_text() == "in the way"


def test_a_run_that_stays_never_posts_from_memory(briefbot: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "briefbot.db").write_bytes(b"no database" * 100)
    with (tmp_path / "config" / "briefbot.toml").open("a") as file:
        file.write('\n[[subscriptions]]\nto = "file:digest.txt"\nwhen = "8am"\n')

    done = briefbot("run", "--stay")

    assert "is not a database. It was left as it is" in done.stderr
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_faulty_configuration_is_told_in_full(briefbot: Run, tmp_path: Path) -> None:
    (tmp_path / "config" / "briefbot.toml").write_text("[digest]\nlines = 9\n")

    done = briefbot("run")

    assert done.stderr == (
        "config/briefbot.toml: digest.lines is 9: expected a whole number from 1 to 7.\n"
        "config/briefbot.toml: sources is missing:"
        " expected one table or more, each beginning with [[sources]].\n"
    )
    assert (done.returncode, done.stdout) == (1, "")


def test_without_a_configuration_the_one_that_came_along_is_used(
    briefbot: Run, tmp_path: Path
) -> None:
    (tmp_path / "config" / "briefbot.toml").unlink()
    (tmp_path / "news").rename(tmp_path / "seeds")

    assert "Read seeds: 2 articles, no problems.\n" in briefbot("run").stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_stays_tells_what_comes_in_and_obeys_a_signal(
    start: Callable[..., subprocess.Popen[str]], tmp_path: Path, number: int
) -> None:
    running = start("run", "--stay", stderr=subprocess.PIPE)
    assert running.stderr is not None
    assert running.stdout is not None
    for line in running.stdout:
        if line == "End of input. I stay until I am stopped.\n":
            break

    news = tmp_path / "news" / "late.txt"
    news.with_suffix(".part").write_text("Markets in Osh opened late. Nobody knows why.", "utf-8")
    news.with_suffix(".part").rename(news)
    before = []
    for line in running.stderr:
        before.append(line)
        if line == "Read news: 3 articles, 1 new, no problems.\n":
            break
    news.unlink()
    removed = running.stderr.readline()
    running.send_signal(number)

    assert running.wait(20) == 0
    assert before[:1] == ["Archive ready: data/briefbot.db (new)\n"]
    assert removed == "Read news: 2 articles, 1 removed, no problems.\n"
    assert running.stderr.read() == "Stopped.\n"


def test_a_chat_obeys_sigterm_while_it_waits_for_input(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    running = start("chat", stdin=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("/help\n")
    running.stdin.flush()
    assert running.stdout.readline() == "What you can type\n"

    running.send_signal(signal.SIGTERM)

    assert running.wait(20) == 0


def test_input_that_is_closed_is_at_its_end(start: Callable[..., subprocess.Popen[str]]) -> None:
    said, _ = start("run", redirected="<&-").communicate(timeout=30)

    assert said.startswith(DIGEST)
    assert said.endswith("End of input. Stopped.\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_output_that_is_closed_is_done_without(
    start: Callable[..., subprocess.Popen[str]], closed: str
) -> None:
    running = start("brief", "news/gauge.txt", "none.txt", redirected=closed)

    said, _ = running.communicate(timeout=30)

    assert running.returncode == 1
    assert bool(said) == (closed == "2>&-")
