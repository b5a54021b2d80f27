"""Reads the settings: flags, environment, TOML file, defaults, in that order; a mistake is one clear `ConfigError`."""

import dataclasses
import difflib
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias, get_args, get_type_hints

from magnate.server.config import Settings, is_loopback
from magnate.server.errors import ConfigError
from magnate.system.files import read_whole
from magnate.system.folders import expanded

PREFIX = "MAGNATE_"
CONFIG_VARIABLE = "MAGNATE_CONFIG"
SECRET_VARIABLE = "MAGNATE_SECRET_KEY"
OTHER_VARIABLES = frozenset({CONFIG_VARIABLE, SECRET_VARIABLE, "MAGNATE_TRACEBACK"})
"""Variables with our prefix that are no settings of the server; any other unknown one is taken for a mistake."""

ORIGIN = re.compile(r"https?://[^/\s@?#]+", re.IGNORECASE)
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})

Value: TypeAlias = "str | int | float | bool | Path | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and for each of them where it came from ("default", "flag", "MAGNATE_PORT" or the file's path)."""

    settings: Settings
    origins: Mapping[str, str]


def load(flags: Mapping[str, object], environ: Mapping[str, str], file: Path | None = None) -> Loaded:
    """Read the settings from all sources.

    Args:
        flags: settings given on the command line by name; None means not given.
        environ: the environment; `MAGNATE_CONFIG` names the TOML file unless `file` does.
        file: the TOML file, or None.

    Raises:
        ConfigError: an unknown name, a bad value, a file that cannot be read, or debug commands on a public host.
    """
    values: dict[str, Value] = {}
    origins = {field.name: "default" for field in dataclasses.fields(Settings)}
    if file is None and environ.get(CONFIG_VARIABLE):
        file = Path(environ[CONFIG_VARIABLE])
    for source in (_from_file(file), _from_environment(environ), _from_flags(flags)):
        for name, (value, origin) in source.items():
            values[name] = value
            origins[name] = origin
    settings = dataclasses.replace(Settings(), **values)  # type: ignore[arg-type]
    if settings.debug_commands and not is_loopback(settings.host):
        raise ConfigError(
            "debug_commands",
            origins["debug_commands"],
            f"refused, because the server would listen on {settings.host}, which is not a loopback address",
        )
    return Loaded(settings, origins)


def flag_name(name: str) -> str:
    """Return the flag of the setting `name`: `--turn-seconds` for `turn_seconds`."""
    return "--" + name.replace("_", "-")


@cache
def setting_types() -> dict[str, type]:
    """Return the plain type of every setting: `Path` for `Path | None`, `tuple` for `tuple[str, ...]`."""
    hints = get_type_hints(Settings)
    return {field.name: _plain_type(hints[field.name]) for field in dataclasses.fields(Settings)}


def _plain_type(hint: object) -> type:
    if isinstance(hint, type) and not get_args(hint):
        return hint
    return tuple if get_args(hint)[-1] is Ellipsis else Path


def _from_flags(flags: Mapping[str, object]) -> dict[str, tuple[Value, str]]:
    found: dict[str, tuple[Value, str]] = {}
    for name, given in flags.items():
        # Typer hands over an empty list for a repeatable flag that was not given.
        if given is not None and given != [] and given != ():
            found[name] = (_checked(name, given, "command line", flag_name(name)), "flag")
    return found


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[Value, str]]:
    found: dict[str, tuple[Value, str]] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in setting_types():
            close = _closest(name)
            hint = f"; did you mean {PREFIX}{close.upper()}?" if close else ""
            raise ConfigError(variable, "environment", f"no such setting{hint}")
        value = _parsed(name, text, "environment", variable)
        found[name] = (_checked(name, value, "environment", variable), variable)
    return found


def _from_file(file: Path | None) -> dict[str, tuple[Value, str]]:
    if file is None:
        return {}
    origin = str(file)
    try:
        table = tomllib.loads(read_whole(file).decode())
    except OSError as error:
        raise ConfigError("", origin, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError("", origin, f"is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("", origin, f"is not TOML: {error}") from error
    found: dict[str, tuple[Value, str]] = {}
    for key, value in table.items():
        if key == "secret_key":
            raise ConfigError(key, origin, f"secrets do not belong in this file; use {SECRET_VARIABLE} or a key file")
        if key not in setting_types():
            close = _closest(key)
            raise ConfigError(key, origin, "no such setting" + (f"; did you mean {close}?" if close else ""))
        found[key] = (_checked(key, value, origin, key), origin)
    return found


def _closest(name: str) -> str | None:
    """Return the setting whose name is most like `name`, if any is; the prefix, which all share, must not be in it."""
    return next(iter(difflib.get_close_matches(name, setting_types(), n=1)), None)


def _parsed(name: str, text: str, origin: str, shown: str) -> object:
    """Turn the text of an environment variable into the type of its setting."""
    wanted = setting_types()[name]
    text = text.strip()
    if wanted is bool:
        if text.lower() not in TRUE_WORDS | FALSE_WORDS:
            raise ConfigError(shown, origin, f"must be true or false, not {text!r}")
        return text.lower() in TRUE_WORDS
    if wanted is tuple:
        return [part for part in re.split(r"[,\s]+", text) if part]
    if wanted in (int, float):
        try:
            return wanted(text)
        except ValueError:
            kind = "a whole number" if wanted is int else "a number"
            raise ConfigError(shown, origin, f"must be {kind}, not {text!r}") from None
    return text


def _checked(name: str, value: object, origin: str, shown: str) -> Value:
    """Return `value` as the type of the setting `name`, or raise `ConfigError` naming `shown` and `origin`."""
    try:
        return _CHECKS[setting_types()[name]](name, value)
    except ValueError as error:
        raise ConfigError(shown, origin, str(error)) from None


def _number(name: str, value: object) -> Value:
    wanted = setting_types()[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or (wanted is int and not isinstance(value, int)):
        raise ValueError(f"must be {'a whole number' if wanted is int else 'a number'}, not {value!r}")
    metadata = Settings.__dataclass_fields__[name].metadata
    least, most = metadata["least"], metadata["most"]
    if not math.isfinite(value) or (least is not None and value < least) or (most is not None and value > most):
        bounds = f"from {least:g} to {most:g}" if most is not None else f"at least {least:g}"
        raise ValueError(f"must be {bounds}, not {value}")
    return int(value) if wanted is int else float(value)


def _text(name: str, value: object) -> Value:
    choices: tuple[str, ...] = Settings.__dataclass_fields__[name].metadata["choices"]
    if not isinstance(value, str) or not value:
        raise ValueError(f"must be a text, not {value!r}")
    if choices and value not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}, not {value!r}")
    return value


def _switch(name: str, value: object) -> Value:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")
    return value


def _path(name: str, value: object) -> Value:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError(f"must be a path, not {value!r}")
    return expanded(Path(value))


def _origins(name: str, value: object) -> Value:
    if not isinstance(value, list | tuple):
        raise ValueError(f"must be a list of origins, not {value!r}")
    for origin in value:
        if not isinstance(origin, str) or not ORIGIN.fullmatch(origin):
            raise ValueError(f"must be like https://example.org, with an optional port and no path, not {origin!r}")
    return tuple(dict.fromkeys(origin.lower() for origin in value))


_CHECKS: dict[type, Callable[[str, object], Value]] = {
    int: _number,
    float: _number,
    str: _text,
    bool: _switch,
    Path: _path,
    tuple: _origins,
}
