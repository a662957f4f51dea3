"""The rules of the house hold, and breaking one of them is noticed."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
MODULES = sorted(BOT.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

#: Needed without being imported by name.
UNSEEN = {
    "tzdata": "zoneinfo reads it where the system has no zones",
}

#: What each floor that names no vendor may import besides the standard library and the bot.
ALLOWED = {"core": {"snowballstemmer"}, "app": set[str]()}

#: File, forbidden line, and the contract that it breaks.
BREACHES = [
    ("core/errors.py", "import bot.app.ports", "floors"),
    ("core/errors.py", "import bot.config", "floors"),
    ("app/ports.py", "import bot.store.tables", "floors"),
    ("app/ports.py", "import bot.wiring", "floors"),
    ("sources/folder.py", "import bot.store.tables", "floors"),
    ("console/render.py", "import bot.sources.folder", "floors"),
    ("store/tables.py", "import bot.console.render", "floors"),
    ("config/load.py", "import bot.sources.folder", "floors"),
    ("wiring/bot.py", "import bot.cli", "floors"),
    ("newcomer.py", "import bot.core.values", "floors"),
    ("core/values.py", "import bot.core.errors", "no-cycles"),
    ("core/values.py", "import sqlalchemy", "vendor-free"),
    ("app/ports.py", "from rich import console", "vendor-free"),
    ("wiring/bot.py", "import sqlalchemy", "database"),
    ("sources/folder.py", "import sqlite3", "database"),
    ("cli.py", "import rich.console", "terminal"),
    ("store/tables.py", "import trafilatura", "reading"),
    ("sources/folder.py", "import pydantic", "settings"),
    ("wiring/bot.py", "import typer", "command"),
    ("console/render.py", "import babel", "wording"),
    ("console/once.py", "import icalendar", "calendars"),
    ("wiring/bot.py", "import apscheduler.triggers.interval", "bell"),
    ("console/once.py", "import aiohttp.web", "web"),
    ("store/tables.py", "import httpx", "calls"),
    ("web/heartbeat.py", "import httptools", "net"),
    ("store/tables.py", "import structlog", "logs"),
    ("console/render.py", "import telegram.ext", "telegram"),
    ("console/render.py", "import slack_sdk.models", "slack"),
    ("config/load.py", "import yaml", "slack"),
    ("console/once.py", "import prometheus_client", "numbers"),
]


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    # In a process of its own, or the linter would find the bot that these tests have loaded.
    start = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", start, "--no-logo", "--no-cache", *options],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )


def copy_of_the_house(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(BOT, folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def contracts() -> list[dict[str, str]]:
    return list(PROJECT["tool"]["importlinter"]["contracts"])


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES)
def test_a_forbidden_import_breaks_its_contract(
    tmp_path: Path, file: str, line: str, contract: str
) -> None:
    house = copy_of_the_house(tmp_path)
    with (house / "bot" / file).open("a") as module:
        module.write(f"\n{line}\n")

    found = lint_imports(house, "--contract", contract)

    assert found.returncode == 1
    assert "Contracts: 0 kept, 1 broken." in found.stdout


def test_the_house_keeps_its_contracts() -> None:
    assert f"Contracts: {len(contracts())} kept, 0 broken." in lint_imports(ROOT).stdout


def test_each_contract_is_seen_to_fail() -> None:
    assert {contract for _, _, contract in BREACHES} == {each["id"] for each in contracts()}


@pytest.mark.parametrize("floor", ALLOWED)
def test_the_lower_floors_import_only_what_is_allowed(floor: str) -> None:
    allowed = sys.stdlib_module_names | ALLOWED[floor] | {"bot"}

    strangers = {
        name for file in MODULES if floor in file.parts for name in imports(file)
    } - allowed

    assert strangers == set()


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    declared = {
        re.split(r"[\[<>=!~ ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]
    }
    names = {name for file in MODULES for name in imports(file)}
    outside = names - sys.stdlib_module_names - {"bot"}
    distributions = packages_distributions()
    imported = {distributions[name][0].lower().replace("_", "-") for name in outside}

    assert imported | UNSEEN.keys() == declared


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_says_what_it_is_and_stays_small(file: Path) -> None:
    text = file.read_text()
    tree = ast.parse(text)

    if file.name == "__init__.py":
        assert text == ""
    else:
        opening = (ast.get_docstring(tree) or "").splitlines()
        assert opening
        assert opening[0].endswith(".")
    assert len(text.splitlines()) <= 300
    assert file.stem not in {"utils", "helpers", "common", "base", "misc", "manager", "service"}


def test_only_the_configuration_reads_the_environment() -> None:
    assert {file.relative_to(BOT).as_posix() for file in MODULES if reads_environment(file)} <= {
        "config.py"
    }


def imports(file: Path) -> Iterator[str]:
    """Yield the top-level package of everything a file imports."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def reads_environment(file: Path) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
        for node in ast.walk(ast.parse(file.read_text()))
    )
