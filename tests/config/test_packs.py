"""Packs bring sources to a configuration, and the two that come along are sound."""

from pathlib import Path

import pytest

from bot.app.feed import FullText, Reuse
from bot.config.feed_settings import feed_settings
from bot.config.load import Config, load
from bot.config.source_tables import FolderSource
from bot.core.errors import ConfigError

CONFIG = Path(__file__).parents[2] / "config"
FOLDER = '[[sources]]\nname = "seeds"\nfolder = "seeds"\n'


def feed(name: str, address: str = "") -> str:
    return f'[[sources]]\nname = "{name}"\nfeed = "{address or f"https://{name}.example/feed"}"\n'


def with_packs(folder: Path, sources: str = FOLDER, /, **packs: str) -> Path:
    names = ", ".join(f'"{name}.toml"' for name in packs)
    for name, text in packs.items():
        (folder / f"{name}.toml").write_text(text)
    place = folder / "briefbot.toml"
    place.write_text(f"[feeds]\npacks = [{names}]\n{sources}")
    return place


def faults(place: Path) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(place)
    return str(raised.value).replace(f"{place.parent}/", "").splitlines()


def sco(folder: Path) -> Config:
    place = folder / "briefbot.toml"
    place.write_text(f'[feeds]\npacks = ["{CONFIG / "sco-feeds.toml"}"]\n')
    return load(place)


def test_a_pack_brings_its_sources_behind_those_of_the_configuration(tmp_path: Path) -> None:
    config = load(with_packs(tmp_path, wires=feed("a") + feed("b"), more=feed("c")))

    assert [source.name for source in config.sources] == ["seeds", "a", "b", "c"]


def test_a_configuration_with_a_pack_needs_no_source_of_its_own(tmp_path: Path) -> None:
    config = load(with_packs(tmp_path, "", wires=feed("a")))

    assert [one.address for one in feed_settings(config)] == ["https://a.example/feed"]


def test_every_fault_of_a_pack_is_told_by_its_file_and_key(tmp_path: Path) -> None:
    bad = feed("a", "ftp://a.example") + 'tier = 9\ntitle = "x"\n[digest]\ntitle = "x"\n'
    place = with_packs(tmp_path, bad=bad, empty="sources = []\n", other="a = ")

    assert faults(place) == [
        "bad.toml: digest is not a setting.",
        (
            'bad.toml: sources[1].feed is "ftp://a.example": expected the address of a feed, in'
            ' quotes: "https://example.org/feed.xml".'
        ),
        "bad.toml: sources[1].tier is 9: expected 1, 2 or 3.",
        "bad.toml: sources[1].title is not a setting.",
        (
            "empty.toml: sources is an empty list: expected one table or more, each beginning with"
            " [[sources]]."
        ),
        (
            "other.toml, end of document: Invalid value. The file is not TOML there: each line is"
            " a [table] or a key = value, and text stands in double quotes."
        ),
    ]


def test_a_pack_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "briefbot.toml"
    place.write_text('[feeds]\npacks = ["none.toml", "."]\n')

    assert faults(place) == [
        "none.toml does not exist. Check feeds.packs, or make the file.",
        f"{tmp_path} is not a file. Name the pack file itself.",
    ]


def test_a_name_or_an_address_of_another_file_is_a_fault(tmp_path: Path) -> None:
    place = with_packs(
        tmp_path,
        wires=feed("Seeds") + feed("b"),
        more=feed("c", "https://b.example/feed") + feed("d") + feed("D", "https://d.example/x"),
    )

    assert faults(place) == [
        (
            'wires.toml: sources[1].name is "Seeds", as in sources[1] of briefbot.toml: expected a'
            " name of its own."
        ),
        (
            'more.toml: sources[1].feed is "https://b.example/feed", as in sources[2] of'
            " wires.toml: expected one table for each feed."
        ),
        'more.toml: sources[3].name is "D", as in sources[2]: expected a name of its own.',
    ]


def test_the_same_pack_twice_is_read_once(tmp_path: Path) -> None:
    place = with_packs(tmp_path, wires=feed("a"))
    place.write_text('[feeds]\npacks = ["wires.toml", "wires.toml"]\n')

    assert [source.name for source in load(place).sources] == ["a"]


@pytest.mark.parametrize("packs", ['"wires.toml"', "[1]", "true"])
def test_packs_in_a_wrong_shape_are_a_fault_and_none_is_read(tmp_path: Path, packs: str) -> None:
    place = tmp_path / "briefbot.toml"
    place.write_text(f"[feeds]\npacks = {packs}\n{FOLDER}")

    (fault,) = faults(place)

    assert fault.startswith("briefbot.toml: feeds.packs")
    assert fault.endswith('a list of files with [[sources]] tables, in quotes: ["sco-feeds.toml"].')


def test_feeds_are_read_between_bounds_that_are_the_right_way_round(tmp_path: Path) -> None:
    place = tmp_path / "briefbot.toml"
    place.write_text(f"[feeds]\nleast_minutes = 60\nmost_minutes = 30\n{FOLDER}")

    assert faults(place) == [
        (
            "briefbot.toml: feeds.least_minutes is above feeds.most_minutes: expected no more than"
            " that."
        )
    ]


@pytest.mark.parametrize(
    "address",
    ["https://", "https://a.example:0/", "https://[::1/", "a b"],
)
def test_an_address_that_cannot_be_asked_is_a_fault(tmp_path: Path, address: str) -> None:
    place = tmp_path / "briefbot.toml"
    place.write_text(feed("a", address))

    (fault,) = faults(place)

    assert fault.startswith(f'briefbot.toml: sources[1].feed is "{address}": expected the address')


def test_a_table_that_is_no_table_is_shown_the_right_shape(tmp_path: Path) -> None:
    place = tmp_path / "briefbot.toml"
    place.write_text('sources = ["seeds"]')

    assert faults(place) == [
        (
            'briefbot.toml: sources[1] is "seeds": expected one table or more, each beginning with'
            " [[sources]]."
        )
    ]


def test_a_feed_is_set_up_with_all_that_its_table_says(tmp_path: Path) -> None:
    by_name = {setting.name: setting for setting in feed_settings(sco(tmp_path))}

    gazeta = by_name["Gazeta.uz"]
    assert gazeta.address == "https://www.gazeta.uz/en/rss/"
    assert (gazeta.publisher, gazeta.owner, gazeta.country) == ("Gazeta.uz", "private", "UZ")
    assert (gazeta.language, gazeta.tier, gazeta.enabled) == ("en", 2, True)
    assert (gazeta.fulltext, gazeta.reuse) == (FullText.NEVER, Reuse.HEADLINE)
    assert by_name["Trend Central Asia"].fulltext is FullText.NEVER
    assert by_name["24.kg"].language == "ru"


def test_the_pack_of_the_beat_has_what_is_known_to_work_and_lists_the_rest(tmp_path: Path) -> None:
    settings = feed_settings(sco(tmp_path))

    assert sum(one.enabled for one in settings) == 27
    assert {one.name for one in settings if not one.enabled} >= {"Kun.uz", "CGTN World", "Mehr"}
    assert all(one.publisher and one.owner for one in settings)
    assert all(one.country or one.owner == "international" for one in settings)
    dead = ("xinhua", "chinadaily", "intellinews", "sectsco")
    assert not [one for one in settings if any(word in one.address for word in dead)]


def test_a_pack_on_another_beat_needs_nothing_but_its_file() -> None:
    config = load(CONFIG / "space.toml")

    assert config.digest.title == "Space"
    assert config.digest.gazetteer is None
    assert len(feed_settings(config)) == 5
    assert not [source for source in config.sources if isinstance(source, FolderSource)]
