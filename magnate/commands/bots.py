"""`magnate bots`."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Exit, Option, echo

from magnate.commands import DefaultGroup, verb_app
from magnate.printable import class_name, plain, shown
from magnate.system import streams

if TYPE_CHECKING:
    from magnate.bots.foreign.classes import Parameter

app = verb_app("List the bots, explain what they choose, and check programs.", DefaultGroup)


class Format(StrEnum):
    """How the list is printed."""

    TABLE = "table"
    JSON = "json"


class Lang(StrEnum):
    """The languages that choices are explained in."""

    EN = "en"
    ES = "es"


@app.command("list")
def bots(
    bot: Annotated[
        list[str] | None,
        Argument(
            metavar="BOT",
            help="Bots to list: NAME, file.py:Name, package.module:Name, each with ,parameter=value; or cmd:COMMAND.",
            show_default="the built-in ones",
        ),
    ] = None,
    format: Annotated[Format, Option("--format", help="Table for people, or JSON for programs.")] = Format.TABLE,
) -> None:
    """List the bots with their parameters.

    Name a bot in the same way elsewhere, as in: magnate simulate --bot value,epsilon=0.3
    """
    from magnate.bots import BOTS
    from magnate.bots.foreign.apart import each_apart

    streams.keep_output_apart()
    listed = each_apart(_listed, bot or list(BOTS))
    if format is Format.JSON:
        streams.expect_data()
    echo(_as_json(listed) if format is Format.JSON else _as_table(listed), file=streams.output())


@app.command()
def explain(
    position: Annotated[str, Argument(metavar="POSITION", help="File with a position; - reads standard input.")],
    bot: Annotated[
        str, Option("--bot", metavar="LEVEL", help="The level that judges; its parameters may follow.")
    ] = "expert",
    seat: Annotated[
        int | None, Option("--seat", metavar="N", min=0, help="Who chooses.", show_default="who acts next")
    ] = None,
    seed: Annotated[int, Option("--seed", metavar="N", help="What a level's taste and caution follow from.")] = 0,
    most: Annotated[int, Option("--most", metavar="N", min=1, help="How many choices to print.")] = 10,
    lang: Annotated[Lang, Option("--lang", help="The language of the words.")] = Lang.EN,
    format: Annotated[Format, Option("--format", help="Table for people, or JSON for programs.")] = Format.TABLE,
) -> None:
    """Rank what can be done in a position, with the reasons of a level.

    Positions come from magnate replay FILE --position N, or are written by hand.
    """
    from magnate.commands._explaining import explained

    if format is Format.JSON:
        streams.expect_data()
    for line in explained(position, bot, seat, seed, most, lang.value, format is Format.JSON):
        echo(line, file=streams.output())


@app.command()
def check(
    program: Annotated[str, Argument(metavar="cmd:COMMAND", help="The program, as it is named elsewhere.")],
) -> None:
    """Play a script against a bot that is a program of its own, and say what is wrong with it.

    Exit code 0: it can play. 1: it cannot, and the lines that begin with FAIL say why.
    """
    from pathlib import Path

    from magnate.bots.errors import BotError
    from magnate.bots.loading import PROGRAM
    from magnate.programs.check import check_program

    if not program.startswith(PROGRAM):
        raise BotError(program, f"only programs are checked, which are named {PROGRAM}COMMAND")
    streams.keep_output_apart()
    failed = False
    for found in check_program(program.removeprefix(PROGRAM).strip(), Path.cwd()):
        failed |= bool(found.fault) and found.must
        mark = "ok  " if not found.fault else "FAIL" if found.must else "note"
        echo(f"{mark}  {found.name}{': ' if found.fault else ''}{found.fault}", file=streams.output())
    if failed:
        raise Exit(1)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the list says of a bot, as `--format json` has it."""

    bot: str
    description: str
    source: str
    parameters: "list[dict[str, bool | int | float | str | None]]"


def _listed(text: str) -> _Listed:
    from magnate.bots.loading import describe, describe_parameters, parse_bot

    spec = parse_bot(text)
    parameters = [
        {"name": each.name, "type": class_name(each.kind), "default": _default(each)}
        for each in describe_parameters(spec)
    ]
    return _Listed(spec.label, describe(spec), spec.source, parameters)


def _as_json(bots: "list[_Listed]") -> str:
    import json

    listed = [
        {"bot": each.bot, "description": each.description, "class": each.source, "parameters": each.parameters}
        for each in bots
    ]
    return json.dumps(listed, indent=2)


def _default(parameter: "Parameter") -> "bool | int | float | str | None":
    """Return a default as JSON has it; what JSON has not is written in words."""
    value, kind = parameter.default, type(parameter.default)
    if value is None or (kind in (bool, int, float) and isinstance(value, int | float) and math.isfinite(value)):
        return value
    return plain(value) if kind is str and isinstance(value, str) else shown(value)


def _as_table(bots: "list[_Listed]") -> str:
    rows = [("BOT", "DESCRIPTION", "PARAMETERS")]
    for each in bots:
        parameters = [f"{p['name']}: {p['type']} = {p['default']}" for p in each.parameters]
        rows.append((each.bot, each.description, ", ".join(parameters) or "none"))
    first, second = (max([len(row[column]) for row in rows]) for column in (0, 1))
    return "\n".join([f"{bot:<{first}}  {description:<{second}}  {rest}" for bot, description, rest in rows])
