"""The verbs of the command line, one module each.

A verb is a module here with an `app` (made by `verb_app`) and a line in `COMMANDS` of `magnate.cli`. It parses, calls
and prints. What is slow to import stands inside the command function, so that `--help` stays quick.
"""

from typer import Typer

from magnate.commands._help import DefaultGroup, PlainGroup, VerbApp

__all__ = ["HELP_OPTIONS", "DefaultGroup", "verb_app"]

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


def verb_app(help: str | None = None, group: type[PlainGroup] = PlainGroup) -> Typer:
    """Return an empty Typer app for one verb, with Magnate's ways: plain help, and errors worded by `magnate.cli.main`.

    An app with one command is that verb (`magnate version`). One with several is a group of them (`magnate users add`)
    and takes its `help` from here; a group of one needs `@app.callback()` too. In a `DefaultGroup` the first command
    need not be named.
    """
    return VerbApp(
        cls=group,
        help=help,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings=HELP_OPTIONS,
    )
