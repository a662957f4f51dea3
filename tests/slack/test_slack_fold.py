"""A digest is one message with headlines and lead lines, and a reply in its thread a story."""

from bot.core.page import (
    Block,
    Button,
    Buttons,
    Heading,
    Inline,
    Item,
    Note,
    Page,
    Paragraph,
    Plain,
    Quotation,
)
from bot.slack.fold import Folded, fold
from bot.slack.render import render
from tests.fakes.press import NOW
from tests.fakes.slack_said import lines, messages, said

BUTTONS = Buttons(((Button("1", "/brief 1"), Button("Settings", "/settings")),), NOW)


def words(text: str) -> tuple[Inline, ...]:
    return (Plain(text),)


def story(number: int, *said: str) -> tuple[Block, ...]:
    return (
        Heading(words(f"{number}. Headline {number}"), level=2),
        *(Item(words(f"{line} of {number}")) for line in said),
        Note(words(f"Trend, {number} Sep")),
    )


def digest(*blocks: Block) -> Page:
    title, overview = Heading(words("SCO")), Paragraph(words("2 stories"))
    last = Note(words("Sources: 1 ok."))
    return Page((title, overview, *blocks, last, BUTTONS), "SCO, Tue 2 Sep")


def shown(page: Page, *, flat: bool = False) -> list[tuple[bool, list[str]]]:
    """Return of each message whether it is a reply, and its lines."""
    return [
        (message.reply, [f"{line.look}: {line.words}" for line in lines(message)])
        for message in messages(render(page, flat=flat))
    ]


def test_the_other_lines_of_each_story_are_a_reply() -> None:
    ahead = (Heading(words("Ahead"), level=2), Item(words("2027 · Conference (1)")))
    page = digest(*story(1, "Lead", "Second", "Third"), *story(2, "Lead", "Second"), *ahead)

    assert shown(page) == [
        (
            False,
            [
                "header: SCO",
                "section: 2 stories",
                "section: 1. Headline 1",
                "section: Lead of 1",
                "section: 2. Headline 2",
                "section: Lead of 2",
                "section: Ahead",
                "list: 2027 · Conference (1)",
                "section: Sources: 1 ok.",
            ],
        ),
        (True, ["section: 1.", "list: Second of 1", "list: Third of 1", "section: Trend, 1 Sep"]),
        (True, ["section: 2.", "list: Second of 2", "section: Trend, 2 Sep"]),
    ]


def test_a_story_of_one_line_stays_whole() -> None:
    (message,) = shown(digest(*story(1, "Lead"), *story(2)))

    assert message[1][2:] == [
        "section: 1. Headline 1",
        "section: Lead of 1",
        "section: Trend, 1 Sep",
        "section: 2. Headline 2",
        "section: Trend, 2 Sep",
        "section: Sources: 1 ok.",
    ]


def test_what_follows_the_last_story_is_no_part_of_it() -> None:
    main, *_ = messages(render(digest(*story(1, "Lead", "Second"))))

    assert [block["type"] for block in main.blocks] == ["header", *["rich_text"] * 3, "actions"]


def test_a_quotation_may_lead() -> None:
    blocks = (Heading(words("1. Talks"), level=2), Quotation(words("“Yes.” — X")), Item(words("a")))

    (_, main), (_, reply) = shown(digest(*blocks))

    assert main[3] == "section: “Yes.” — X"
    assert reply == ["section: 1.", "list: a", "section: Sources: 1 ok."]


def test_nothing_is_folded_into_nothing() -> None:
    assert fold(()) == Folded(())


def test_a_chat_may_have_it_flat() -> None:
    page = digest(*story(1, "Lead", "Second"))

    ((reply, found),) = shown(page, flat=True)

    assert not reply
    assert found[2:6] == [
        "section: 1. Headline 1",
        "list: Lead of 1",
        "list: Second of 1",
        "section: Trend, 1 Sep",
    ]
    assert said(render(page, flat=True)) == said(render(page))


def test_no_other_page_is_folded() -> None:
    found = Page((Heading(words("Search")), *story(1, "Lead", "Second")))
    in_full = Page((Heading(words("1. Title")), Item(words("a")), Item(words("b")), BUTTONS))

    assert [len(render(page)) for page in (found, in_full)] == [1, 1]


def test_buttons_stand_in_the_channel() -> None:
    made = messages(render(digest(*story(1, "Lead", "Second"), *story(2, "Lead", "Second"))))

    kinds = [[block["type"] for block in message.blocks].count("actions") for message in made]
    assert kinds == [1, 0, 0]


def test_long_stories_are_several_replies_and_a_long_digest_several_messages() -> None:
    long = "x" * 5000
    page = digest(*(b for n in range(1, 30) for b in story(n, "w" * 900, *(long,) * 3)))

    made = messages(render(page))

    assert [message.reply for message in made] == [False] * 3 + [True] * 58
    assert [lines(message)[-1].words for message in made[:5]] == [
        *("(1/3)", "(2/3)", "(3/3)", "(1/2)", "(2/2)")
    ]
    assert said(render(page)) == said(render(page, flat=True))
