"""What is due is printed at the terminal, and a stream that is gone loses nothing."""

import asyncio
from dataclasses import replace
from io import StringIO

from bot.app.outbox import Channel
from bot.console.terminal import Terminal
from bot.console.terminal_channel import TerminalChannel
from bot.core.delivery import Deferred, Delivered, Outcome, Payload, Post, Refused, Scope, Unsure
from bot.core.page import Heading, Item, Page, Plain, Strong
from bot.core.subscription import Destination

PAGE = Page((Heading((Strong("SCO"),)), Item((Plain("A line of news"),))), "SCO, a line")
HERE = Destination("terminal")


def rendered(channel: Channel) -> tuple[Payload, ...]:
    return channel.render(PAGE)


def post(payload: Payload, destination: Destination = HERE) -> Post:
    return Post(series=1, part=0, destination=destination, payload=payload)


def sent(stream: StringIO, what: Post | None = None) -> Outcome:
    channel = TerminalChannel(Terminal(stream))
    (payload,) = rendered(channel)
    return asyncio.run(channel.send(what or post(payload)))


def test_a_page_is_printed_whole() -> None:
    stream = StringIO()

    assert sent(stream) == Delivered("printed")
    assert stream.getvalue() == "SCO\n• A line of news\n\n"


def test_there_is_one_terminal_without_limits() -> None:
    channel = TerminalChannel(Terminal(StringIO()))
    other = post(rendered(channel)[0], Destination("terminal", "2"))

    assert sent(StringIO(), other) == Refused(
        "There is one terminal: 'terminal', not 'terminal:2'.", Scope.DESTINATION
    )
    assert channel.paces(HERE) == ()


def test_a_stream_that_nobody_reads_is_tried_again_later() -> None:
    stream = StringIO()
    stream.close()

    outcome = sent(stream)

    assert isinstance(outcome, Deferred)
    assert (outcome.seconds, outcome.scope) == (60.0, Scope.ACCOUNT)
    assert outcome.why.startswith("The terminal cannot be written: ")


def test_a_page_of_another_version_is_refused_alone() -> None:
    outcome = sent(StringIO(), post({"summary": "", "blocks": [["hologram", "x"]]}))

    assert isinstance(outcome, Refused)
    assert outcome.scope is Scope.PART


def test_what_may_have_been_printed_cannot_be_looked_at() -> None:
    channel = TerminalChannel(Terminal(StringIO()))
    second = replace(post({}), part=1)

    assert asyncio.run(channel.find(second)) == Unsure("Part 1 may have been printed.")
