"""Keys that nobody set: made once, and kept in the data folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.core.errors import StoreError

#: The folder of the keys, in the data folder.
KEYS = "keys"

#: As many bytes as a key of SHA-256 can use.
BYTES = 32


def key(data_dir: Path, name: str) -> bytes:
    """Return the key of that name, made at its first use; only this user may read its file.

    Raises ``StoreError`` when it can be neither read nor made, or is no key.
    """
    path = data_dir / KEYS / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        with path.open("rb") as file:
            found = file.read(BYTES + 1)
    except OSError as error:
        message = (
            f"The key {path} can be neither read nor made: {error.strerror}. "
            "Mend that, or name another folder in DATA_DIR."
        )
        raise StoreError(message) from error
    if len(found) != BYTES:
        message = f"The key {path} is damaged. Put back that of a backup, or delete it: "
        raise StoreError(f"{message}a new one is made, and old buttons stop working.")
    return found


def _make(path: Path) -> None:
    """Put a new key there, whole or not at all; of two processes, one makes it."""
    growing = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    write_private(growing, secrets.token_bytes(BYTES))
    try:
        # Unlike a renaming, a link fails when the name is taken.
        with suppress(FileExistsError):
            os.link(growing, path)
    finally:
        growing.unlink()


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only this user may read, and wait until the disk has it.

    Raises ``OSError``; one that stands there already is left as it is.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
