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
        ("Kathmandu (AFP) – ", "Kathmandu", "AFP", None),
        ("Kathmandu (AFP) - ", "Kathmandu", "AFP", None),
        ("Kathmandu, Nepal (AP) — ", "Kathmandu, Nepal", "AP", None),
        ("Kathmandu, Nepal, Sept 1 (AP) — ", "Kathmandu, Nepal", "AP", None),
        ("Port of Spain (Reuters) -- ", "Port of Spain", "Reuters", None),
        ("Tashkent /UzA/. ", "Tashkent", "UzA", None),
        ("Dhaka (BSS/AFP) – ", "Dhaka", "BSS/AFP", None),
        ("New Delhi, Sept 3 (PTI) ", "New Delhi", "PTI", None),
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
        "Leaders met in Astana (Kazinform) - they said.",
        "COVID-19: What to know.",
        "Kathmandu (Nepal) – Leaders met.",
        "Associated Press (AP) — The agency is old.",
        "Agence France-Presse (AFP) — The agency is old.",
        "Reuters (AFP) — The agency is old.",
        "Update (Reuters) - Leaders met.",
        "Leaders met (AFP) – they said.",
        "Kathmandu (AFP) reported that leaders met.",
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
    ("text", "printed"),
    [
        ("date 2025-02-30 Leaders met.", "2025-02-30"),
        ("date 2025-13-01 Leaders met.", "2025-13-01"),
        ("date 0001-01-01T00:00+05:00 Leaders met.", "0001-01-01T00:00+05:00"),
        ("date 2025-09-01T25:00Z Leaders met.", "2025-09-01T25:00Z"),
        ("TASHKENT, February 30, 2025. /TASS/. Leaders met.", "February 30, 2025"),
        ("TASHKENT, 31.02.2025 (UzA) – Leaders met.", "31.02.2025"),
        ("A title\n\n2025-02-30\n\nLeaders met.", "2025-02-30"),
        ("A title\n\n30 February 2025\n\nLeaders met.", "30 February 2025"),
    ],
)
def test_a_date_that_does_not_exist_is_no_date_and_is_told(text: str, printed: str) -> None:
    wire = read(text, "en")

    assert (wire.published, wire.misdated) == (None, printed)
    assert text[wire.body :] == "Leaders met."


def test_a_date_that_does_not_exist_is_not_told_where_another_one_does() -> None:
    wire = read("date 2025-02-30 BEIJING, September 1, 2025. /TASS/. Leaders met.", "en")

    assert wire.published
    assert (wire.published.day, wire.misdated) == (SEPTEMBER_1, "")


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
        ("Leaders met, Asia-Plus reports.", "Asia-Plus"),
        ("Leaders met, 24.kg reports.", "24.kg"),
        ("Leaders met, Kun.uz writes.", "Kun.uz"),
        ("Leaders met, RIA Novosti reports.", "RIA Novosti"),
        ("Leaders met, the state news agency Khovar reports.", "Khovar"),
        ("Leaders met, the TASS news agency reports.", "TASS"),
        ("Leaders met, Trend News Agency reports.", "Trend News Agency"),
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
        "Leaders met, Hamas reports.",
        "Leaders met, Baghdad reports.",
        "Leaders met, Dushanbe writes.",
        "Leaders met, Halyk Finance reports.",
        "Leaders met, Kazakhstan informs.",
        "Leaders met, the Akorda press service reports.",
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
    ("publisher", "name"),
    [
        ("Trend", "Trend"),
        ("Trend News Agency", "Trend"),
        ("The River Courier", "River Courier"),
        ("River Courier", "the River Courier"),
    ],
)
def test_a_known_publisher_may_end_a_sentence_with_its_name(publisher: str, name: str) -> None:
    text = f"Leaders met, {name} reports."

    tail = agency_tail(text, Span(0, len(text)), ENGLISH, publisher=publisher)

    assert tail
    assert tail[0] == Span(11, len(text) - 1)


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("Reuters", "TASS"),
        ("Dushanbe Times", "Dushanbe"),
        ("Dushanbe", "Dushanbe"),
        ("The River Courier", "Courier"),
        ("07.txt", "Hamas"),
    ],
)
def test_whoever_is_not_the_publisher_says_what_it_reports(publisher: str, name: str) -> None:
    text = f"Leaders met, {name} reports."

    assert agency_tail(text, Span(0, len(text)), ENGLISH, publisher=publisher) is None


@pytest.mark.parametrize(
    "text", ["天津，9月1日电。领导人会晤。", "ТЯНЬЦЗИНЬ, 1 сентября. /ТАСС/. Лидеры встретились."]
)
def test_other_languages_are_read_without_guessing(text: str) -> None:
    wire = read(text, "zh")

    assert (wire.place, wire.publisher, wire.published, wire.body) == (None, None, None, 0)


@pytest.mark.parametrize(
    "piece",
    ["TIANJIN ", "Kathmandu, ", "Port of ", "TIANJIN, ", "A-", "A'", "date ", "\n", ".", "("],
)
def test_a_long_text_of_anything_is_read_in_seconds(piece: str) -> None:
    begun = time.process_time()

    read(piece * (300_000 // len(piece)), "en")

    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("text", "day", "begins"),
    [
        ("PARIS (AP) — May 2, 2025 — A museum opened.", date(2025, 5, 2), "A museum"),
        ("2 May 2025 — A museum opened in the town.", date(2025, 5, 2), "A museum"),
        ("LAGOS: A museum opened on Friday (May 2, 2025).", date(2025, 5, 2), "A museum"),
        ("Storm live, 2 May 2025\n\n18:42 A roof fell.\n\nIt was old.", date(2025, 5, 2), "18:42"),
        ("PARIS (AP) — May 2 — A museum opened.", None, "May 2"),
        ("A museum opened (May 2, 2025) in the town.", None, "A museum opened"),
    ],
)
def test_a_day_is_read_where_wires_print_it(text: str, day: date | None, begins: str) -> None:
    frame = read(text, "en")

    assert (frame.published.day if frame.published else None) == day
    assert text[frame.body :].startswith(begins)


def test_an_agency_where_a_region_may_stand_is_no_region() -> None:
    frame = read("ASTANA, Kazinform — Ministers met in the town.", "en")

    assert (frame.place, frame.publisher) == ("Astana", "Kazinform")
