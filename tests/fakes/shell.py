"""The command run in this process, as a shell runs it: its output, and the code it ends with."""

import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from tempfile import TemporaryFile

from bot.cli import app
from bot.core.errors import BriefbotError

Outcome = subprocess.CompletedProcess[str]


def typed(*arguments: str) -> Outcome:
    """Run the command to its end; its streams are files, as the log needs them."""
    with (
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as screen,
    ):
        with redirect_stdout(out), redirect_stderr(screen):
            code = _ended(arguments)
        out.seek(0)
        screen.seek(0)
        return Outcome(arguments, code, out.read(), screen.read())


def _ended(arguments: tuple[str, ...]) -> int:
    try:
        app(arguments, prog_name="briefbot")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BriefbotError as error:
        sys.stderr.write(f"{error}\n")
    return 1
