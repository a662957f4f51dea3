"""The sources of the configuration and of the packs that it names, with every fault at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from bot.config.faults import between, described, of_neither_kind, repeated
from bot.config.source_tables import FeedSource, FolderSource, Pack
from bot.config.toml_file import read_toml
from bot.core.errors import ConfigError

#: What no two of them may have alike, and what each should have.
_OWN = {"name": "a name of its own", "feed": "one table for each feed"}


def faults_of_sources(values: dict[str, object]) -> Iterator[str]:
    """Yield what is wrong with the sources of a file as a whole, by key."""
    for key, wanted in _OWN.items():
        yield from repeated(values, "sources", key, wanted)
    yield from of_neither_kind(values)


def read_packs(
    names: Sequence[str], *, configuration: Path, values: dict[str, object]
) -> tuple[tuple[FolderSource | FeedSource, ...], tuple[str, ...]]:
    """Return the sources of the packs, and what is wrong with them: a sentence each.

    Their paths start at the folder of the configuration, whose values are these: what stands in
    one file may not stand in another.
    """
    sources: list[FolderSource | FeedSource] = []
    faults: list[str] = []
    read = [(configuration, values)]
    for name in dict.fromkeys(names):
        place = configuration.parent / name
        try:
            found = read_toml(place, what="pack", absent="Check feeds.packs, or make the file.")
        except ConfigError as error:
            faults.append(str(error))
            continue
        own = list(faults_of_sources(found))
        for before, others in read:
            for key, wanted in _OWN.items():
                own += between(found, others, key=key, wanted=wanted, place=before)
        try:
            sources += Pack.model_validate(found).sources
        except ValidationError as error:
            own += described(error, Pack)
        faults += (f"{place}: {fault}" for fault in sorted(own))
        read.append((place, found))
    return tuple(sources), tuple(faults)
