"""What is wrong with a command line, in Magnate's words: Typer and what checks its values have words of their own."""

import re
from typing import Any

from typer.exceptions import TyperException


def worded(error: TyperException) -> str:
    """Return what is wrong with the command line, and where its help is."""
    message = error.format_message().rstrip(".")
    parameter = getattr(error, "param", None)
    if parameter is not None:
        for pattern, words in _WORDS:
            found = re.search(pattern, message)
            if found is not None:
                message = f"{_called(parameter)}: {words(found, parameter)}"
                break
    message = re.sub(r"^Invalid value for '?([^':]+)'?(?: / '[^']+')*: ", r"\1: ", message)
    context = getattr(error, "ctx", None)
    return f"{message} (see {context.command_path} --help)" if context else message


def _called(parameter: Any) -> str:
    """Return what a user calls a parameter: `--games`, or `ID`."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name).upper()
    return str(max(parameter.opts, key=len))


def _bounds(found: "re.Match[str]", parameter: Any) -> str:
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is not None and most is not None:
        return f"must be from {least} to {most}"
    return f"must be at least {least}" if most is None else f"must be at most {most}"


_WORDS = (
    (r"should be (?:less|greater) than", _bounds),
    (r"valid integer", lambda found, parameter: "must be a whole number"),
    (r"valid number|finite number", lambda found, parameter: "must be a number"),
    (r"(\S+) is not one of (.+)", lambda found, parameter: f"must be one of {_plain(found[2])}, not {found[1]}"),
)
"""What the check of a value says, and what we say."""


def _plain(choices: str) -> str:
    return choices.replace("'", "")
