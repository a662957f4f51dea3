"""Writes a file whole, or leaves what stands there as it is."""

import os
from contextlib import suppress
from pathlib import Path

from bot.core.errors import BriefbotError


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in the place of the file at once; raises ``BriefbotError``.

    Who reads it meanwhile reads the old one or the new one, never a part.
    """
    growing: Path | None = None
    try:
        # A link stays one, and what it leads to is written.
        there = path.resolve()
        if there.exists() and not there.is_file():
            message = f"{path} is no plain file: name another one. Nothing was written."
            raise BriefbotError(message)
        growing = there.with_name(f".{there.name[:100]}.{os.getpid()}.part")
        with growing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        growing.replace(there)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = (
            f"{path} could not be written: {reason}. What stood there is as it was. "
            "Name another file, or mend that."
        )
        raise BriefbotError(message) from error
    finally:
        with suppress(OSError):
            if growing is not None:
                growing.unlink(missing_ok=True)
