"""The log as the configuration wants it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.config.load import Config
from bot.console.look import look_of
from bot.logs import Form, logging_to


@contextmanager
def logged(config: Config, *, level: str | None = None) -> Iterator[None]:
    """Write the log to the standard error until the end, from the configured level on."""
    form = Form.JSON if config.logs.form == "json" else Form.HUMAN
    if form is Form.HUMAN and look_of(sys.stderr).colour:
        form = Form.COLOURED
    secrets = config.environment.secrets()
    with logging_to(sys.stderr, form=form, level=level or config.logs.level, secrets=secrets):
        yield
