import time
from datetime import UTC, date, datetime

import pytest

from bot.core.languages import NEUTRAL, language
from bot.core.values import Span
from bot.core.wire import agency_tail, read

ENGLISH = language("en")
SEPTEMBER_1 = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        ("TIANJIN, China, Aug. 31 (Xinhua) -- ", "Tianjin, China", "Xinhua", None),
        ("TIANJIN, CHINA, Aug. 31 (Xinhua) -- ", "Tianjin, China", "Xinhua", None),
        ("BEIJING, Aug 31 (Reuters) - ", "Beijing", "Reuters", None),
        ("WASHINGTON (AP) — ", "Washington", "AP", None),
        ("WASHINGTON, D.C. (AP) — ", "Washington, D.C.", "AP", None),
        ("RIO DE JANEIRO (AP) — ", "Rio de Janeiro", "AP", None),
        ("MOSCOW, September 1. /TASS/. ", "Moscow", "TASS", None),
        ("BEIJING, September 1, 2025. /TASS/. ", "Beijing", "TASS", SEPTEMBER_1),
        ("ST. PETERSBURG, June 5. /TASS/. ", "St. Petersburg", "TASS", None),
        ("ASTANA. KAZINFORM – ", "Astana", "KAZINFORM", None),
        ("ASTANA. September 1. KAZINFORM – ", "Astana", "KAZINFORM", None),
        ("ASTANA, September 1, KAZINFORM – ", "Astana", "KAZINFORM", None),
        ("ASTANA, Sept. 1 (Kazinform)—", "Astana", "Kazinform", None),
        ("BAKU, Azerbaijan, September 1. ", "Baku, Azerbaijan", None, None),
        ("ASTANA, 1 September 2025. ", "Astana", None, SEPTEMBER_1),
        (
            "TASHKENT, Uzbekistan, 1 September 2025 (UzA) – ",
            "Tashkent, Uzbekistan",
            "UzA",
            SEPTEMBER_1,
        ),
        ("DUSHANBE, 01.09.2025 (NIAT Khovar) – ", "Dushanbe", "NIAT Khovar", SEPTEMBER_1),
        ("BISHKEK (Central Asian Times) — ", "Bishkek", "Central Asian Times", None),
        ("New Delhi, Sep 1 (PTI) ", "New Delhi", "PTI", None),
        ("ISLAMABAD: ", "Islamabad", None, None),
        ("ISLAMABAD/TIANJIN: ", "Islamabad/Tianjin", None, None),
        ("ASTANA – ", "Astana", None, None),
        ("KYIV, Ukraine — ", "Kyiv, Ukraine", None, None),
        ("(Reuters) - ", None, "Reuters", None),
        ("Sept 1 (Reuters) - ", None, "Reuters", None),
        ("/TASS/. ", None, "TASS", None),
    ],
)
def test_a_dateline_gives_place_agency_and_day_and_is_not_part_of_the_report(
    line: str, place: str | None, agency: str | None, day: date | None
) -> None:
    text = f"{line}Leaders of ten countries met."

    wire = read(text, "en")

    assert text[wire.body :] == "Leaders of ten countries met."
    assert (wire.place, wire.publisher) == (place, agency)
    assert (wire.published.day if wire.published else None) == day
    assert wire.title is None


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance — has met.",
        "NATO — The alliance has met. NATO said so.",
        "BREAKING: Leaders met in Breaking.",
        "UPDATE, September 1. Leaders met.",
        "SCO SUMMIT, September 1. Leaders met.",
        "WHO: Measles is back.",
        "BRICS — Here is what it is.",
        "MUST READ: Leaders met.",
        "XI JINPING: He spoke. Xi Jinping left.",
        "KAZAKHSTAN'S ECONOMY: It grows.",
        "IRAN, Israel - the war goes on.",
        "PUTIN, Xi - Meeting today.",
        "ASTANA. It is cold.",
        "LONDON — London is a city, LONDON in capitals.",
        "(SCO) - The organisation met.",
        "SCO (Shanghai Cooperation Organization) - a bloc of ten.",
        "SHANGHAI COOPERATION ORGANIZATION (SCO) – a bloc of ten.",
        "TALKS, AUGUST 31. Leaders met.",
        "September 1, 2025 — Leaders met.",
        "Leaders met in Astana (Kazinform) - they said.",
        "COVID-19: What to know.",
    ],
)
def test_what_may_be_no_dateline_stays_in_the_report(text: str) -> None:
    wire = read(text, "en")

    assert (wire.place, wire.publisher, wire.published, wire.body) == (None, None, None, 0)


def test_a_name_in_capitals_is_a_place_when_the_report_says_so() -> None:
    assert read("CHARYN – Leaders met. It rained in Charyn.", "en").place == "Charyn"
    assert read("CHARYN – Leaders met. It rained in Charyn Canyon.", "en").place is None


@pytest.mark.parametrize(
    ("prefix", "day", "at"),
    [
        (" date 2025-09-01 ", SEPTEMBER_1, None),
        ("Date: 2025-9-1\n", SEPTEMBER_1, None),
        ("date 2025-09-01T10:30:00Z ", SEPTEMBER_1, datetime(2025, 9, 1, 10, 30, tzinfo=UTC)),
        ("date 2025-09-01 10:30 UTC ", SEPTEMBER_1, datetime(2025, 9, 1, 10, 30, tzinfo=UTC)),
        ("date 2025-09-01T10:30+05:00 ", SEPTEMBER_1, datetime(2025, 9, 1, 5, 30, tzinfo=UTC)),
        ("date 2025-09-01 10:30 ", SEPTEMBER_1, None),
    ],
)
def test_a_text_may_open_with_its_date(prefix: str, day: date, at: datetime | None) -> None:
    wire = read(f"{prefix}Leaders met.", "en")

    assert wire.published
    assert (wire.published.day, wire.published.at) == (day, at)
    assert wire.body == len(prefix)


@pytest.mark.parametrize(
    "text",
    [
        "date 2025-02-30 Leaders met.",
        "date 2025-13-01 Leaders met.",
        "date 0001-01-01T00:00+05:00 Leaders met.",
        "date 2025-09-01T25:00Z Leaders met.",
        "TASHKENT, February 30, 2025. /TASS/. Leaders met.",
        "TASHKENT, 31.02.2025 (UzA) – Leaders met.",
        "A title\n\n2025-02-30\n\nLeaders met.",
    ],
)
def test_a_date_that_does_not_exist_is_no_date(text: str) -> None:
    wire = read(text, "en")

    assert wire.published is None
    assert text[wire.body :] == "Leaders met."


def test_the_opening_date_counts_before_the_dateline() -> None:
    wire = read("date 2025-09-02 BEIJING, September 1, 2025. /TASS/. Leaders met.", "en")

    assert wire.published
    assert wire.published.day == date(2025, 9, 2)


LEAD = "The leaders of ten countries met on Monday to speak of trade and of what comes after it."


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("Leaders meet in Tianjin\n\n", None),
        ("Leaders meet in Tianjin\n", None),
        ("Leaders meet in Tianjin\nBy Ann Lee\n1 September 2025\n", SEPTEMBER_1),
        ("Leaders meet in Tianjin\n\nBy Ann Lee\n\nMonday, September 1, 2025\n\n", SEPTEMBER_1),
        ("Leaders meet in Tianjin\n2025-09-01\n", SEPTEMBER_1),
        ("Will leaders meet?\n\nSeptember 1\n\n", None),
    ],
)
def test_a_title_stands_above_its_report_with_byline_and_day(above: str, day: date | None) -> None:
    text = above + LEAD

    wire = read(text, "en")

    assert wire.title
    assert wire.title.of(text) == above.split("\n", maxsplit=1)[0]
    assert text[wire.body :] == LEAD
    assert (wire.published.day if wire.published else None) == day


def test_a_title_may_stand_above_a_dateline() -> None:
    text = "Leaders meet\n\nBy Ann Lee\n\nTIANJIN, China, September 1. They met."

    wire = read(text, "en")

    assert (wire.title, wire.place) == (Span(0, 12), "Tianjin, China")
    assert text[wire.body :] == "They met."


@pytest.mark.parametrize(
    "text",
    [
        f"Leaders met in Tianjin.\n\n{LEAD}",
        f"TIANJIN, China, September 1. Leaders meet\n\n{LEAD}",
        "Leaders meet in Tianjin",
        "Leaders meet\n\nthen\n\ngo",
        "x" * 300 + "\n\n" + LEAD,
        "",
        "\n\n",
    ],
)
def test_what_may_be_no_title_is_none(text: str) -> None:
    assert read(text, "en").title is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Leaders met, Trend reports.", "Trend"),
        ("Leaders met, Kazinform reports.\n\nThey left.", "Kazinform"),
        ("Leaders met, the Astana Times reports.", "Astana Times"),
        ("Leaders met, reports Trend.", "Trend"),
        ("Leaders met, Xinhua reported.", "Xinhua"),
        ("Leaders met.\n\nThey spoke of trade.\n\nThey left, UzA informs.", "UzA"),
    ],
)
def test_the_agency_is_read_at_the_end_of_lead_or_report(text: str, agency: str) -> None:
    assert read(text, "en").publisher == agency


@pytest.mark.parametrize(
    "text",
    [
        "Leaders met, Tokayev said.",
        "Leaders met, said Tokayev.",
        "Leaders met, Peskov reported.",
        "Leaders met, Peskov reports. Peskov left.",
        "Leaders met, as Trend reports.",
        "Leaders met.",
        "Leaders met, they say reports.",
    ],
)
def test_a_speaker_is_no_agency(text: str) -> None:
    end = text.index(".") + 1

    assert agency_tail(text, Span(0, end), ENGLISH) is None
    assert read(text, "en").publisher is None


def test_the_tail_leaves_the_stop_to_its_sentence() -> None:
    text = "Leaders met, Trend reports."

    assert agency_tail(text, Span(0, len(text)), ENGLISH) == (Span(11, 26), "Trend")
    assert agency_tail(text, Span(0, len(text)), NEUTRAL) is None


@pytest.mark.parametrize(
    "text", ["天津，9月1日电。领导人会晤。", "ТЯНЬЦЗИНЬ, 1 сентября. /ТАСС/. Лидеры встретились."]
)
def test_other_languages_are_read_without_guessing(text: str) -> None:
    wire = read(text, "zh")

    assert (wire.place, wire.publisher, wire.published, wire.body) == (None, None, None, 0)


@pytest.mark.parametrize("piece", ["TIANJIN ", "TIANJIN, ", "A-", "A'", "date ", "\n", ".", "("])
def test_a_long_text_of_anything_is_read_in_seconds(piece: str) -> None:
    begun = time.process_time()

    read(piece * (300_000 // len(piece)), "en")

    assert time.process_time() - begun < 5
