"""A TOML file that a person wrote, as a table, or what is wrong with it in plain words."""

import tomllib
from pathlib import Path

from bot.config.faults import printable
from bot.core.errors import ConfigError

#: More than any configuration needs; keeps a mistaken path from filling the memory.
LARGEST_FILE_BYTES = 1_000_000


def read_toml(place: Path, *, what: str, absent: str) -> dict[str, object]:
    """Return what the file says.

    ``what`` it should be is named where it cannot be that, and ``absent`` says what to do where
    there is none. Raises ``ConfigError``.
    """
    return _parse(_text(place, what, absent), place)


def _text(place: Path, what: str, absent: str) -> str:
    content = b""
    try:
        if place.exists() and not place.is_file():
            raise ConfigError(f"{place} is not a file. Name the {what} file itself.")
        with place.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
        if len(content) > LARGEST_FILE_BYTES:
            raise ConfigError(f"{place} is larger than 1 MB. It cannot be the {what}.")
        return content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{place} does not exist. {absent}") from error
    except OSError as error:
        raise ConfigError(f"{place} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{place}, line {line}: not UTF-8 text. Save the file in the UTF-8 encoding."
        ) from error


def _parse(text: str, place: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(f"{place}: lists or tables are nested too deeply.") from error
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        raise ConfigError(
            f"{place}, {where.rstrip(')')}: {printable(what)}. The file is not TOML there:"
            " each line is a [table] or a key = value, and text stands in double quotes."
        ) from error
    except ValueError as error:
        raise ConfigError(f"{place}: a number has too many digits.") from error
