"""A process ends when it is asked to, whatever its threads are at."""

import array
import fcntl
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

pytestmark = pytest.mark.slow

TOILING = str(Path(__file__).with_name("toiling.py"))


@contextmanager
def toiling(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, TOILING],
        cwd=folder,
        env=environment,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as running:
        yield running
        running.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_in_the_middle_of_a_computation_and_closes_the_archive(
    folder: Path, environment: dict[str, str], number: int
) -> None:
    with toiling(folder, environment) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "Toiling.\n"

        running.send_signal(number)

        assert running.wait(20) == 0
        assert running.stderr.read() == "Stopped.\n"
    assert [found.name for found in (folder / "data").glob("briefbot.db*")] == ["briefbot.db"]


def test_whoever_stops_a_run_waits_for_no_platform_and_who_ends_its_input_is_told_so(
    folder: Path, environment: dict[str, str]
) -> None:
    ended: list[tuple[int, list[str]]] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        variables = {"TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": "123456:fake-token"}
        for number in (signal.SIGTERM, None):
            with subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env={**environment, **variables},
                text=True,
                encoding="utf-8",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as running:
                assert running.stdout is not None
                assert running.stdout.readline().startswith("Steppe")
                if number is not None:
                    running.send_signal(number)
                else:
                    assert running.stdin is not None
                    running.stdin.close()
                assert running.stderr is not None
                told = running.stderr.read().splitlines()
                ended.append((running.wait(20), [one for one in told if "answer" in one]))

    trouble = f"Telegram gives no answer at {url}. Check this machine's network, and"
    trouble += " TELEGRAM_API_URL if you have set it."
    assert ended == [(0, []), (1, ["Waiting for an answer of Telegram.", trouble])]


def test_a_person_can_type_while_the_digest_is_made(
    folder: Path, environment: dict[str, str]
) -> None:
    screen = pexpect.spawn(
        sys.executable,
        [TOILING],
        cwd=str(folder),
        env={**environment, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(40, 80),
        encoding="utf-8",
        timeout=20,
    )
    try:
        screen.expect("I am still at it")
        screen.expect("brief>")
        screen.send("/help\r")
        screen.expect("What you can type")
        screen.expect("brief>")
        screen.send("\x04")
        screen.expect(pexpect.EOF, timeout=20)
    finally:
        screen.close(force=True)

    assert screen.exitstatus == 0


def test_sigterm_is_obeyed_while_nobody_reads_what_is_written(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    running = start("chat", stdin=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("/help\n" * 1000)
    running.stdin.close()
    # A pipe is full where it takes no more for a while.
    waiting, before = unread(running.stdout.fileno()), -1
    while running.poll() is None and (not waiting or waiting != before):
        time.sleep(0.3)
        waiting, before = unread(running.stdout.fileno()), waiting

    running.send_signal(signal.SIGTERM)

    assert running.wait(20) == 0


def unread(descriptor: int) -> int:
    """Return how many bytes wait in a pipe."""
    count = array.array("i", [0])
    fcntl.ioctl(descriptor, termios.FIONREAD, count)
    return count[0]
