"""README shows what the program really prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.verbs import VERBS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """Return the fenced block, or the table, behind the marker of that name."""
    behind = README.split(f"<!-- {name} -->\n", 1)[1]
    if behind.startswith("```"):
        return behind.split("```")[1].lstrip("\n")
    return behind.split("\n\n", 1)[0] + "\n"


def briefbot(*words: str, said: str = "", data: Path) -> str:
    environment = {**os.environ, "DATA_DIR": str(data), "PYTHONUTF8": "1"}
    environment.pop("BRIEFBOT_CONFIG", None)
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_ahead(text: str) -> list[str]:
    """Return the parts of a digest but for what is ahead, which grows less as time goes by."""
    return [part for part in text.strip().split("\n\n") if not part.startswith("Ahead")]


def test_the_digest_is_the_one_that_make_run_prints(tmp_path: Path) -> None:
    printed = without_ahead(briefbot("run", data=tmp_path))

    assert printed == [*without_ahead(block("digest")), "End of input. Stopped."]


def test_the_figures_are_those_that_are_printed(tmp_path: Path) -> None:
    _, shown = block("figures").split("\n", 1)
    briefbot("run", data=tmp_path)

    assert briefbot("chat", said="/figures\n", data=tmp_path).strip() == shown.strip()


def test_a_second_run_prints_the_same(tmp_path: Path) -> None:
    assert briefbot("run", data=tmp_path) == briefbot("run", data=tmp_path)


def test_the_table_of_verbs_is_the_table_of_the_program() -> None:
    rows = [
        f"| `{verb.slash}{' ' + usage.takes if usage.takes else ''}` | {usage.meaning} |"
        for verb in VERBS
        for usage in verb.usages
    ]

    assert block("verbs").splitlines()[2:] == rows


def test_the_answer_to_a_mistake_is_the_one_that_is_given(tmp_path: Path) -> None:
    assert briefbot("chat", said="/bref\n", data=tmp_path).strip() == block("misuse").strip()


def test_the_json_line_is_the_one_that_is_printed(tmp_path: Path) -> None:
    command, printed = block("jsonl").split("\n", 1)
    shown = re.fullmatch(r"\$ echo '(?P<said>.*)' \| briefbot (?P<words>.*)", command)
    assert shown is not None

    made = briefbot(*shown["words"].split(), said=shown["said"] + "\n", data=tmp_path)

    assert made == printed


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_every_make_target_it_names_is_there(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
