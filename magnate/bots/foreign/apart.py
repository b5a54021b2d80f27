"""Other people's bots looked at in another process: one that ends its process while it is loaded ends only that."""

from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from magnate.bots.errors import BotError
from magnate.bots.loading import names_own
from magnate.system.children import bare, child_context, ended_by_pipe, how_it_ended, serve_parent

T = TypeVar("T")


def each_apart(work: Callable[[str], T], texts: Sequence[str]) -> list[T]:
    """Return what `work`, a function of a module, returns for each bot; this process never runs the code of others.

    Args:
        work: what is done with the text of a bot; what it returns travels from process to process.
        texts: the bots.

    Raises:
        BotError: `work` raises it, or the bot ended its process.
    """
    if all(names_own(text) for text in texts):
        return [work(text) for text in texts]
    context = child_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work_through, args=(theirs, work, texts))
    process.start()
    theirs.close()
    results: list[T] = []
    try:
        while len(results) < len(texts):
            outcome = ours.recv()
            if isinstance(outcome, Exception):
                raise outcome
            results.append(outcome)
    except EOFError:
        process.join()
        why = f"its process ended while it was loaded ({how_it_ended(process.exitcode)})"
        raise BotError(texts[len(results)], why) from None
    finally:
        process.kill()  # its threads are of no use to anybody
        process.join()
        ours.close()
    return results


def _work_through(pipe: Connection, work: Callable[[str], T], texts: Sequence[str]) -> None:
    serve_parent()
    with ended_by_pipe():
        for text in texts:
            try:
                outcome: T | Exception = work(text)
            except Exception as error:
                outcome = bare(error)
            pipe.send(outcome)
            if isinstance(outcome, Exception):
                return
