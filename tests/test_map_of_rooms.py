"""The map of the chat rooms names each of their modules, and none that is gone."""

import re
from pathlib import Path

BOT = Path(__file__).parent.parent / "bot"
_ROW = re.compile(r"^\| `(?P<file>\w+\.py)` \| \S", re.MULTILINE)


def mapped() -> tuple[list[str], list[str], list[str]]:
    """Return what the map has for both rooms, for Telegram and for Slack."""
    _, _, rest = (BOT / "README.md").read_text().partition("\n## The chat rooms\n")
    section, _, _ = rest.partition("\n## ")
    both, _, others = section.partition("\nOnly Telegram has:\n")
    telegram, _, slack = others.partition("\nOnly Slack has:\n")
    return _ROW.findall(both), _ROW.findall(telegram), _ROW.findall(slack)


def modules(room: str) -> set[str]:
    return {file.name for file in (BOT / room).glob("*.py")} - {"__init__.py"}


def test_the_map_names_each_module_of_the_chat_rooms_once() -> None:
    both, telegram, slack = mapped()

    assert sorted(both) == sorted(modules("telegram") & modules("slack"))
    assert sorted(telegram) == sorted(modules("telegram") - modules("slack"))
    assert sorted(slack) == sorted(modules("slack") - modules("telegram"))
