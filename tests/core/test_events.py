import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import events
from bot.core.report import report
from bot.core.values import Article, Event, Precision, Published, Span

SEEDS = Path(__file__).parent.parent.parent / "seeds"
#: A Thursday.
DAY = date(2025, 9, 4)
_WORD = re.compile(r"\w+")


def read(text: str, published: date | None = DAY, language: str = "en") -> tuple[Event, ...]:
    day = Published(day=published) if published else None
    return events(report(Article(id="a", source="s", text=text, published=day, language=language)))


def told(text: str, published: date | None = DAY) -> list[tuple[str, str, str]]:
    return [(event.what, event.when.text, event.where) for event in read(text, published)]


@pytest.mark.parametrize(
    ("text", "what", "when", "where"),
    [
        # The future, and what is appointed.
        ("The summit will be held in Baku on October 2.", "summit", "October 2", "Baku"),
        ("The crew rotation is planned for November 27.", "crew rotation", "November 27", ""),
        ("The 27th session is to open in Osh on 14 April.", None, "14 April", "Osh"),
        ("The trial has been set for 10 October.", "trial", "10 October", ""),
        ("The court set the hearing for 10 October.", "hearing", "10 October", ""),
        ("Applications must be submitted by 1 December.", None, "1 December", ""),
        ("The team is going to play in Osh on Sunday.", None, "Sunday", "Osh"),
        ("They agreed to hold the next round of talks on May 5.", None, "May 5", ""),
        ("He said trial runs would begin on December 15.", None, "December 15", ""),
        ("The report will be published at the Baku Book Fair in Baku in May.", None, "May", "Baku"),
        # The present of a timetable.
        ("The second round begins on 3 November.", None, "3 November", ""),
        ("Members vote on October 20.", "Members vote", "October 20", ""),
        ("The next cup takes place in Osh on May 5.", "next cup", "May 5", "Osh"),
        ("The Bank of England meets next week.", None, "next week", ""),
        ("On Monday the hearing of two witnesses begins.", None, "Monday", ""),
        ("The deadline for bids is 15 October.", "deadline for bids", "15 October", ""),
        ("The drivers have until 15 October to answer.", None, "15 October", ""),
        ("Kenya cuts its rate, next meeting on April 8", "next meeting", "April 8", ""),
        # What stands before a participle.
        ("They spoke of a fair to be held in Osh on May 5.", "fair", "May 5", "Osh"),
        ("He discussed days of culture, to be held on May 5.", "days of culture", "May 5", ""),
        ("We expect the first to be unloaded in January.", None, "January", ""),
        ("The festival, planned for the summer of 2026, has no venue.", None, None, ""),
        # Times in other places.
        ("In October, the capital will host a fair of medicines.", "fair of medicines", None, ""),
        ("On April 18 volunteers will climb the heap.", None, "April 18", ""),
        ("The talks on 5 May will deal with trade.", None, "5 May", ""),
        (
            "Firms will show cells at the Grid Fair (10–12 March 2026).",
            None,
            "10–12 March 2026",
            "",
        ),
        ("At a meeting in Osh later this month, ministers will vote.", None, None, ""),
        ("Terminals will open at 6 a.m. on December 17.", None, "December 17", ""),
        ("TERMINALS WILL OPEN AT 6 A.M. ON DECEMBER 17.", None, "DECEMBER 17", ""),
        ("The treaty signed on 5 May 2024 will expire on 1 January 2026.", None, None, ""),
        (
            "The court will debate the law passed by the senate on May 5 on October 12.",
            None,
            None,
            "",
        ),
        # Longer times need a verb of something that happens.
        ("In 2027, Kazakhstan aims to convene a High-Level Conference.", None, "2027", ""),
        ("Next year a census of wells will follow.", "census of wells will follow", None, ""),
        ("Fares will rise by a fifth on May 5.", None, "May 5", ""),
        ("Its grants are to be paid out this summer.", None, "this summer", ""),
        ("The fair opens on May 5; $“%.", None, None, ""),
        ("The fair will open, on May 5.", "fair will open", "May 5", ""),
        ("The reports will be out on May 5.", "reports will be out", "May 5", ""),
        ("What the king said will be published on May 5.", None, "May 5", ""),
        # Lists of decisions.
        ("2. To hold the next session in Aktau on 20–21 May 2026;", "next session", None, "Aktau"),
        # Conjunctions and pronouns.
        ("He came to Osh on Monday and will meet the king on Friday.", None, "Friday", ""),
        ("It will hold a harvest festival in Jiamusi on May 5.", "harvest festival", None, None),
        ("The minister said the port, built in 1970, would open on May 5.", None, "May 5", ""),
        ("The minister said on Monday the port will open on May 5.", None, "May 5", ""),
        ("The prize, originally to be given by Ann, will be sent on May 5.", None, "May 5", ""),
        # The new time alone.
        ("The vote is postponed from 9 September to 23 September.", "vote", "23 September", ""),
        ("The opening, announced for 5 May, is postponed to 2 June.", "opening", "2 June", ""),
        ("The government moved the summit to 5 May.", "summit", "5 May", ""),
        ("Instead of the walk, which fell through, talks will open on May 5.", None, "May 5", ""),
    ],
)
def test_what_is_to_take_place_is_found(
    text: str, what: str | None, when: str | None, where: str | None
) -> None:
    ((found_what, found_when, found_where),) = told(text)

    assert found_what == (found_what if what is None else what)
    assert found_when == (found_when if when is None else when)
    assert found_where == (found_where if where is None else where)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was to open on October 1.",
        "The vote was planned for October 1.",
        "The summit would have taken place on 5 October.",
        "The summit would take place on 5 October.",
        "The ministry denied reports that the airport would close on 1 November.",
        "If the deal is signed, trains will run on 3 October.",
        "The concert planned for 12 October is cancelled.",
        "The election, due in May, may be delayed.",
        "The summit will not take place on 2 October.",
        "Neither side will meet on 2 October.",
        "The two leaders may meet in October.",
        "Russia hopes to host the games in 2028.",
        "It is unclear whether the summit will take place on 2 October.",
        "NASA plans to launch the probe no earlier than October 12.",
        "By 2033, the market is projected to grow to $5 trillion.",
        "The volume is projected to reach 4 million tons on May 5.",
        "The company plans to invest $3 billion in 2026.",
        "The country will produce 10 million tons in 2026.",
        "The task is to double this number on May 5.",
        "Fares will rise by a fifth in May.",
        "The railway will be completed by 2028.",
        "Ships must turn in May.",
        "The museum was opened on 12 October 1995.",
        "The talks will take place on 1 September 2025.",
        "The talks will take place on Thursday.",
        "The talks will take place soon.",
        "The committee meets every Tuesday.",
        "The shop is open on Sunday.",
        "On Monday, the minister said the airport will close.",
        "The minister told reporters on Monday that the airport will close.",
        "“Tomorrow I will hold the keys of the palace,” he said.",
        "It will be held in Bishkek on 2 October.",
        "It will be on May 5.",
        "They will be working since May.",
        "He will leave for 2027.",
        "The team will train, and will rest.",
        "Will open on May 5.",
        "The fair was off to a bright start on Saturday.",
        "According to a press release of Monday.",
        "He made a bright start on Saturday.",
        "The club was the first to be sent down after the long and bitter match on Monday.",
        "We will miss him next season.",
        "The king said so, will leave on May 5.",
        "The concert has been moved from one portal to the other.",
        "The room opens in 2027.",
        "The ministers will meet on May 5, and the plants in May have new walls."[49:],
        "He will speak " + "of the harvest and the rain " * 60 + "on May 5.",
    ],
)
def test_what_is_past_denied_doubtful_or_a_projection_is_none(text: str) -> None:
    assert told(text) == []


def test_each_clause_has_its_own_time() -> None:
    assert told("The fair opens on 10 October and closes on 20 October.") == [
        ("fair opens", "10 October", ""),
        ("fair closes", "20 October", ""),
    ]
    assert told("The king will fly to Osh on Sunday and then speak in Baku on Monday.") == [
        ("king will fly to Osh", "Sunday", "Osh"),
        ("king speak", "Monday", "Baku"),
    ]
    assert told("The king will go on Sunday and the queen will stay, and will go on Monday.") == [
        ("king will go", "Sunday", ""),
        ("queen will go", "Monday", ""),
    ]
    assert told("The king will attend a forum scheduled for May 5.") == [("forum", "May 5", "")]


def test_a_clause_without_a_verb_shares_the_one_before_it() -> None:
    text = (
        "The secretaries are to meet on May 14-15, the ministers of trade in June, and the "
        "foreign ministers in Osh in mid-July, and the planners expect a good year, officials "
        "said on Friday."
    )

    assert [event[:2] for event in told(text)] == [
        ("secretaries are to meet", "May 14-15"),
        ("ministers of trade", "June"),
        ("foreign ministers in Osh", "mid-July"),
    ]
    assert told("The king will speak on May 5, the queen in 2027.") == [
        ("king will speak", "May 5", "")
    ]


def test_an_undated_event_is_one_when_the_text_says_that_it_takes_place() -> None:
    (event,) = read("The next forum of small towns will take place in Osh.")

    assert (event.what, event.where) == ("next forum of small towns", "Osh")
    assert (event.when.text, event.when.precision) == ("", Precision.NONE)
    assert read("A miracle will take place.") == ()


def test_a_sentence_that_leans_takes_the_name_of_the_event_before_it() -> None:
    text = "They founded the Osh Forum on Water. The inaugural convening will be held on May 5."

    (event,) = read(text)

    assert event.what == "Osh Forum on Water, inaugural convening"
    assert [span.of(text) for span in event.spans] == [
        "Osh Forum on Water",
        "The inaugural convening will be held on May 5",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("They spoke of a forum on water. It will be held on May 5.", "forum on water"),
        ("He told of a forum in Osh and of a vote. The forum will be held on May 5.", "forum"),
        ("They founded the Osh Forum. The forum will open on May 5.", "Osh Forum will open"),
        ("They met. The inaugural convening will be held on May 5.", "inaugural convening"),
        ("The forum will be held on May 5.", "forum"),
    ],
)
def test_a_sentence_that_leans_repeats_no_name(text: str, what: str) -> None:
    ((found, _, _),) = told(text)

    assert found == what


def test_an_event_told_twice_is_one_event() -> None:
    text = (
        "The SCO summit will be held in 2026. The SCO summit will open on May 5, 2026. "
        "The SCO summit is to take place in Bishkek in May 2026. A fair opens on May 5, 2026. "
        "The SCO summit will be held in Baku in 2027. The next SCO summit will take place."
    )

    assert told(text) == [
        ("SCO summit will open", "May 5, 2026", "Bishkek"),
        ("fair opens", "May 5, 2026", ""),
        ("SCO summit", "2027", "Baku"),
    ]


def test_without_a_day_of_publication_the_words_stay() -> None:
    (event,) = read("The summit will be held on Sunday.", None)

    assert event.when.precision is Precision.WORDS
    assert event.when.first is None


@pytest.mark.parametrize(
    "text",
    [
        "The winner celebrates on the podium in March 2004.",
        "She moved to the capital from a village in 1991.",
    ],
)
def test_without_a_day_of_publication_the_present_may_be_past(text: str) -> None:
    assert read(text, None) == ()


def test_the_day_may_come_from_the_report_itself() -> None:
    (event,) = read("OSH, September 4, 2025. The summit will be held on Sunday.", None)

    assert event.when.first == date(2025, 9, 7)


def test_an_event_in_a_quotation_has_its_speaker() -> None:
    text = "Kazakh President Kassym-Jomart Tokayev met him. “We will open it on May 5,” he said."

    (event,) = read(text)

    assert event.quoted
    assert event.sentence == 2


def test_the_seeds_have_two_named_events_ahead_and_nothing_past() -> None:
    first, second = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))

    found = read(first, None)

    assert [event.what for event in found][:2] == [
        (
            "SCO Expert Forum on Artificial Intelligence, inaugural convening, coinciding with the "
            "prestigious Digital Bridge Forum"
        ),
        (
            "High-Level Conference focused on the integration of Artificial Intelligence within "
            "the frameworks of SCO Economies"
        ),
    ]
    assert [(event.when.text, event.when.precision, event.where) for event in found] == [
        ("", Precision.NONE, "Astana"),
        ("2027", Precision.YEAR, ""),
        ("the upcoming fiscal year", Precision.WORDS, ""),
    ]
    assert read(second, None) == ()


def test_another_language_has_no_events_yet() -> None:
    assert read("The summit will be held on May 5.", language="ru") == ()


_PIECES = st.sampled_from(
    [
        "The summit ",
        "the Osh Forum on Water ",
        "It ",
        "ministers ",
        "will be held ",
        "is to open ",
        "would close ",
        "must leave ",
        "begins ",
        "takes place ",
        "is postponed ",
        "planned for ",
        "agreed to hold the talks ",
        "set the vote for ",
        "which ",
        "and ",
        "said that ",
        "if ",
        "to ",
        "in Astana ",
        "on May 5",
        "from 3 to 5 October 2025 ",
        "in 2027",
        "tomorrow",
        "next week ",
        "(10–12 March 2026",
        ") ",
        ", ",
        "; ",
        ". ",
        "\n\n",
        "“",
        "” ",
        "\u200f",
        "在天津 ",
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(st.one_of(_PIECES, st.text(max_size=4))).map("".join))


@given(_TEXTS, st.none() | st.dates(), st.sampled_from(["en", "ru", "zh", "", "xx"]))
def test_any_event_stands_in_the_text_word_by_word(
    text: str, published: date | None, language: str
) -> None:
    for event in read(text, published, language):
        assert event.article == "a"
        assert list(event.spans) == sorted(event.spans)
        assert all(0 <= span.start < span.end <= len(text) for span in event.spans)
        resting = " ".join(span.of(text) for span in event.spans)
        for words in (event.what, event.when.text, event.where):
            assert _stand(words, resting)
        if event.when.first and event.when.last:
            assert event.when.first <= event.when.last
            assert published is None or event.when.last > published


@given(_TEXTS)
def test_the_same_article_has_the_same_events(text: str) -> None:
    assert read(text) == read(text)


def test_what_it_rests_on_holds_the_words_of_an_event() -> None:
    text = "In October, the capital will host a fair."

    (event,) = read(text)

    assert replace(event, spans=()).spans == ()
    assert event.spans == (Span(3, len(text) - 1),)


def _stand(words: str, text: str) -> bool:
    """Say whether every word stands in the text, in order."""
    rest = iter(_WORD.findall(text))
    return all(any(word == other for other in rest) for word in _WORD.findall(words))


@pytest.mark.parametrize(
    ("text", "what", "when"),
    [
        ("A vote on pay originally set for May 5 was moved to May 16.", "vote on pay", "May 16"),
        ("The sale, scheduled for 5 May, was brought forward to 1 May.", "sale", "1 May"),
        ("Talks set for May 5 will now be held on May 16.", "Talks", "May 16"),
        (
            "The fair, initially planned for May 5, will open on May 16 instead.",
            "fair will open",
            "May 16",
        ),
        ("The race, planned for May 5, will take place on May 16 instead.", "race", "May 16"),
        ("The trial, formerly set for May 5, is now due on May 16.", "trial", "May 16"),
    ],
)
def test_only_the_day_that_holds_now_is_an_event(text: str, what: str, when: str) -> None:
    assert told(text) == [(what, when, "")]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "The king is expected to host Anna Ray on May 5 in Osh.",
            ("king is expected to host Anna Ray", "May 5", "Osh"),
        ),
        ("The vote, provisionally set for May 16, is secret.", ("vote", "May 16", "")),
        ("The city will host the Silk Cup on May 5.", ("Silk Cup", "May 5", "")),
        (
            "A hearing in the case, Ash v. Oak, is set for 10 a.m. on May 5, 2026, in Osh.",
            ("hearing in the case", "May 5, 2026", "Osh"),
        ),
        ("The fee, now 22 lira, will be set anew in May.", ("fee will be set anew", "May", "")),
        ("The firm has until May 5 to pay the fine.", ("firm to pay the fine", "May 5", "")),
        ("ABC+ members agreed to meet on May 5.", ("ABC+ members to meet", "May 5", "")),
        (
            "Ministers from A, B, and C will meet on May 5.",
            ("Ministers from A, B, and C will meet", "May 5", ""),
        ),
        ("Rye, Osh and Baku will vote on May 5.", ("Rye, Osh and Baku will vote", "May 5", "")),
        ("At Osh, Ray and Oak will vote on May 5.", ("Ray and Oak will vote", "May 5", "")),
        ("He left Osh, and Ray will vote on May 5.", ("Ray will vote", "May 5", "")),
        ("The vote, all say, and Ray will go on May 5.", ("Ray will go", "May 5", "")),
        ("The match is on May 16 instead of May 5.", ("match", "May 16", "")),
        ("Eight members of ABC+ meet on May 5.", ("Eight members of ABC+ meet", "May 5", "")),
        (
            "The envoy will travel to Osh on May 5.",
            ("envoy will travel to Osh", "May 5", "Osh"),
        ),
        (
            "The Silk Forum met in Osh. The next one is due in Baku in 2027.",
            ("Silk Forum, next one", "2027", "Baku"),
        ),
    ],
)
def test_an_event_is_called_by_what_the_text_says_of_it(
    text: str, event: tuple[str, str, str]
) -> None:
    assert told(text) == [event]


@pytest.mark.parametrize(
    "text",
    [
        "Ray, whose term ends in January, did not reply.",
        "The next one is due in Osh in 2027.",
        "In March it will come to a conference.",
        "It publishes its annual report in December.",
        "They will meet on May 5.",
        "ABC+ agreed to raise output by a fifth in December.",
        "The court will decide on May 5 or on May 16.",
        "The court will decide on May 5 or May 16.",
        "The court will decide on May 5 or May 16, the king on May 20.",
    ],
)
def test_what_is_not_named_or_not_certain_is_left_out(text: str) -> None:
    assert told(text) == []


def test_what_shares_a_verb_needs_a_certain_time_and_a_name_of_its_own() -> None:
    certain = [("trial", "May 5", "")]

    assert told("The trial will be held on May 5, the fair on May 6 or May 9.") == certain
    assert told("The court is scheduled for May 5.") == []
