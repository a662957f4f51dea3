"""What the bot says of itself where it runs."""

from bot.core.greeting import busy_page, ended, hint_page, opening, stopped
from bot.core.wording import English
from tests.fakes.pages import text

WORDS = English()


def test_a_run_says_where_its_archive_is_and_where_it_posts() -> None:
    posts = (
        "No TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN: I post to this terminal. (README: “Put it in"
        " Telegram”, “Put it in Slack”)"
    )

    assert opening("data/briefbot.db", words=WORDS) == (
        "Archive ready: data/briefbot.db",
        posts,
    )
    assert opening("data/briefbot.db", new=True, words=WORDS) == (
        "Archive ready: data/briefbot.db (new)",
        posts,
    )
    assert opening(None, new=True, trouble="The disk is full. Free some room.", words=WORDS) == (
        "The disk is full. Free some room.",
        "I go on with an archive in memory.",
        "I post nothing by myself until that is mended.",
    )


def test_a_run_names_the_platforms_it_speaks_to() -> None:
    said = opening("data/briefbot.db", platforms=("Telegram",), words=WORDS)

    assert said[-1] == "I post to this terminal and to Telegram."

    both = opening("data/briefbot.db", platforms=("Telegram", "Slack"), words=WORDS)

    assert both[-1] == "I post to this terminal, to Telegram and to Slack."


def test_a_person_is_told_what_to_type_and_what_to_wait_for() -> None:
    assert text(hint_page(WORDS)) == (
        "_Type /brief 1 for story 1 in full, /help for the rest, Ctrl-D to leave._"
    )
    assert text(busy_page(WORDS)).startswith("_I am still at it.")


def test_an_end_says_whether_it_is_one() -> None:
    assert ended(WORDS, stay=False) == "End of input. Stopped."
    assert ended(WORDS, stay=True) == "End of input. I stay until I am stopped."
    assert stopped(WORDS) == "Stopped."
