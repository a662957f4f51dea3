"""Threads that a program which is asked to end does not wait for."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from bot.console.streams import WORK

P = ParamSpec("P")
T = TypeVar("T")


class Unwaited(ThreadPoolExecutor):
    """Runs each call in a daemon thread of its own, and is over without waiting for any.

    Python cannot stop a thread. It joins those of its own pools when the event loop closes and
    once more at its end, so that one endless computation would outlive every signal. The event
    loop takes nothing but a thread pool, hence the kinship.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin the call in a thread of its own."""
        future: Future[T] = Future()

        def call() -> None:
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - it is raised where the call is awaited
                future.set_exception(error)
            else:
                future.set_result(result)

        # From here on it cannot be cancelled, only left alone.
        future.set_running_or_notify_cancel()
        Thread(target=call, name=WORK, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of the pool
        """Wait for nothing."""


def run_unwaited(work: Coroutine[Any, Any, T]) -> T:
    """Run the work to its end, as ``asyncio.run`` does, but wait for no thread that it left."""

    async def whole() -> T:
        asyncio.get_running_loop().set_default_executor(Unwaited())
        return await work

    return asyncio.run(whole())
