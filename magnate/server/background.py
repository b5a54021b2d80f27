"""Work that a server does again and again beside what it is asked for; no error ends it, or goes unheard."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from magnate.server.errors import StorageError
from magnate.server.metrics import Metrics

_log = structlog.get_logger(__name__)


async def repeat(seconds: float, work: Callable[[], Awaitable[object]], metrics: Metrics) -> None:
    """Do `work` now and every `seconds` from then on, until this is cancelled."""
    while True:
        await attempt(work, metrics)
        await asyncio.sleep(seconds)


async def attempt(work: Callable[[], Awaitable[object]], metrics: Metrics) -> None:
    """Do `work` once. What goes wrong is logged, and counted unless it is the storage that fails."""
    try:
        await work()
    except StorageError as error:
        # The storage itself reports and recovers; this is only a reminder of what was left undone.
        _log.debug("background work left out", reason=str(error))
    except Exception:
        _log.exception("unexpected error in background work")
        metrics.unexpected_errors.labels("background").inc()


def hear_of_lost_errors(loop: asyncio.AbstractEventLoop, metrics: Metrics) -> None:
    """Log and count what nobody catches: a task that dies, a timer that raises."""

    def heard(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        _log.error("unexpected error in the event loop", what=context.get("message"), exc_info=context.get("exception"))
        metrics.unexpected_errors.labels("loop").inc()

    loop.set_exception_handler(heard)
