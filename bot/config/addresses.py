"""How the configuration names chats and people, on each platform."""

from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

# A chat's number on Telegram, and a topic in it. What happens there bears the number, and a public
# name can pass to somebody else.
_TELEGRAM = r"telegram:-?[1-9][0-9]{0,15}(/[1-9][0-9]{0,9})?"
# A workspace, a conversation of it, and a thread in that.
_SLACK_WORKSPACE = r"slack:[TE][A-Z0-9]{1,30}"
_SLACK = rf"{_SLACK_WORKSPACE}/[CGDUW][A-Z0-9]{{1,30}}(/[0-9]{{1,12}}\.[0-9]{{6}})?"
_SLACK_PERSON = rf"{_SLACK_WORKSPACE}/[UW][A-Z0-9]{{1,30}}"


def _below(address: str) -> str:
    if not address.startswith("file:"):
        return address
    path = PurePosixPath(address.removeprefix("file:"))
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(address)
    return address


Address = Annotated[
    str,
    Field(pattern=rf"^(terminal|{_TELEGRAM}|{_SLACK}|file:\PC{{1,200}})$"),
    AfterValidator(_below),
]
Person = Annotated[str, Field(pattern=rf"^(telegram:[1-9][0-9]{{0,15}}|{_SLACK_PERSON})$")]
SlackPerson = Annotated[str, Field(pattern=rf"^{_SLACK_PERSON}$")]

#: What is right where no address stands.
ADDRESS = (
    'a destination in quotes: "terminal", "telegram:-1001234567890" (the number that the bot says'
    ' when it is added to the chat, no @name), "slack:T0123/C0456" (the ids that it says there, no'
    ' #name), or "file:" and a file below DATA_DIR/posts'
)
_ADDRESSES: TypeAdapter[str] = TypeAdapter(Address)


def is_address(text: str) -> bool:
    """Say whether a text names a destination that the bot may post to."""
    try:
        _ADDRESSES.validate_python(text)
    except ValidationError:
        return False
    return True
