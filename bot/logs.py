"""The log: one line a record, for people or for machines, and no secret in any of them."""

import logging
import os
import queue
import select
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.app.about import ids
from bot.core.blank import blanker

#: So many records wait to be written; more are counted and left out, for nobody reads them.
WAITING = 10_000
#: So long, in seconds, does the end of the log wait for who should read its last lines.
_LAST_WORDS = 0.5
#: Of a value that holds others, so many levels are shown; of a text, so many characters.
_DEEPEST, _LONGEST = 6, 20_000
#: These have more than one line.
_LONG = frozenset({"exception", "stack"})


class Form(Enum):
    """How records are written."""

    HUMAN = "human"
    #: For a terminal that shows colours.
    COLOURED = "coloured"
    JSON = "json"


@contextmanager
def logging_to(
    stream: TextIO,
    *,
    form: Form = Form.HUMAN,
    level: str = "info",
    secrets: Iterable[str] = (),
    waiting: int = WAITING,
) -> Iterator[None]:
    """Write every record to the stream until the end, and each of those secrets as ``***``.

    Ours from that level on, those of vendors from "warning" on. Nobody waits for the stream: what
    a full pipe does not take is left out in the end. Uncaught errors are blanked, too.
    """
    blank = blanker(secrets)
    formatter = _formatter(form, blank)

    def left_out(count: int) -> str:
        return formatter.format(
            _note(f"{count} records before this are left out: nobody read them.")
        )

    writer = _Writer(stream, left_out, waiting)
    handler = _Handler(writer.put, formatter)
    lowest = logging.getLevelNamesMapping()[level.upper()]
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = (root.level, ours.level)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    root.addHandler(handler)
    root.setLevel(max(lowest, logging.WARNING))
    ours.setLevel(lowest)
    logging.captureWarnings(capture=True)
    record = formatter if form is Form.JSON else None
    sys.excepthook, threading.excepthook, sys.unraisablehook = _hooks(stream, blank, record)
    try:
        yield
    except BaseException:
        # The interpreter shows it when all this has ended: its hook stays.
        hooks = (sys.excepthook, *hooks[1:])
        raise
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)
        for logger, number in zip((root, ours), before, strict=True):
            logger.setLevel(number)
        writer.close()


class _Handler(logging.Handler):
    """Writes ours and the vendors' warnings; a record that cannot be written does no harm."""

    def __init__(self, put: Callable[[str], None], formatter: logging.Formatter) -> None:
        super().__init__()
        self._put = put
        self.setFormatter(formatter)
        self.addFilter(_concerns_us)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
        except Exception as error:  # noqa: BLE001 - logging must never stop what it tells of
            # Not its words, for those are what could not be written, and may hold a secret.
            kind = type(error).__name__
            text = self.format(_note(f"A record of {record.name} cannot be written ({kind})."))
        self._put(text)


class _Writer:
    """Writes in a thread of its own, which nobody waits for."""

    def __init__(self, stream: TextIO, told: Callable[[int], str], waiting: int) -> None:
        # A descriptor of its own: whoever holds the stream's lock at the end would hold up the end.
        self._descriptor = os.dup(stream.fileno())
        self._encoding = stream.encoding
        self._told = told
        self._lost = 0
        self._lines: queue.Queue[str | None] = queue.Queue(waiting)
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def put(self, text: str) -> None:
        try:
            self._lines.put_nowait(text)
        except queue.Full:
            self._lost += 1

    def close(self) -> None:
        """Write what waits, as far as somebody reads it now."""
        with suppress(queue.Full):
            self._lines.put(None, timeout=_LAST_WORDS)
        self._thread.join(_LAST_WORDS)

    def _run(self) -> None:
        while (text := self._lines.get()) is not None:
            self._write(text)
            if self._lost:
                lost, self._lost = self._lost, 0
                self._write(self._told(lost))
        os.close(self._descriptor)

    def _write(self, text: str) -> None:
        rest = f"{text}\n".encode(self._encoding, "backslashreplace")
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                # Somebody else made the stream one that does not wait.
                select.select([], [self._descriptor], [])
            except OSError:
                # Nobody reads it any more, or its disk is full: there is nowhere to tell it.
                return


def _note(text: str) -> logging.LogRecord:
    return logging.LogRecord(__name__, logging.WARNING, __file__, 0, text, None, None)


def _last_record(error: BaseException) -> logging.LogRecord:
    message, cause = "The process ended by an error.", (type(error), error, error.__traceback__)
    return logging.LogRecord(__name__, logging.CRITICAL, __file__, 0, message, None, cause)


def _concerns_us(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] == "bot"


def _formatter(form: Form, blank: Callable[[str], str]) -> logging.Formatter:
    def blanked(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {
            _clean(blank(key)): _blanked(value, blank, lines=key in _LONG)
            for key, value in event.items()
        }

    processors: list[Processor] = [
        structlog.stdlib.ExtraAdder(),
        _told,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        blanked,
    ]
    if form is Form.JSON:
        processors += [
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        # Not its own way to show errors: that prints what variables hold.
        plain = structlog.dev.plain_traceback
        coloured = form is Form.COLOURED
        processors += [structlog.dev.ConsoleRenderer(colors=coloured, exception_formatter=plain)]
    return structlog.stdlib.ProcessorFormatter(processors=processors)


def _told(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Add when, how grave, by whom and about what."""
    record: logging.LogRecord = event["_record"]
    moment = datetime.fromtimestamp(record.created, UTC)
    if "stack_info" in event:
        event["stack"] = event.pop("stack_info")
    return {
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        **ids(),
        **event,
    }


def _blanked(
    value: object, blank: Callable[[str], str], *, lines: bool = False, depth: int = 0
) -> object:
    """Return the value as text, numbers, lists and tables, without a secret.

    In one line, so that no text can pass for a record of its own, unless it may have ``lines``.
    """
    inside = partial(_blanked, blank=blank, depth=depth + 1)
    match value:
        case None | bool():
            return value
        case int() | float():
            text = repr(value)
            return value if blank(text) == text else blank(text)
        case Mapping() if depth < _DEEPEST:
            return {_clean(blank(str(key))): inside(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset() if depth < _DEEPEST:
            return [inside(each) for each in value]
        case _:
            text = value if isinstance(value, str) else repr(value)
            return _clean(blank(text), kept="\n\t" if lines else "")


def _clean(text: str, *, kept: str = "") -> str:
    """Return the text at a bearable length, without what moves or colours a terminal's words."""
    text = text.rstrip() if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or each in kept else ascii(each)[1:-1] for each in text
    )


def _hooks(
    stream: TextIO, blank: Callable[[str], str], record: logging.Formatter | None
) -> tuple[
    Callable[[type[BaseException], BaseException, TracebackType | None], None],
    Callable[[threading.ExceptHookArgs], None],
    Callable[["sys.UnraisableHookArgs"], None],
]:
    """Return what is called for errors that nobody caught: at the end, in threads, elsewhere.

    The one that ends the process is a record, too, where there is a formatter for it.
    """
    log = logging.getLogger(__name__)

    def at_the_end(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if record is None:
            told = blank("".join(traceback.format_exception(kind, error, trace)))
        else:
            told = f"{record.format(_last_record(error))}\n"
        # A complaint of this hook would show the error after all.
        with suppress(OSError, ValueError):
            stream.write(told)

    def in_a_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            log.error("A thread ended by an error.", exc_info=args.exc_value)

    def elsewhere(args: "sys.UnraisableHookArgs") -> None:
        log.error("An error could not be raised.", exc_info=args.exc_value)

    return at_the_end, in_a_thread, elsewhere
