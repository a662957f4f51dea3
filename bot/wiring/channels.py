"""The ways to chats that the configuration opens."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.app.outbox import Channel
from bot.config.load import Config
from bot.console.file_channel import FileChannel
from bot.console.terminal import Terminal
from bot.console.terminal_channel import TerminalChannel
from bot.store.database import Database
from bot.wiring.parts import POSTS

if TYPE_CHECKING:
    from bot.slack.connection import Connection as SlackConnection
    from bot.telegram.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways to chats."""

    #: By the names that destinations give.
    channels: Mapping[str, Channel]
    #: Where the channel of that name prints.
    terminal: Terminal
    #: Where a token is set.
    telegram: "Connection | None" = None
    slack: "SlackConnection | None" = None

    @property
    def platforms(self) -> tuple[str, ...]:
        """Return the names of the platforms, as people know them."""
        opened = (("Telegram", self.telegram), ("Slack", self.slack))
        return tuple(name for name, line in opened if line is not None)


@asynccontextmanager
async def ways(config: Config, database: Database, *, far: bool) -> AsyncIterator[Ways]:
    """Give the ways to chats, and close them at the end; with ``far`` those over a network, too.

    Raises ``BriefbotError`` for a token that can be none.
    """
    terminal = Terminal(sys.stdout)
    channels: dict[str, Channel] = {
        "terminal": TerminalChannel(terminal),
        "file": FileChannel(config.data_dir / POSTS),
    }
    telegram = slack = None
    async with AsyncExitStack() as stack:
        if far and config.environment.telegram_bot_token is not None:
            # Loads the client, which few commands need.
            from bot.wiring.telegram import connection  # noqa: PLC0415 - see above

            telegram = await stack.enter_async_context(connection(config))
            channels["telegram"] = telegram.channel
        if far and config.environment.slack_bot_token is not None:
            from bot.wiring.slack_line import line  # noqa: PLC0415 - the same

            slack = await stack.enter_async_context(line(config, database))
            channels["slack"] = slack.channel
        yield Ways(channels=channels, terminal=terminal, telegram=telegram, slack=slack)
