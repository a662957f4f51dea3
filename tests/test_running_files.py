"""What keeps the bot running (systemd, Compose) parses, and names what is there."""

import asyncio
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.config.environment import Environment
from bot.web.health import health_routes
from bot.web.server import Server

ROOT = Path(__file__).parents[1]
UNIT = (ROOT / "config/briefbot.service").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")

#: What the bot promises: it is gone within so many seconds.
GRACE = 10


def set_in_unit(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def service() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found["services"]["briefbot"]  # type: ignore[no-any-return]


def knows(words: list[str]) -> bool:
    """Say whether the command understands these words; nothing is run."""
    command = get_command(app)
    with command.make_context("briefbot", list(words), resilient_parsing=True) as context:
        name, found, rest = command.resolve_command(context, list(words))  # type: ignore[attr-defined]
        options = {option for parameter in found.params for option in parameter.opts}
        return name == words[0] and set(rest) <= options


def known_variables() -> set[str]:
    return {name.upper() for name in Environment.model_fields}


def test_systemd_starts_a_command_that_there_is() -> None:
    (start,) = set_in_unit("ExecStart")
    program, *words = shlex.split(start)

    assert program == "/opt/briefbot/bin/briefbot"
    assert knows(words)


def test_both_set_only_variables_that_are_read() -> None:
    unit = {line.partition("=")[0] for line in set_in_unit("Environment")}

    assert unit | set(service()["environment"]) <= known_variables()


def test_compose_hands_every_secret_of_a_platform_on() -> None:
    secrets = {
        name
        for name in known_variables()
        if name.startswith(("TELEGRAM_", "SLACK_")) and f"{name}_FILE" in known_variables()
    }

    assert secrets
    assert secrets <= set(service()["environment"])


def test_the_example_of_an_environment_names_all_that_is_read() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    # What anybody's machine may set, and what nothing reads yet.
    others = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "LLM_API_KEY", "DATABASE_URL"}

    assert named - {"HEARTBEAT_URL_FILE"} == {
        name for name in known_variables() - others if not name.endswith("_FILE")
    }


def test_both_wait_until_the_bot_has_ended() -> None:
    assert int(set_in_unit("TimeoutStopSec")[0]) > GRACE
    assert int(service()["stop_grace_period"].removesuffix("s")) > GRACE


def test_the_image_starts_a_command_that_there_is() -> None:
    (words,) = re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)

    assert "command" not in service()
    assert knows(yaml.safe_load(words))


def test_compose_keeps_the_data_and_leaves_the_rest_read_only() -> None:
    (kept,) = re.findall(r"^VOLUME (.*)$", DOCKERFILE, re.MULTILINE)
    found = service()

    assert f"data:{kept}" in found["volumes"]
    assert found["read_only"]
    assert found["cap_drop"] == ["ALL"]
    for mounted in found["volumes"]:
        source = mounted.partition(":")[0]
        assert source == "data" or (mounted.endswith(":ro") and (ROOT / source).is_dir())


def test_compose_opens_its_port_to_this_machine_alone() -> None:
    found = service()

    assert found["ports"] == [f"127.0.0.1:8080:{found['environment']['HTTP_PORT']}"]


def test_the_health_check_finds_a_living_bot_and_no_dead_one() -> None:
    program, *words = service()["healthcheck"]["test"][1:]
    assert program == "python"

    async def checked(port: str) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, env={"HTTP_PORT": port}, stderr=subprocess.DEVNULL
        )
        return await process.wait()

    async def check() -> tuple[int, int]:
        async def well() -> tuple[str, ...]:
            return ()

        server = Server(host="127.0.0.1", port=0)
        server.add_routes(health_routes(well))
        async with server.open() as address:
            port = address.rpartition(":")[2]
            living = await checked(port)
        return living, await checked(port)

    living, dead = asyncio.run(check())

    assert living == 0
    assert dead != 0


def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    unit = tmp_path / "briefbot.service"
    # The program need not be installed where the tests run.
    unit.write_text(UNIT.replace("/opt/briefbot/bin/briefbot", shutil.which("true") or "/bin/true"))

    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
