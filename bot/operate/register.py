"""The commands for who runs the bot, added to those for who reads."""

import typer

from bot.console import operators
from bot.operate.archives import backup, restore
from bot.operate.chats import allow, forget
from bot.operate.lists import receipts, status, subscriptions
from bot.operate.posts import cancel, post, resend


def register(app: typer.Typer) -> None:
    """Add the operator's commands."""
    app.command(help=operators.SUBSCRIPTIONS)(subscriptions)
    app.command(help=operators.RECEIPTS)(receipts)
    app.command(help=operators.POST)(post)
    app.command(help=operators.RESEND)(resend)
    app.command(help=operators.CANCEL)(cancel)
    app.command(help=operators.ALLOW)(allow)
    app.command(help=operators.FORGET)(forget)
    app.command(help=operators.BACKUP)(backup)
    app.command(help=operators.RESTORE)(restore)
    app.command(help=operators.STATUS)(status)
