"""The form of a chat's settings as Slack's inputs, and what comes back of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.core.form import Choice, Field, Filled, Form, Text
from bot.core.form_reading import Complaints
from bot.core.subscription import Destination, destination_of
from bot.slack.blocks import Block
from bot.slack.measure import fitting, units
from bot.slack.pieces import cleaned, is_blank

#: Characters of what a view keeps for us (views.open, private_metadata).
LONGEST_KEPT = 3000
#: Of a label and of a hint (Block Kit, input block), of the text and the value of an option, of
#: what stands in a text field, and how many options there are (Block Kit, elements).
_LABEL, _OPTION, _VALUE, _ENTRY, _OPTIONS = 2000, 75, 150, 3000, 100
#: Elements that show all choices at once, and those that show them as a menu.
_ONE, _SEVERAL = ("radio_buttons", "static_select"), ("checkboxes", "multi_static_select")
#: So many choices are all shown at once; more stand in a menu.
_FEW = 4
#: A complaint is a sentence or two; Slack names no limit.
_COMPLAINT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """What a window keeps for the bot until its form is sent off."""

    chat: Destination
    #: What stands above the form: the name of a channel; empty for a chat without one.
    title: str = ""
    language: str
    #: What its fields showed, as ``marks_of`` has it.
    marks: Mapping[str, str]


def write_memo(memo: Memo) -> str:
    """Return the memo as text, of at most ``LONGEST_KEPT`` characters."""
    kept = {
        "chat": str(memo.chat),
        "title": memo.title,
        "language": memo.language,
        "marks": dict(memo.marks),
    }
    return json.dumps(kept, separators=(",", ":"))


def read_memo(text: str) -> Memo | None:
    """Return the memo that was written so; None for what is none."""
    try:
        kept = json.loads(text)
    except ValueError:
        return None
    match kept:
        case {"chat": str(chat), "language": str(language), "marks": dict(marks)}:
            known = {str(name): str(mark) for name, mark in marks.items()}
            title = str(kept.get("title", ""))
            return Memo(chat=destination_of(chat), title=title, language=language, marks=known)
        case _:
            return None


def fitted(form: Form) -> Form:
    """Return the form with what Slack can show, and gives back as it was shown."""
    fields = (
        replace(field, value=_shown(field.value, _ENTRY))
        if isinstance(field, Text)
        else _fitted(field)
        for field in form
    )
    return tuple(field for field in fields if isinstance(field, Text) or field.options)


def inputs(form: Form) -> Iterator[Block]:
    """Yield an input block for each field of a fitted form, by the field's name."""
    for field in form:
        block: Block = {
            "type": "input",
            "block_id": field.field.value,
            "label": plain_text(field.label, _LABEL),
            "element": _line(field) if isinstance(field, Text) else _choice(field),
            # Of a language that is gone none is chosen, and need not be.
            "optional": isinstance(field, Text) or field.several or not field.chosen,
        }
        yield block | ({"hint": plain_text(field.hint, _LABEL)} if field.hint else {})


def entered(values: Mapping[str, str | tuple[str, ...]]) -> Filled:
    """Return what stands in the fields of a form that was sent off."""
    names = {field.value: field for field in Field}
    return {
        names[name]: tuple(map(_unescaped, (value,) if isinstance(value, str) else value))
        for name, value in values.items()
        if name in names
    }


def errors(complaints: Complaints, values: Mapping[str, object]) -> dict[str, str]:
    """Return what is shown below the fields, by their names; nothing where there are none.

    What is wrong in a field that is not there is said below the first one.
    """
    told = {field.value: why for field, why in complaints.items()}
    found = {name: _shown(why, _COMPLAINT) for name, why in told.items() if name in values}
    return found or {name: _shown(" ".join(told.values()), _COMPLAINT) for name in [*values][:1]}


def plain_text(text: str, most: int) -> Block:
    """Return a text of at most so many characters, whose signs mean nothing to Slack."""
    shown = _shown(text, most)
    return {"type": "plain_text", "text": "—" if is_blank(shown) else shown, "emoji": False}


def _fitted(field: Choice) -> Choice:
    fitting_ones = [
        (value, label)
        for value, label in field.options.items()
        if value == _shown(value, _VALUE) and not is_blank(label)
    ]
    options = dict(fitting_ones[:_OPTIONS])
    chosen = tuple(value for value in field.chosen if value in options)
    return replace(field, options=options, chosen=chosen)


def _line(field: Text) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": field.field.value}
    return element | ({"initial_value": field.value} if field.value else {})


def _choice(field: Choice) -> Block:
    """Return a menu, or all choices at once where they are few."""
    options = {
        value: {"text": plain_text(label, _OPTION), "value": value}
        for value, label in field.options.items()
    }
    few = len(options) <= _FEW
    all_at_once, menu = _SEVERAL if field.several else _ONE
    made: Block = {
        "type": all_at_once if few else menu,
        "action_id": field.field.value,
        "options": list(options.values()),
    }
    chosen = [options[value] for value in field.chosen]
    if chosen:
        made |= {"initial_options": chosen} if field.several else {"initial_option": chosen[0]}
    return made


def _unescaped(text: str) -> str:
    """Return what was entered: nobody says where Slack spells out its three signs."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _shown(text: str, most: int) -> str:
    """Return a line of at most so many characters."""
    line = cleaned(text).strip()
    return line[: fitting(line, most, units)].rstrip()
