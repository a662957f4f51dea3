"""One process holds a data folder, and lets go of it however it ends."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from fcntl import LOCK_SH, LOCK_UN, flock
from pathlib import Path

import pytest

from bot.core.errors import BriefbotError, StoreError
from bot.store.alone import LOCK, FolderTakenError, Holder, alone, holder

NOW = datetime(2025, 9, 2, 3, 0, tzinfo=UTC)

HOLDING = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.store.alone import alone

async def hold():
    async with alone(Path(sys.argv[1]), pid=4711, now=datetime(2025, 9, 2, 3, 0, tzinfo=UTC)):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


async def take(folder: Path) -> None:
    async with alone(folder, pid=1, now=NOW):
        pass


def held(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", HOLDING, folder], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_process_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    with held(tmp_path) as process:
        assert asyncio.run(holder(tmp_path)) == Holder(pid=4711, since=NOW)
        with pytest.raises(FolderTakenError) as refused:
            asyncio.run(take(tmp_path))
        process.send_signal(signal.SIGKILL)

    assert str(refused.value) == (
        f"Another briefbot run (process 4711) uses the data folder {tmp_path} since"
        " 2025-09-02 03:00 UTC. Stop that one first, or name another folder in DATA_DIR."
    )
    assert asyncio.run(holder(tmp_path)) is None
    asyncio.run(take(tmp_path))


def test_who_is_refused_does_not_go_on_with_an_archive_in_memory() -> None:
    assert issubclass(FolderTakenError, BriefbotError)
    assert not issubclass(FolderTakenError, StoreError)


def test_a_folder_is_free_again_at_the_end(tmp_path: Path) -> None:
    async def hold_and_ask() -> tuple[Holder | None, Holder | None]:
        async with alone(tmp_path / "data", pid=os.getpid(), now=NOW):
            within = await holder(tmp_path / "data")
        return within, await holder(tmp_path / "data")

    assert asyncio.run(hold_and_ask()) == (Holder(pid=os.getpid(), since=NOW), None)
    assert (tmp_path / "data" / LOCK).read_bytes() == b""


def test_a_folder_is_free_again_when_what_held_it_fails(tmp_path: Path) -> None:
    async def fail() -> None:
        async with alone(tmp_path, pid=1, now=NOW):
            raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(fail())

    asyncio.run(take(tmp_path))


def test_who_asks_while_nobody_has_ever_run_is_told_nobody(tmp_path: Path) -> None:
    assert asyncio.run(holder(tmp_path / "not there")) is None


def test_who_only_asks_disturbs_nobody_who_starts(tmp_path: Path) -> None:
    async def start_meanwhile() -> None:
        await take(tmp_path)
        with (tmp_path / LOCK).open() as asking:
            flock(asking, LOCK_SH)
            asyncio.get_running_loop().call_later(0.01, flock, asking, LOCK_UN)
            await take(tmp_path)

    asyncio.run(start_meanwhile())


@pytest.mark.parametrize("noise", [b"", b"\xff\xfe\n", b"12\n", b"x 2025-09-02\n", b"1 soon\n"])
def test_a_holder_that_cannot_be_read_is_refused_all_the_same(tmp_path: Path, noise: bytes) -> None:
    async def refuse() -> None:
        async with alone(tmp_path, pid=1, now=NOW):
            (tmp_path / LOCK).write_bytes(noise)
            assert await holder(tmp_path) == Holder(pid=None, since=None)
            await take(tmp_path)

    with pytest.raises(FolderTakenError, match=r"^Another briefbot run uses the data folder"):
        asyncio.run(refuse())


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"cannot be held for one process alone: .*DATA_DIR"):
        asyncio.run(take(tmp_path / "file"))


def test_a_lock_that_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / LOCK).symlink_to(LOCK)

    with pytest.raises(StoreError, match="cannot be held"):
        asyncio.run(take(tmp_path))
    with pytest.raises(StoreError, match="cannot be held"):
        asyncio.run(holder(tmp_path))


def test_a_system_without_such_locks_is_told_in_a_sentence(tmp_path: Path) -> None:
    start = "import sys; sys.modules['fcntl'] = None"

    done = subprocess.run(
        [sys.executable, "-c", start + HOLDING, tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"StoreError: The data folder {tmp_path} cannot be held" in done.stderr
    assert "this system has no such locks" in done.stderr


def test_a_folder_that_is_made_is_its_owner_s_alone(tmp_path: Path) -> None:
    looser = tmp_path / "looser"
    looser.mkdir()
    looser.chmod(0o755)

    asyncio.run(take(tmp_path / "deep" / "data"))
    asyncio.run(take(looser))

    assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o700
    assert looser.stat().st_mode & 0o777 == 0o755
