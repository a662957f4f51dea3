"""The commands for who runs the bot, added to those for who reads."""

import typer

from bot.console import operators, sources_manual
from bot.operate.archives import backup, restore
from bot.operate.chats import allow, forget
from bot.operate.gather import gather
from bot.operate.lists import receipts, status, subscriptions
from bot.operate.posts import cancel, post, resend
from bot.operate.slack import manifest
from bot.operate.source_changes import add, bring, remove
from bot.operate.sources import check, export, list_sources


def register(app: typer.Typer) -> None:
    """Add the operator's commands."""
    app.command(help=operators.SUBSCRIPTIONS)(subscriptions)
    app.command(help=operators.RECEIPTS)(receipts)
    app.command(help=operators.POST)(post)
    app.command(help=operators.RESEND)(resend)
    app.command(help=operators.CANCEL)(cancel)
    # A chat's number begins with a dash, and is no option.
    app.command(help=operators.ALLOW, context_settings={"ignore_unknown_options": True})(allow)
    app.command(help=operators.FORGET)(forget)
    app.command(help=operators.BACKUP)(backup)
    app.command(help=operators.RESTORE)(restore)
    app.command(help=operators.STATUS)(status)
    app.command(help=operators.GATHER)(gather)
    app.add_typer(_sources(), name="sources")
    slack = _group(operators.SLACK)
    slack.command("manifest", help=operators.MANIFEST)(manifest)
    app.add_typer(slack, name="slack")


def _sources() -> typer.Typer:
    """Return the commands on sources."""
    group = _group(sources_manual.SOURCES)
    group.command("list", help=sources_manual.LIST)(list_sources)
    group.command("add", help=sources_manual.ADD)(add)
    group.command("remove", help=sources_manual.REMOVE)(remove)
    group.command("check", help=sources_manual.CHECK)(check)
    group.command("import", help=sources_manual.IMPORT)(bring)
    group.command("export", help=sources_manual.EXPORT)(export)
    return group


def _group(help: str) -> typer.Typer:
    """Return a command that has others below it."""
    # With one command alone Typer would leave out its name.
    group = typer.Typer(
        help=help,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.callback()(_nothing)
    return group


def _nothing() -> None:
    """Do nothing before a command of a group."""
