"""The ``briefbot`` command: what can be typed in a shell.

Nothing heavy is imported up here: each command loads what it needs, so that ``brief FILE`` and
``--help`` start at once.
"""
# ruff: noqa: PLC0415 - the reason stands above

import logging
import sys
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from bot.console import manual
from bot.console.form import Form
from bot.console.named import names_files
from bot.console.streams import leave, open_streams, write_out
from bot.core.errors import BriefbotError
from bot.core.fact_verbs import MAX_DAYS
from bot.operate.arguments import ConfigPath
from bot.operate.register import register
from bot.operate.version import version

if TYPE_CHECKING:
    from bot.config.load import Config
    from bot.wiring.bot import Bot

T = TypeVar("T")

#: Lines of a brief of files, where nobody says how many; and at most.
LINES, MOST_LINES = 3, 20

app = typer.Typer(
    name="briefbot",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: the same in a pipe, and there at once.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> NoReturn:
    """Run the command that the arguments name, and end the process with its exit code.

    0: done. 1: something failed, and was said. 2: the command was not understood. 130: Ctrl-C.
    """
    open_streams()
    code: int | str | None = 0
    try:
        try:
            app(prog_name="briefbot")
        except SystemExit as end:
            # Typer counts it as a failure when the reader has left.
            code = 0 if isinstance(end.__context__, BrokenPipeError) else end.code
        write_out()
    except BriefbotError as error:
        code = _say(str(error))
    except BrokenPipeError:
        # Whoever read on has read enough.
        code = 0
    except OSError as error:
        code = _say(f"The output cannot be written: {error.strerror}.")
    leave(code if isinstance(code, int) else 0)


@app.callback(invoke_without_command=True, help=manual.BRIEFBOT)
def briefbot(
    *,
    tell_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Read news and make a brief of it."""
    if tell_version:
        typer.echo(f"briefbot {version()}")
        raise typer.Exit


@app.command(help=manual.RUN)
def run(
    *,
    stay: Annotated[
        bool, typer.Option("--stay", help="Keep running after the end of input, until SIGTERM.")
    ] = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Take over the archive of another bot for good.")
    ] = False,
    config: ConfigPath = None,
) -> None:
    """Print the digest, then answer what is typed."""
    from bot.config.load import load
    from bot.wiring.logging import logged

    settings = load(config)
    # Who types reads what went wrong, and no more.
    with logged(settings, level=None if stay else "warning"):
        try:
            sound = _finish(_run(settings, stay=stay, adopt=adopt))
        except BriefbotError as error:
            if not stay or settings.logs.form != "json":
                raise
            logging.getLogger(__name__).critical("%s", error)
            sound = False
        raise typer.Exit(0 if sound else 1)


@app.command(help=manual.CHAT)
def chat(*, config: ConfigPath = None) -> None:
    """Answer commands from the input."""
    from bot.config.load import load

    settings = load(config)
    _finish(_chat(settings))


@app.command(help=manual.BRIEF)
def brief(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS | N | URL | FILE", hidden=True),
    ] = None,
    *,
    lines: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=MOST_LINES, help="Lines a story.  [default: digest.lines, or 3]"
        ),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.TEXT,
    jsonl: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Brief many articles, one JSON object a line; - is stdin."
        ),
    ] = None,
    config: ConfigPath = None,
) -> None:
    """Print a digest, a story, or briefs of a page or of files."""
    words = what or []
    if jsonl is not None:
        if words or form is not Form.TEXT:
            raise typer.BadParameter("--jsonl goes without words, files and --format.")
        sound = _brief_lines(jsonl, lines or LINES)
    elif names_files(words):
        from bot.wiring.files import brief_named_files

        sound = brief_named_files(words, lines or LINES, form)
    else:
        from bot.config.load import load

        settings = load(config)
        if lines is not None:
            digest = settings.digest.model_copy(update={"lines": lines})
            settings = replace(settings, digest=digest)
        sound = _finish(_answer(settings, f"/brief {' '.join(words)}", form))
    raise typer.Exit(0 if sound else 1)


@app.command(help=manual.SEARCH, context_settings={"ignore_unknown_options": True})
def search(
    what: Annotated[list[str], typer.Argument(metavar="WORDS", show_default=False)],
    *,
    page: Annotated[int, typer.Option(metavar="N", min=1, help="Which ten of them.")] = 1,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.TEXT,
    config: ConfigPath = None,
) -> None:
    """Print a page of the articles that have the words."""
    from bot.config.load import load

    turned = f" page {page}" if page > 1 else ""
    sound = _finish(_answer(load(config), f"/search {' '.join(what)}{turned}", form))
    raise typer.Exit(0 if sound else 1)


@app.command(help=manual.UPCOMING)
def upcoming(
    days: Annotated[
        int | None, typer.Argument(metavar="DAYS", min=1, max=MAX_DAYS, show_default=False)
    ] = None,
    *,
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write those with a day as a calendar file.")
    ] = None,
    config: ConfigPath = None,
) -> None:
    """Print what is ahead, or write a calendar file of it."""
    from bot.config.load import load

    settings = load(config)
    typed = f"/upcoming {days or ''}"
    work = _calendar(settings, days, ics) if ics else _answer(settings, typed, Form.TEXT)
    raise typer.Exit(0 if _finish(work) else 1)


@app.command(help=manual.CHECK)
def check(*, config: ConfigPath = None) -> None:
    """Say what works and how to mend what does not."""
    from bot.console.checks import checks_page
    from bot.console.output import write_page
    from bot.wiring.checks import examine

    checks = _finish(examine(config))
    write_page(checks_page(checks), Form.TEXT, sys.stdout)
    raise typer.Exit(1 if any(part.broken for part in checks) else 0)


def _finish(work: Coroutine[Any, Any, T]) -> T:
    from bot.console.threads import run_unwaited

    return run_unwaited(work)


async def _run(settings: "Config", *, stay: bool, adopt: bool) -> bool:
    from bot.core.greeting import opening
    from bot.wiring.bot import built
    from bot.wiring.duty import on_duty
    from bot.wiring.refusals import refusals

    async with (
        built(settings, version=version(), posts=True) as bot,
        on_duty(bot, serve=stay, adopt=adopt) as duties,
    ):
        words = bot.session.words
        archive = None if bot.archive is None else str(bot.archive)
        greeting = opening(
            archive,
            new=bot.new,
            trouble=bot.trouble,
            platforms=bot.parts.ways.platforms,
            words=words,
        )
        ended = await bot.session.run(greeting, stay=stay, duties=duties)
        # A bot that stays tries on; one that ends by itself may have had no time to be refused.
        asks = not (stay or ended.stopped)
        refused = await refusals(settings, bot.parts.ways, tell=_say) if asks else ()
        for sentence in refused:
            _say(sentence)
        # From an archive in memory it shows the news, but nothing was kept.
        return ended.sound and not bot.trouble and not refused


async def _chat(settings: "Config") -> None:
    from bot.wiring.bot import built

    async with built(settings, version=version()) as bot:
        _warn(bot)
        await bot.session.chat()


async def _answer(settings: "Config", typed: str, form: Form) -> bool:
    from bot.wiring.bot import built

    async with built(settings, version=version()) as bot:
        _warn(bot)
        return await bot.once.write(typed, form, out=sys.stdout, screen=sys.stderr)


async def _calendar(settings: "Config", days: int | None, file: Path) -> bool:
    from bot.wiring.bot import built

    async with built(settings, version=version()) as bot:
        _warn(bot)
        return await bot.once.calendar_file(days, file, out=sys.stdout, screen=sys.stderr)


def _warn(bot: "Bot") -> None:
    if bot.trouble:
        _say(f"{bot.trouble} I go on with an archive in memory.")


def _brief_lines(name: str, lines: int) -> bool:
    from bot.console.batch import brief_named

    typed = sys.stdin.buffer
    return brief_named(name, lines=lines, typed=typed, out=sys.stdout, screen=sys.stderr)


def _say(sentence: str) -> int:
    """Say what went wrong; return the exit code that tells so."""
    from bot.console.output import complain

    for line in sentence.splitlines():
        complain(line, sys.stderr)
    return 1


register(app)
