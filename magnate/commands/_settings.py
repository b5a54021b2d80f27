"""Gives commands a flag for each setting of the server, so that every setting is declared once (`Settings`)."""

import dataclasses
import inspect
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from typer import Option

from magnate.server.config import Settings
from magnate.server.config_sources import CONFIG_VARIABLE, flag_name, load, setting_types


def takes_settings(names: Collection[str] | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Decorate a command whose last parameter is `loaded: Loaded`: it gets flags for settings, and `--config`.

    Args:
        names: the settings that get a flag; None means all. The others are still read from environment and file.
    """
    offered = [field for field in dataclasses.fields(Settings) if names is None or field.name in names]

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = [each for name, each in inspect.signature(command).parameters.items() if name != "loaded"]

        def with_settings(**arguments: Any) -> None:
            file: Path | None = arguments.pop("config")
            flags = {field.name: arguments.pop(field.name) for field in offered}
            command(**arguments, loaded=load(flags, os.environ, file))

        parameters = [*own, *map(_parameter, offered), _CONFIG]
        with_settings.__name__ = command.__name__
        with_settings.__doc__ = command.__doc__
        # What Typer reads: as if all these options were written out in the command.
        with_settings.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        with_settings.__annotations__ = {each.name: each.annotation for each in parameters}
        return with_settings

    return decorate


_CONFIG = inspect.Parameter(
    "config",
    inspect.Parameter.KEYWORD_ONLY,
    default=Option(None, "--config", metavar="FILE", help=f"TOML file with settings (or {CONFIG_VARIABLE})."),
    annotation=Path | None,
)


def _parameter(field: "dataclasses.Field[Any]") -> inspect.Parameter:
    """Return the Typer option for a setting; None stands for not given."""
    kind = setting_types()[field.name]
    flag = flag_name(field.name)
    declaration = f"{flag}/--no-{flag[2:]}" if kind is bool else flag
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=Option(None, declaration, help=field.metadata["help"] + _default(field), metavar=_metavar(field, kind)),
        annotation=list[str] | None if kind is tuple else kind | None,
    )


def _default(field: "dataclasses.Field[Any]") -> str:
    if field.default is None or field.default == ():
        return ""
    shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"  [default: {shown}]"


def _metavar(field: "dataclasses.Field[Any]", kind: type) -> str | None:
    if field.metadata["choices"]:
        return "|".join(field.metadata["choices"])
    return {int: "N", float: "NUMBER", str: "TEXT", Path: "FILE", tuple: "ORIGIN"}.get(kind)
