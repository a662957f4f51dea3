"""What the bot says of itself before anybody has asked it anything."""

from bot.core.introduction import arrival_page, topic_gone_page
from bot.core.wording import English
from tests.fakes.pages import text


def test_who_runs_the_bot_learns_its_name_and_how_to_claim_it() -> None:
    words = English()

    assert text(arrival_page("Telegram", "@brief", None, words=words)) == (
        "I post to Telegram as @brief."
    )
    assert text(arrival_page("Telegram", "@brief", "https://t.me/brief?start=x", words=words)) == (
        "I post to Telegram as @brief.\n"
        "Who opens this link becomes its operator, once: https://t.me/brief?start=x"
    )


def test_where_no_link_can_claim_it_a_command_does() -> None:
    page = arrival_page("Slack", "@brief", "/brief claim x", typed=True, words=English())

    assert text(page) == (
        "I post to Slack as @brief.\nWho types this in Slack becomes its operator, once: "
        "/brief claim x"
    )


def test_a_chat_is_told_that_its_topic_is_gone() -> None:
    assert text(topic_gone_page(words=English())) == (
        "The topic that got the digest was deleted. From now on the digest comes here.\n"
        "_/schedule 8am in another topic brings it there; /schedule off ends it here._"
    )
