"""``briefbot brief``: files, the digest, many articles; as processes."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.core.subscription import Subscription, destination_of
from bot.store.database import open_database
from bot.store.subscriptions import Subscriptions
from tests.fakes.delivery import NOW

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]

GAUGE = """\
1. Four countries agreed on one track gauge for freight
   • Freight lines will open in 2027 and carry about 12 million tonnes of grain a year.
"""


def test_a_file_is_briefed_without_configuration_or_archive(briefbot: Run, folder: Path) -> None:
    (folder / "config" / "briefbot.toml").write_text("not a configuration")

    done = briefbot("brief", "--lines", "1", "news/gauge.txt")

    assert done.stdout == GAUGE + "   Kazinform, 2 Jun 2025, Astana\n"
    assert (done.returncode, done.stderr) == (0, "")
    assert not (folder / "data").exists()


def test_of_a_very_long_file_the_beginning_is_briefed_and_called_so(
    inside: Run, folder: Path
) -> None:
    gauge = (folder / "news" / "gauge.txt").read_text("utf-8")
    (folder / "long.txt").write_text(gauge + "\n\nMinisters met." * 300_000, "utf-8")

    done = inside("brief", "--lines", "1", "long.txt")

    assert done.stdout == GAUGE + "   Kazinform, 2 Jun 2025, Astana · only its beginning was read\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_several_files_are_briefed_in_their_order_and_once_each(inside: Run) -> None:
    done = inside("brief", "news/water.txt", "news/gauge.txt", "news/water.txt")

    heads = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert [head[:14] for head in heads] == ["1. Engineers r", "2. Four countr"]


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_briefed(
    inside: Run, folder: Path
) -> None:
    (folder / "empty.txt").touch()

    done = inside("brief", "--lines", "1", "none.txt", "empty.txt", "news/gauge.txt")

    assert done.stdout.startswith(GAUGE)
    assert done.stderr.splitlines() == [
        "none.txt does not exist; check the path.",
        "empty.txt: is empty; there is nothing to read.",
    ]
    assert done.returncode == 1


def test_when_no_file_can_be_read_nothing_is_briefed(inside: Run) -> None:
    done = inside("brief", "none.txt")

    assert (done.returncode, done.stdout) == (1, "")


def test_json_tells_where_each_line_stands(inside: Run, folder: Path) -> None:
    done = inside("brief", "--format", "json", "news/gauge.txt", "none.txt")

    record = json.loads(done.stdout)
    (brief,) = record["briefs"]
    text = (folder / "news" / "gauge.txt").read_text("utf-8")
    for line in brief["lines"]:
        kept = [text[span["start"] : span["end"]] for span in line["kept"]]
        assert "".join(kept).casefold() == line["text"].casefold()
        assert line["start"] <= line["kept"][0]["start"]
        assert line["kept"][-1]["end"] <= line["end"]
        assert line["article"] == brief["id"] == "news/gauge.txt"
    assert (brief["published"], brief["publisher"]) == ("2025-06-02", "Kazinform")
    assert record["problems"] == [{"name": "none.txt", "reason": "absent", "detail": ""}]
    assert done.returncode == 1


def test_json_holds_every_character_in_any_locale(briefbot: Run, folder: Path) -> None:
    (folder / "ru.txt").write_text("Министры встретились в Астане. Они подписали договор.", "utf-8")

    done = briefbot(
        "brief", "--format", "json", "ru.txt", PYTHONUTF8="0", PYTHONIOENCODING="latin-1"
    )

    assert done.stdout.isascii()
    assert "Министры" in json.loads(done.stdout)["briefs"][0]["headline"]


def test_markdown_and_html_hold_the_same_brief(inside: Run) -> None:
    markdown = inside("brief", "--format", "markdown", "news/gauge.txt").stdout
    html = inside("brief", "--format", "html", "news/gauge.txt").stdout

    headline = GAUGE.splitlines()[0]
    assert markdown.startswith(f"## {headline}\n\n- Freight lines")
    assert f"<h2>{headline}</h2>\n<ul>\n<li>Freight lines" in html


def test_without_arguments_the_digest_is_printed(inside: Run) -> None:
    done = inside("brief")

    assert done.stdout.startswith("Steppe · no news in the last 24 hours")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_digest_has_as_many_lines_as_asked_for(inside: Run) -> None:
    done = inside("brief", "--lines", "1")

    assert done.stdout.count("•") == 1


def test_a_number_is_a_story_of_the_digest(inside: Run) -> None:
    inside("brief")

    assert inside("brief", "1").stdout.startswith("1. Four countries")
    story = json.loads(inside("brief", "1", "--format", "json").stdout)
    assert story["briefs"][0]["id"] == "news/gauge.txt"


def test_words_narrow_the_digest(inside: Run) -> None:
    assert "irrigation canal" in inside("brief", "cotton", "farmers").stdout

    digest = json.loads(inside("brief", "cotton", "--format", "json").stdout)
    assert digest["words"] == "cotton"
    assert [story["articles"] for story in digest["stories"]] == [["news/water.txt"]]


@pytest.mark.parametrize("words", ["zebra", "9", "0"])
def test_json_without_a_brief_says_why(inside: Run, words: str) -> None:
    inside("brief")

    done = inside("brief", words, "--format", "json")

    assert list(json.loads(done.stdout)) == ["problem"]
    assert done.returncode == 1


def test_a_story_of_no_digest_yet_is_told(inside: Run) -> None:
    done = inside("brief", "1", "--format", "json")

    assert list(json.loads(done.stdout)) in (["problem"], ["briefs"])


def test_sources_that_are_down_fail_the_command(inside: Run, folder: Path) -> None:
    (folder / "news").rename(folder / "old")

    done = inside("brief")

    assert done.stdout.startswith("Steppe · I could not read the news\n")
    assert done.stderr.startswith("news: is not there")
    assert done.returncode == 1


def test_an_archive_that_cannot_be_made_is_said(briefbot: Run, folder: Path) -> None:
    (folder / "data").touch()

    done = briefbot("brief")

    assert done.stderr.endswith("I go on with an archive in memory.\n")
    assert done.stdout.startswith("Steppe · no news")


def test_many_articles_are_briefed_a_line_each(inside: Run, folder: Path) -> None:
    text = (folder / "news" / "gauge.txt").read_text("utf-8")
    lines = [json.dumps({"id": "a", "text": text}), "{", json.dumps({"id": "b", "text": text})]
    (folder / "many.jsonl").write_text("\n".join(lines), "utf-8")

    done = inside("brief", "--jsonl", "many.jsonl", "--lines", "2")

    briefs = [json.loads(line) for line in done.stdout.splitlines()]
    assert [brief["id"] for brief in briefs] == ["a", "b"]
    assert [len(brief["lines"]) for brief in briefs] == [2, 2]
    assert done.stderr.startswith("Line 2: not JSON: ")
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == 1


def test_many_articles_come_from_the_input_and_leave_as_they_come(start: Start) -> None:
    running = start("brief", "--jsonl", "-", stdin=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None

    for number in (1, 2):
        running.stdin.write(json.dumps({"text": "Rain fell on the dry fields of Osh."}) + "\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["id"] == str(number)
    running.stdin.close()

    assert running.wait(5) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("brief", "--jsonl", "none.jsonl"), 1),
        (("brief", "--jsonl", "news"), 1),
        (("brief", "--jsonl", "-", "words"), 2),
        (("brief", "--lines", "0"), 2),
        (("brief", "--format", "pdf"), 2),
        (("brief", "0"), 1),
        (("publish",), 2),
        ((), 2),
    ],
)
def test_misuse_is_told_without_a_traceback(
    inside: Run, arguments: tuple[str, ...], code: int
) -> None:
    done = inside(*arguments)

    assert done.returncode == code
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_early_is_not_complained_of(start: Start) -> None:
    running = start("brief", "--jsonl", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    assert running.stderr is not None

    running.stdout.close()
    running.stdin.write(json.dumps({"text": "Rain fell on the dry fields of Osh."}) + "\n")
    running.stdin.close()

    assert running.wait(5) == 0
    assert running.stderr.read() == ""


def test_a_reader_who_never_came_is_not_complained_of(start: Start) -> None:
    running = start("brief", "news/gauge.txt", stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None

    running.stdout.close()

    assert running.wait(10) == 0
    assert running.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(start: Start) -> None:
    running = start("brief", stderr=subprocess.PIPE, redirected=">/dev/full")
    assert running.stderr is not None

    assert running.wait(30) == 1
    assert running.stderr.read() == ("The output cannot be written: No space left on device.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_while_a_thread_is_still_at_work(
    folder: Path, environment: dict[str, str]
) -> None:
    working = (
        "import sys, threading, time; from bot import cli; from bot.console.streams import WORK; "
        "threading.Thread(target=time.sleep, args=(60,), name=WORK, daemon=True).start(); "
        "sys.argv[1:] = ['brief', 'news/gauge.txt']; cli.main()"
    )

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", working],
            cwd=folder,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == b"The output cannot be written: No space left on device.\n"


def test_ctrl_c_ends_a_long_job_quietly(start: Start) -> None:
    running = start("brief", "--jsonl", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdin.write(json.dumps({"text": "Rain fell on the dry fields of Osh."}) + "\n")
    running.stdin.flush()
    running.stdout.readline()

    running.send_signal(signal.SIGINT)

    assert running.wait(5) == 130
    assert running.stderr.read() == ""


def test_a_pipe_is_coloured_for_who_forces_it(briefbot: Run) -> None:
    forced = briefbot("brief", "news/gauge.txt", FORCE_COLOR="1", TERM="xterm").stdout

    assert forced.startswith("\x1b[1m1. ")
    assert forced.count("\n") == briefbot("brief", "news/gauge.txt").stdout.count("\n")


def test_help_teaches_by_example(inside: Run) -> None:
    for command in ("run", "chat", "brief", "check"):
        done = inside(command, "--help")
        assert done.returncode == 0
        assert f"\n  briefbot {command}" in done.stdout
    assert "\n  briefbot run  " in inside("--help").stdout


def test_the_version_is_told(inside: Run) -> None:
    done = inside("--version")

    assert done.stdout.startswith("briefbot ")
    assert done.returncode == 0


def test_a_shell_is_taught_to_complete(briefbot: Run) -> None:
    # Tests need not run below a shell that can be recognised: this one is named.
    named = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = briefbot("--show-completion", "bash", **named)

    assert done.returncode == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/", "http://2130706433/", "file:///a"])
def test_a_page_inside_a_network_is_refused_in_a_sentence(inside: Run, address: str) -> None:
    done = inside("brief", address)

    assert done.returncode == 1
    assert done.stdout.startswith("I only read pages on the public internet (")
    assert done.stderr == ""


def test_the_terminal_s_digest_is_what_it_follows_as_text_and_as_json(inside: Run) -> None:
    inside("brief")

    async def follow() -> None:
        async with open_database(Path("data/briefbot.db")) as database:
            here = destination_of("terminal")
            wanted = Subscription(destination=here, topics=("irrigation",))
            await Subscriptions(database).save(wanted, now=NOW)

    asyncio.run(follow())
    told = inside("brief").stdout
    [story] = json.loads(inside("brief", "--format", "json").stdout)["stories"]

    assert "Topics: irrigation." in told
    assert story["brief"]["headline"].startswith("Engineers")
    assert "2. " not in told
