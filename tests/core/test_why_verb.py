from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import MAX_WORDS, parse
from bot.core.why_verb import WHY, WhyFor, why_for


def test_words_and_addresses_are_asked_for() -> None:
    assert why_for("trade") == WhyFor("trade")
    assert why_for("“trade deal”") == WhyFor("trade deal")
    assert why_for("https://example.org/1") == WhyFor("https://example.org/1")


def test_without_a_word_nothing_is_asked_for() -> None:
    assert why_for("") is None
    assert why_for("...") is None


def test_words_are_limited_and_addresses_may_be_long() -> None:
    address = f"https://example.org/{'a' * MAX_WORDS}"

    assert parse(f"/why {address}") == WhyFor(address)
    assert parse(f"/why {'a' * (MAX_WORDS + 1)}") == Misuse(mistake=Mistake.TOO_LONG, verb=WHY)
    assert parse("/why") == Misuse(mistake=Mistake.NOTHING_SOUGHT, verb=WHY)
