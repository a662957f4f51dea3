"""The verb that tells what became of an article."""

from dataclasses import dataclass

from bot.core.quoting import unquoted
from bot.core.verb import Usage, Verb
from bot.core.wording import later

WHY = Verb(
    name="why",
    summary=later("why something is missing, or where it was shown"),
    usages=(
        Usage(
            takes=later("WORDS"),
            meaning=later("what became of the articles that have all these words"),
            example="/why trade",
        ),
        Usage(
            # Translators: stands for the address of a web page, as in "/why ADDRESS".
            takes=later("ADDRESS"),
            meaning=later("what became of the article at that address"),
            example="/why https://example.org/news/1",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class WhyFor:
    """Asks what became of the articles that have all the words, or stand at the address."""

    words: str


def is_address(asked: str) -> bool:
    """Say whether what is asked for is the address of an article, and no words."""
    return asked.casefold().startswith(("http://", "https://"))


def why_for(rest: str) -> WhyFor | None:
    """Return what is asked for behind ``/why``; None where there is no word to look for."""
    words = unquoted(rest)
    return WhyFor(words) if any(character.isalnum() for character in words) else None
