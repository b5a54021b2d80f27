"""The command line: `magnate VERB …`.

This module names the verbs and decides the exit codes; each verb is a module in `magnate.commands`, imported only when
it is called, so that `magnate --help` starts quickly.
"""

import os
import signal
import sys
import threading
import warnings
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any, NamedTuple, NoReturn

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from magnate import __version__
from magnate.commands import HELP_OPTIONS
from magnate.commands._help import PlainGroup
from magnate.commands._usage import worded
from magnate.errors import MagnateError
from magnate.printable import escaped
from magnate.system import endings, streams


class Verb(NamedTuple):
    """A verb of the command line."""

    module: str
    """The module whose `app` is the verb."""
    help: str
    """What `magnate --help` says of it: the first sentence of its own help."""


COMMANDS: dict[str, Verb] = {
    "bots": Verb("magnate.commands.bots", "List the bots, explain what they choose, and check programs."),
    "config": Verb("magnate.commands.config", "Print the settings of `magnate serve` and where each comes from."),
    "db": Verb("magnate.commands.db", "Back up, check and migrate the database of a server."),
    "games": Verb("magnate.commands.games", "List, show and export the games of a server, even while it runs."),
    "logout": Verb("magnate.commands.logout", "Sign out of the servers that `magnate play` remembers."),
    "play": Verb("magnate.commands.play", "Play in the terminal, against bots or people."),
    "replay": Verb("magnate.commands.replay", "Print a recorded game move by move, in plain words."),
    "simulate": Verb("magnate.commands.simulate", "Play many games between bots and print the results."),
    "serve": Verb("magnate.commands.serve", "Serve games over WebSockets and REST until Ctrl-C."),
    "users": Verb("magnate.commands.users", "Add, list and change the users of a server, even while it runs."),
    "version": Verb("magnate.commands.version", "Print the versions, and whether the engine is compiled."),
}

DECLINED = 1
REFUSED = 2
UNEXPECTED = 70
TRACEBACK_VARIABLE = "MAGNATE_TRACEBACK"

EPILOG = """\b
Exit codes:
  0    done
  1    the answer is no (a check found faults), you declined, or the reader of
       the output went away
  2    bad usage, bad input, or something that the system refuses (a full disk,
       a file you may not read); one line on stderr says what and where
  70   an error in Magnate itself; MAGNATE_TRACEBACK=1 shows where
  129  the terminal was closed (SIGHUP)
  130  interrupted with Ctrl-C (SIGINT)
  143  ended with kill (SIGTERM)
"""


class _LazyCommand(TyperCommand):
    """Stands for a verb in help and completion, and becomes it when it is called."""

    def __init__(self, name: str, verb: Verb) -> None:
        super().__init__(name, help=verb.help)
        self._module = verb.module

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        command = typer.main.get_command(import_module(self._module).app)
        return command.make_context(*args, **kwargs)


class _Verbs(PlainGroup):
    """The group of all verbs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, verb in COMMANDS.items():
            self.add_command(_LazyCommand(name, verb))


app = typer.Typer(
    cls=_Verbs,
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_OPTIONS,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"magnate {__version__}")
        raise typer.Exit


@app.callback()
def magnate(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Magnate: a board game of streets, rents and bargains.

    Every verb has its own help: magnate VERB --help.
    """


def main() -> NoReturn:
    """Run the command line and exit; whatever goes wrong is one line on stderr, never a traceback."""
    streams.prepare()
    endings.hear_of_children()
    _hush()
    died = _DiedThreads()
    with endings.heard():
        code = _run(sys.argv[1:] or ["--help"])
    sys.exit(UNEXPECTED if died.any else code)


def _run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        try:
            return _call(arguments)
        finally:
            streams.flush_output()
    except KeyboardInterrupt:
        return endings.exit_code()
    except OSError as error:
        return _refused(error)
    except MemoryError:
        return _complain("there is not enough memory", REFUSED)
    except UnicodeEncodeError as error:
        if not _came_from_outside(error.object[error.start : error.end]):
            return _unexpected(error)
        return _complain(f"{error.object!r} is no text: it has bytes that are not {error.encoding}", REFUSED)
    except Exception as error:
        return _unexpected(error)


def _call(arguments: list[str]) -> int:
    """Call the verb that is named; what it raises on purpose is said."""
    try:
        _refuse_empty(arguments)
        code = app(arguments, prog_name="magnate", standalone_mode=False)
    except typer.Abort:
        return DECLINED
    except TyperException as error:
        return _complain(worded(error), error.exit_code)
    except MagnateError as error:
        return _complain(str(error), error.exit_code)
    # Typer makes this of KeyboardInterrupt, whichever signal that stood for.
    if code == 128 + signal.SIGINT:
        return endings.exit_code()
    return code if isinstance(code, int) else 0


def _refuse_empty(arguments: list[str]) -> None:
    """Refuse an argument that is empty, as from a variable that is not set: as a path it would mean this folder."""
    for before, word in pairwise(["magnate", *arguments]):
        if not word or (word.startswith("--") and word.endswith("=")):
            raise MagnateError(f"the argument after {word[:-1] or before} is empty")


def _refused(error: OSError) -> int:
    """Say what the system refuses; say nothing where the reader went away (`magnate … | head`), as nobody is left."""
    if isinstance(error, BrokenPipeError) and error.filename in (streams.OUTPUT, None):
        return DECLINED
    if os.environ.get(TRACEBACK_VARIABLE):
        raise error
    files = " and ".join(str(name) for name in (error.filename, error.filename2) if name is not None)
    what = error.strerror or str(error) or type(error).__name__
    return _complain(f"{files}: {what}" if files else what, REFUSED)


def _came_from_outside(text: str) -> bool:
    """Return whether a text has what Python puts for bytes of arguments, variables and file names that are no text."""
    return any("\udc80" <= letter <= "\udcff" for letter in text)


def _unexpected(error: BaseException, where: str = "") -> int:
    """Say that there is an error in Magnate itself."""
    if os.environ.get(TRACEBACK_VARIABLE):
        raise error
    return _complain(
        f"unexpected {type(error).__name__}{where}: {error} (please report this, with what "
        f"{TRACEBACK_VARIABLE}=1 shows when you run it again)",
        UNEXPECTED,
    )


def _hush() -> None:
    """Keep Python from printing tracebacks beside our one line: of what went wrong while something was thrown away."""
    if not os.environ.get(TRACEBACK_VARIABLE):
        sys.unraisablehook = lambda unraisable: None
        warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)


class _DiedThreads:
    """Hears of threads that end with an error: it is said at once, and the process ends in order instead of waiting."""

    def __init__(self) -> None:
        self.any = False
        threading.excepthook = self._hear

    def _hear(self, died: threading.ExceptHookArgs) -> None:
        from magnate.bots.foreign.running import CodeRaised, place_of

        if died.exc_value is None or died.exc_type is SystemExit:
            return
        if place := place_of(died.exc_value):  # a bot's own thread is the bot's own affair
            print(f"magnate: a thread of a bot {CodeRaised(died.exc_value)} ({place})", file=sys.stderr)
            return
        self.any = True
        if os.environ.get(TRACEBACK_VARIABLE):
            threading.__excepthook__(died)
        else:
            name = died.thread.name if died.thread is not None else "?"
            _unexpected(died.exc_value, f" in the thread {name!r}")
        endings.ask()


def _complain(message: str, code: int) -> int:
    # Whoever wrote a part of it (a bot, a server, a file) must not reach the terminal with an escape.
    lines = "\n".join([escaped(line) for line in message.split("\n")])
    print(f"magnate: error: {lines}", file=sys.stderr)
    return code
