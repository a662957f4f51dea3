"""An article of which only a part is known is shown as such, and copies nothing."""

from datetime import UTC, date, datetime

import pytest

from bot.core.compose import stories_blocks
from bot.core.faults import Reading
from bot.core.health import Fault, Reason
from bot.core.page import Note, Page, Paragraph
from bot.core.phrases import plain
from bot.core.round_page import round_page
from bot.core.shown import showable
from bot.core.stories import duplicates, group
from bot.core.told import Told, story_page
from bot.core.values import Article, Extent, Published, Story
from bot.core.wording import English

WORDS = English()
TITLE = "Four countries agree on one track gauge for freight"


def article(
    id_: str = "a", *, title: str | None = TITLE, text: str = "", extent: Extent = Extent.HEADLINE
) -> Article:
    return Article(
        id=id_,
        source="Wire",
        text=text,
        title=title,
        url=f"https://wire.example/{id_}",
        published=Published(day=date(2025, 9, 1)),
        extent=extent,
    )


def story(of: Article) -> Story:
    (found,) = group([showable(of, lines=3, lead=False)])
    return found


def texts(page: Page) -> list[str]:
    return [plain(block.spans) for block in page.blocks if isinstance(block, Note | Paragraph)]


@pytest.mark.parametrize(
    ("extent", "text", "mark"),
    [
        (Extent.HEADLINE, "", "Wire, 1 Sep · headline only"),
        (Extent.TEASER, "Rain fell on the dry fields of Osh.", "Wire, 1 Sep · summary only"),
        (Extent.TEASER, "Rain fell. " * 9000, "Wire, 1 Sep · only its beginning was read"),
        (Extent.WHOLE, "Rain fell on the dry fields of Osh.", "Wire, 1 Sep"),
    ],
)
def test_a_digest_says_how_much_there_is_of_a_story(extent: Extent, text: str, mark: str) -> None:
    found = story(article(text=text, extent=extent))

    blocks = stories_blocks([found], lines=3, today=date(2025, 9, 2), words=WORDS)

    assert [plain(block.spans) for block in blocks if isinstance(block, Note)] == [mark]


def test_a_story_of_a_headline_leads_to_its_article() -> None:
    of = article()
    told = Told(story=story(of), articles=(of,), made=datetime(2025, 9, 2, tzinfo=UTC))

    said = texts(story_page(told, words=WORDS, zone=UTC))

    assert said[:3] == [
        "Wire · 1 September 2025 · headline only",
        "Only the headline is kept here: the link leads to the article.",
        "The articles: Wire",
    ]


def test_articles_without_a_text_are_copies_by_their_titles() -> None:
    same, other = article("b"), article("c", title="Rain is forecast for the whole of the week")
    nothing = [article("d", title=None), article("e", title="…")]

    groups = duplicates([article("a"), same, other, *nothing])

    assert [[one.id for one in each] for each in groups] == [["a", "b"], ["c"], ["d"], ["e"]]


def test_a_round_of_feeds_is_told_in_a_few_lines() -> None:
    gone = Fault(name="Ended", reason=Reason.GONE)
    of_an_item = Fault(name="item", reason=Reason.BAD_DATE)
    page = round_page(
        [
            Reading(source="Wire", new=2, changed=1, faults=(of_an_item,)),
            Reading(source="Post", new=1),
            Reading(source="Ended", failing=gone),
            Reading(source="Lost", trouble="The disk is full."),
            Reading(source="Lost, too", trouble="The disk is full."),
        ],
        words=WORDS,
    )

    assert page.summary == ("Read 2 feeds: 3 new articles, 1 changed, 1 could not be read.")
    assert texts(page) == [page.summary, "The disk is full."]
    assert len(page.blocks) == 3
    alone = round_page([Reading(source="Wire")], words=WORDS)
    assert texts(alone) == ["Read 1 feed: 0 new articles."]
