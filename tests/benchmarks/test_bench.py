"""The bench can be run: its parts are there, and what it installs is locked."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tests.benchmarks import datasets
from tests.benchmarks.bench import SECTIONS
from tests.benchmarks.tables import table

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GROUP = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["bench"]


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions of each locked package; a Python may have its own."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock.read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_every_section_has_its_module() -> None:
    assert [name for name in SECTIONS.values() if not (HERE / f"{name}.py").is_file()] == []


def test_an_unknown_section_is_answered_with_those_there_are() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench", "facts", "sumaries"]

    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"No section sumaries. There are: {', '.join(SECTIONS)}.\n"


def test_the_lock_has_hashes_and_no_address() -> None:
    text = (HERE / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)

    assert "://" not in text
    assert [entry for entry in entries if not re.search(r"sha256:[0-9a-f]{64}\b", entry)] == []


def test_the_lock_holds_what_the_project_asks_for() -> None:
    locked = pins(HERE / "requirements.lock")

    for requirement in map(Requirement, GROUP):
        assert all(map(requirement.specifier.contains, locked[requirement.name]))


def test_the_lock_changes_no_version_of_the_development_lock() -> None:
    bench, development = pins(HERE / "requirements.lock"), pins(ROOT / "requirements-dev.lock")

    assert {
        name for name in bench.keys() & development if bench[name] != development[name]
    } == set()


def test_the_labelled_data_lies_beside_the_repository_or_where_it_is_said() -> None:
    assert datasets.folder({}) == ROOT.parent / "shared" / "eval"
    assert datasets.folder({"BRIEFBOT_EVAL": "/elsewhere"}) == Path("/elsewhere")


def test_our_own_articles_are_read_with_their_day_and_place() -> None:
    seed = datasets.own()[0]

    assert seed.published is not None
    assert seed.place == "Tianjin, China"


def test_a_table_is_aligned_by_spaces() -> None:
    drawn = table("Speed", ["", "ms"], [["lead", "0.5"], ["a whole brief", "12.0"]])

    assert drawn.splitlines() == [
        "Speed",
        "                 ms",
        "lead            0.5",
        "a whole brief  12.0",
    ]
