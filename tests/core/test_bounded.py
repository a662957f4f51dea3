"""No page floods a chat, and what is left out is said."""

from datetime import UTC

import pytest

from bot.core.bounded import LONGEST, bounded
from bot.core.brief import brief
from bot.core.page import (
    Block,
    Button,
    Buttons,
    Code,
    Entry,
    Heading,
    Item,
    Note,
    Page,
    Paragraph,
    Plain,
    Strong,
)
from bot.core.shorten import QUOTED_MOST
from bot.core.told import Told, story_page
from bot.core.values import Article, Brief, Story
from bot.core.wording import English
from bot.telegram.render import render
from tests.fakes.pages import text
from tests.fakes.press import NOW

WORDS = English()
ROADS = "“{}” said Minister Aidar Bekov.".format(
    "".join(f"We shall build road number {n} with x and y & more, " for n in range(4000))
)
NEWS = "The minister opened a bridge over the river on Monday."
BUTTONS = Buttons(((Button("1", "/brief 1"),),))


def news(said: str) -> Article:
    return Article(id="1", source="wire", url=None, title="Roads", text=said)


def told_of(made: Brief) -> Story:
    return Story(
        number=1, brief=made, articles=(made.article.id,), publishers=("Trend",), same_speech=()
    )


def words(count: int) -> tuple[Plain, ...]:
    return (Plain(("word " * count).strip()),)


def part(number: int, lines: int) -> list[Block]:
    head = Heading((Plain(f"{number}. Story"),), level=2)
    return [head, *(Item(words(100)) for _ in range(lines))]


def test_a_page_that_a_chat_can_bear_stays_as_it_is() -> None:
    page = Page((Heading((Plain("News"),)), *part(1, 7), BUTTONS))

    assert bounded(page, words=WORDS) is page


def test_a_passage_that_is_too_long_gives_way_to_what_is_missing() -> None:
    page = Page((Paragraph(words(9)), Item((Plain("x" * 240_000),)), Item(words(3))))

    left = bounded(page, words=WORDS)

    assert left.blocks[1] == Note(
        (Plain("Left out here: 240,000 characters in one piece, too long for a chat."),)
    )
    assert (left.blocks[0], left.blocks[2]) == (page.blocks[0], page.blocks[2])


def test_a_page_that_is_too_long_ends_behind_a_story_and_names_the_rest() -> None:
    coverage = Note((Plain("12 articles read"),))
    stories = [block for number in range(1, 21) for block in part(number, 7)]
    page = Page((Heading((Plain("News"),)), *stories, coverage, BUTTONS), "News")

    left = bounded(page, words=WORDS)

    *_, before, note, last, buttons = left.blocks
    assert (last, buttons, left.summary) == (coverage, BUTTONS, "News")
    assert before == Item(words(100))
    assert note == Note(
        (
            Plain(
                "Left out here, for this would be too long for a chat: 9. Story, 10. Story, "
                "11. Story, 12. Story, 13. Story, 14. Story, 15. Story, 16. Story, 17. Story, "
                "18. Story and 2 more."
            ),
        )
    )
    assert text(left).count("## ") == 8


@pytest.mark.parametrize("rows", [230, 900])
def test_a_long_list_says_how_many_of_it_are_left_out(rows: int) -> None:
    entry = Entry((Strong("source"),), words(20))
    page = Page((Heading((Plain("Sources"),)), *[entry] * rows))

    left = bounded(page, words=WORDS)

    kept = sum(block == entry for block in left.blocks)
    note = f"{rows - kept} more are left out here, for this would be too long for a chat."
    assert left.blocks[-1] == Note((Plain(note),))
    assert kept > 100


def test_no_page_is_more_than_ten_messages() -> None:
    bold = Item(tuple(span for _ in range(40) for span in (Strong("a"), Plain(" b "))))
    faces = Item((Plain("\N{GRINNING FACE}" * (LONGEST // 2)),))
    for blocks in ([*part(1, 300)], [bold] * 300, [faces] * 60, [Item(words(600))] * 60):
        page = Page((Heading((Plain("News"),)), *blocks, Note(words(5)), BUTTONS))

        assert len(render(bounded(page, words=WORDS))) <= 10


def test_a_headline_without_end_is_named_by_its_first_words() -> None:
    stories = [*part(1, 30), *part(2, 40), Heading((Plain("3. " + "long " * 99),), level=2)]

    left = bounded(Page((Heading((Plain("News"),)), *stories)), words=WORDS)

    [note] = [block for block in left.blocks if isinstance(block, Note)]
    assert text(Page((note,))).endswith("long long …._")


def test_a_quotation_without_end_is_a_line_with_its_tail_cut_inside_the_marks() -> None:
    made = brief(news(f"{ROADS}\n\n{NEWS}"), lines=3)

    quoted = next(line for line in made.lines if line.quoted)

    assert quoted.cut
    assert len(quoted.text) <= QUOTED_MOST
    assert quoted.text in made.article.text
    assert quoted.text.split()[-1] in ROADS.split()


def test_the_same_in_full_has_the_length_of_a_sentence_and_its_facts_an_end() -> None:
    made = brief(news(f"{ROADS}\n\n{NEWS}"), lines=3, whole=True)
    told = Told(story=told_of(made), articles=(made.article,), made=NOW)

    page = story_page(told, words=WORDS, zone=UTC)

    assert max(len(line.text) for line in made.lines) <= 1000
    assert len(text(page)) < 8 * LONGEST
    assert "said" not in page.summary


def test_narration_without_end_gives_way_to_the_next_best_sentence() -> None:
    endless = "The minister opened " + "a bridge and a road and " * 100 + "a port."

    made = brief(news(f"{endless} {NEWS} The port was closed."), lines=3)

    assert endless not in [line.text for line in made.lines]
    assert NEWS in [line.text for line in made.lines]


def test_an_article_of_nothing_but_an_endless_sentence_says_why_it_shows_nothing() -> None:
    made = brief(news("The minister opened " + "a bridge and a road and " * 100 + "a port."))
    told = Told(story=told_of(made), articles=(made.article,), made=NOW)

    assert (
        "None of its sentences can be shown: they are too long, or say nothing by themselves."
        in text(story_page(told, words=WORDS, zone=UTC))
    )


@pytest.mark.parametrize("title", ["Roads " * 100, "路" * 700])
def test_a_title_without_end_is_cut_behind_a_word(title: str) -> None:
    made = brief(Article(id="1", source="wire", title=title, text=NEWS, url=None))

    assert made.headline.text.endswith(" …")
    assert len(made.headline.text) <= 302
    assert title.startswith(made.headline.text.removesuffix(" …"))


def test_what_must_be_typed_counts_as_standing_out() -> None:
    typed = Item(tuple(Code("/brief") for _ in range(70)))
    page = Page((Heading((Plain("News"),)), *[typed] * 9))

    assert bounded(page, words=WORDS) is page
    assert len(bounded(Page((*page.blocks, typed)), words=WORDS).blocks) == len(page.blocks) + 1
