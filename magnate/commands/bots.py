"""`magnate bots`."""

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, echo

from magnate.commands import verb_app
from magnate.printable import class_name, plain, shown
from magnate.system import streams

if TYPE_CHECKING:
    from magnate.bots.foreign.classes import Parameter
    from magnate.bots.loading import BotSpec

app = verb_app()


class Format(StrEnum):
    """How the list is printed."""

    TABLE = "table"
    JSON = "json"


@app.command()
def bots(
    bot: Annotated[
        list[str] | None,
        Argument(
            metavar="BOT",
            help="Bots to list: NAME, file.py:Name or package.module:Name, with ,parameter=value after it.",
            show_default="the built-in ones",
        ),
    ] = None,
    format: Annotated[Format, Option("--format", help="Table for people, or JSON for programs.")] = Format.TABLE,
) -> None:
    """List the bots with their parameters.

    Name a bot in the same way elsewhere, as in: magnate simulate --bot medium,epsilon=0.3
    """
    from magnate.bots import BOTS
    from magnate.bots.loading import parse_bot

    streams.keep_output_apart()
    specs = [parse_bot(text) for text in bot or BOTS]
    if format is Format.JSON:
        streams.expect_data()
    echo(_as_json(specs) if format is Format.JSON else _as_table(specs), file=streams.output())


def _as_json(specs: "list[BotSpec]") -> str:
    import json

    from magnate.bots.loading import describe, describe_parameters

    return json.dumps(
        [
            {
                "bot": spec.label,
                "description": describe(spec),
                "class": spec.source,
                "parameters": [
                    {"name": parameter.name, "type": class_name(parameter.kind), "default": _default(parameter)}
                    for parameter in describe_parameters(spec)
                ],
            }
            for spec in specs
        ],
        indent=2,
    )


def _default(parameter: "Parameter") -> "bool | int | float | str | None":
    """Return a default as JSON has it; what JSON has not is written in words."""
    value, kind = parameter.default, type(parameter.default)
    if value is None or (kind in (bool, int, float) and isinstance(value, int | float) and math.isfinite(value)):
        return value
    return plain(value) if kind is str and isinstance(value, str) else shown(value)


def _as_table(specs: "list[BotSpec]") -> str:
    from magnate.bots.loading import describe, describe_parameters

    rows = [("BOT", "DESCRIPTION", "PARAMETERS")]
    for spec in specs:
        parameters = [f"{p.name}: {class_name(p.kind)} = {_default(p)}" for p in describe_parameters(spec)]
        rows.append((spec.label, describe(spec), ", ".join(parameters) or "none"))
    first, second = (max([len(row[column]) for row in rows]) for column in (0, 1))
    return "\n".join([f"{bot:<{first}}  {description:<{second}}  {rest}" for bot, description, rest in rows])
