"""``briefbot brief URL`` reads that page alone, and its exit code says whether it could."""

import asyncio
import io
import json
from datetime import UTC

import pytest

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.gather import Gather
from bot.app.linked import BusyError, Linked, LinkedBriefs
from bot.app.roll import Roll
from bot.app.search import Searches
from bot.console.form import Form
from bot.console.named import names_files
from bot.console.once import Once
from bot.core.health import Fault, Reason
from bot.core.values import Article
from bot.core.wording import English
from tests.fakes.chats import Chat
from tests.fakes.facts import fact_answers
from tests.fakes.linked import NoneAdded, WrittenPages, linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.press import ScriptedSource, StandingClock
from tests.fakes.whys import whys

URL = "https://example.org/harbour"
ARTICLE = Article(
    id=URL,
    source="example.org",
    url=URL,
    title="Port Ember opens",
    text="The harbour of Port Ember opened on Monday. It cost $5 million, the mayor said.",
)
PAGES = WrittenPages({URL: ARTICLE})
UNREADABLE = Fault(name="wire", reason=Reason.UNREADABLE)


class Busy(LinkedBriefs):
    """Has no time."""

    async def of(self, address: str) -> Linked | Fault:
        raise BusyError(address)


def once(briefs: LinkedBriefs) -> Once:
    archive, clock, editions, healths = (
        MemoryArchive(),
        StandingClock(),
        MemoryEditions(),
        MemoryHealths(),
    )
    beat = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC)
    digests = Digests(archive=archive, healths=healths, clock=clock, beat=beat)
    answer = Answer(
        digests=digests,
        editions=editions,
        facts=fact_answers(editions, clock),
        searches=Searches(search=MemorySearch(archive), archive=archive, clock=clock),
        whys=whys(digests, archive, editions),
        linked=briefs,
        settings=Chat().settings(),
        words=English(),
        version="0",
        archive_file=None,
    )
    # A source that cannot be read would be told, were it read.
    source = ScriptedSource(failing=UNREADABLE)
    gather = Gather(sources=[source], intake=archive, healths=healths, clock=clock)
    return Once(gather=gather, answer=answer, words=English(), calendar=lambda _: (b"", 0))


def written(
    typed: str, form: Form = Form.TEXT, briefs: LinkedBriefs | None = None
) -> tuple[bool, str]:
    out, screen = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    briefs = briefs or linked(MemoryArchive(), StandingClock(), PAGES)
    sound = asyncio.run(once(briefs).write(f"/brief {typed}", form, out=out, screen=screen))
    assert screen.getvalue() == ""
    out.seek(0)
    return sound, out.read()


def test_a_page_is_briefed_and_no_source_is_read() -> None:
    sound, said = written(URL)

    assert sound
    assert said.startswith("Port Ember opens\n")
    assert "It is not kept in the archive." in said


def test_a_page_that_cannot_be_read_is_a_sentence_and_a_failure() -> None:
    assert written("https://example.org/none") == (
        False,
        "There is no page at that address, or no longer.\n",
    )


def test_json_has_the_brief_or_the_problem() -> None:
    sound, said = written(URL, Form.JSON)

    assert sound
    assert json.loads(said)["briefs"][0]["headline"] == "Port Ember opens"
    assert written("https://example.org/none", Form.JSON) == (
        False,
        '{\n  "problem": "There is no page at that address, or no longer."\n}\n',
    )


def test_who_comes_when_too_many_ask_is_told_so() -> None:
    async def none() -> WrittenPages:
        return PAGES

    roll = Roll([], (), NoneAdded())
    busy = Busy(pages=none, archive=MemoryArchive(), clock=StandingClock(), roll=roll)

    assert written(URL, briefs=busy) == (
        False,
        "I am reading too many pages just now. Ask again in a minute.\n",
    )


@pytest.mark.parametrize(
    ("word", "file"),
    [
        (URL, False),
        (f"<{URL}|harbour>", False),
        ("www.example.org/a.html", False),
        ("news/harbour.html", True),
        ("example.org/a.html", True),
        ("harbour.txt", True),
        ("harbour", False),
    ],
)
def test_an_address_on_the_command_line_is_no_file(word: str, *, file: bool) -> None:
    assert names_files([word]) is file
