"""How help looks, for every verb: names as they are typed, no types of Python, and no sentence cut short."""

import re
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from typer import Typer
from typer.core import TyperCommand, TyperGroup

UNBOUNDED = 10**9
"""Bounds from here on are of no interest to a reader."""

Function = TypeVar("Function", bound=Callable[..., Any])


class Formatter(Protocol):
    """What is used of the formatter that Typer hands over."""

    def section(self, name: str) -> Any:
        """Return a context in which everything stands below a heading."""

    def write_dl(self, rows: list[tuple[str, str]]) -> None:
        """Write two columns; the second one wraps."""


class PlainCommand(TyperCommand):
    """A command with plain help."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the usage with arguments as the help calls them: `ID`, or `[BOT]...` if it can be left out."""
        return [piece[1:-1].upper() if piece.startswith("{") else piece for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        _write_parameters(self, ctx, formatter)


class PlainGroup(TyperGroup):
    """A group of commands with plain help."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the commands."""
        _write_parameters(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, each with its whole first sentence."""
        names = self.list_commands(ctx)
        rows = [(name, first_sentence(command)) for name in names if (command := self.get_command(ctx, name))]
        _write(formatter, "Commands", rows)


class DefaultGroup(PlainGroup):
    """A group whose first command is meant where none is named: `magnate bots expert` lists."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Put the first command's name before what names none, and asks for no help."""
        names = self.list_commands(ctx)
        if not args or args[0] not in (*names, *ctx.help_option_names):
            args = [names[0], *args]
        return super().parse_args(ctx, args)


class VerbApp(Typer):
    """A Typer app whose commands have plain help."""

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Function], Function]:
        """Add a command, as `Typer.command` does."""
        return super().command(name, **{"cls": PlainCommand, **settings})


def first_sentence(command: Any) -> str:
    """Return the first sentence of a command's help."""
    paragraph = " ".join(str(command.help or "").partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) (?=[A-Z])", paragraph, maxsplit=1)[0]


def _write_parameters(command: Any, ctx: Any, formatter: Formatter) -> None:
    records = [(each, record) for each in command.get_params(ctx) if (record := each.get_help_record(ctx))]
    arguments = [
        (name.partition(" <")[0].upper(), _extras(text)) for each, (name, text) in records if _is_argument(each)
    ]
    options = [
        (re.sub(r"<([^<>]*)>", r"\1", name), _extras(text)) for each, (name, text) in records if not _is_argument(each)
    ]
    _write(formatter, "Arguments", arguments)
    _write(formatter, "Options", options)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _write(formatter: Formatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _extras(text: str) -> str:
    """Return a help text whose last bracket says default and bounds in words."""
    found = re.search(r" *\[([^][]*)\]$", text)
    if found is None:
        return text
    inside = re.sub(r"default: \((.*)\)", r"default: \1", found[1])
    inside = re.sub(r"(-?\d+)<=x<=(-?\d+)", lambda bounds: _range(int(bounds[1]), int(bounds[2])), inside)
    inside = re.sub(r"x>=(-?\d+)", lambda bounds: _range(int(bounds[1]), UNBOUNDED), inside)
    parts = [part for part in inside.split("; ") if part not in ("", "required")]
    return f"{text[: found.start()]}  [{'; '.join(parts)}]" if parts else text[: found.start()]


def _range(least: int, most: int) -> str:
    if most < UNBOUNDED:
        return f"{least} to {most}"
    return f"{least} or more" if least > 1 else ""
