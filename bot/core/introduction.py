"""What the bot says of itself before anybody has asked it anything."""

from bot.core.page import Code, Link, Note, Page, Paragraph, Plain
from bot.core.phrases import plain
from bot.core.wording import Words, fill


def introduction(beat: str, *, words: Words) -> str:
    """Return what the bot is for, and how one begins."""
    message = words.gettext(
        "I read news on {beat} and post a brief every morning, made only of the sources' own"
        " sentences. Press Start, or add me to a group: /brief shows the news, /schedule says when"
        " it comes by itself."
    )
    return message.format(beat=beat)


def introduction_in_short(beat: str, *, words: Words) -> str:
    """Return what the bot is for, in one line."""
    message = words.gettext("News on {beat}, in the sources' own sentences.")
    return message.format(beat=beat)


def arrival_page(
    platform: str, name: str, claim: str | None, *, typed: bool = False, words: Words
) -> Page:
    """Return for the screen of who runs the bot that a platform knows it, and by which name.

    With a link to claim it, or with what is ``typed`` for that: who does so becomes the operator.
    """
    said = fill(words.gettext("I post to {platform} as {name}."), platform=platform, name=name)
    if claim is None:
        return Page((Paragraph(said),), plain(said))
    if typed:
        message = words.gettext("Who types this in {platform} becomes its operator, once: {claim}")
        how = fill(message, platform=platform, claim=Code(claim))
    else:
        message = words.gettext("Who opens this link becomes its operator, once: {link}")
        how = fill(message, link=Link(claim, claim))
    return Page((Paragraph(said), Paragraph(how)), plain(said))


def topic_gone_page(*, words: Words) -> Page:
    """Return for the chat itself that a topic was deleted, and where its digests go now."""
    said = words.gettext(
        "The topic that got the digest was deleted. From now on the digest comes here."
    )
    ways = fill(
        words.gettext("{schedule} in another topic brings it there; {off} ends it here."),
        schedule=Code("/schedule 8am"),
        off=Code("/schedule off"),
    )
    return Page((Paragraph((Plain(said),)), Note(ways)), said)
