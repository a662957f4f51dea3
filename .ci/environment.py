"""Make .venv hold exactly the locked packages and this project, and show how far it is."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
LOG = HOME / "setup.log"
#: Stands in .venv while it is being filled: what a stop left half made is not trusted.
UNFINISHED = HOME / "unfinished"
MADE_IN = HOME / "made-in"
LOCKS = ("requirements.lock", "requirements-dev.lock")
BAR = 14

#: What pip's output shows when something went wrong, and what to tell about it.
REASONS = (
    (
        (
            r"NameResolutionError|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError"
            r"|name resolution|[Nn]ame or service not known|nodename nor servname"
            r"|Network is unreachable|Connection refused|Connection reset|ConnectionResetError"
        ),
        (
            "The packages cannot be fetched: the package index does not answer."
            " Check the network or the proxy"
        ),
    ),
    (
        r"DO NOT MATCH THE HASHES",
        (
            "A package is not the one that the lock file names, so it was not installed."
            " Check where pip takes packages from"
        ),
    ),
    (r"No space left on device", "The disk is full. Make some room"),
    (
        r"No matching distribution found for (?P<what>[^\s;]+)",
        (
            "The package index has no {what} for this Python and this machine."
            " Try another Python (PYTHON=python3.12)"
        ),
    ),
)


@dataclass(frozen=True)
class SetupError(Exception):
    """What happened and what to do, up to "then type the same line again"."""

    message: str


def main() -> int:
    """Bring .venv up to date; return the exit status."""
    parser = ArgumentParser()
    parser.add_argument("target", help="what make was asked for")
    parser.add_argument("lock", choices=LOCKS)
    parser.add_argument("--exactly", action="store_true", help="use the Python that runs this")
    asked = parser.parse_args()
    os.chdir(ROOT)
    try:
        with Path("pyproject.toml").open() as project:
            # Two makes at once would fill one folder.
            fcntl.flock(project, fcntl.LOCK_EX)
            prepare(asked.lock, exactly=asked.exactly)
    except SetupError as error:
        say(f"{error.message}, then type the same line again: make {asked.target}")
        return 1
    except KeyboardInterrupt:
        say(f"\nStopped. To go on, type the same line again: make {asked.target}")
        return 130
    except OSError as error:
        say(f"{error.filename or HOME}: {error.strerror}. Mend this, then: make {asked.target}")
        return 1
    return 0


def prepare(lock: str, *, exactly: bool) -> None:
    """Make .venv where it is missing or broken, and install what has changed."""
    python = HOME / "bin" / "python"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    usable = is_usable(version if exactly else None)
    if usable and all(same(name) for name in (lock, "pyproject.toml")):
        return
    if usable:
        say("[1/2] .venv is here, some packages have changed")
    else:
        say(f"[1/2] Python {version} found, making .venv")
        make()
    UNFINISHED.touch()
    for name in (*LOCKS, "pyproject.toml"):
        (HOME / name).unlink(missing_ok=True)
    install(python, lock)
    # The development lock holds all that the other does, in the same versions.
    for name in LOCKS[: LOCKS.index(lock) + 1]:
        shutil.copyfile(name, HOME / name)
    shutil.copyfile("pyproject.toml", HOME / "pyproject.toml")
    MADE_IN.write_text(f"{ROOT}\n")
    UNFINISHED.unlink()


def same(name: str) -> bool:
    """Say whether .venv was made from this very file."""
    copy = HOME / name
    return copy.exists() and copy.read_bytes() == Path(name).read_bytes()


def is_usable(version: str | None) -> bool:
    """Say whether .venv can be built on: whole, in its place, and of the version if one is asked.

    One that was made by hand is taken as it is, and completed.
    """
    if UNFINISHED.exists() or not (HOME / "bin" / "python").exists():
        return False
    activate = HOME / "bin" / "activate"
    in_place = (
        MADE_IN.read_text() == f"{ROOT}\n"
        if MADE_IN.exists()
        else activate.exists() and str(HOME) in activate.read_text()
    )
    if not in_place:
        return False
    question = (
        "import sys, pip; v = sys.version_info[:2];"
        " sys.exit(not ((3, 11) <= v <= (3, 14) and sys.argv[1] in ('', '%d.%d' % v)))"
    )
    python = str(HOME / "bin" / "python")
    answer = subprocess.run(
        [python, "-I", "-c", question, version or ""], check=False, capture_output=True
    )
    return answer.returncode == 0


def make() -> None:
    """Make .venv from nothing, with pip in it."""
    try:
        if HOME.is_symlink():
            HOME.unlink()
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(HOME)
    except ValueError as error:
        message = f"Python makes no environment in {ROOT}, for the colon in its name. Rename it"
        raise SetupError(message) from error
    except subprocess.CalledProcessError as error:
        said = (error.output or b"").decode(errors="replace").strip().splitlines()
        raise SetupError(f"pip could not be put into .venv: {said[-1:]}. Mend this") from error


def install(python: Path, lock: str) -> None:
    """Install the locked packages and, last, this project in place."""
    packages = len(re.findall(r"^[a-z0-9](?!.*win32)", Path(lock).read_text(), re.MULTILINE))
    title = f"[2/2] Installing {packages} locked packages, hashes checked"
    begun = time.monotonic()
    show = Progress(title, packages, live=sys.stderr.isatty())
    pip = [str(python), "-I", "-m", "pip", "--no-input", "install", "--progress-bar=off"]
    with LOG.open("w") as log:
        follow([*pip, "--no-deps", "--require-hashes", "-r", lock], log, show)
        # All it needs is there by now, so the network is not asked again.
        editable = ["--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        follow([*pip, *editable], log, show)
    show.end(time.monotonic() - begun)


def follow(command: list[str], log: IO[str], show: "Progress") -> None:
    """Run pip to its end and show what its log tells; raise SetupError when it fails."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0", "PIP_NO_COLOR": "1"}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env={**os.environ, **quiet},
    ) as process:
        while process.poll() is None:
            show.at(LOG.read_text(errors="replace"))
            time.sleep(0.1)
    if process.returncode:
        show.stop()
        raise SetupError(reason(LOG.read_text(errors="replace")))


def reason(log: str) -> str:
    """Return what pip's output means, in a sentence without its full stop."""
    for sign, message in REASONS:
        if found := re.search(sign, log):
            return message.format(**found.groupdict())
    errors = re.findall(r"^\s*((?:ERROR|error|\w+Error): .*)", log, re.MULTILINE)
    said = "\n".join(errors[:3] or log.splitlines()[-5:])
    return f"pip failed and said:\n{said}\nAll of it is in .venv/setup.log. Mend this"


class Progress:
    """A line that grows on a terminal, and a few plain ones anywhere else."""

    def __init__(self, title: str, packages: int, *, live: bool) -> None:
        """Begin with the title; the packages are counted twice, fetched and installed."""
        self._title = title
        self._packages = packages
        self._live = live
        self._before = len(installed())
        self._said = ""
        if not live:
            say(title)

    def at(self, log: str) -> None:
        """Show where pip is, by its log so far."""
        files = re.findall(r"^\s*(?:Downloading|Using cached|Processing) (\S+)", log, re.MULTILINE)
        fetched = len({name for name in files if not name.endswith(".metadata")})
        if "Installing collected packages" not in log:
            self._show("fetched", fetched)
        else:
            self._show("installed", len(installed()) - self._before)

    def _show(self, word: str, count: int) -> None:
        done = max(0, min(count, self._packages))
        if self._live:
            filled = (done + (word == "installed") * self._packages) * BAR // (2 * self._packages)
            self._draw("━" * filled + "─" * (BAR - filled) + f" {word} {done}")
        elif word != self._said and word == "installed":
            say("      fetched, unpacking")
            self._said = word

    def end(self, seconds: float) -> None:
        """Close the line with the time taken."""
        if self._live:
            self._draw("━" * BAR + f" {seconds:.0f} s\n")
        else:
            say(f"      done in {seconds:.0f} s")

    def stop(self) -> None:
        """Leave the line as it is; a message follows."""
        if self._live:
            say("")

    def _draw(self, right: str) -> None:
        room = shutil.get_terminal_size().columns - 1
        line = f"{self._title} {right}"
        if len(line.rstrip()) > room:
            line = f"{self._title[:room]}" + ("\n" if right.endswith("\n") else "")
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def installed() -> list[Path]:
    """Return the marks that installed packages leave in .venv."""
    return list(HOME.glob("lib/python3.*/site-packages/*.dist-info"))


def say(line: str) -> None:
    """Tell the person; standard output is the program's own."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
