"""Buttons under a message: what the server takes, and what it says of the rest."""

from tests.fakes.bot_api.errors import bad_request
from tests.fakes.bot_api.links import LinkError, checked_link
from tests.fakes.bot_api.values import Json

#: Bytes of what a button carries, buttons in a row, buttons in all.
LONGEST_DATA = 64
WIDEST_ROW = 8
MOST_BUTTONS = 100
_LONGEST_LABEL = 256
_BESIDE = frozenset({"text", "style", "icon_custom_emoji_id"})


def keyboard(markup: Json | None) -> list[list[Json]]:
    """Return the rows of an inline keyboard; other markup shows no buttons in the chat."""
    rows: list[list[Json]] = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > WIDEST_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json) -> Json:
    does = button.keys() - _BESIDE
    if not button["text"].strip() or len(button["text"]) > _LONGEST_LABEL:
        raise bad_request("can't parse inline keyboard button: button text is invalid")
    if len(does) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        try:
            return {**button, "url": checked_link(button["url"])}
        except LinkError as error:
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: {error}"
            ) from None
    return button
