"""What an update says to the bot: an ask, a press, a coming or going; or nothing."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    MessageOriginChannel,
    Update,
    User,
)

from bot.core.misuse import Mistake, Misuse
from bot.core.verbs import VERB_NAMES, parse
from bot.telegram.heard import Heard, Migrated, Person, Place, Pressed, Standing, Typed
from bot.telegram.press import read_press

#: The updates that are asked for; null would leave what was set before (``getUpdates``).
KINDS: Final = ("message", "channel_post", "callback_query", "my_chat_member")


_COMMAND = re.compile(r"[/／]([^\s@]+)(?:@(\w+))?(?=\s|$)")
#: What stands between a name and what is said to it.
_CALL = " \t\n\xa0,:;，、：；"
#: What surely is a command of ours, whatever follows it.
_OURS = VERB_NAMES | {"start"}
_UNMEANT = frozenset({Mistake.UNKNOWN_VERB, Mistake.PLAIN_TALK})


def heard(update: Update, me: User) -> Heard | None:
    """Return what the update says to the bot; None for what is not meant for it."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _standing(update.my_chat_member)
    message = update.message or update.channel_post
    if message is None:
        return None
    if message.migrate_to_chat_id:
        return Migrated(place=_place(message), new=message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        # The new chat says it as well, for whoever was not there to hear the old one.
        return Migrated(place=Place(chat=message.migrate_from_chat_id), new=message.chat.id)
    return _typed(message, me)


def command(text: str) -> tuple[str, str] | None:
    """Return the verb of a command, in lower case, and what follows it; None for other texts."""
    found = _COMMAND.match(text)
    return None if found is None else (found[1].casefold(), text[found.end() :].strip())


def _typed(message: Message, me: User) -> Typed | None:
    person = _person(message)
    if person is None or not message.text:
        return None
    replied = _replied(message, me)
    text = _meant(message, me, replied=replied is not None)
    if text is None:
        return None
    post = _post(message.reply_to_message) if replied is None else None
    under = replied or post
    return Typed(
        place=_place(message),
        person=person,
        text=text,
        under=0 if under is None else under.message_id,
        channel=0 if post is None else post.chat.id,
        made=None if replied is None else _made(replied.reply_markup),
    )


def _person(message: Message) -> Person | None:
    """Return who wrote the message; None where nobody asks: bots, and what is passed on."""
    own = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    if message.is_automatic_forward or message.via_bot is not None:
        return None
    if own:
        return Person(id=0, surely_admin=True)
    if message.sender_chat is not None:
        # In the name of another channel: nobody knows what they are here.
        return Person(id=0, chat=message.sender_chat.id)
    sender = message.from_user
    if sender is None or sender.is_bot:
        return None
    return _known(sender)


def _known(user: User) -> Person:
    return Person(id=user.id, language=user.language_code or "")


def _replied(message: Message, me: User) -> Message | None:
    """Return the bot's message that this one answers.

    In a topic, what answers nothing answers the message that opened it.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    ours = replied.from_user is not None and replied.from_user.id == me.id
    in_channel = message.chat.type == Chat.CHANNEL
    return replied if ours or in_channel else None


def _post(replied: Message | None) -> MessageOriginChannel | None:
    """Return which post of a channel a message is a comment on; None where it is no comment."""
    if replied is None or not replied.is_automatic_forward:
        return None
    origin = replied.forward_origin
    return origin if isinstance(origin, MessageOriginChannel) else None


def _made(keyboard: InlineKeyboardMarkup | None) -> datetime | None:
    """Return when the digest was made that the buttons belong to."""
    presses = map(read_press, _buttons(keyboard))
    return next((said.made for said in presses if said is not None and said.made is not None), None)


def _shown(message: MaybeInaccessibleMessage | None) -> str:
    """Return what a message of a channel says; in other chats no press asks for it."""
    if not isinstance(message, Message) or message.chat.type != Chat.CHANNEL:
        return ""
    return message.text or ""


def _buttons(keyboard: InlineKeyboardMarkup | None) -> tuple[str, ...]:
    """Return what the buttons carry."""
    rows = () if keyboard is None else keyboard.inline_keyboard
    carried = (button.callback_data for row in rows for button in row)
    return tuple(data for data in carried if isinstance(data, str))


def _meant(message: Message, me: User, *, replied: bool) -> str | None:
    """Return what is asked of this bot; None for what others say among themselves."""
    text = message.text or ""
    if message.chat.type == Chat.PRIVATE:
        return text
    if message.forward_origin is not None:
        return None
    name = (me.username or "").casefold()
    found = _COMMAND.match(text)
    if found is not None:
        if found[2] is not None:
            return text if found[2].casefold() == name else None
        # Another bot may know a command that we do not.
        return text if found[1].casefold() in _OURS or _understood(text) else None
    mention = re.search(rf"(?<![\w@/])@{re.escape(name)}(?!\w)", text, re.IGNORECASE)
    if name and mention is not None:
        before, after = text[: mention.start()], text[mention.end() :]
        # As people call somebody: "@bot, brief".
        said = f"{before.rstrip(_CALL)} {after.lstrip(_CALL)}"
        return said.strip() or "/help"
    # Somebody who answers a digest need not ask for anything.
    return text if replied and _understood(text) else None


def _understood(text: str) -> bool:
    asked = parse(text)
    return not isinstance(asked, Misuse) or asked.mistake not in _UNMEANT


def _place(message: MaybeInaccessibleMessage) -> Place:
    thread = None
    if isinstance(message, Message) and message.is_topic_message:
        thread = message.message_thread_id
    asked = message.message_id if message.is_accessible else 0
    return replace(_of(message.chat, thread), asked=asked)


def _of(chat: Chat, thread: int | None = None) -> Place:
    return Place(
        chat=chat.id,
        thread=thread,
        title=chat.title or "",
        alone=chat.type == Chat.PRIVATE,
        channel=chat.type == Chat.CHANNEL,
    )


def _press(query: CallbackQuery) -> Pressed:
    message = query.message
    # Where the platform does not say where, the person can be answered all the same.
    alone = Place(chat=query.from_user.id, alone=True)
    return Pressed(
        place=alone if message is None else _place(message),
        person=_known(query.from_user),
        query=query.id,
        data=query.data or "",
        message=message.message_id if message is not None and message.is_accessible else 0,
        text=_shown(message),
        buttons=_buttons(message.reply_markup) if isinstance(message, Message) else (),
    )


def _standing(change: ChatMemberUpdated) -> Standing | None:
    before, after = map(_able, (change.old_chat_member, change.new_chat_member))
    if before == after:
        return None
    return Standing(
        place=_of(change.chat),
        person=_known(change.from_user),
        before=before[0],
        after=after[0],
        freed=before[0] and after[0] and after[1] and not before[1],
    )


def _able(member: ChatMember) -> tuple[bool, bool]:
    """Return whether the bot is in the chat, and whether it may write there."""
    match member.status:
        case ChatMember.LEFT | ChatMember.BANNED:
            return False, False
        case ChatMember.RESTRICTED:
            there = bool(getattr(member, "is_member", False))
            return there, there and bool(getattr(member, "can_send_messages", False))
        case ChatMember.ADMINISTRATOR:
            # Only channels have that right; None elsewhere.
            return True, getattr(member, "can_post_messages", None) is not False
        case _:
            return True, True
