"""A mistyped verb is told from a word that was never meant to be one."""

import pytest

from bot.core.mistyped import verb_meant
from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import VERB_NAMES, VERBS, parse

NAMES = [verb.name for verb in VERBS]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bref", "brief"),
        ("breif", "brief"),
        ("brif", "brief"),
        ("briefs", "brief"),
        ("brieff", "brief"),
        ("brief1", "brief"),
        ("brief12", "brief"),
        ("briefing", "brief"),
        ("serch", "search"),
        ("seach", "search"),
        ("saerch", "search"),
        ("upcomming", "upcoming"),
        ("upcoming_30", "upcoming"),
        ("figure", "figures"),
        ("qoutes", "quotes"),
        ("quote", "quotes"),
        ("sorces", "sources"),
        ("source", "sources"),
        ("suorces", "sources"),
        ("wyh", "why"),
        ("topic", "topics"),
        ("tpoics", "topics"),
        ("mised", "missed"),
        ("stat", "status"),
        ("stauts", "status"),
        ("privasy", "privacy"),
        ("halp", "help"),
        ("hlep", "help"),
        ("shedule", "schedule"),
        ("schedul", "schedule"),
        ("scedhule", "schedule"),
        ("sched", "schedule"),
        ("folow", "follow"),
        ("unfolow", "unfollow"),
        ("seting", "settings"),
        ("setings", "settings"),
        ("set", "settings"),
        ("resned", "resend"),
    ],
)
def test_a_slip_is_told(typed: str, meant: str) -> None:
    assert verb_meant(typed, NAMES) == meant


@pytest.mark.parametrize(
    "typed",
    """
    nonsense xyzzy weather news start stop subscribe unsubscribe menu ping play admin ban warn
    rules id info stats1234567 digest today morning hello world language timezone cancel delete
    who about donate feedback invite moon tokayev kazakhstan a b br s se st up бриф новости 新闻
    简报
    setwebhook meeting houses series stories calendar
    """.split(),
)
def test_a_word_that_is_no_slip_suggests_nothing(typed: str) -> None:
    assert verb_meant(typed, NAMES) is None


@pytest.mark.parametrize("name", NAMES)
def test_every_verb_survives_a_letter_left_out_or_two_that_changed_places(name: str) -> None:
    for place in range(1, len(name)):
        turned = name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]
        left_out = name[:place] + name[place + 1 :]
        for typed in (turned, left_out):
            if typed not in VERB_NAMES and len(typed) > 2:
                assert verb_meant(typed, NAMES) == name


@pytest.mark.parametrize(
    "typed",
    ["who won", "hey there", "briefing", "state of play", "set it", "how", "helpful", "hlp me"],
)
def test_talk_that_only_looks_like_a_verb_is_left_alone(typed: str) -> None:
    assert parse(typed) == Misuse(mistake=Mistake.PLAIN_TALK)


def test_what_is_far_from_every_verb_names_help_and_no_verb() -> None:
    assert parse("/nonsense") == Misuse(mistake=Mistake.UNKNOWN_VERB, said="/nonsense")
