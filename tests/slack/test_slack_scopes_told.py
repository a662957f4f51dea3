"""What the app lacks for people's questions is told to the operator, who alone can add it."""

import asyncio

from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack_rooms import listening


def told(lacks: set[str]) -> list[str]:
    """Return what the operator is told where the app lacks these scopes."""

    def before(slack: FakeSlack) -> None:
        slack.settings.scopes -= lacks

    async def scene() -> list[str]:
        async with listening(before=before) as here:
            return here.operator.told

    return asyncio.run(scene())


def test_scopes_that_are_needed_are_named_with_where_to_click() -> None:
    (said,) = told({"users:read", "im:write", "files:write"})

    assert said == (
        "The Slack app lacks the scopes im:write, users:read. Without them some questions and "
        "settings do not work. At https://api.slack.com/apps, choose the app, add them under “OAuth"
        " & Permissions”, “Bot Token Scopes”, and press “Reinstall to Workspace”."
    )


def test_where_nothing_that_is_needed_lacks_nothing_is_told() -> None:
    assert told({"files:write"}) == []
