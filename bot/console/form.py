"""The forms a brief can be written in."""

from enum import StrEnum


class Form(StrEnum):
    """How a brief is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
