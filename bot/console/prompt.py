"""A prompt with history and completion, for a person at a terminal."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import in_terminal
from prompt_toolkit.buffer import CompletionState
from prompt_toolkit.completion import (
    CompleteEvent,
    Completer,
    WordCompleter,
    get_common_complete_suffix,
)
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PROMPT = "brief> "

#: Rows kept free below the prompt for what Tab offers.
_MENU_ROWS = 5

_ASKED = CompleteEvent(completion_requested=True)


class Prompt:
    """Asks for commands, and lets others print above it meanwhile."""

    def __init__(self, verbs: Mapping[str, str], *, history: Path | None) -> None:
        """Offer these verbs, slash included, each with what it does in a few words.

        What is typed is kept in that file, or only for this run where it cannot be written.
        """
        completer = WordCompleter(list(verbs), meta_dict=verbs, sentence=True, ignore_case=True)
        self._session: PromptSession[str] = PromptSession(
            PROMPT,
            completer=completer,
            complete_while_typing=False,
            key_bindings=_keys(completer),
            reserve_space_for_menu=_MENU_ROWS,
            history=_history(history),
            enable_suspend=True,
        )

    async def lines(self) -> AsyncIterator[str]:
        """Yield each line typed, until Ctrl-D, or Ctrl-C on an empty line.

        Ctrl-C on a line in work leaves that line and asks anew.
        """
        while True:
            try:
                line = await self._session.prompt_async()
            except EOFError:
                return
            except KeyboardInterrupt:
                if not self._session.default_buffer.text:
                    return
                continue
            yield line

    def aside(self) -> AbstractAsyncContextManager[None]:
        """Take the prompt off the screen for as long as this is entered."""
        return in_terminal()


def _keys(completer: Completer) -> KeyBindings:
    """Return what Tab does: it completes at once, before the next key is read.

    The library completes beside the typing, and an Enter sent with the Tab overtakes it.
    """
    keys = KeyBindings()

    @keys.add("tab")
    def complete(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
            return
        offered = list(completer.get_completions(buffer.document, _ASKED))
        if len(offered) == 1:
            buffer.apply_completion(offered[0])
        elif offered:
            buffer.insert_text(get_common_complete_suffix(buffer.document, offered))
            offered = list(completer.get_completions(buffer.document, _ASKED))
            buffer.complete_state = CompletionState(buffer.document, offered)

    return keys


class _LenientHistory(FileHistory):
    """A file of what was typed, which may fail: a full disk must not break the prompt."""

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(string)


def _history(path: Path | None) -> History:
    with suppress(OSError):
        if path is not None:
            # What people look for is nobody else's business.
            path.touch(mode=0o600)
            path.open("rb").close()
            return _LenientHistory(path)
    return InMemoryHistory()
