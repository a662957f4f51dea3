"""A gazetteer's file is read whole, or every fault in it is told."""

from pathlib import Path

import pytest

from bot.core.errors import ConfigError
from bot.core.gazetteer import Kind
from bot.gazetteer import load

EXAMPLE = Path(__file__).parents[2] / "config" / "sco.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "beat.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(ConfigError) as raised:
        load(path)
    return [line.removeprefix(f"{path}: ") for line in str(raised.value).splitlines()]


def test_the_pack_that_comes_along_loads() -> None:
    pack = load(EXAMPLE)

    names = [actor.name for actor in pack.actors]
    assert "Kassym-Jomart Tokayev" in names
    assert len(names) == len(set(names))
    assert {topic.name for topic in pack.topics} >= {"security", "trade"}


def test_actors_and_topics_are_read(tmp_path: Path) -> None:
    text = """
        [[actors]]
        name = "Oman"
        kind = "country"
        aliases = ["Sultanate of Oman"]
        [[actors]]
        name = "BRICS"
        kind = "organisation"
        [[topics]]
        name = "water"
        words = ["river", "dam"]
    """

    pack = load(written(tmp_path, text))

    assert [(one.name, one.kind, one.aliases) for one in pack.actors] == [
        ("Oman", Kind.COUNTRY, ("Sultanate of Oman",)),
        ("BRICS", Kind.ORGANISATION, ()),
    ]
    assert [(one.name, one.words) for one in pack.topics] == [("water", ("river", "dam"))]


def test_an_empty_file_knows_nobody(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")).actors == ()


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = """
        places = 1
        topics = 2
        [[actors]]
        name = ""
        kind = "planet"
        colour = "red"
        [[actors]]
        kind = "person"
        aliases = "Tok"
        [[actors]]
        name = "A"
        kind = "person"
        aliases = ["B", 3]
    """

    assert faults(tmp_path, text) == [
        "places is not known here: expected [[actors]] and [[topics]].",
        "topics must be tables that begin with [[topics]].",
        "actors[1].colour is not a setting: expected name, kind, aliases.",
        "actors[1].name must be a name in quotes.",
        'actors[1].kind must be one of "person", "country", "organisation".',
        "actors[2].name is missing.",
        'actors[2].aliases must be a list of names in quotes: ["one", "two"].',
        'actors[3].aliases must be a list of names in quotes: ["one", "two"].',
    ]


def test_a_topic_without_words_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, '[[topics]]\nname = "water"\n') == ["topics[1].words is missing."]


def test_a_file_that_is_not_there_is_told_with_its_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"No such file.*digest\.gazetteer"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize("content", [b"[[actors", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "beat.toml"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match="is not TOML in UTF-8"):
        load(path)
