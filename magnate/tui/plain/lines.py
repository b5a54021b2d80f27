"""Lines in and out: what the player types is read in a thread, and what is said goes out at once."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Final, TypeVar

ResultT = TypeVar("ResultT")

_SILENT: Final = str.maketrans({"«": '"', "»": '"', "…": "...", "−": "-"})


class Quit(Exception):
    """The player wants to end the program, or there is nothing more to read."""


class Left(Exception):
    """The player wants to go back to the menu."""


class Lines:
    """Lines of the player, read in a thread so that what happens can be told meanwhile."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str | Exception | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, daemon=True, name="lines").start()

    async def ask(self, prompt: str) -> str:
        """Print a prompt and return the next line. Raises `Quit` when there are no more."""
        say(prompt, end="")
        return await self.next()

    async def ask_secret(self, prompt: str) -> str:
        """Do as `ask`, without showing in a terminal what is typed."""
        with _without_echo() as hidden:
            line = await self.ask(prompt)
        if hidden:
            say("")  # the end of the line was not shown either
        return line

    async def next(self) -> str:
        """Return the next line, without blanks at its ends.

        Raises:
            Quit: there are no more.
            OSError: standard input cannot be read any more.
        """
        line = await self._lines.get()
        if isinstance(line, str):
            return line.strip()
        self._lines.put_nowait(line)
        raise Quit if line is None else line

    async def until(self, telling: asyncio.Task[ResultT], hear: Callable[[str], Awaitable[None]]) -> ResultT:
        """Give each line to `hear` until `telling` is done, and return its result.

        Raises:
            Quit: there are no more lines.
            Exception: whatever `telling` and `hear` raise. `telling` has ended in any case.
        """
        try:
            while not telling.done():
                reading = asyncio.create_task(self.next())
                try:
                    await asyncio.wait({telling, reading}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    if not reading.done():
                        reading.cancel()
                if reading.done():
                    await hear(reading.result())
            return telling.result()
        finally:
            telling.cancel()
            await asyncio.wait({telling})
            if not telling.cancelled():
                telling.exception()  # looked at, so that asyncio does not print it

    def _read(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody wants lines any more
            try:
                for line in sys.stdin:
                    self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            except (OSError, ValueError) as error:
                self._loop.call_soon_threadsafe(self._lines.put_nowait, error)
            else:
                self._loop.call_soon_threadsafe(self._lines.put_nowait, None)


@contextlib.contextmanager
def _without_echo() -> Iterator[bool]:
    """Keep the terminal from showing what is typed; tell whether there is one that can.

    Not `getpass`, which would read beside the thread that reads already, and could not be interrupted.
    """
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield False
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = [*before]
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, silent)
    try:
        yield True
    finally:
        with contextlib.suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def say(text: str, end: str = "\n") -> None:
    """Print something at once, in characters that a screen reader does not name."""
    print(aloud(text), end=end, flush=True)


def say_all(sentences: Iterable[str]) -> None:
    """Print a line each."""
    for sentence in sentences:
        say(sentence)


def aloud(text: str) -> str:
    """Return a text with commas and simple quotes in place of the characters that a screen reader would name."""
    return text.replace(" · ", ", ").replace("·", "").translate(_SILENT)
