"""``briefbot search``: the archive from a shell."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_articles_are_found_with_their_best_sentence(inside: Run) -> None:
    done = inside("search", "freight", "-cotton")

    title, count, gap, headline, origin, line = done.stdout.splitlines()
    assert (title, count) == ("Search · freight -cotton", "1 article, best and newest first.")
    assert (gap, headline[:22]) == ("", "Four countries agreed ")
    assert origin.endswith(", 2 Jun 2025 · news/gauge.txt")
    assert line == (
        "• Freight lines will open in 2027 and carry about 12 million tonnes of grain a year."
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_json_tells_where_each_line_stands(inside: Run, folder: Path) -> None:
    record = json.loads(inside("search", "--format", "json", '"track gauge"').stdout)

    (found,) = record.pop("results")
    assert record == {"words": '"track gauge"', "page": 1, "pages": 1, "found": 1}
    assert (found["id"], found["url"], found["language"]) == ("news/gauge.txt", None, "en")
    assert found["headline"].startswith("Four countries agreed on one track gauge")
    assert found["published"] == "2025-06-02"
    (other,) = json.loads(inside("search", "--format", "json", "grain").stdout)["results"]
    text = (folder / "news" / "gauge.txt").read_text("utf-8")
    line = other["line"]
    (kept,) = line["kept"]
    assert text[kept["start"] : kept["end"]] == line["text"]
    assert line["article"] == other["id"]


def test_nothing_found_is_an_answer(inside: Run) -> None:
    done = inside("search", "volcano")
    record = json.loads(inside("search", "--format", "json", "volcano").stdout)

    assert done.returncode == 0
    assert done.stdout.startswith("Nothing on volcano in 2 articles.\n")
    assert (record["found"], record["results"]) == (0, [])


def test_a_page_that_is_not_there_is_said(inside: Run) -> None:
    beyond = inside("search", "canal", "--page", "7")
    never = inside("search", "canal", "--page", "101")

    assert beyond.stdout == (
        "There is no page 7: what I found fits 1 page. The last: /search canal\n"
    )
    assert never.stdout.startswith("Pages are numbered from 1 to 100.")
    assert (beyond.returncode, never.returncode) == (0, 1)


def test_what_cannot_be_looked_for_fails_with_a_sentence(inside: Run) -> None:
    done = inside("search", "-oil")
    record = json.loads(inside("search", "--format", "json", "!").stdout)

    assert done.returncode == 1
    assert done.stdout.startswith("I need at least one word to find beside those to leave out.\n")
    assert record == {"problem": "I need a word to look for."}
