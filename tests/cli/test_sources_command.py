"""``briefbot sources``: feeds listed, added, tried, removed, brought in and written out."""

import asyncio
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.health import Fault, Health, Reason
from bot.operate.source_arguments import names
from bot.store.database import open_database
from bot.store.healths import Healths
from tests.fakes.feed_server import Answer, page
from tests.fakes.feed_texts import atom, entries, rss
from tests.fakes.shell import Outcome, typed
from tests.fakes.web import Web, serving

pytestmark = pytest.mark.slow

Run = Callable[..., Outcome]

NEWS = ["NAME", "STANDING", "LAST NEWS", "A DAY", "NEXT LOOK", "ADDRESS", "WHY"]


@pytest.fixture
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in this process, in the folder."""
    monkeypatch.chdir(folder)
    return typed


def pages() -> dict[str, Answer]:
    """Return two feeds, pages that name one or both of them, and one that asks who is there."""

    def site(*feeds: str) -> Answer:
        links = [f'<link rel="alternate" type="application/rss+xml" href="{one}">' for one in feeds]
        html = f"<html><head>{''.join(links)}</head><body><p>Hello.</p></body></html>"
        return page(html.encode(), kind="text/html")

    login = b'<html><form><input type="password"></form></html>'
    return {
        "/feed.xml": page(rss(entries(4), title="The Steppe: all news")),
        "/one.xml": page(rss(entries(1, first=90), title="Second")),
        "/rail.xml": page(atom(entries(2, first=50), title="Rail")),
        "/site": site("/feed.xml"),
        "/both": site("/feed.xml", "/rail.xml"),
        "/login": page(login, kind="text/html"),
    }


@pytest.fixture
def web() -> Iterator[Web]:
    with serving(pages()) as web:
        yield web


@pytest.fixture
def feeds(folder: Path, web: Web) -> Path:
    """Let the configuration ask this machine; return its file."""
    config = folder / "config" / "briefbot.toml"
    allowed = f"[fetch]\nallow_private = true\nports = [{web.port}]\n"
    config.write_text(allowed + config.read_text("utf-8"), "utf-8")
    return config


def rows(text: str) -> list[list[str]]:
    return [re.split(r" {2,}", line) for line in text.splitlines()]


def declare(config: Path, name: str, address: str, more: str = "") -> None:
    table = f'[[sources]]\nname = "{name}"\nfeed = "{address}"\n{more}'
    config.write_text(config.read_text("utf-8") + table, "utf-8")


def test_a_feed_is_added_listed_and_removed(inside: Run, feeds: Path, web: Web) -> None:
    added = inside("sources", "add", web.url("/site"), "--tier", "1", "--owner", "state")

    assert added.returncode == 0, added.stderr
    first, second, *headlines = added.stdout.splitlines()
    assert first == f"The Steppe all news is read from now on: {web.url('/feed.xml')}"
    assert second == "The Steppe: all news, 4 items, the newest of 2026-05-04 13:00"
    assert len(headlines) == 3
    assert added.stderr == (
        "It is set up with owner state, language en, tier 1, fulltext auto, quote lines.\n"
    )
    again = inside("sources", "add", web.url("/feed.xml"))
    assert again.returncode == 0
    assert again.stdout == (
        f"The Steppe all news is read already. Its address: {web.url('/feed.xml')}\n"
    )

    listed = rows(inside("sources", "list").stdout)
    assert listed == [
        NEWS,
        ["news", "not read yet", "-", "-", "-", "news"],
        ["The Steppe all news", "not read yet", "-", "-", "-", web.url("/feed.xml")],
    ]

    removed = inside("sources", "remove", "the steppe all news")
    assert removed.stdout == (
        "The Steppe all news is read no more. Its articles stay in the archive.\n"
    )
    assert inside("sources", "list").stdout.endswith(
        "No feed is read yet: briefbot sources add ADDRESS, or a pack in [feeds] packs.\n"
    )
    assert feeds.exists()


def test_of_several_feeds_one_is_to_be_chosen(inside: Run, feeds: Path, web: Web) -> None:
    several = inside("sources", "add", web.url("/both"))

    assert several.returncode == 1
    first, *table = rows(several.stdout)
    assert first == ["The site has 2 feeds. Nothing was added: choose one by its address."]
    assert [row[:3] for row in table] == [
        ["ADDRESS", "TITLE", "ITEMS"],
        [web.url("/feed.xml"), "The Steppe: all news", "4"],
        [web.url("/rail.xml"), "Rail", "2"],
    ]
    assert several.stderr == f"briefbot sources add {web.url('/feed.xml')}\n"

    declare(feeds, "Rail", web.url("/rail.xml"), "enabled = false\n")
    known = inside("sources", "add", web.url("/both"))
    assert known.returncode == 0
    assert known.stdout.startswith(
        "Rail stands in the configuration, and turned off there: enabled = false. "
        f"Its address: {web.url('/rail.xml')}\n"
        "The site has other feeds, too. To add one, name its address:\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "/login"), "wants somebody to sign in."),
        (("add", "/feed.xml", "--name", "NEWS"), "NEWS is the name of another source: choose"),
        (("remove", "news"), "news stands in the configuration (config/briefbot.toml, or a pack"),
        (("remove", "Newz"), "No feed is called Newz. briefbot sources list shows them all."),
        (("check", "Newz"), "No feed is called Newz. briefbot sources list shows them all."),
        (("import", "none.opml"), "none.opml cannot be read: No such file or directory. Check"),
        (("import", "news/gauge.txt"), "news/gauge.txt is no list of feeds in OPML. Nothing was"),
        (("import", "bomb.opml"), "bomb.opml declares entities, which can be used to fill"),
        (("import", "large.opml"), "large.opml is larger than 10 MB: it cannot be a list"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    inside: Run, feeds: Path, web: Web, arguments: tuple[str, ...], said: str
) -> None:
    folder = feeds.parent.parent
    declare(feeds, "TASS", web.url("/tass"))
    (folder / "bomb.opml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><opml>&a;</opml>')
    (folder / "large.opml").write_bytes(b" " * 10_000_001)
    done = inside("sources", *(web.url(one) if one[0] == "/" else one for one in arguments))

    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_address_of_ones_own_is_refused_until_it_is_allowed(
    inside_words: Callable[..., str], web: Web
) -> None:
    said = inside_words("sources", "add", web.url("/feed.xml"))

    assert said.endswith(
        "/feed.xml: is at an address that I may not ask (it leads into a private network; "
        "[fetch] allow_private = true lets your own sources be there)."
    )


@pytest.fixture
def inside_words(inside: Run, folder: Path, web: Web) -> Callable[..., str]:
    """Return what runs the command, where only the port is allowed, and what it complains of."""
    config = folder / "config" / "briefbot.toml"
    ports = f"[fetch]\nports = [{web.port}]\n"
    config.write_text(ports + config.read_text("utf-8"), "utf-8")
    return lambda *arguments: inside(*arguments).stderr.strip()


def test_a_setting_that_the_configuration_would_not_take_is_refused(inside: Run) -> None:
    done = inside("sources", "add", "steppe.example", "--country", "kz", "--name", "a/b")

    assert done.returncode == 2
    assert 'country is "kz": expected a country\'s two capital letters' in done.stderr
    assert 'name is "a/b": expected a name of 1 to 40 letters' in done.stderr


def test_feeds_are_asked_and_each_says_how_it_is(inside: Run, feeds: Path, web: Web) -> None:
    declare(feeds, "Steppe", web.url("/feed.xml"))
    declare(feeds, "Login", web.url("/login"))
    declare(feeds, "Off", web.url("/rail.xml"), "enabled = false\n")

    some = inside("sources", "check")
    one = inside("sources", "check", "off")
    records = json.loads(inside("sources", "check", "--format", "json").stdout)

    assert some.returncode == 1
    table = rows(some.stdout)
    assert [row[:2] for row in table[1:3]] == [["Steppe", "ok"], ["Login", "fails"]]
    assert table[1][2:5] == ["4", "2026-05-04 13:00", "teaser 4"]
    assert table[2][-1] == "wants somebody to sign in"
    assert table[3] == ["1 of 2 can be read."]
    assert one.returncode == 0
    assert one.stdout.endswith("\nAll of them can be read.\n")
    assert [record["ok"] for record in records] == [True, False]


def test_without_feeds_there_is_nothing_to_ask(inside: Run) -> None:
    done = inside("sources", "check")

    assert (done.returncode, done.stdout) == (
        *(0, "No feed is read: briefbot sources add ADDRESS adds one.\n"),
    )


def test_sources_go_from_one_bot_to_another(
    briefbot: Run, inside: Run, feeds: Path, web: Web
) -> None:
    declare(feeds, "Steppe", web.url("/feed.xml"), 'owner = "state"\ntier = 3\n')

    written = inside("sources", "export", "own.opml")
    printed = inside("sources", "export").stdout

    assert written.stdout == "own.opml: 1 feed.\n"
    assert Path("own.opml").read_text("utf-8") == printed
    feeds.write_text(feeds.read_text("utf-8").partition('[[sources]]\nname = "Steppe"')[0], "utf-8")
    extra = '<outline text="x" xmlUrl="file:///etc/passwd"/>' * 12
    text = printed.replace("</body>", f"{extra}</body>")
    brought = briefbot("sources", "import", "-", typed=text)
    again = inside("sources", "import", "own.opml")
    assert brought.stdout == "The input: 1 added, 0 read already, 12 not taken.\n"
    told = brought.stderr.splitlines()
    assert len(told) == 12
    assert told[-2:] == ["and 2 more", "To see what they answer: briefbot sources check"]
    assert again.stdout == "own.opml: 0 added, 1 read already.\n"
    (steppe,) = json.loads(inside("sources", "list", "--format", "json").stdout)[1:]
    assert (steppe["name"], steppe["owner"], steppe["tier"], steppe["declared"]) == (
        *("Steppe", "state", 3, False),
    )


def test_folders_of_another_reader_come_back_with_the_next_export(
    inside: Run, folder: Path
) -> None:
    def feed(name: str) -> str:
        return f'<outline text="{name}" xmlUrl="https://{name.lower()}.example/feed"/>'

    deep = f'<outline text="Asia"><outline text="Rail">{feed("Gauge")}</outline></outline>'
    text = f'<opml version="2.0"><body>{deep}{feed("Water")}</body></opml>'
    (folder / "own.opml").write_text(text, "utf-8")

    brought = inside("sources", "import", "own.opml")
    written = inside("sources", "export").stdout
    for name in ("gauge", "water"):
        inside("sources", "remove", name)
    (folder / "written.opml").write_text(written, "utf-8")
    again = inside("sources", "import", "written.opml")

    assert brought.stdout == "own.opml: 2 added, 0 read already.\n"
    assert brought.stderr.splitlines() == [
        "Folders and categories are kept for briefbot sources export; nothing else uses them.",
        "To see what they answer: briefbot sources check",
    ]
    assert again.stdout == "written.opml: 2 added, 0 read already.\n"
    assert inside("sources", "export").stdout == written
    assert re.findall(' text="(.*?)"', written) == ["Water", "Asia", "Rail", "Gauge"]


def test_what_is_typed_and_is_no_list_is_called_the_input(briefbot: Run) -> None:
    done = briefbot("sources", "import", "-", typed="rubbish")

    assert done.returncode == 1
    assert "The input is no list of feeds in OPML. Nothing was added." in done.stderr


def test_a_feed_of_one_item_has_one_item(inside: Run, feeds: Path, web: Web) -> None:
    assert feeds.exists()
    added = inside("sources", "add", web.url("/one.xml"))

    assert added.stdout.splitlines()[1].startswith("Second, 1 item, the newest of ")


def test_a_password_in_an_address_is_refused_and_never_repeated(
    inside: Run, folder: Path, feeds: Path
) -> None:
    signed = "https://editor:sesame@x.example/z"
    (folder / "own.opml").write_text(
        f'<opml version="2.0"><body><outline text="{signed}" xmlUrl="{signed}"/></body></opml>'
    )

    added = inside("sources", "add", signed)
    brought = inside("sources", "import", "own.opml")
    declare(feeds, "Steppe", signed)
    declared = inside("sources", "list")

    why = "has a name or a password in it, which lists would show: leave it out"
    for done, who in (
        (added, "The address"),
        (brought, "https://…@x.example/z: its address"),
        (declared, "sources[2].feed"),
    ):
        assert done.returncode != 0
        assert f"{who} {why}" in " ".join(re.sub("[│╭╮╰╯─]", " ", done.stderr).split())
        assert "sesame" not in done.stdout + done.stderr


def test_a_list_without_a_feed_brings_nothing(inside: Run, folder: Path) -> None:
    (folder / "empty.opml").write_text('<opml version="2.0"><body/></opml>')

    done = inside("sources", "import", "empty.opml")

    assert (done.returncode, done.stdout) == (1, "empty.opml: 0 added, 0 read already.\n")


def test_how_a_source_fared_is_listed_with_why(inside: Run, folder: Path, feeds: Path) -> None:
    declare(feeds, "TASS", "https://tass.com/rss/v2.xml")
    failing = Health(
        source="TASS",
        failing=Fault(name="TASS", reason=Reason.NO_ANSWER, detail="30 s"),
        checked=datetime(2026, 5, 4, 8, tzinfo=UTC),
        since=datetime(2026, 5, 4, 8, tzinfo=UTC),
        next=datetime(2026, 5, 4, 9, tzinfo=UTC),
    )

    async def note() -> None:
        async with open_database(folder / "data" / "briefbot.db") as database:
            await Healths(database).note(failing)

    asyncio.run(note())
    done = inside("sources", "list")

    assert rows(done.stdout)[2] == [
        *("TASS", "failing since 2026-05-04 13:00", "-", "-", "2026-05-04 14:00"),
        *("https://tass.com/rss/v2.xml", "gives no answer in time (30 s)"),
    ]


def test_a_shell_completes_the_names_of_feeds(
    folder: Path, feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(feeds, "TASS", "https://tass.com/rss/v2.xml")
    declare(feeds, "Trend", "https://trend.example/rss")
    monkeypatch.chdir(folder)

    assert names("t") == ["TASS", "Trend"]
    assert names("tr") == ["Trend"]
    feeds.write_text("[digest", "utf-8")
    assert names("") == []


def test_a_backup_holds_the_packs_of_the_configuration(inside: Run, feeds: Path, web: Web) -> None:
    pack = f'[[sources]]\nname = "Packed"\nfeed = "{web.url("/rail.xml")}"\n'
    (feeds.parent / "pack.toml").write_text(pack, "utf-8")
    packs = '[feeds]\npacks = ["pack.toml"]\n'
    feeds.write_text(packs + feeds.read_text("utf-8"), "utf-8")
    inside("sources", "add", web.url("/feed.xml"))

    done = inside("backup", "all.tar.gz")

    assert done.returncode == 0, done.stderr
    with tarfile.open("all.tar.gz") as packed:
        assert {"config/briefbot.toml", "config/pack.toml"} <= set(packed.getnames())
