"""Each chat is answered in its own language, as far as there is a catalogue of it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC
from pathlib import Path

import pytest

from bot.app.answer import Answer
from bot.app.digest import Beat, Digests
from bot.app.search import Searches
from bot.app.spoken import Spoken
from bot.app.tongues import Tongues
from bot.catalogue import words
from bot.core.ask import Ask, Asker
from bot.core.page import Buttons, Page
from bot.core.subscription import Destination, Subscription
from bot.core.wording import English, Words
from tests.fakes.asks import ask
from tests.fakes.chats import HERE, Chat
from tests.fakes.facts import fact_answers
from tests.fakes.linked import linked
from tests.fakes.memory import MemoryArchive, MemoryEditions, MemoryHealths, MemorySearch
from tests.fakes.pages import text
from tests.fakes.press import StandingClock
from tests.fakes.whys import whys

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Status"
msgstr "Состояние"

msgid "It is so already: no digest comes by itself."
msgstr "Уже так."

msgid "My language here from now on: {language}."
msgstr "Теперь я говорю здесь так: {language}."

msgid ""
"I cannot get at my archive just now. Try again in a moment; the operator finds the reason in"
" the log."
msgstr "Архив недоступен."

msgid "Undo"
msgstr "Отменить"

msgid "The change that was taken back is made again; {undo} takes it back."
msgstr "Снова сделано: {undo}."

msgid "Nothing was missed in the last 30 days."
msgstr "Всё пришло."

msgid "No digest was posted here yet. {brief} shows the news now."
msgstr "Ещё ничего: {brief}."
"""
NOT_NOW = (
    "I cannot get at my archive just now. Try again in a moment; the operator finds the reason in"
    " the log."
)
BEAT = Beat(title="SCO", lines=3, stories=10, max_age_days=3, zone=UTC, sources=())


@pytest.fixture
def russian(tmp_path: Path) -> Words:
    path = tmp_path / "ru" / "LC_MESSAGES" / "briefbot.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, "utf-8")
    return words("ru", folder=tmp_path)


@dataclass
class Stage:
    russian: Words
    codes: Sequence[str] = ("en", "ru")
    chat: Chat = field(default_factory=Chat)

    def spoken(self) -> Spoken:
        archive, clock = MemoryArchive(), StandingClock()
        editions = MemoryEditions()
        digests = Digests(archive=archive, healths=MemoryHealths(), clock=clock, beat=BEAT)
        answer = Answer(
            digests=digests,
            editions=editions,
            facts=fact_answers(editions, clock),
            searches=Searches(search=MemorySearch(archive), archive=archive, clock=clock),
            whys=whys(digests, archive, editions),
            linked=linked(archive, clock),
            settings=replace(self.chat.settings(), tongue=self.words),
            words=English(),
            version="1",
            archive_file=None,
        )
        return Spoken(
            answer=answer,
            tongues=Tongues(
                chats=self.chat.subscriptions,
                codes=self.codes,
                words=self.words,
                otherwise="en",
            ),
        )

    def words(self, code: str) -> Words:
        return self.russian if code == "ru" else English()

    def says(self, *asks: Ask) -> list[str]:
        """Return the first lines of the answers."""
        spoken = self.spoken()

        async def answers() -> list[str]:
            return [text(await spoken(each)).split("\n")[0] for each in asks]

        return asyncio.run(answers())

    def language(self) -> str:
        return self.chat.of().language


def labels(page: Page) -> list[str]:
    """Return what stands on the buttons of a page."""
    rows = [row for block in page.blocks if isinstance(block, Buttons) for row in block.rows]
    return [button.label for row in rows for button in row]


def here(typed: str, language: str = "") -> Ask:
    return replace(ask(typed, of=str(HERE)), language=language)


def test_a_chat_is_answered_in_the_language_that_it_has_set(russian: Words) -> None:
    stage = Stage(russian)

    said = stage.says(
        here("/status"),
        here("/settings language ru"),
        here("/status", "en"),
        here("/missed"),
        here("/resend"),
        here("/schedule off"),
        here("/settings language en"),
        here("/status", "ru"),
    )

    assert said == [
        "# Status",
        "Теперь я говорю здесь так: Русский.",
        "# Состояние",
        "Всё пришло.",
        "Ещё ничего: /brief.",
        "Уже так.",
        "My language here from now on: English.",
        "# Status",
    ]


def test_who_is_alone_with_the_bot_is_answered_in_their_language_and_keeps_it(
    russian: Words,
) -> None:
    stage = Stage(russian)

    said = stage.says(
        here("/status", "ru-RU"),
        here("/status", "de"),
        here("/schedule 8", "ru"),
        here("/status"),
    )

    assert [said[0], said[1], said[3]] == ["# Состояние", "# Status", "# Состояние"]
    assert stage.language() == "ru"


def test_a_change_of_language_is_told_in_the_new_one_wherever_it_is_asked_for(
    russian: Words,
) -> None:
    stage = Stage(russian)
    pressed = replace(here("/settings language ru"), pressed=True)

    panel = asyncio.run(stage.spoken()(pressed))
    said = stage.says(here("/settings undo"), here("/settings undo"), here("/settings language en"))

    assert text(panel).startswith("Теперь я говорю здесь так: Русский.\n")
    assert labels(panel).count("Отменить") == 1
    assert said[0].startswith("What stood before the last change holds again")
    assert said[1:] == ["Снова сделано: /settings undo.", "My language here from now on: English."]


def test_an_undo_of_a_group_s_language_is_the_operator_s(russian: Words) -> None:
    stage = Stage(russian)

    stage.says(here("/settings language ru"), here("/settings undo"))

    assert stage.language() == "en"


def test_a_topic_speaks_as_its_chat_until_it_sets_a_language_of_its_own(russian: Words) -> None:
    stage, topic = Stage(russian), Destination(HERE.channel, f"{HERE.address}/45")

    def there(typed: str) -> Ask:
        return replace(here(typed), destination=topic)

    said = stage.says(
        there("/status"),
        here("/settings language ru"),
        there("/status"),
        there("/schedule 8"),
        there("/settings undo"),
        there("/settings length short"),
        here("/settings language en"),
        there("/status"),
        there("/settings language en"),
        there("/status"),
    )

    assert [said[0], said[2], said[7], said[9]] == ["# Status", *2 * ["# Состояние"], "# Status"]


def test_a_language_whose_catalogue_is_gone_is_spoken_no_more(russian: Words) -> None:
    stage = Stage(russian, codes=("en", "ru"))
    stage.chat.subscriptions.rows[HERE] = Subscription(destination=HERE, language="zh")

    assert stage.says(here("/status"), here("/status", "ru")) == ["# Status", "# Состояние"]


def test_trouble_with_the_archive_is_a_page_and_why_stands_in_the_log(
    russian: Words, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(russian)
    stage.chat.subscriptions.broken = "The archive /srv/news.db cannot be read."
    operator = replace(here("/help"), asker=Asker(operator=True))

    assert stage.says(here("/help"), here("/help", "ru"), operator) == [
        NOT_NOW,
        "Архив недоступен.",
        "The archive /srv/news.db cannot be read.",
    ]
    told = f"An answer to {HERE} failed. The archive /srv/news.db cannot be read."
    assert caplog.messages == [told, told]


def test_where_there_is_one_language_none_is_looked_up(russian: Words) -> None:
    stage = Stage(russian, codes=("en",))
    stage.chat.subscriptions.broken = "The archive cannot be read."

    assert stage.says(here("/help", "ru")) == ["# What you can type"]


def test_all_that_answers_speaks_the_language(russian: Words) -> None:
    answer = Stage(russian).spoken().speaking("ru", "ru")

    assert list(_words(answer)).count(russian) == len(list(_words(answer))) > 5


def _words(part: object) -> Iterator[object]:
    """Yield the words of all that a part is made of."""
    if isinstance(part, type) or not is_dataclass(part):
        return
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name == "words":
            yield value
        else:
            yield from _words(value)
