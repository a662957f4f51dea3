"""Texts that have broken bots before are taken by Slack at the first try, and call nobody."""

import pytest

from bot.core.delivery import Delivered
from bot.core.page import Button, Buttons, Document, Page, Plain
from bot.slack.channel import SlackChannel
from tests.fakes.nasty import NASTY, every_block
from tests.fakes.press import NOW
from tests.fakes.slack.channels import play, post, to
from tests.fakes.slack.server import FakeSlack


@pytest.mark.parametrize("flat", [False, True], ids=["thread", "flat"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_is_taken_at_the_first_try_and_calls_nobody(text: str, *, flat: bool) -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        buttons = Buttons(((Button(text, "/brief 1"), Button("Sources", f"/why {text}")),), NOW)
        file = Document(text, b"BEGIN:VCALENDAR", (Plain(text),))
        page = Page((*every_block(text), buttons), text, document=file)
        payloads = channel.render(page, flat=flat)

        under = None
        for part, payload in enumerate(payloads):
            sent = await channel.send(post(to(news), payload, part=part, under=under))
            assert isinstance(sent, Delivered)
            under = under or sent.reference

        assert len(news.history) == len(payloads)
        assert [one.pings for one in news.history] == [[] for _ in payloads]
        assert all(call.status == 200 and not call.error for call in slack.calls)
        # A message that Slack splits because it has words alone would be several.
        assert all(one.blocks or one.files for one in news.history)

    play(scene)


def test_a_nasty_text_takes_the_place_of_a_message() -> None:
    async def scene(slack: FakeSlack, channel: SlackChannel) -> None:
        news = slack.channel("news")
        sent = await channel.send(post(to(news), channel.render(Page((), "Hello"))[0]))
        assert isinstance(sent, Delivered)
        short = [text for text in NASTY if len(text) < 200]

        for text in short:
            assert await channel.edit(to(news), sent.reference, Page(every_block(text))) == sent
            assert news.last.pings == []

        assert news.last.edits == len(short)

    play(scene)
