"""A question that Slack does not answer is given up at once, and others are asked meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.app.hands import AT_ONCE
from bot.slack.client import ComplaintError, answered, made_session
from bot.slack.complaint import Complaint
from bot.slack.questions import Questions
from tests.fakes.slack.errors import SlackError
from tests.fakes.slack.server import FakeSlack, fake_slack
from tests.fakes.slack_ears import Scene as EarScene
from tests.fakes.slack_ears import play as listen

Scene = Callable[[FakeSlack, Questions], Awaitable[None]]


class Now:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def play(scene: Scene, *, now: Now | None = None, patience: float = 5.0) -> None:
    async def whole() -> None:
        async with fake_slack() as slack, made_session() as session:
            questions = Questions(
                slack.settings.bot_token,
                {"base_url": f"{slack.url}/api/", "session": session, "retry_handlers": []},
                seconds=now or Now(),
                patience=patience,
            )
            await scene(slack, questions)

    asyncio.run(whole())


async def complaint(call: Awaitable[object]) -> Complaint:
    with pytest.raises(ComplaintError) as raised:
        await call
    return raised.value.complaint


def test_a_wait_that_slack_asks_for_is_known_at_once_and_kept() -> None:
    now = Now()

    async def scene(slack: FakeSlack, questions: Questions) -> None:
        anna, bot = slack.user("Anna"), slack.bot
        slack.refuses("users.info", SlackError("ratelimited", status=429, retry_after=3600))

        first = await complaint(answered(questions.users_info(user=anna.id)))
        now.now += 0.5
        second = await complaint(answered(questions.users_info(user=bot.id)))
        other = await answered(questions.auth_test())
        now.now += 3600
        again = await answered(questions.users_info(user=anna.id))

        assert first == Complaint(error="ratelimited", status=429, retry_after=3600.0)
        assert second == Complaint(error="ratelimited", status=429, retry_after=3599.5)
        assert (other["ok"], again["ok"]) == (True, True)
        assert len(slack.called("users.info")) == 2

    play(scene, now=now)


def test_a_wait_without_a_time_lasts_for_a_while() -> None:
    now = Now()

    async def scene(slack: FakeSlack, questions: Questions) -> None:
        slack.refuses("auth.test", SlackError("ratelimited", status=429))

        await complaint(answered(questions.auth_test()))
        now.now += 29
        await complaint(answered(questions.auth_test()))
        now.now += 1
        await answered(questions.auth_test())

        assert len(slack.called("auth.test")) == 2

    play(scene, now=now)


def test_another_refusal_closes_nothing() -> None:
    async def scene(slack: FakeSlack, questions: Questions) -> None:
        slack.refuses("auth.test", "internal_error")

        refused = await complaint(answered(questions.auth_test()))
        said = await answered(questions.auth_test())

        assert (refused.error, said["ok"]) == ("internal_error", True)

    play(scene)


def test_a_slack_that_is_silent_is_not_waited_for() -> None:
    async def scene(slack: FakeSlack, questions: Questions) -> None:
        slack.hangs("auth.test")

        assert await complaint(answered(questions.auth_test())) == Complaint(status=0)

    play(scene, patience=0.05)


def test_who_sets_something_holds_up_nobody_while_slack_says_nothing() -> None:
    async def scene(here: EarScene) -> None:
        here.slack.floods("users.info", 600)
        people = [here.slack.user(f"P{number}") for number in range(AT_ONCE + 1)]
        news = here.slack.channel("news", members=[*people, here.slack.bot])

        for person in people[1:]:
            person.says("/brief schedule 8am", in_=news)
        people[0].says("/brief", in_=news)
        await here.slack.until(
            lambda: all(news.ephemeral_to(person) for person in people),
        )

        told = {one.shown for person in people[1:] for one in news.ephemeral_to(person)}
        assert here.texts == ["/brief"]
        assert len(told) == 1
        assert told.pop().startswith("I cannot find out just now")

    listen(scene, most=1000)
