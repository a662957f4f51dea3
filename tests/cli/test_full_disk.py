"""An archive that can take no more says so, loses nothing, and goes on once there is space."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.health import Reason

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]

#: Blocks of 512 bytes: a file may grow to 50 kB, an archive with its tables is larger.
LIMIT = 100
#: Coverage's own data would be cut as well.
UNMEASURED = "unset COVERAGE_PROCESS_START COVERAGE_PROCESS_CONFIG COVERAGE_RUN;"


def limited(start: Start, *arguments: str, blocks: int = LIMIT) -> tuple[int, str, str]:
    """Return how the command ends, and what it says, where files may not grow beyond the limit."""
    before = f"{UNMEASURED} export PYTHONDONTWRITEBYTECODE=1; ulimit -f {blocks};"
    running = start(*arguments, stderr=subprocess.PIPE, before=before)
    out, err = running.communicate(timeout=60)
    return running.returncode, out, err


@pytest.fixture
def crowded(folder: Path, briefbot: Run) -> Path:
    """Return the folder with an archive, and many more articles than may be stored."""
    assert briefbot("run").returncode == 0
    for number in range(60):
        text = (
            f"OSH, Kyrgyzstan, June 3. Rain fell on field {number} on Monday. "
            + "It rained. " * 180
        )
        (folder / "news" / f"field{number}.txt").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("command", ["run", "brief"])
def test_articles_that_find_no_room_are_counted_said_first_and_no_success(
    crowded: Path, start: Start, briefbot: Run, command: str
) -> None:
    del crowded
    code, out, err = limited(start, command)

    assert code == 1
    assert " articles could not be stored and are missing here." in out.splitlines()[1]
    count = int(out.splitlines()[1].split()[0])
    assert 0 < count <= 60
    assert f" {count} could not be stored." in out
    assert err.count("each could not be stored") == 1
    if command == "run":
        assert f"{count} could not be stored.\n" in err
        assert f"Read news: {62 - count} articles" in err

    again = briefbot("run")

    assert again.returncode == 0
    assert "Read news: 62 articles" in again.stderr
    assert Reason.NOT_STORED.value not in again.stdout


@pytest.mark.parametrize("blocks", [9, 40])
def test_a_start_with_space_goes_on_with_what_a_start_without_left(
    folder: Path, start: Start, briefbot: Run, blocks: int
) -> None:
    code, out, err = limited(start, "run", blocks=blocks)

    assert code == 1
    assert "I go on with an archive in memory." in err
    assert "Four countries" in out
    assert (folder / "data" / "briefbot.db").exists()

    again = briefbot("run")

    assert again.returncode == 0
    assert again.stderr.startswith("Archive ready: data/briefbot.db")
    assert again.stdout == out


def test_no_cached_module_is_cut_where_files_may_not_grow(
    crowded: Path, start: Start, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    before = f"{UNMEASURED} export PYTHONPYCACHEPREFIX='{cache}'; ulimit -f {LIMIT};"

    start("run", stderr=subprocess.PIPE, before=before).communicate(timeout=60)

    written = {path.name.partition(".")[0] for path in cache.rglob("bot/**/*.pyc")}
    assert crowded.exists()
    assert written.isdisjoint({"bot", "database", "load"})
