"""What a brief of a file costs to start, in modules."""

import subprocess
import sys
from pathlib import Path

HEAVY = {
    "alembic",
    "asyncio",
    "babel",
    "charset_normalizer",
    "icalendar",
    "lxml",
    "markdown_it",
    "prompt_toolkit",
    "pydantic",
    "sqlalchemy",
    "sqlite3",
    "trafilatura",
    "watchfiles",
}


def test_a_brief_of_a_file_loads_no_adapter(folder: Path, environment: dict[str, str]) -> None:
    loaded = (
        "import sys; from bot.cli import app;"
        "app(['brief', *sys.argv[1:]], standalone_mode=False);"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )

    # A measurement of coverage would load modules of its own.
    plain = {name: value for name, value in environment.items() if not name.startswith("COV")}
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-c", loaded, "news/gauge.txt", "--format", form],
            cwd=folder,
            env=plain,
            capture_output=True,
            check=True,
        )
        assert HEAVY & set(done.stderr.decode().split()) == set()
