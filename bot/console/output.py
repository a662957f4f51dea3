"""What a command writes once, in the form that was asked for."""

from typing import TextIO

from bot.console.form import Form
from bot.console.plain import plain
from bot.console.record import dump
from bot.core.page import Page


def write_page(page: Page, form: Form, stream: TextIO) -> None:
    """Write the page as text for that stream, as Markdown or as HTML."""
    # JSON needs none of these, and each form only its own: they take long to load.
    if form is Form.MARKDOWN:
        from bot.console.export import markdown  # noqa: PLC0415 - see above

        stream.write(markdown(page))
    elif form is Form.HTML:
        from bot.console.export import web_page  # noqa: PLC0415 - see above

        stream.write(web_page(page))
    else:
        from bot.console.look import look_of  # noqa: PLC0415 - see above
        from bot.console.render import render  # noqa: PLC0415 - see above

        stream.write(render(page, look_of(stream)))


def write_record(record: object, stream: TextIO, *, indent: int | None = 2) -> None:
    """Write the record as JSON and end the line; who reads on has it at once."""
    stream.write(dump(record, indent=indent, encoding=stream.encoding) + "\n")
    stream.flush()


def complain(sentence: str, stream: TextIO) -> None:
    """Write a sentence on what went wrong, made harmless for a terminal."""
    stream.write(plain(sentence) + "\n")
