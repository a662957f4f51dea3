"""The files around the code are in order."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")

#: What tools and readers expect at a root, and our own five folders.
ENTRIES = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".gitattributes",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "bot",
    "compose.yaml",
    "config",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "seeds",
    "tests",
}


def locked(lock: str) -> dict[str, str]:
    """Return each locked package's pin with all that follows it."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    return {entry.partition("==")[0]: entry for entry in entries}


def test_the_root_holds_only_what_belongs_there() -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is not a git checkout, so nobody knows which files are ours")

    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    found = {line.strip('"').partition("/")[0] for line in listing.stdout.splitlines()}
    assert found - ENTRIES == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert re.findall(r"^\s*-(?!-hash=)", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_package(lock: str) -> None:
    bare = [
        name
        for name, entry in locked(lock).items()
        if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]

    assert bare == []


def test_the_development_lock_holds_the_other_in_the_same_versions() -> None:
    run, development = (
        {name: entry.splitlines()[0].split()[0] for name, entry in locked(lock).items()}
        for lock in LOCKS
    )

    assert run.items() <= development.items()


@pytest.mark.parametrize(
    ("lock", "lines"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements.lock", PROJECT["dependency-groups"]["build"]),
        (
            "requirements-dev.lock",
            [line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)],
        ),
    ],
)
def test_a_lock_is_as_new_as_the_project(lock: str, lines: list[str]) -> None:
    pins = {name: entry.split()[0].partition("==")[2] for name, entry in locked(lock).items()}

    for requirement in map(Requirement, lines):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


def test_every_python_we_promise_is_tried() -> None:
    promised = [
        line.rpartition(" ")[2]
        for line in PROJECT["project"]["classifiers"]
        if "Python :: 3." in line
    ]

    workflow = (ROOT / ".github/workflows/ci.yml").read_text()

    assert f"python: {promised}".replace("'", '"') in workflow


def test_no_file_of_the_repository_is_larger_than_a_person_would_read() -> None:
    folders = [ROOT / "bot", ROOT / "tests", ROOT / "config", ROOT / ".ci"]
    large = [
        file.name
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.stat().st_size > 100_000
    ]

    assert large == []
