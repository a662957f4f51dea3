"""A bot whose log is for machines writes nothing else to its screen."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Start = Callable[..., subprocess.Popen[str]]


def test_what_a_bot_for_machines_writes_to_its_screen_is_json(start: Start, folder: Path) -> None:
    config = folder / "config" / "briefbot.toml"
    config.write_text(f'{config.read_text("utf-8")}[logs]\nform = "json"\n', "utf-8")
    running = start("run", "--stay", stderr=subprocess.PIPE, before="export HTTP_PORT=0;")
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("End of input."):
            break

    second = start("run", "--stay", stderr=subprocess.PIPE, before="export HTTP_PORT=0;")
    _, refused = second.communicate(timeout=60)
    running.terminate()
    _, screen = running.communicate(timeout=60)

    said = [json.loads(line)["message"] for line in screen.splitlines()]
    assert said[0] == "Archive ready: data/briefbot.db (new)"
    assert "Read news: 2 articles, no problems." in said
    assert said[-1] == "Stopped."
    [record] = [json.loads(line) for line in refused.splitlines()]
    assert (second.returncode, record["level"]) == (1, "critical")
    assert record["message"].startswith("Another briefbot run")
