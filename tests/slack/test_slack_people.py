"""Who may change what: as Slack tells of people and conversations."""

from collections.abc import Awaitable, Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.wording import English
from bot.slack.client import Me
from bot.slack.heard import Person, Place
from bot.slack.people import FRESH, People, Presence
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.clients import run
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.user import User
from tests.fakes.slack.values import BOT_USER, TEAM_ID

Scene = Callable[["Stage"], Awaitable[None]]


class Stage:
    """People of a workspace, and the bot that asks about them."""

    def __init__(self, slack: FakeSlack, client: AsyncWebClient) -> None:
        self.slack = slack
        self.now = 0.0
        self.claimed = ""
        self.people = People(
            client,
            me=lambda: Me(TEAM_ID, BOT_USER, "B0000BOT", "briefbot"),
            admins=frozenset({f"{TEAM_ID}/U0000LISTED", "T0000ELSE/U0000LISTED"}),
            operator=self.operator,
            seconds=lambda: self.now,
        )

    async def operator(self) -> str:
        return self.claimed

    def person(self, user: User) -> Person:
        return Person(workspace=user.team, id=user.id)

    def place(self, channel: Channel) -> Place:
        return Place(workspace=TEAM_ID, conversation=channel.id)

    async def admits(self, user: User, channel: Channel) -> bool | None:
        return await self.people.admit(self.person(user), self.place(channel))


def play(scene: Scene) -> None:
    async def whole(slack: FakeSlack, client: AsyncWebClient) -> None:
        await scene(Stage(slack, client))

    run(whole)


@pytest.mark.parametrize(
    ("role", "may"),
    [("", False), ("admin", True), ("owner", True), ("guest", False), ("single guest", False)],
)
def test_who_keeps_the_workspace_may_and_members_may_not(role: str, *, may: bool) -> None:
    async def scene(here: Stage) -> None:
        anna, ben = here.slack.user("Anna", role=role), here.slack.user("Ben")
        news = here.slack.channel("news", members=[ben, anna, here.slack.bot])

        assert await here.admits(anna, news) is may

    play(scene)


def test_who_made_the_channel_may_unless_a_guest() -> None:
    async def scene(here: Stage) -> None:
        anna, gus = here.slack.user("Anna"), here.slack.user("Gus", role="guest")
        bot = here.slack.bot
        news = here.slack.channel("news", members=[anna, bot], creator=anna, private=True)
        other = here.slack.channel("other", members=[gus, bot], creator=gus)

        assert [await here.admits(anna, news), await here.admits(gus, other)] == [True, False]

    play(scene)


def test_people_of_another_workspace_may_not_unless_the_operator_lists_them() -> None:
    async def scene(here: Stage) -> None:
        olga = here.slack.user("Olga", role="owner", team="T0000ELSE")
        shared = here.slack.channel("both", members=[olga, here.slack.bot], shared=True)
        listed = Person(workspace="T0000ELSE", id="U0000LISTED")

        assert await here.admits(olga, shared) is False
        assert await here.people.admit(listed, here.place(shared)) is True
        assert here.slack.called("users.info") == []

    play(scene)


def test_a_stranger_who_says_to_be_of_ours_may_not() -> None:
    async def scene(here: Stage) -> None:
        olga = here.slack.user("Olga", team="T0000ELSE")
        shared = here.slack.channel("both", members=[olga, here.slack.bot], creator=olga)
        disguised = Person(workspace=TEAM_ID, id=olga.id)

        assert await here.people.admit(disguised, here.place(shared)) is False

    play(scene)


@pytest.mark.parametrize(
    ("teams", "may"), [((TEAM_ID, "T0000ELSE"), True), (("T0000ELSE",), False)]
)
def test_of_an_organisation_those_of_this_workspace_may(
    teams: tuple[str, ...], *, may: bool
) -> None:
    async def scene(here: Stage) -> None:
        olga = here.slack.user("Olga", team="T0000ELSE")
        olga.teams = teams
        news = here.slack.channel("news", members=[olga, here.slack.bot], creator=olga)
        # A press names no workspace of who presses.
        person = Person(workspace=TEAM_ID, id=olga.id)

        assert await here.people.admit(person, here.place(news)) is may

    play(scene)


def test_whom_the_operator_lists_and_who_claimed_the_bot_may_everywhere() -> None:
    async def scene(here: Stage) -> None:
        gus = here.slack.user("Gus", role="guest")
        news = here.slack.channel("news", members=[gus, here.slack.bot])
        listed = Person(workspace=TEAM_ID, id="U0000LISTED")

        assert await here.people.admit(listed, here.place(news)) is True
        assert await here.admits(gus, news) is False
        here.claimed = f"{TEAM_ID}/{gus.id}"
        assert await here.admits(gus, news) is True

    play(scene)


def test_a_person_may_in_their_own_chat_and_in_no_other() -> None:
    async def scene(here: Stage) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben", role="admin")
        own, other = here.slack.direct(anna.id), here.slack.direct(ben.id)

        assert [await here.admits(anna, own), await here.admits(anna, other)] == [True, False]
        assert await here.people.is_own(here.person(anna), here.place(own))
        assert not await here.people.is_own(here.person(anna), here.place(other))
        assert len(here.slack.called("conversations.open")) == 1

    play(scene)


def test_where_slack_does_not_say_nobody_knows() -> None:
    async def scene(here: Stage) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[anna, here.slack.bot])
        person, place = here.person(anna), here.place(news)
        own = here.place(here.slack.direct(anna.id))

        here.slack.refuses("users.info", "internal_error")
        assert await here.people.admit(person, place) is None
        here.slack.refuses("conversations.info", "internal_error")
        assert await here.people.admit(person, place) is None
        here.slack.refuses("conversations.open", "missing_scope")
        assert await here.people.admit(person, own) is None
        here.slack.settings.scopes -= {"channels:read"}
        assert await here.people.presence(person, place) is Presence.UNKNOWN
        here.slack.refuses("conversations.open", "missing_scope")
        assert await here.people.presence(person, own) is Presence.UNKNOWN
        here.slack.refuses("users.info", "user_not_found")
        here.now += FRESH
        assert await here.people.language(person) == ""
        assert await here.people.title(place) == ""
        assert await here.people.named(place, English()) == "an admin of the workspace"

    play(scene)


def test_it_is_known_where_the_bot_is() -> None:
    async def scene(here: Stage) -> None:
        anna, ben = here.slack.user("Anna"), here.slack.user("Ben")
        inside = here.slack.channel("news", members=[anna, here.slack.bot])
        public = here.slack.channel("open", members=[anna])
        hidden = here.slack.channel("hidden", members=[anna], private=True)
        talk = here.slack.make_channel("directmessage", "im", [anna.id, ben.id], anna.id)
        several = here.slack.make_channel("mpdm", "mpim", [anna.id, ben.id, BOT_USER], anna.id)
        own, person = here.slack.direct(anna.id), here.person(anna)

        found = [
            await here.people.presence(person, here.place(one))
            for one in (inside, several, own, public, hidden, talk)
        ]

        assert found == [Presence.INSIDE] * 3 + [Presence.OUTSIDE] * 3
        public.adds(here.slack.bot)
        assert await here.people.presence(person, here.place(public)) is Presence.INSIDE

    play(scene)


def test_what_slack_told_holds_for_some_minutes() -> None:
    async def scene(here: Stage) -> None:
        anna = here.slack.user("Anna")
        news = here.slack.channel("news", members=[here.slack.bot])

        assert await here.admits(anna, news) is False
        anna.role = "admin"
        assert await here.admits(anna, news) is False
        here.now = FRESH
        assert await here.admits(anna, news) is True
        assert len(here.slack.called("users.info")) == 2

    play(scene)


def test_whom_to_ask_is_named_without_a_call() -> None:
    async def scene(here: Stage) -> None:
        anna, gus = here.slack.user("<!channel>"), here.slack.user("Gus", role="guest")
        news = here.slack.channel("news", members=[anna, here.slack.bot], creator=anna)
        other = here.slack.channel("other", members=[gus, here.slack.bot], creator=gus)
        own = here.place(here.slack.direct(anna.id))

        said = [
            await here.people.named(place, English())
            for place in (here.place(news), here.place(other), own)
        ]

        assert said == [
            "<!channel>, who made this channel, or an admin of the workspace",
            "an admin of the workspace",
            "an admin of the workspace",
        ]

    play(scene)


def test_a_channel_has_a_name_and_a_person_a_language() -> None:
    async def scene(here: Stage) -> None:
        anna = here.slack.user("Anna", locale="zh-CN")
        news = here.slack.channel("news")
        told = Place(workspace=TEAM_ID, conversation=news.id, title="told")

        assert await here.people.title(told) == "#told"
        assert await here.people.title(here.place(news)) == "#news"
        assert await here.people.title(here.place(here.slack.direct(anna.id))) == ""
        assert await here.people.language(here.person(anna)) == "zh-CN"

    play(scene)


def test_who_wrote_to_the_bot_is_not_looked_up() -> None:
    async def scene(here: Stage) -> None:
        anna = here.slack.user("Anna")
        place = here.place(here.slack.direct(anna.id))

        here.people.met(here.person(anna), place)

        assert await here.people.is_own(here.person(anna), place)
        assert here.slack.called("conversations.open") == []

    play(scene)


def test_answers_that_are_none_of_slack_s_are_taken_for_nothing() -> None:
    async def scene(here: Stage) -> None:
        anna = here.slack.user("Anna")
        place = here.place(here.slack.direct(anna.id))
        here.slack.goes_down(200)

        assert await here.people.admit(here.person(anna), place) is None
        assert await here.people.presence(here.person(anna), place) is Presence.UNKNOWN

    play(scene)
