"""The message shortcut briefs the link of a message for who used it."""

from tests.fakes.slack_ears import Scene, play


def test_the_link_of_a_message_is_briefed_for_who_asks() -> None:
    async def scene(here: Scene) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        news = here.slack.channel("news", members=[anna, ben])
        said = ben.says("Read https://example.org/a?b=1&c=2 please", in_=news).said

        anna.uses("Brief this link", said)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        (seen,) = news.ephemeral_to(anna)
        assert seen.shown == "Answer to brief https://example.org/a?b=1&c=2"
        assert here.asks[0].private

    play(scene)


def test_of_several_links_one_is_chosen() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        links = " ".join(f"https://example.org/{n}" for n in (1, 2, 1, 3, 4, 5, 6))
        said = anna.says(links, in_=news).said

        anna.uses("Brief this link", said)
        await here.slack.until(lambda: news.ephemeral_to(anna))
        (choice,) = news.ephemeral_to(anna)
        anna.presses(choice, "example.org/2")
        await here.slack.until(lambda: len(news.ephemeral_to(anna)) == 2)

        assert choice.shown == "One page at a time. Which one?"
        assert choice.buttons == [f"example.org/{n}" for n in (1, 2, 3, 4, 5)]
        assert here.texts == ["/brief https://example.org/2"]

    play(scene)


def test_without_a_link_it_says_so() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("Good morning", in_=news).said

        anna.uses("Brief this link", said)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert news.ephemeral_to(anna)[0].shown == (
            "I see no web link in that message. You can also type /brief URL."
        )

    play(scene)


def test_in_the_bot_s_own_chat_it_is_answered_there() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        chat = here.slack.direct(anna.id)
        said = anna.says("see https://example.org/a and then").said
        await here.slack.until(lambda: chat.messages)

        anna.uses("Brief this link", said)
        await here.slack.until(lambda: len(chat.messages) == 2)

        assert chat.last.shown == "Answer to brief https://example.org/a"

    play(scene)


def test_where_nobody_is_served_it_says_so() -> None:
    async def scene(here: Scene) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        said = anna.says("https://example.org/a", in_=news).said

        anna.uses("Brief this link", said)
        await here.slack.until(lambda: news.ephemeral_to(anna))

        assert "only chats that its operator has listed" in news.ephemeral_to(anna)[0].shown

    play(scene, everybody=False)
