"""Nothing that the room shows of itself holds the token."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest
from telegram import Bot

import bot.telegram
from tests.fakes.ears import Scene, play


def _dataclasses() -> Iterator[Any]:
    for found in pkgutil.iter_modules(bot.telegram.__path__, "bot.telegram."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            ours = isinstance(kind, type) and kind.__module__ == found.name
            if ours and dataclasses.is_dataclass(kind):
                yield kind


KINDS = tuple(_dataclasses())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_dataclass_shows_its_bot_or_a_secret(kind: Any) -> None:  # noqa: ANN401 - any of them
    hints = get_type_hints(kind)
    hidden = {name for name, hint in hints.items() if hint is Bot or name in {"token", "secret"}}

    shown = {field.name for field in dataclasses.fields(kind) if field.repr}

    assert shown & hidden == set()


def test_what_holds_a_bot_is_found() -> None:
    holders = {kind.__name__ for kind in KINDS if Bot in get_type_hints(kind).values()}

    assert {"Ear", "Members", "Presses", "Polling", "Webhook", "Menus", "Connection"} <= holders


def test_nothing_of_a_room_that_runs_shows_its_token() -> None:
    async def scene(here: Scene) -> None:
        room = here.room
        ear = room.ear
        parts = [room, ear, ear.admins, ear.replies, ear.welcome, ear._members(), here.access]  # noqa: SLF001 - a part of it
        # A bound method shows whose it is, and so does what a task or a log line says of it.
        methods = [ear.hand, ear.work, ear.leave, ear.edit, room.run, room.take]

        for part in [*parts, *methods]:
            assert here.api.token not in repr(part)

    play(scene)
