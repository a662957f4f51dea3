"""Runs the measurements one after the other, each in a process of its own.

Usage: python -m tests.benchmarks.bench [SECTION ...]
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.tables import progress

ROOT = Path(__file__).parents[2]
#: What is printed is also kept here, out of the repository.
KEPT = ROOT / "dist" / "bench.txt"
#: What to type for a section, and its module.
SECTIONS = {
    "summaries": "summaries",
    "sentences": "splitting",
    "facts": "extraction",
    "search": "search",
    "startup": "startup",
    "fanout": "fanout",
    "telegram": "telegram",
    "slack": "slack",
    "slack-acks": "slack_acks",
    "feeds": "feeds",
}


def main(asked: Sequence[str]) -> int:
    """Run the sections asked for, or all of them; return 1 when one of them fails."""
    unknown = [name for name in asked if name not in SECTIONS]
    if unknown:
        sys.stderr.write(f"No section {', '.join(unknown)}. There are: {', '.join(SECTIONS)}.\n")
        return 2
    begun = time.monotonic()
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8") as kept:
        failed = [name for name in asked or SECTIONS if run(SECTIONS[name], kept.write)]
    progress(f"done in {time.monotonic() - begun:.0f} s")
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}. What went wrong stands above.\n")
    return int(bool(failed))


def run(module: str, keep: Callable[[str], object]) -> int:
    """Run a section to its end, pass on what it prints, and return its exit status."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            keep(line)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
