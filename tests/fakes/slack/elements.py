"""What each element inside a block may be: buttons, menus, fields (docs.slack.dev, Block Kit)."""

from collections.abc import Mapping
from typing import Final

from tests.fakes.slack.rules import (
    Rule,
    any_text,
    array,
    boolean,
    fault,
    fields,
    number,
    one_of,
    plain_text,
    string,
    typed,
    url,
)

_CONFIRM: Final = fields(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)
_OPTION: Final = fields(
    {"text": any_text(75), "value": string(150)}, {"description": any_text(75), "url": url()}
)
_GROUP: Final = fields({"label": plain_text(75), "options": array(_OPTION, 100)}, {})
_ACTED: Final[Mapping[str, Rule]] = {"action_id": string(255)}
_ASKED: Final[Mapping[str, Rule]] = {
    **_ACTED,
    "confirm": _CONFIRM,
    "focus_on_load": boolean,
    "placeholder": plain_text(150),
}
_OPTIONS: Final[Mapping[str, Rule]] = {
    "options": array(_OPTION, 100),
    "option_groups": array(_GROUP, 100),
}
_FILTER: Final = fields(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_DISPATCH: Final = fields(
    {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
_TEXT_FIELD: Final[Mapping[str, Rule]] = {
    **_ACTED,
    "initial_value": string(3000, least=0),
    "focus_on_load": boolean,
    "placeholder": plain_text(150),
    "dispatch_action_config": _DISPATCH,
}


def _menu(rest: Mapping[str, Rule], *, needs_options: bool = False) -> Rule:
    """Return the rule of a menu; a static one has either options or groups of them."""
    plain = fields({}, {**_ASKED, **rest})

    def rule(value: object, place: str) -> list[str]:
        found = plain(value, place)
        if isinstance(value, dict) and needs_options:
            given = [name for name in _OPTIONS if name in value]
            if len(given) != 1:
                found += fault("must provide either options or option_groups", place)
        return found

    return rule


ELEMENTS: Final[Mapping[str, Rule]] = {
    "button": fields(
        {"text": plain_text(75)},
        {
            **_ACTED,
            "url": url(),
            "value": string(2000, least=0),
            "style": one_of("primary", "danger"),
            "confirm": _CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": fields({"options": array(_OPTION, 5)}, {**_ACTED, "confirm": _CONFIRM}),
    "static_select": _menu({**_OPTIONS, "initial_option": _OPTION}, needs_options=True),
    "multi_static_select": _menu(
        {**_OPTIONS, "initial_options": array(_OPTION, 100), "max_selected_items": number},
        needs_options=True,
    ),
    "external_select": _menu({"initial_option": _OPTION, "min_query_length": number}),
    "users_select": _menu({"initial_user": string(255)}),
    "channels_select": _menu({"initial_channel": string(255), "response_url_enabled": boolean}),
    "conversations_select": _menu(
        {
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": _FILTER,
        }
    ),
    "multi_conversations_select": _menu(
        {
            "initial_conversations": array(string(255), 100),
            "default_to_current_conversation": boolean,
            "max_selected_items": number,
            "filter": _FILTER,
        }
    ),
    "radio_buttons": fields(
        {"options": array(_OPTION, 10)},
        {**_ACTED, "initial_option": _OPTION, "confirm": _CONFIRM, "focus_on_load": boolean},
    ),
    "checkboxes": fields(
        {"options": array(_OPTION, 10)},
        {
            **_ACTED,
            "initial_options": array(_OPTION, 10),
            "confirm": _CONFIRM,
            "focus_on_load": boolean,
        },
    ),
    "timepicker": _menu(
        {"initial_time": string(5, pattern=r"[0-2]\d:[0-5]\d$"), "timezone": string(100)}
    ),
    "datepicker": _menu({"initial_date": string(10, pattern=r"\d{4}-\d\d-\d\d$")}),
    "plain_text_input": fields(
        {}, {**_TEXT_FIELD, "multiline": boolean, "min_length": number, "max_length": number}
    ),
    "number_input": fields(
        {"is_decimal_allowed": boolean},
        {**_TEXT_FIELD, "min_value": string(20), "max_value": string(20)},
    ),
    "url_text_input": fields({}, _TEXT_FIELD),
    "email_text_input": fields({}, _TEXT_FIELD),
    "image": fields({"image_url": url(), "alt_text": string(2000)}, {}),
}
_FIELDS: Final = {
    "plain_text_input",
    "number_input",
    "url_text_input",
    "email_text_input",
}
#: What may stand where.
ACCESSORY: Final = typed(ELEMENTS, ELEMENTS.keys() - _FIELDS)
ACTION: Final = typed(ELEMENTS, ELEMENTS.keys() - _FIELDS - {"image"})
INPUT: Final = typed(ELEMENTS, ELEMENTS.keys() - {"button", "overflow", "image"})
