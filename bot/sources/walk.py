"""A folder and its sub-folders, file by file in name order, each under a name safe to show."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.health import Reason
from bot.sources.contents import unreadable
from bot.sources.reading import Unread

#: The endings of what editors, browsers and copying tools leave beside a file, or build it in.
_LEFTOVERS = tuple("~ .swp .swo .swx .tmp .temp .bak .part .partial .crdownload".split())
#: Format characters that words need (Persian, emoji); the others can turn a name around.
_JOINERS = "\u200c\u200d"
#: How Python carries the bytes 0x80 to 0xFF of a name that is no UTF-8.
_BYTES = ("\udc80", "\udcff")
#: Unicode's categories of what a terminal obeys or cannot show.
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A regular file as it was when it was listed."""

    #: Its path below the folder, as ``shown`` writes it.
    name: str
    #: Where its bytes are; never a link.
    path: Path
    size: int
    #: When it was last written, in nanoseconds.
    written: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands where a file or a sub-folder should be, and cannot be used."""

    name: str
    why: Unread


def walk(root: Path) -> Iterator[File | Obstacle]:
    """Yield what is in the folder; hidden files and editors' leftovers are not there.

    A link to a file inside the folder is followed, one to a sub-folder inside it is not needed, and
    one that leads outside is an obstacle. What vanishes meanwhile is not there. Raises OSError when
    the folder itself cannot be listed.
    """
    real = Path(os.path.realpath(root))
    # A stack of our own: folders can be nested deeper than calls.
    waiting = [_listed(real, "")]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            continue
        path, name = step
        try:
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                waiting.append(_listed(path, name + "/"))
            elif stat.S_ISLNK(mode):
                yield from _followed(path, name, real)
            else:
                yield _file(path, name)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Obstacle(name=name, why=unreadable(error))


def is_ignored(name: str) -> bool:
    """Say whether a file of that name is none of ours: hidden, or an editor's leftover."""
    if name.startswith((".", "~$")) or name.lower().endswith(_LEFTOVERS):
        return True
    return name.startswith("#") and name.endswith("#")


def shown(name: str) -> str:
    r"""Return a file's name as text that can be stored and printed, a different one for each name.

    Bytes that are no UTF-8 become ``\xe9``, characters that a terminal obeys ``\u{1b}``, and a
    backslash two. Names are not normalised: two files may differ in nothing else.
    """
    return "".join(map(_shown, os.fsencode(name).decode("utf-8", "surrogateescape")))


def _listed(folder: Path, above: str) -> Iterator[tuple[Path, str]]:
    paths = sorted(path for path in folder.iterdir() if not is_ignored(path.name))
    return ((path, above + shown(path.name)) for path in paths)


def _followed(path: Path, name: str, real: Path) -> Iterator[File | Obstacle]:
    try:
        target = Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        yield Obstacle(name=name, why=Unread(Reason.UNREADABLE, "a link that leads nowhere"))
        return
    if not target.is_relative_to(real):
        yield Obstacle(
            name=name, why=Unread(Reason.UNREADABLE, "a link that leads outside the folder")
        )
    elif not target.is_dir():
        yield _file(target, name)


def _file(path: Path, name: str) -> File | Obstacle:
    info = path.lstat()
    if not stat.S_ISREG(info.st_mode):
        return Obstacle(name=name, why=Unread(Reason.NOT_A_FILE))
    return File(name=name, path=path, size=info.st_size, written=info.st_mtime_ns)


def _shown(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if _BYTES[0] <= character <= _BYTES[1]:
        return f"\\x{character.encode('utf-8', 'surrogateescape')[0]:02x}"
    if character not in _JOINERS and unicodedata.category(character) in _UNSHOWABLE:
        return f"\\u{{{ord(character):x}}}"
    return character
