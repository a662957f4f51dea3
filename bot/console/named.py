"""Whether words on the command line name files."""

import re
from collections.abc import Sequence
from pathlib import Path

#: What begins the address of a page; no file is meant by it, unless there is one.
_PAGE = re.compile(r"<?([a-z][a-z0-9+.-]+://|www\.)", re.IGNORECASE)
_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})


def names_files(words: Sequence[str]) -> bool:
    """Say whether files are meant: some exist, or look like none but a path."""
    return any(
        Path(word).is_file()
        or (("/" in word or Path(word).suffix.lower() in _SUFFIXES) and not _PAGE.match(word))
        for word in words
    )
