"""Time zones by the names that people use for them."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.country_zones import COUNTRIES
from bot.core.errors import ZoneError
from bot.core.places import CITIES, KNOWN_AS
from bot.core.spelling import is_slip

#: No more of what is typed is read: longer than any name of a place with its country.
MAX_PLACE = 80


@dataclass(frozen=True, slots=True)
class OffsetRefused:
    """An offset such as "GMT+5" is no zone: it does not say when the clocks change."""


@dataclass(frozen=True, slots=True)
class UnknownZone:
    """No place of that name is known."""

    #: Zones of whose names it is a slip, the most alike first.
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeveralZones:
    """The name may mean more than one zone, as a large country's does."""

    zones: tuple[str, ...]


def zone_named(name: str) -> ZoneInfo:
    """Return the rules of an IANA time zone. Raises ``ZoneError`` when there are none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        # A name of a folder or one that leads out of the zone data fails in ways of its own.
        raise ZoneError(name) from error


def zone_of(typed: str, known: Collection[str]) -> str | OffsetRefused | UnknownZone | SeveralZones:
    """Return the known zone that a person means: a zone, a city or a country, in any case.

    The country may follow its city; "time", "in" and the like may stand beside them.
    """
    if len(typed) > MAX_PLACE:
        return UnknownZone()
    read = unicodedata.normalize("NFKC", typed)
    if _OFFSET.fullmatch(_bare(read)):
        return OffsetRefused()
    places = _places(frozenset(known))
    words = _folded(read).split()
    zones = _meant(words, places) or _meant(_without_beside(words), places)
    if not zones:
        return UnknownZone(_nearest(" ".join(_without_beside(words)), places))
    return zones[0] if len(zones) == 1 else SeveralZones(zones)


def place_name(zone: str) -> str:
    """Return the city that a zone is known by: "Astana" for "Asia/Almaty"."""
    return KNOWN_AS.get(zone) or zone.rpartition("/")[2].replace("_", " ")


# "+5", "GMT+5", "UTC +05:00", "Etc/GMT-5", "-0330"; "UTC+0" too would say nothing of the clocks.
_OFFSET = re.compile(r"(?:etc/)?(?:utc|gmt|z)?[+-]\d{1,2}(?:[:.]?\d{2})?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

# Words that people put beside the name of a place.
_BESIDE = frozenset(
    """a at in local my of standard summer daylight the time timezone tz zone
    в время времени город городе зона часовой по пояс""".split()
)
_SUFFIXES = ("时间", "時間")
# Marks that some write inside a name and others leave out.
_SILENT = frozenset("'’‘ʻʼ`.")

# Regions of the IANA list whose last parts are places; the others' are "Eastern" or "General".
_REGIONS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)
_FOLDED_REGIONS = frozenset(map(str.casefold, _REGIONS))
# Last parts that are everyday words or letters, not the names of one place.
_TOO_COMMON = frozenset("act center east lhi north nsw south virgin west".split())
# Entries of the list that are no place's time, or an offset with its sign turned round.
_NO_PLACE = re.compile(r"Factory|localtime|posixrules|(?:Etc/)?GMT[+-]?\d+")
# How much a name must resemble another, of how many letters at least, to be looked at as its slip.
_LIKENESS = 0.75
_SHORTEST = 4
_NEAREST = 3
# A city of several words and its country of several words.
_MOST_WORDS = 8


def _bare(typed: str) -> str:
    beside = {"time", "in", "zone", "timezone"}
    kept = (word for word in typed.casefold().translate(_DASHES).split() if word not in beside)
    return "".join(kept)


def _folded(name: str) -> str:
    """Return the name in small letters without accents, its words parted by single spaces."""
    letters: list[str] = []
    for character in unicodedata.normalize("NFKD", name.casefold()):
        if character in _SILENT or unicodedata.combining(character):
            continue
        letters.append(character if character.isalnum() else " ")
    folded = "".join(letters)
    for suffix in _SUFFIXES:
        folded = folded.removesuffix(suffix)
    return " ".join(folded.split())


def _without_beside(words: Sequence[str]) -> Sequence[str]:
    first, last = 0, len(words)
    while first < last and words[first] in _BESIDE:
        first += 1
    while last > first and words[last - 1] in _BESIDE:
        last -= 1
    return words[first:last]


@dataclass(frozen=True, slots=True)
class _Places:
    #: Zones by the folded names that they have.
    zones: Mapping[str, tuple[str, ...]]
    #: Which of the names are countries'.
    countries: frozenset[str]


@lru_cache(maxsize=2)
def _places(known: frozenset[str]) -> _Places:
    countries = {
        _folded(name): tuple(_listed(zones))
        for names, zones in COUNTRIES.items()
        for name in _listed(names)
    }
    ours: dict[str, tuple[str, ...]] = {}
    for zone, names in CITIES.items():
        for name in map(_folded, _listed(names)):
            ours[name] = (*ours.get(name, ()), zone)
    zones = _of_the_list(known)
    for name, meant in (ours | countries).items():
        if there := tuple(zone for zone in meant if zone in known):
            zones[name] = there
    return _Places(zones, frozenset(countries))


def _of_the_list(known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the zones by their folded names, and by the last parts of these."""
    zones: dict[str, tuple[str, ...]] = {}
    # Deep names first: "America/Kentucky/Louisville" is today's name of "America/Louisville".
    for zone in sorted(known, key=lambda name: (-name.count("/"), name)):
        region, _, last = zone.rpartition("/")
        if not _NO_PLACE.fullmatch(zone):
            zones[_folded(zone)] = (zone,)
            if region.partition("/")[0] in _REGIONS and _folded(last) not in _TOO_COMMON:
                zones.setdefault(_folded(last), (zone,))
    return zones


def _listed(names: str) -> Iterable[str]:
    return (" ".join(name.split()) for name in names.split(","))


def _meant(words: Sequence[str], places: _Places) -> tuple[str, ...]:
    """Return the zones of a place, which its country or another place around it may follow."""
    if len(words) > _MOST_WORDS:
        return ()
    if zones := places.zones.get(" ".join(words)):
        return zones
    for count in range(len(words) - 1, 0, -1):
        rest = " ".join(words[count:])
        there = places.zones.get(" ".join(words[:count]), ())
        if both := tuple(zone for zone in there if zone in places.zones.get(rest, ())):
            return both
        # Of most countries only the zone of the capital is listed.
        if len(there) == 1 and rest in places.countries:
            return there
    return ()


def _nearest(name: str, places: _Places) -> tuple[str, ...]:
    # Few mistake the first letter, and many a word is a name but for that: "home" is nearly "Rome".
    names = [known for known in places.zones if len(known) >= _SHORTEST and known[0] == name[:1]]
    alike = get_close_matches(name, names, _NEAREST, _LIKENESS)
    near = [known for known in alike if is_slip(name, known)]
    # Some name a city of theirs by its region, as the list does: "Asia/Astana".
    region, _, city = name.partition(" ")
    if region in _FOLDED_REGIONS and city in places.zones:
        near.insert(0, city)
    return tuple(dict.fromkeys(zone for known in near for zone in places.zones[known][:1]))
