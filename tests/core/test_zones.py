"""A zone is found by what people call it, and what is no zone is refused with a reason."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.country_zones import COUNTRIES
from bot.core.errors import ZoneError
from bot.core.places import CITIES, KNOWN_AS
from bot.core.zones import (
    MAX_PLACE,
    OffsetRefused,
    SeveralZones,
    UnknownZone,
    place_name,
    zone_named,
    zone_of,
)

ZONES = frozenset(available_timezones())

MEANT = {
    "Asia/Almaty": """Astana|asia/almaty|ASIA ALMATY|Almaty|Алматы|Астана|阿斯塔纳|阿拉木图
        |Nur-Sultan|Nur Sultan|Kazakhstan|Almaty, Kazakhstan|Astana time|in Astana|Shymkent""",
    "America/New_York": """New York|new_york|NEW-YORK|New York, USA|Washington, D.C.|EST
        |Eastern time|Atlanta, Georgia|Нью-Йорк|纽约""",
    "Asia/Ho_Chi_Minh": "Ho Chi Minh|Ho Chi Minh City|Hanoi|Asia/Ho_Chi_Minh",
    "Asia/Shanghai": "Beijing|北京|北京时间|Пекин|Shanghai|China|CST China",
    "Asia/Kolkata": "Delhi|New Delhi|Mumbai|Индия|Kolkata",
    "Asia/Karachi": "Islamabad|Pakistan|Hyderabad, Pakistan|伊斯兰堡",
    "Asia/Bishkek": "Bishkek|Бишкек|Kyrgyzstan",
    "Asia/Dushanbe": "Dushanbe|Душанбе|Khujand",
    "Asia/Tashkent": "Tashkent|ташкент|塔什干|Uzbekistan",
    "Asia/Tehran": "Tehran|Teheran|Iran|Тегеран",
    "Asia/Ulaanbaatar": "Ulaanbaatar|Ulan Bator|乌兰巴托",
    "Asia/Baku": "Baku|Azerbaijan",
    "Asia/Yerevan": "Yerevan|Armenia",
    "Europe/Moscow": """Moscow|Moscow time|Москва|по московскому времени|мск|莫斯科|Saint Petersburg
        |St. Petersburg|St Petersburg, Russia|Санкт-Петербург|Kazan|Казань""",
    "Europe/Minsk": "Minsk|Минск|Belarus",
    "Europe/Istanbul": "Istanbul|Ankara|Turkey",
    "Europe/London": "London|Лондон|UK|Edinburgh, Scotland",
    "Europe/Isle_of_Man": "Isle of Man",
    "Europe/Amsterdam": "The Hague",
    "America/Sao_Paulo": "São Paulo|sao paulo",
    "America/Port_of_Spain": "Port of Spain",
    "America/Kentucky/Louisville": "Louisville",
    "Africa/Ndjamena": "N'Djamena|N’Djamena|Ndjamena",
    "Pacific/Tongatapu": "Nukuʻalofa",
    "Asia/Aqtau": "Aqtau, Kazakhstan",
    "Asia/Urumqi": "Asia/Urumqi",
    "UTC": "UTC|utc|GMT|gmt|Z|Zulu|Etc/UTC|Universal",
}


@pytest.mark.parametrize(
    ("typed", "zone"),
    [(name.strip(), zone) for zone, names in MEANT.items() for name in names.split("|")],
)
def test_a_zone_is_found_by_what_people_call_it(typed: str, zone: str) -> None:
    assert zone_of(typed, ZONES) == zone


def test_a_name_of_the_list_means_itself() -> None:
    places = {zone for zone in ZONES if "/" in zone and not zone.startswith("Etc/")}

    assert {zone for zone in places if zone_of(zone, ZONES) != zone} == set()


@pytest.mark.parametrize(
    "typed",
    [
        "GMT+5",
        "gmt +5",
        "UTC+05:00",
        "UTC + 5",
        "+5",
        "-03:30",
        "−3",
        "Etc/GMT-5",
        "UTC+0",
        "+0530",
    ],
)
def test_a_bare_offset_is_refused_as_one(typed: str) -> None:
    assert zone_of(typed, ZONES) == OffsetRefused()


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("Hyderabad", "Asia/Karachi", "Asia/Kolkata"),
        ("Urumqi", "Asia/Shanghai", "Asia/Urumqi"),
        ("乌鲁木齐", "Asia/Shanghai", "Asia/Urumqi"),
        ("Petersburg", "Europe/Moscow", "America/Indiana/Petersburg"),
        ("Georgia", "Asia/Tbilisi", "America/New_York"),
        ("CST", "Asia/Shanghai", "America/Chicago"),
        ("Mongolia", "Asia/Ulaanbaatar", "Asia/Hovd"),
        ("Russia", "Europe/Moscow", "Europe/Kaliningrad"),
    ],
)
def test_a_name_with_several_meanings_asks_back(typed: str, first: str, second: str) -> None:
    found = zone_of(typed, ZONES)

    assert isinstance(found, SeveralZones)
    assert found.zones[:2] == (first, second)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Tashket", "Asia/Tashkent"),
        ("Moskow", "Europe/Moscow"),
        ("Bejing", "Asia/Shanghai"),
        ("Asia/Almatty", "Asia/Almaty"),
        ("Asia/Astana", "Asia/Almaty"),
        ("Nwe York", "America/New_York"),
    ],
)
def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(
    typed: str, nearest: str
) -> None:
    found = zone_of(typed, ZONES)

    assert isinstance(found, UnknownZone)
    assert found.nearest[0] == nearest


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "Mars/Base",
            "Mars",
            "Europe/Mars",
            "Asia/Moon",
            "",
            "  ",
            "in",
            "local time",
            "North",
            "Factory",
            "localtime",
            "GMT0",
        ),
        *("tomorow", "some", "home", "brother"),
        *("Astana Moscow", "one two three four five six seven eight nine", "🙂", "\ud800"),
        *("Astana " * 20, "x" * (MAX_PLACE + 1), "../../etc/passwd", "\0"),
    ],
)
def test_what_is_no_place_is_unknown(typed: str) -> None:
    assert zone_of(typed, ZONES) == UnknownZone()


def test_only_zones_that_are_known_are_found() -> None:
    known = ["Europe/Moscow", "Asia/Tashkent"]

    assert zone_of("Tashkent", known) == "Asia/Tashkent"
    assert zone_of("Russia", known) == "Europe/Moscow"
    assert zone_of("Astana", known) == UnknownZone()


@given(st.text(max_size=MAX_PLACE + 10))
def test_any_text_gives_a_value(typed: str) -> None:
    found = zone_of(typed, ZONES)

    assert not isinstance(found, str) or found in ZONES


def test_every_zone_of_the_tables_has_rules() -> None:
    countries = {zone.strip() for zones in COUNTRIES.values() for zone in zones.split(",")}

    assert {*CITIES, *KNOWN_AS, *countries} <= ZONES


def test_every_name_of_the_tables_is_found() -> None:
    names = ",".join([*CITIES.values(), *COUNTRIES]).split(",")

    lost = [name for name in names if isinstance(zone_of(name, ZONES), UnknownZone | OffsetRefused)]

    assert lost == []


def test_a_zone_is_known_by_its_city() -> None:
    assert place_name("Asia/Almaty") == "Astana"
    assert place_name("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert place_name("UTC") == "UTC"


def test_a_zone_has_rules_or_none() -> None:
    assert zone_named("Asia/Almaty").key == "Asia/Almaty"
    with pytest.raises(ZoneError, match="'Mars/Base'"):
        zone_named("Mars/Base")
