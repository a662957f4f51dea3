"""Nothing that the room shows of itself holds a token."""

import asyncio
import dataclasses
import importlib
import logging
import pkgutil
import traceback
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

import bot.slack
from bot.core.delivery import Delivered
from bot.slack.client import ComplaintError, answered
from bot.slack.connection import connected
from tests.fakes.slack.channels import post, to
from tests.fakes.slack.server import fake_slack

#: What fields that hold a secret are called.
SECRET = ("token", "secret")


def _dataclasses() -> Iterator[Any]:
    for found in pkgutil.iter_modules(bot.slack.__path__, "bot.slack."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            ours = isinstance(kind, type) and kind.__module__ == found.name
            if ours and dataclasses.is_dataclass(kind):
                yield kind


@pytest.mark.parametrize("kind", tuple(_dataclasses()), ids=lambda kind: kind.__name__)
def test_no_dataclass_shows_a_secret(kind: Any) -> None:  # noqa: ANN401 - any of them
    hints = get_type_hints(kind)
    shown = {field.name for field in dataclasses.fields(kind) if field.repr}

    secrets = {name for name, hint in hints.items() if hint is str and name.endswith(SECRET)}

    if kind.__module__ == "bot.slack.heard":
        # Whoever has one may speak in the bot's name, or open a window.
        secrets |= {"url", "trigger"} & set(hints)

    assert shown & secrets == set()


def test_what_is_logged_while_things_go_wrong_holds_no_token(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene() -> str:
        shown = []
        async with fake_slack() as slack:
            token = slack.settings.bot_token
            news = slack.channel("news")
            async with connected(token, url=f"{slack.url}/api/") as connection:
                channel = connection.channel
                assert isinstance(await channel.send(post(to(news))), Delivered)
                for error in ("invalid_blocks", "metadata_too_large", "token_revoked"):
                    slack.refuses("chat.postMessage", error)
                    shown.append(repr(await channel.send(post(to(news)))))
                slack.goes_down()
                shown.append(repr(await channel.send(post(to(news)))))
                with pytest.raises(ComplaintError) as raised:
                    await answered(connection.questions.auth_test())
                shown.append("".join(traceback.format_exception(raised.value)))
                shown.append(repr([connection, channel, channel.send]))
        return "".join(shown).replace(token, "LEAKED")

    with caplog.at_level(logging.DEBUG):
        shown = asyncio.run(scene())

    assert "LEAKED" not in shown
    assert "xoxb" not in shown + caplog.text
