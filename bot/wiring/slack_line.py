"""The line to Slack, which commands that only post need without the room that hears there."""

from contextlib import AbstractAsyncContextManager

from bot.config.load import Config
from bot.slack.connection import Connection, connected
from bot.store.chats import Chats
from bot.store.database import Database


def line(config: Config, database: Database) -> AbstractAsyncContextManager[Connection]:
    """Open what speaks to Slack; the configuration has a token. Raises ``TokenError``.

    The database remembers where the bot was.
    """
    return connected(
        secret(config, "slack_bot_token"),
        url=config.environment.slack_api_url,
        command=config.slack.command,
        been=Chats(database).been,
    )


def secret(config: Config, name: str) -> str:
    """Return a secret of the environment by its variable, in small letters; empty for none."""
    found = getattr(config.environment, name)
    return "" if found is None else found.get_secret_value().strip()
