"""README shows what the commands on feeds really print."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.feed_server import page
from tests.fakes.feed_texts import Entry, rss
from tests.fakes.shell import typed
from tests.fakes.web import Web, serving

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

#: The port that README shows.
SHOWN = "48090"
HEADLINES = (
    "Border post at Dostyk opens around the clock",
    "Four countries agree on one track gauge for freight",
    "Canal at Osh is repaired ahead of plan",
)
SITE = b"""<html><head><title>Steppe Herald</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>"""
SUMMARY = "Freight lines will open in 2027 and carry about 12 million tonnes of grain a year."


def site() -> bytes:
    items = [
        Entry(
            title=title,
            link=f"https://herald.example/{number}",
            guid=f"herald-{number}",
            published=datetime.now(UTC) - timedelta(hours=1 + 20 * number),
            summary=SUMMARY,
        )
        for number, title in enumerate(HEADLINES)
    ]
    return rss(items, title="Steppe Herald")


def played(commands: list[str], web: Web) -> str:
    """Return what a shell shows of the commands, with the port and the seconds of README."""
    shown = []
    for command in commands:
        words = command.removeprefix("$ briefbot ").replace(SHOWN, str(web.port))
        done = typed(*words.split())
        shown += [command, done.stderr + done.stdout]
    return "\n".join(shown).replace(str(web.port), SHOWN)


def masked(text: str) -> list[str]:
    """Return the lines in some order, without what another run shows otherwise."""
    text = re.sub(r"\d+\.\d( s\b|\b)", "0.0", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "MOMENT", text)
    return sorted(" ".join(line.split()) for line in text.splitlines() if line.strip())


@pytest.mark.slow
def test_the_commands_on_feeds_print_what_readme_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    shown = README.split("<!-- feeds -->\n", 1)[1].split("```")[1]
    commands = [line for line in shown.splitlines() if line.startswith("$ ")]
    login = b'<html><form><input type="password"></form></html>'
    pages = {
        "/": page(SITE, kind="text/html"),
        "/feed.xml": page(site()),
        "/wire": page(login, kind="text/html"),
    }

    with serving(pages) as web:
        config = folder / "config" / "briefbot.toml"
        config.write_text(
            f"[fetch]\nallow_private = true\nports = [{web.port}]\n"
            f'[[sources]]\nname = "Old Wire"\nfeed = "{web.url("/wire")}"\n'
            + config.read_text("utf-8"),
            "utf-8",
        )
        printed = played(commands, web)

    assert masked(printed) == masked(shown)
