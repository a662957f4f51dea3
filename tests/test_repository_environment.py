"""A machine that cannot run the bot yet is told what to type; one that can is not bothered."""

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / ".ci"
LOCK = "requirements.lock"

#: Stand-ins for an interpreter, as the script asks them: print a version, fit, be able.
OLD = 'case "$2" in *print*) echo 3.9;; *) exit 1;; esac'
BARE = 'case "$2" in *print*) echo 3.12;; *ensurepip*) exit 1;; esac'
GOOD = 'case "$2" in *print*) echo 3.12;; *.py) echo "$0" "$@";; esac'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a folder that is a repository and, in bin/, all the programs there are."""
    for name in ("environment", "environment.py"):
        target = tmp_path / ".ci" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(SCRIPTS / name, target)
    for name in (LOCK, "pyproject.toml"):
        (tmp_path / name).write_text(f"this is {name}\n")
    (tmp_path / "bin").mkdir()
    for name in ("cat", "cmp", "sh"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def put(machine: Path, name: str, script: str) -> None:
    program = machine / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def prepare(machine: Path, python: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [machine / "bin" / "sh", ".ci/environment", "run", LOCK, python],
        cwd=machine,
        env={"PATH": str(machine / "bin")},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_machine_without_python_is_told_what_is_needed(machine: Path) -> None:
    assert prepare(machine) == (
        1,
        (
            "Briefbot needs Python 3.11 to 3.14; python3 is not there."
            " Install one of these, then type: make run PYTHON=python3.12\n"
        ),
    )


def test_an_old_python_is_named_with_its_version(machine: Path) -> None:
    put(machine, "python3", OLD)

    assert prepare(machine) == (
        1,
        (
            "Briefbot needs Python 3.11 to 3.14; python3 is 3.9."
            " Install one of these, then type: make run PYTHON=python3.12\n"
        ),
    )


@pytest.mark.parametrize("python", ["python3", "python3.13"])
def test_a_debian_python_without_venv_gets_the_one_line_to_type(machine: Path, python: str) -> None:
    put(machine, python, BARE)
    put(machine, "apt-get", "exit 1")

    assert prepare(machine) == (
        1,
        f"{python} cannot make virtual environments yet. Type: sudo apt install {python}-venv\n",
    )


def test_another_system_is_asked_for_a_complete_python(machine: Path) -> None:
    put(machine, "python3", BARE)

    assert prepare(machine) == (
        1,
        (
            "python3 lacks the modules venv and ensurepip. Install a complete Python 3.11 to 3.14,"
            " then type: make run\n"
        ),
    )


def test_a_fitting_python_is_found_behind_an_old_one(machine: Path) -> None:
    put(machine, "python3", OLD)
    put(machine, "python3.13", BARE)
    put(machine, "python3.12", GOOD)

    assert prepare(machine) == (
        0,
        f"{machine}/bin/python3.12 -I .ci/environment.py run {LOCK}\n",
    )


def test_the_python_that_is_asked_for_is_the_one_that_is_used(machine: Path) -> None:
    put(machine, "python3", GOOD)
    put(machine, "python3.12", GOOD)

    assert prepare(machine, "python3.12") == (
        0,
        f"{machine}/bin/python3.12 -I .ci/environment.py run {LOCK} --exactly\n",
    )


@pytest.mark.parametrize("change", ["nothing", "lock", "project", "place", "interpreter"])
def test_only_what_has_changed_is_set_up_again(machine: Path, change: str) -> None:
    put(machine, "python3", GOOD)
    made = machine / ".venv"
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").symlink_to(machine / "bin" / "python3")
    (made / "made-in").write_text(f"{machine}\n")
    for name in (LOCK, "pyproject.toml"):
        shutil.copy(machine / name, made / name)
    match change:
        case "lock":
            (machine / LOCK).write_text("another package\n")
        case "project":
            (machine / "pyproject.toml").write_text("another setting\n")
        case "place":
            (made / "made-in").write_text("/somewhere/else\n")
        case "interpreter":
            (made / "bin" / "python").unlink()

    _, said = prepare(machine)

    assert (said == "") == (change == "nothing")


@pytest.fixture
def environment() -> ModuleType:
    spec = importlib.util.spec_from_file_location("environment", SCRIPTS / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            (
                "WARNING: Retrying: NewConnectionError('Temporary failure in name resolution')"
                "\nERROR: No matching distribution found for rich==15.0.0"
            ),
            (
                "The packages cannot be fetched: the package index does not answer."
                " Check the network or the proxy"
            ),
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            (
                "A package is not the one that the lock file names, so it was not installed."
                " Check where pip takes packages from"
            ),
        ),
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device",
            "The disk is full. Make some room",
        ),
        (
            "ERROR: No matching distribution found for rich==15.0.0",
            (
                "The package index has no rich==15.0.0 for this Python and this machine."
                " Try another Python (PYTHON=python3.12)"
            ),
        ),
        (
            "Collecting rich\n    OSError: Readme file does not exist: README.md\nerror: failed",
            (
                "pip failed and said:\n"
                "OSError: Readme file does not exist: README.md\nerror: failed"
                "\nAll of it is in .venv/setup.log. Mend this"
            ),
        ),
    ],
)
def test_what_pip_says_becomes_a_sentence(environment: ModuleType, said: str, meant: str) -> None:
    assert environment.reason(said) == meant
