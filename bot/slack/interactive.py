"""What presses, forms and shortcuts on Slack say to the bot."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.slack.heard import Clicked, Linked, Person, Pressed, Submitted
from bot.slack.mrkdwn import links_of
from bot.slack.reading import Body, at, body_at, list_at, text_at
from bot.slack.whereabouts import Name, person_of, place_of, thread_of

#: What stands in a view for what was chosen, by the kind of element: one, then several.
_ONE: Final = (
    *("value", "selected_option", "selected_conversation", "selected_channel", "selected_user"),
    *("selected_time", "selected_date"),
)
_SEVERAL: Final = (
    *("selected_options", "selected_conversations", "selected_channels", "selected_users"),
)
_BLOCKS_WITH_ONE: Final = ("accessory", "element")


def pressed(body: Body, me: Name) -> Pressed | Clicked | None:
    """Return what was pressed or chosen, and where; None for what carries nothing."""
    person = _who(body, me)
    action = next(iter(list_at(body, "actions")), None)
    if person is None or not isinstance(action, Mapping):
        return None
    if text_at(body, "container", "type") == "view":
        return Clicked(
            person=person,
            action=text_at(action, "action_id"),
            value=_first(_entered(action)),
            view=text_at(body, "view", "id"),
            hash=text_at(body, "view", "hash"),
            trigger=text_at(body, "trigger_id"),
        )
    value = _first(_entered(action))
    message, container = body_at(body, "message"), body_at(body, "container")
    ts = text_at(container, "message_ts") or text_at(message, "ts")
    place = place_of(
        text_at(body, "channel", "id") or text_at(container, "channel_id"),
        me,
        thread=thread_of(ts, text_at(container, "thread_ts") or text_at(message, "thread_ts")),
        name=text_at(body, "channel", "name"),
    )
    if place is None or not value:
        # A button that only leads to a page is told as well.
        return None
    return Pressed(
        place=place,
        person=person,
        value=value,
        message=ts,
        private=at(container, "is_ephemeral") is True,
        buttons=tuple(_buttons(message)),
        url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
    )


def submitted(body: Body, me: Name) -> Submitted | None:
    """Return the form that was sent off."""
    person, view = _who(body, me), body_at(body, "view")
    if person is None:
        return None
    states = body_at(view, "state", "values")
    return Submitted(
        person=person,
        callback=text_at(view, "callback_id"),
        kept=text_at(view, "private_metadata"),
        values={
            block: _entered(element)
            for block, elements in states.items()
            if isinstance(elements, Mapping)
            for element in elements.values()
            if isinstance(element, Mapping)
        },
        view=text_at(view, "id"),
        hash=text_at(view, "hash"),
    )


def linked(body: Body, me: Name) -> Linked | None:
    """Return the links of the message whose shortcut was used."""
    person, message = _who(body, me), body_at(body, "message")
    ts = text_at(body, "message_ts") or text_at(message, "ts")
    place = place_of(
        text_at(body, "channel", "id"),
        me,
        thread=thread_of(ts, text_at(message, "thread_ts")),
        name=text_at(body, "channel", "name"),
    )
    if person is None or place is None:
        return None
    return Linked(
        place=place,
        person=person,
        links=links_of(message),
        url=text_at(body, "response_url"),
        trigger=text_at(body, "trigger_id"),
    )


def _who(body: Body, me: Name) -> Person | None:
    workspace = text_at(body, "user", "team_id") or text_at(body, "team", "id")
    return person_of(text_at(body, "user", "id"), workspace, me)


def _entered(element: Body) -> str | tuple[str, ...]:
    """Return what was entered in or chosen with an element; empty where nothing was."""
    for name in _SEVERAL:
        if name in element:
            return tuple(filter(None, map(_chosen, list_at(element, name))))
    return next(filter(None, (_chosen(at(element, name)) for name in _ONE)), "")


def _chosen(found: object) -> str:
    return found if isinstance(found, str) else text_at(found, "value")


def _first(entered: str | tuple[str, ...]) -> str:
    return entered if isinstance(entered, str) else next(iter(entered), "")


def _buttons(message: Body) -> Iterator[str]:
    """Yield what the buttons of a message carry."""
    for block in list_at(message, "blocks"):
        alone = (at(block, name) for name in _BLOCKS_WITH_ONE)
        for element in (*list_at(block, "elements"), *alone):
            if text_at(element, "type") == "button" and text_at(element, "value"):
                yield text_at(element, "value")
