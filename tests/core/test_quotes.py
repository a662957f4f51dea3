from bot.core.quotes import quotes
from bot.core.report import report
from bot.core.values import Article, Quote, Speaker

LEAD = "Coach Omar Sy came to Kayes. "


def read(text: str) -> list[Quote]:
    return list(quotes(report(Article(id="wire/1.txt", source="wire", text=text))))


def test_a_quotation_is_an_exact_piece_of_the_text_with_its_speaker() -> None:
    text = f"{LEAD}“We go home on Monday. They stay, ” Sy said. Rain fell."

    (quote,) = read(text)

    assert quote == Quote(
        text="We go home on Monday. They stay",
        article="wire/1.txt",
        start=len(LEAD) + 1,
        end=len(LEAD) + 1 + len("We go home on Monday. They stay"),
        speaker=Speaker(label="Sy", name="Omar Sy"),
        sentences=(2, 3),
    )
    assert text[quote.start : quote.end] == quote.text


def test_white_space_inside_the_marks_is_left_out() -> None:
    assert [quote.text for quote in read(f"{LEAD}“ We go home on Monday ,” Sy said.")] == [
        "We go home on Monday"
    ]


def test_a_turn_of_phrase_is_no_quotation() -> None:
    assert read(f"{LEAD}“We go home now,” Sy said.") == []


def test_words_whose_speaker_is_open_are_left_out() -> None:
    assert read(f"{LEAD}“We go home on Monday.”") == []
    assert read(f"{LEAD}“We go home on Monday,” she all said.") == []
    assert read("“We go home on Monday,” he said.") == []
    assert read("“We go home on Monday,” the witness said.") == []


def test_a_quotation_says_when_marks_of_its_paragraph_do_not_pair() -> None:
    text = f"{LEAD}“We go home on Monday,” Sy said. “We stay.\n\n“We go home by bus,” Sy said."

    found = [(quote.text, quote.unpaired) for quote in read(text.replace("\n\n“", "\n\nSo “"))]

    assert found[0] == ("We go home on Monday", True)
    assert [unpaired for _, unpaired in found[1:]] in ([], [False])


def test_marks_that_hold_nothing_quote_nothing() -> None:
    assert read("“ , ” Sy said.") == []


def test_the_two_halves_of_a_sentence_are_quoted_together() -> None:
    def halves(one: str, other: str, between: str = "Sy said in May") -> list[str]:
        return [quote.text for quote in read(f"{LEAD}“{one},” {between}, “{other}.”")]

    assert halves("We go home", "but not on foot, friend") == [
        "We go home",
        "but not on foot, friend.",
    ]
    assert halves("We all go home on Monday", "by bus") == ["We all go home on Monday", "by bus."]
    assert halves("We go home", "by bus") == ["We go home", "by bus."]
    assert halves("We go", "by bus", "said Sy, a coach from Kayes") == []
    assert halves("We go", "but not by bus", "said Sy, the coach") == ["We go", "but not by bus."]
    assert halves(" ", "but not by bus, friend") == ["but not by bus, friend."]


def test_a_term_that_the_narration_quotes_later_is_no_other_half() -> None:
    text = f"{LEAD}“No,” Sy said, calling the trip “a long walk home”."

    assert read(text) == []


def test_a_short_sentence_beside_a_quotation_stays_a_turn_of_phrase() -> None:
    text = f"{LEAD}“We go home,” Sy said. “They stay in Kayes all night.” “Yes,” Sy said."

    assert [quote.text for quote in read(text)] == ["They stay in Kayes all night."]
