"""What the bot says of itself where it runs: at its start, while it works, and at its end."""

from collections.abc import Sequence

from bot.core.page import Code, Note, Page, Plain
from bot.core.phrases import listed
from bot.core.wording import Words, fill


def opening(
    archive: str | None,
    *,
    new: bool = False,
    trouble: str = "",
    platforms: Sequence[str] = (),
    words: Words,
) -> tuple[str, ...]:
    """Return the sentences a run begins with: where the archive is, and where it posts.

    Without a file the trouble says why the archive is in memory; then it posts nowhere. The
    platforms are those it speaks to besides the terminal, by their names.
    """
    kept: tuple[str, ...]
    if trouble:
        unposted = words.gettext("I post nothing by myself until that is mended.")
        return (trouble, words.gettext("I go on with an archive in memory."), unposted)
    if new:
        kept = (words.gettext("Archive ready: {path} (new)").format(path=archive),)
    else:
        kept = (words.gettext("Archive ready: {path}").format(path=archive),)
    if len(platforms) > 1:
        several = words.gettext("I post to this terminal, to {platforms} and to {last}.")
        first = listed(platforms[:-1], words)
        return (*kept, several.format(platforms=first, last=platforms[-1]))
    if platforms:
        message = words.gettext("I post to this terminal and to {platforms}.")
        return (*kept, message.format(platforms=listed(platforms, words)))
    posts = words.gettext(
        "No TELEGRAM_BOT_TOKEN or SLACK_BOT_TOKEN: I post to this terminal. (README: “Put it in"
        " Telegram”, “Put it in Slack”)"
    )
    return (*kept, posts)


def hint_page(words: Words) -> Page:
    """Return what can be typed below a digest, and how to leave."""
    message = words.gettext(
        "Type {brief} for story 1 in full, {help} for the rest, Ctrl-D to leave."
    )
    return Page((Note(fill(message, brief=Code("/brief 1"), help=Code("/help"))),))


def busy_page(words: Words) -> Page:
    """Return that an answer takes its time and need not be waited for."""
    message = words.gettext("I am still at it. You can type on: the answer comes when it is ready.")
    return Page((Note((Plain(message),)),))


def ended(words: Words, *, stay: bool) -> str:
    """Return that nothing more is typed, and whether the bot goes on."""
    if stay:
        return words.gettext("End of input. I stay until I am stopped.")
    return words.gettext("End of input. Stopped.")


def stopped(words: Words) -> str:
    """Return that the bot was told to stop, and did."""
    return words.gettext("Stopped.")
