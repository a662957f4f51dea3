"""The settings of a chat as panels: what holds now, and the choices there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.core import settings_buttons
from bot.core.abilities import USUAL, Abilities, Ability
from bot.core.page import (
    Block,
    Button,
    Buttons,
    Code,
    Entry,
    Heading,
    Inline,
    Note,
    Page,
    Paragraph,
    Plain,
    Strong,
)
from bot.core.phrases import plain
from bot.core.schedule_words import schedule_words, timings_words
from bot.core.settings_commands import Panel
from bot.core.settings_rows import LENGTHS, STORIES, Offered, settings_rows, topic_words
from bot.core.settings_verbs import SETTINGS
from bot.core.subscription import Schedule, Subscription
from bot.core.wording import Words, fill, later

_TITLES = {
    Panel.ALL: later("Settings of this chat"),
    Panel.TIME: later("At what time?"),
    Panel.DAYS: later("On which days?"),
    Panel.CITY: later("By the time of which city?"),
    Panel.TOPICS: later("What does the digest cover?"),
    Panel.LENGTH: later("How long is the digest?"),
    Panel.LANGUAGE: later("In which language do I speak here?"),
    Panel.STORIES: later("Where do the stories of a digest stand?"),
}
#: What may be typed to change each setting.
_WAYS: Mapping[Panel, Sequence[str]] = {
    Panel.ALL: (
        *("/settings length short", "/settings quiet skip", "/settings silent on"),
        *("/settings stories flat", "/settings pause", "/settings undo"),
    ),
    Panel.TIME: ("/schedule 7:30 weekdays", "/schedule add 18:00"),
    Panel.DAYS: ("/schedule weekdays", "/schedule Mon, Thu"),
    Panel.CITY: ("/schedule Tashkent", "/schedule Europe/Moscow"),
    Panel.TOPICS: ("/follow trade, energy", "/unfollow trade"),
    Panel.LENGTH: ("/settings length short",),
    Panel.LANGUAGE: ("/settings language English",),
    Panel.STORIES: ("/settings stories flat", "/settings stories thread"),
}

#: What is said only where chats can do so.
_NEEDING = {"/settings silent on": Ability.SOUND, "/settings stories flat": Ability.THREADS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from."""

    #: The names of the languages, by their codes.
    languages: Mapping[str, str]
    #: The topics that are known by name.
    topics: Sequence[str]
    #: What a chat without a schedule is offered.
    proposal: Schedule
    #: What the chat can do.
    can: Abilities = USUAL

    @property
    def offered(self) -> Offered:
        """Return what settings are chosen from."""
        return Offered(languages=self.languages, can=self.can)


def panel_page(
    panel: Panel, chat: Subscription, choices: Choices, *, now: datetime, words: Words
) -> Page:
    """Return what holds now of a setting or of all of them, and how it is changed."""
    title = fill(words.gettext(_TITLES[panel]))
    rows = tuple(_rows(panel, chat, choices, now, words))
    buttons = _buttons(panel, chat, choices, words)
    ways = Note(_ways(panel, choices.can, words))
    return Page((Heading(title), *rows, ways, buttons), plain(title))


def _rows(
    panel: Panel, chat: Subscription, choices: Choices, now: datetime, words: Words
) -> Iterator[Block]:
    match panel:
        case Panel.ALL:
            yield from settings_rows(chat, choices.offered, now=now, words=words)
        case Panel.TIME | Panel.DAYS | Panel.CITY:
            yield from _scheduled(chat, choices, now, words)
        case Panel.TOPICS:
            yield _now(topic_words(chat.topics, words), words)
        case Panel.LENGTH:
            yield _now(words.gettext(LENGTHS[chat.length]), words)
        case Panel.LANGUAGE:
            yield _now(choices.languages.get(chat.language, chat.language), words)
        case Panel.STORIES:
            yield _now(words.gettext(STORIES[chat.flat]), words)
        case _:
            assert_never(panel)


def _scheduled(
    chat: Subscription, choices: Choices, now: datetime, words: Words
) -> Iterator[Block]:
    if chat.schedule is not None:
        yield _now(schedule_words(chat.schedule, words, now), words)
        return
    message = words.gettext("No digest comes by itself yet; a choice here sets one: {when}.")
    said = fill(message, when=timings_words(choices.proposal.timings, words))
    yield Paragraph(said)


def _buttons(panel: Panel, chat: Subscription, choices: Choices, words: Words) -> Buttons:
    match panel:
        case Panel.ALL:
            return settings_buttons.all_settings(chat, choices.offered, words)
        case Panel.TIME:
            rows = settings_buttons.times(chat, choices.proposal, words)
        case Panel.DAYS:
            rows = settings_buttons.days(chat, choices.proposal, words)
        case Panel.CITY:
            rows = settings_buttons.cities(chat, choices.proposal)
        case Panel.TOPICS:
            rows = settings_buttons.topics(chat, choices.topics, words)
        case Panel.LENGTH:
            rows = settings_buttons.lengths(chat, words)
        case Panel.LANGUAGE:
            rows = settings_buttons.languages(chat, choices.languages)
        case Panel.STORIES:
            rows = settings_buttons.stories(chat, words)
        case _:
            assert_never(panel)
    back = Button(words.gettext("← Back"), SETTINGS.slash)
    return Buttons((*rows, (back,)))


def _now(said: str, words: Words) -> Entry:
    return Entry((Strong(words.gettext("Now")),), (Plain(said),))


def _ways(panel: Panel, can: Abilities, words: Words) -> tuple[Inline, ...]:
    """Return lines that change a setting, and for all of them where they are explained."""
    between = Plain(words.pgettext("list", ", "))
    spans: list[Inline] = [*fill(words.gettext("Change it: "))]
    examples = (one for one in _WAYS[panel] if _NEEDING.get(one) in {None, *can})
    for number, example in enumerate(examples):
        spans += (between, Code(example)) if number else (Code(example),)
    if panel is Panel.ALL:
        spans += (between, *fill(words.gettext("all: {help}"), help=Code("/help settings")))
    return tuple(spans)
