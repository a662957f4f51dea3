"""The second pack makes a digest of another beat: nothing of the bot is the first beat's alone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config.feed_settings import feed_settings
from bot.config.load import load
from tests.fakes.feed_server import Answer, page
from tests.fakes.feed_texts import Entry, rss
from tests.fakes.shell import typed
from tests.fakes.web import serving

pytestmark = pytest.mark.slow

CONFIG = Path(__file__).parents[2] / "config"

TEXT = """<p>The rocket {name} carried four tonnes of cargo to the station on Monday, the agency
said.</p><p>Docking is planned for Wednesday at 06:40. “All engines worked as they should,” said
flight director Anna Berg. The crew of {number} will unload food, water and two new experiments on
the growth of crystals, which should take about nine days in all. A second flight with the same
booster will follow in March, once its tanks have been inspected on the ground by engineers.</p>
<p>The agency pays $90 million for each of the flights, of which {number} are left.</p>"""


def feed(name: str, number: int) -> Answer:
    link = f"https://{name.lower().replace(' ', '')}.example/cargo"
    item = Entry(
        title=f"Rocket {name} lifts cargo to the station",
        link=link,
        guid=link,
        published=datetime.now(UTC) - timedelta(hours=number),
        content=TEXT.format(name=name, number=number),
    )
    return page(rss([item], title=name))


def test_a_pack_on_another_beat_makes_its_own_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    packed = feed_settings(load(CONFIG / "space.toml"))
    pages = {f"/{place}": feed(one.name, place) for place, one in enumerate(packed, start=1)}
    pack, config = [
        (CONFIG / name).read_text("utf-8") for name in ("space-feeds.toml", "space.toml")
    ]

    with serving(pages) as web:
        for place, one in enumerate(packed, start=1):
            pack = pack.replace(one.address, web.url(f"/{place}"))
        (folder / "space-feeds.toml").write_text(pack, "utf-8")
        allowed = f"[fetch]\nallow_private = true\nports = [{web.port}]\n"
        (folder / "space.toml").write_text(config + allowed, "utf-8")

        done = typed("brief", "--config", "space.toml", "--format", "json")

    made = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert made["title"] == "Space"
    assert made["coverage"]["ok"] == len(packed) == 5
    assert {name for story in made["stories"] for name in story["publishers"]} == {
        *("NASA", "ESA", "SpaceNews", "Spaceflight Now", "NASASpaceflight"),
    }
