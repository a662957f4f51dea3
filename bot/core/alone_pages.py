"""What is said to one person alone, or to who may not, where others read the chat as well."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.page import Button, Buttons, Code, Inline, Page, Paragraph, Strong
from bot.core.phrases import one_line, plain
from bot.core.verbs import BRIEF
from bot.core.wording import Words, fill

#: What a button says that shows an answer to all; what was asked stands behind it.
SHOW = "/show"
#: So many links of one message are offered, and so many characters of each.
_LINKS, _SHOWN = 5, 60


def with_show_button(page: Page, text: str, *, words: Words) -> Page:
    """Return the answer to that text with a button that shows it to all.

    It means the digest that the page's other buttons mean.
    """
    made = next((one.made for one in page.blocks if isinstance(one, Buttons)), None)
    button = Button(words.gettext("Show to channel"), f"{SHOW} {one_line(text)}")
    return replace(page, blocks=(*page.blocks, Buttons(((button,),), made)))


def shown_text(says: str) -> str | None:
    """Return the text whose answer a button shows to all; None for what other buttons say."""
    verb, _, text = says.partition(" ")
    return text if verb == SHOW and text.startswith("/") else None


def keepers_words(name: str, words: Words) -> str:
    """Return who changes the settings of a channel that somebody of that name has made.

    It fits behind "Ask"; the name is empty where nobody knows it.
    """
    if not name:
        return words.gettext("an admin of the workspace")
    # Translators: stands behind "Ask"; the name is that of a person.
    message = words.gettext("{name}, who made this channel, or an admin of the workspace")
    return message.format(name=name)


def visitor_page(*, words: Words) -> Page:
    """Return that a guest of the workspace changes no settings, not even their own."""
    message = words.gettext(
        "Guests and people of other workspaces can ask me everything, but change no settings."
        " {brief} shows the news."
    )
    return _said(fill(message, brief=Code(BRIEF.slash)))


def absent_page(name: str, *, direct: bool, words: Words) -> Page:
    """Return that the bot is not in the chat, so that it can post nothing there by itself.

    The name is the bot's, with "@". To a conversation between people nobody can add it.
    """
    if direct:
        message = words.gettext(
            "I am not part of this conversation: I answer you here, but post nothing and keep no"
            " settings. Write to me in our own conversation, or ask in a channel."
        )
        return _said(fill(message))
    message = words.gettext(
        "I am not in this channel: I answer you here, but post nothing and keep no settings. Type"
        " {invite}, then ask again."
    )
    return _said(fill(message, invite=Strong(f"/invite {name}")))


def no_link_page(*, words: Words) -> Page:
    """Return that there is no link in the message that somebody wants briefed."""
    message = words.gettext("I see no web link in that message. You can also type {typed}.")
    return _said(fill(message, typed=Code(f"{BRIEF.slash} URL")))


def which_link_page(links: Sequence[str], *, words: Words) -> Page:
    """Return the links of a message as buttons, the first few: one page is briefed at a time."""
    said = fill(words.gettext("One page at a time. Which one?"))
    rows = tuple((Button(_short(link), f"{BRIEF.slash} {link}"),) for link in links[:_LINKS])
    return Page((Paragraph(said), Buttons(rows)), plain(said))


def slow_page(*, words: Words) -> Page:
    """Return that an answer takes some time, for who sees nothing else of the bot meanwhile."""
    return _said(fill(words.gettext("One moment: I am on it, and answer here.")))


def unclaimed_page(*, words: Words) -> Page:
    """Return that a code makes nobody the operator, and where the right one stands."""
    message = words.gettext(
        "That is not the code, or it was used already. The bot says the code when it starts, until"
        " somebody has used it."
    )
    return _said(fill(message))


def spent_link_page(*, words: Words) -> Page:
    """Return that a link makes nobody the operator, and where the right one stands."""
    message = words.gettext(
        "That link makes nobody the operator: it was used already, or is not whole. The bot shows"
        " its link when it starts, until somebody has used it."
    )
    return _said(fill(message))


def filed_page(*, words: Words) -> Page:
    """Return that the answer is in the asker's own chat with the bot: the file, or its words."""
    return _said(fill(words.gettext("Files go to you alone: look into our own conversation.")))


def elsewhere_page(*, words: Words) -> Page:
    """Return that a long answer, or its rest, is in the asker's own chat with the bot."""
    message = words.gettext("My answer was too long for here. Read on in our own conversation.")
    return _said(fill(message))


def unseen_page(*, words: Words) -> Page:
    """Return that what is for one person alone could not be brought to them."""
    message = words.gettext(
        "I show that to you alone, and could not reach you. Ask me again in our own conversation."
    )
    return _said(fill(message))


def unposted_page(*, words: Words) -> Page:
    """Return that an answer could not be shown to all."""
    message = words.gettext("I could not post that to the channel just now. Try again in a minute.")
    return _said(fill(message))


def barred_page(*, words: Words) -> Page:
    """Return that a chat does not take the answer to all, and where one person is answered."""
    message = words.gettext(
        "I could not post my answer in the channel. Type {brief} there: that answers you alone."
    )
    return _said(fill(message, brief=Code(BRIEF.slash)))


def unclear_page(*, words: Words) -> Page:
    """Return that an answer may have been shown to all, whole or in part."""
    message = words.gettext(
        "I could not see whether all of that is in the channel now. Look there; if it is not, ask"
        " me again."
    )
    return _said(fill(message))


def strange_button_page(*, words: Words) -> Page:
    """Return that a button means nothing to the bot."""
    message = words.gettext("I do not know this button (any more). {help} shows the rest.")
    return _said(fill(message, help=Code("/help")))


def _said(spans: tuple[Inline, ...]) -> Page:
    return Page((Paragraph(spans),), plain(spans))


def _short(link: str) -> str:
    """Return an address as a label: without its scheme, and no longer than one reads."""
    shown = link.partition("://")[2] or link
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
