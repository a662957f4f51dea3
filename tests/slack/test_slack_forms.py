"""The form of a chat's settings as Slack's inputs: within its limits, and back unharmed."""

import asyncio
import json
from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

import pytest

from bot.app.forms import Shown
from bot.core.abilities import Ability
from bot.core.form import (
    MOST_CHOICES,
    Choice,
    Field,
    Form,
    Kept,
    Text,
    form_of,
    marks_of,
    touched,
)
from bot.core.page import Page, Paragraph, Plain
from bot.core.settings_commands import MAX_TOPICS
from bot.core.settings_panel import Choices
from bot.core.subscription import Destination, Schedule, Subscription, Timing
from bot.core.wording import English
from bot.slack.forms import (
    LONGEST_KEPT,
    Memo,
    entered,
    errors,
    fitted,
    inputs,
    plain_text,
    read_memo,
    write_memo,
)
from bot.slack.heard import Submitted
from bot.slack.hearing import heard
from bot.slack.whereabouts import Name
from bot.slack.windows import View, form_view, page_view
from tests.fakes.nasty import NASTY
from tests.fakes.slack.reading import read_blocks
from tests.fakes.slack.server import fake_slack
from tests.fakes.slack.values import BOT_USER, TEAM_ID
from tests.fakes.slack.views import check_view

HERE = Destination("slack", f"{TEAM_ID}/C00000001")
ME = Name(workspace=TEAM_ID, user=BOT_USER, command="/brief")
MORNINGS = Schedule((Timing(time(8), (0, 1, 2, 3, 4)),), "Asia/Almaty")
SET = Subscription(destination=HERE, schedule=MORNINGS, topics=("trade", "silk road"))
KNOWN = frozenset(available_timezones())
WORDS = English()


def form(
    chat: Subscription = SET,
    *,
    topics: tuple[str, ...] = ("trade", "energy"),
    languages: tuple[str, ...] = ("en", "ru"),
) -> Form:
    choices = Choices(
        languages={code: code.upper() for code in languages},
        topics=topics,
        proposal=MORNINGS,
        can=frozenset({Ability.THREADS}),
    )
    kept = Kept(chat=chat, zone="Asia/Almaty", choices=choices, zones=KNOWN)
    return fitted(form_of(kept, WORDS))


def view(made: Form, title: str = "#news") -> View:
    page = Page((Paragraph((Plain("Now."),)),))
    shown = Shown(page=page, form=made, language="en", words=WORDS)
    return form_view(shown, HERE, title, command="/brief")


def kinds(made: Form) -> dict[str, str]:
    return {block["block_id"]: block["element"]["type"] for block in inputs(made)}


def sent(shown: View, **values: str | list[str]) -> Submitted:
    """Return what is heard when somebody sends the form off with these values."""

    async def whole() -> Submitted:
        async with fake_slack() as slack:
            anna = slack.user("Anna")
            slack.modals[anna.id] = [slack.new_view(anna.id, shown)]
            found = heard(anna.submits(values).payload, ME)
            assert isinstance(found, Submitted)
            return found

    return asyncio.run(whole())


def test_each_field_is_an_input_that_shows_what_is_set() -> None:
    shown = view(form())

    check_view(shown, "modal")
    assert kinds(form()) == {
        "when": "plain_text_input",
        "city": "plain_text_input",
        "paused": "checkboxes",
        "topics": "checkboxes",
        "others": "plain_text_input",
        "length": "radio_buttons",
        "quiet": "radio_buttons",
        "stories": "radio_buttons",
        "language": "radio_buttons",
    }
    assert read_blocks(shown["blocks"]).words.split("\n")[:4] == [
        "#news",
        "Now.",
        "When does the digest come?",
        (
            "As with “schedule”: 8am weekdays; or 7:30, 18:00 daily. Empty: no digest comes by"
            " itself."
        ),
    ]


def test_many_choices_stand_in_a_menu() -> None:
    made = form(topics=tuple("abcde"), languages=tuple("abcde"))

    assert (kinds(made)["topics"], kinds(made)["language"]) == (
        "multi_static_select",
        "static_select",
    )
    check_view(view(made), "modal")


def test_a_form_that_nobody_touches_comes_back_as_it_was() -> None:
    shown = view(form())
    memo = read_memo(shown["private_metadata"])
    assert memo is not None

    back = sent(shown)

    assert (back.callback, back.kept) == ("settings", shown["private_metadata"])
    assert touched(entered(back.values), memo.marks) == frozenset()
    assert entered(back.values)[Field.TOPICS] == ("trade",)


def test_what_is_entered_comes_back_by_its_field() -> None:
    back = sent(view(form()), when="", topics=["energy"], length="long", paused=[])

    filled = entered(back.values)
    assert filled[Field.WHEN] == ("",)
    assert filled[Field.TOPICS] == ("energy",)
    assert filled[Field.LENGTH] == ("long",)
    assert filled[Field.PAUSED] == ()
    assert entered({"else": "x"}) == {}
    assert entered({"others": "R&amp;D &lt;1&gt;"}) == {Field.OTHERS: ("R&D <1>",)}


@pytest.mark.parametrize("said", [*NASTY, "x" * 60, "👍" * 60, "<!channel>", "a & b", " "])
def test_whatever_a_chat_follows_the_window_holds_it_and_gives_it_back(said: str) -> None:
    topic = said[:60]
    chat = replace(SET, topics=(topic,) * MAX_TOPICS, language=said)
    made = form(chat, topics=("trade", topic), languages=("en", said))
    shown = view(made, title=said)

    check_view(shown, "modal")
    read = read_blocks(shown["blocks"])
    assert (read.pings, read.unescaped, read.links) == ([], [], [])
    memo = read_memo(shown["private_metadata"])
    assert memo is not None
    assert touched(entered(sent(shown).values), memo.marks) == frozenset()


def test_as_many_topics_as_can_be_followed_fit() -> None:
    names = tuple(f"{number:03} {'👍' * 56}" for number in range(2 * MOST_CHOICES))
    made = form(replace(SET, topics=names[-MAX_TOPICS:]), topics=names)

    check_view(view(made), "modal")
    assert touched({each.field: each.filled for each in made}, marks_of(made)) == frozenset()


def test_a_choice_without_options_is_left_out() -> None:
    empty = Choice(field=Field.TOPICS, label="Topics", options={" x": "x", "y": " "}, chosen=())

    assert fitted((empty,)) == ()


def test_a_label_that_shows_nothing_is_a_dash() -> None:
    assert plain_text("\u200e\n", 24)["text"] == "—"
    assert plain_text("a\n b", 24)["text"] == "a b"


def test_a_memo_is_read_as_it_was_written() -> None:
    marks = {field.value: "0123456789abcdef" for field in Field}
    memo = Memo(chat=HERE, title="#новости", language="en", marks=marks)

    assert read_memo(write_memo(memo)) == memo
    assert len(write_memo(memo)) <= LONGEST_KEPT


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "7", "{}", '{"chat": 1}', json.dumps({"chat": "slack:T/C"})]
)
def test_what_is_no_memo_is_none(text: str) -> None:
    assert read_memo(text) is None


def test_complaints_stand_below_their_fields() -> None:
    values = {"when": "x", "city": ""}

    assert errors({Field.CITY: "No city."}, values) == {"city": "No city."}
    assert errors({Field.CITY: "x" * 9999}, values) == {"city": "x" * 500}


def test_complaints_about_a_field_that_is_gone_stand_below_the_first() -> None:
    assert errors({Field.STORIES: "No."}, {"when": "x", "city": ""}) == {"when": "No."}
    assert errors({Field.STORIES: "No."}, {}) == {}


def test_a_window_of_words_alone_has_nothing_to_send_off() -> None:
    page = Page((Paragraph((Plain("One moment …"),)),))
    shown = page_view(page, WORDS, command="/brief")

    check_view(shown, "modal")
    assert "submit" not in shown


def test_a_text_is_no_longer_than_a_field_holds() -> None:
    text = Text(field=Field.OTHERS, label="x", hint="y", value="x" * 9999)

    (made,) = fitted((text,))

    assert made.filled == ("x" * 3000,)
