"""Briefs of files that are named on the command line: no configuration, and no archive."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.console.files import brief_files
from bot.console.form import Form
from bot.core.health import Fault
from bot.core.values import Article
from bot.core.wording import English
from bot.sources.file import Defaults, read_file

#: A file named on the command line may be this large, in bytes.
LARGEST_FILE_BYTES = 5_000_000


def brief_named_files(names: Sequence[str], lines: int, form: Form) -> bool:
    """Write briefs of the files; return whether all of them could be read."""

    def read(name: str) -> tuple[Article | None, Fault | None]:
        path = Path(name)
        defaults = Defaults(source="", publisher=None, language="en", max_bytes=LARGEST_FILE_BYTES)
        return read_file(path, id=name, defaults=defaults, today=now.date())

    now = datetime.now(UTC)

    return brief_files(
        names,
        read,
        lines=lines,
        form=form,
        words=English(),
        now=now,
        out=sys.stdout,
        screen=sys.stderr,
    )
