"""A folder with news and a configuration, and the command as a process of its own in it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

ROOT = Path(__file__).parents[2]
BRIEFBOT = (sys.executable, "-m", "bot")

GAUGE = """ date 2025-06-02 ASTANA, Kazakhstan, June 2. Four countries agreed on one track gauge \
for freight, Kazinform reports.

Freight lines will open in 2027 and carry about 12 million tonnes of grain a year.

“We have waited thirty years for this day,” said Minister Aidar Bekov.

Work begins in spring near Dostyk, a town on the border.
"""
WATER = """ date 2025-06-01 OSH, Kyrgyzstan, June 1. Engineers repaired an irrigation canal ahead \
of plan, Kazinform reports.

Farmers in three districts will receive water for 40,000 hectares of cotton this summer.

Repairs cost $18 million, which a regional bank paid.
"""
CONFIG = '[digest]\ntitle = "Steppe"\n[[sources]]\nname = "news"\nfolder = "news"\n'

Outcome = subprocess.CompletedProcess[str]
Run = Callable[..., Outcome]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two articles and a configuration that reads them."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "gauge.txt").write_text(GAUGE, "utf-8")
    (news / "water.txt").write_text(WATER, "utf-8")
    config = tmp_path / "config"
    config.mkdir()
    (config / "briefbot.toml").write_text(CONFIG, "utf-8")
    return tmp_path


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a bare environment in which the command is found."""
    measured = {key: value for key, value in os.environ.items() if key.startswith("COV")}
    here = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PATH": os.defpath}
    return {**measured, **here, "PYTHONUTF8": "1"}


@pytest.fixture
def briefbot(folder: Path, environment: dict[str, str]) -> Run:
    """Return what runs the command there to its end, with some input and more variables."""

    def run(*arguments: str, typed: str | bytes = "", **more: str) -> Outcome:
        done = subprocess.run(
            [*BRIEFBOT, *arguments],
            cwd=folder,
            env={**environment, **more},
            input=typed if isinstance(typed, bytes) else typed.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Outcome(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in this process, which is quicker, with no input."""
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> Outcome:
        result = CliRunner().invoke(app, arguments, prog_name="briefbot", catch_exceptions=False)
        return Outcome(arguments, result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def start(folder: Path, environment: dict[str, str]) -> Iterator[Start]:
    """Return what starts the command there with its output in a pipe; it is ended at the end."""
    with ExitStack() as stack:

        def begin(
            *arguments: str,
            stdin: int = subprocess.DEVNULL,
            stderr: int | None = None,
            redirected: str = "",
            before: str = "",
        ) -> subprocess.Popen[str]:
            running = stack.enter_context(
                subprocess.Popen(
                    [
                        "/bin/sh",
                        "-c",
                        f'{before} exec "$@" {redirected}',
                        "sh",
                        *BRIEFBOT,
                        *arguments,
                    ],
                    cwd=folder,
                    env=environment,
                    text=True,
                    encoding="utf-8",
                    stdout=subprocess.PIPE,
                    stdin=stdin,
                    stderr=stderr,
                )
            )
            stack.callback(running.kill)
            return running

        yield begin
