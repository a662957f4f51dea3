"""In threads, where Slack knows no commands, what can be typed is called out to the bot."""

from bot.core.page import (
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
    Quotation,
)
from bot.slack.mention import by_mention


def test_commands_are_said_to_the_bot_and_nothing_else_changes() -> None:
    buttons = Buttons(((Button("1", "/brief 1"),),))
    page = Page(
        (
            Heading((Code("/help"), Plain(" /help"))),
            Paragraph((Code("/invite @briefbot"), Code("/helpful"), Code("a /brief b"))),
            Item((Code("/schedule 8am"),)),
            Quotation((Plain("/brief"),)),
            Note((Code("https://a.example/brief"),)),
            Entry((Code("/brief"),), (Code("/brief 1 sources"),)),
            buttons,
        ),
        "Try /brief 1, or and/or /search",
    )

    assert by_mention(page, "bot") == Page(
        (
            Heading((Code("@bot help"), Plain(" /help"))),
            Paragraph((Code("/invite @briefbot"), Code("/helpful"), Code("a @bot brief b"))),
            Item((Code("@bot schedule 8am"),)),
            Quotation((Plain("/brief"),)),
            Note((Code("https://a.example/brief"),)),
            Entry((Code("@bot brief"),), (Code("@bot brief 1 sources"),)),
            buttons,
        ),
        "Try @bot brief 1, or and/or @bot search",
    )
