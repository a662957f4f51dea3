"""The methods that write in chats: messages, files, edits, answers to buttons."""

from collections.abc import Callable

from tests.fakes.bot_api.characters import is_empty
from tests.fakes.bot_api.chat import Chat
from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.keyboards import keyboard
from tests.fakes.bot_api.place import ADMINISTRATORS
from tests.fakes.bot_api.text import LONGEST_CAPTION, LONGEST_TEXT, Formatted, formatted
from tests.fakes.bot_api.values import File, Json, Message, Upload
from tests.fakes.bot_api.world import World

#: Seconds in which the bot may delete what it wrote.
_DELETABLE = 48 * 3600
_LONGEST_ANSWER = 200
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
#: Of a document, in bytes.
_LARGEST = 50 * 1024 * 1024


def send_message(world: World, said: Json) -> Json:
    """Write a message."""
    chat = world.chat(said["chat_id"])
    if not said["text"]:
        raise bad_request("message text is empty")
    shown = formatted(
        said["text"], said.get("parse_mode"), said.get("entities", ()), limit=LONGEST_TEXT
    )
    if is_empty(shown.text):
        raise bad_request("text must be non-empty")
    return _sent(world, chat, shown, said).json()


def send_document(world: World, said: Json) -> Json:
    """Send a file, uploaded now or kept from before."""
    chat = world.chat(said["chat_id"])
    shown = formatted(
        said.get("caption", ""),
        said.get("parse_mode"),
        said.get("caption_entities", ()),
        limit=LONGEST_CAPTION,
    )
    return _sent(world, chat, shown, said, _document(world, said["document"])).json()


def _document(world: World, given: Upload | str) -> File:
    if isinstance(given, str):
        if given not in world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return world.files[given]
    if not given.content:
        raise bad_request("file must be non-empty")
    if len(given.content) > _LARGEST:
        raise bad_request("file is too big")
    return world.store(given.name, given.content)


def _sent(
    world: World, chat: Chat, shown: Formatted, said: Json, document: File | None = None
) -> Message:
    topic = said.get("message_thread_id")
    chat.write(topic)
    rows = keyboard(said.get("reply_markup"))
    answered = _answered(chat, said.get("reply_parameters", {}))
    world.flood.count(chat.id, group=chat.kind != "private")
    message = chat.new(shown)
    message.ours = True
    message.sender = None if chat.kind == "channel" else world.me
    message.sender_chat = chat.json() if chat.kind == "channel" else None
    message.topic, message.keyboard, message.asked = topic, rows, said
    message.reply_to, message.document = answered, document
    return chat.keep(message)


def _answered(chat: Chat, wanted: Json) -> Message | None:
    if not wanted:
        return None
    found = chat.found(wanted["message_id"])
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def edit_message_text(world: World, said: Json) -> Json:
    """Change the words and the buttons of a message of the bot; buttons not given go."""
    chat, message = _edited(world, said)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    if not said.get("text"):
        raise bad_request("message text is empty")
    shown = formatted(
        said["text"], said.get("parse_mode"), said.get("entities", ()), limit=LONGEST_TEXT
    )
    if is_empty(shown.text):
        raise bad_request("text must be non-empty")
    return _changed(world, chat, message, shown, keyboard(said.get("reply_markup")))


def edit_message_reply_markup(world: World, said: Json) -> Json:
    """Change the buttons of a message of the bot."""
    chat, message = _edited(world, said)
    rows = keyboard(said.get("reply_markup"))
    return _changed(world, chat, message, message.formatted, rows)


def _edited(world: World, said: Json) -> tuple[Chat, Message]:
    if "chat_id" not in said or "message_id" not in said:
        raise bad_request("message identifier is not specified")
    chat = world.chat(said["chat_id"])
    chat.enter()
    message = chat.found(said["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.ours:
        raise bad_request("message can't be edited")
    return chat, message


def _changed(
    world: World, chat: Chat, message: Message, shown: Formatted, rows: list[list[Json]]
) -> Json:
    if (shown.text, shown.entities, rows) == (message.text, message.entities, message.keyboard):
        raise bad_request(_SAME)
    chat.write(message.topic)
    if shown.text != message.text:
        message.former.append(message.text)
    message.formatted, message.keyboard = shown, rows
    message.edited = int(world.clock())
    world.changed()
    return message.json()


def delete_message(world: World, said: Json) -> bool:
    """Delete a message: one of the bot for two days, another's where it may."""
    chat = world.chat(said["chat_id"])
    chat.enter()
    message = chat.found(said["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    keeps_order = chat.status in ADMINISTRATORS and chat.may_delete
    young = world.clock() - message.date < _DELETABLE
    if not keeps_order and not (young and (message.ours or chat.kind == "private")):
        raise bad_request("message can't be deleted")
    message.deleted = True
    world.changed()
    return True


def send_chat_action(world: World, said: Json) -> bool:
    """Show what the bot is doing; in a channel nobody sees it."""
    chat = world.chat(said["chat_id"])
    chat.write(said.get("message_thread_id"))
    if chat.kind != "channel":
        chat.actions.append(said["action"])
        world.changed()
    return True


def answer_callback_query(world: World, said: Json) -> bool:
    """Answer the press of a button, once and in time."""
    press = world.presses.get(said["callback_query_id"])
    if press is None or press.answered or press.expired:
        raise bad_request(_TOO_OLD)
    if len(said.get("text", "")) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered = True
    press.answer, press.alert = said.get("text", ""), said.get("show_alert", False)
    world.changed()
    return True


METHODS: dict[str, Callable[[World, Json], object]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
