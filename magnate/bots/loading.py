"""Bots by their text: `NAME`, `path/to/file.py:Name` or `package.module:Name`, each with `,parameter=value` after it.

A `BotSpec` is plain data, so it goes to other processes, where its class is loaded again.
"""

import hashlib
import importlib
import importlib.util
import inspect
import math
import re
import sys
import traceback
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final, TypeAlias

from magnate.bots import BOTS
from magnate.bots.base import Bot
from magnate.bots.errors import BotError

Value: TypeAlias = bool | int | float | str
"""What a parameter may be."""

_FILE: Final = re.compile(r"(?P<source>.+\.py:[^,:/\\]+)(?P<settings>(?:,.*)?)", re.DOTALL)
_WORDS: Final[dict[str, bool]] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_KINDS: Final[dict[type, str]] = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a bot: a keyword-only argument of its `__init__`."""

    name: str
    kind: type
    """Its type: bool, int, float or str; any other cannot be given as text."""
    default: object
    """Its value when none is given; None also where the class gives no default."""


@dataclass(frozen=True, slots=True)
class BotSpec:
    """A bot that was asked for; make one with `parse_bot`."""

    text: str
    """What was asked for."""
    source: str
    """The class: `package.module:Name`, or `/whole/path/file.py:Name`."""
    parameters: tuple[tuple[str, Value], ...] = ()
    """(name, value) of what is not left at the default of the class, in the order of the names."""

    @property
    def label(self) -> str:
        """How reports call the bot."""
        return self.text

    def bot_class(self) -> type[Bot]:
        """Return the class, loaded at the first call of a process.

        Raises:
            BotError: it cannot be loaded.
        """
        try:
            return _load(self.source)
        except _NotLoadedError as error:
            raise BotError(self.text, str(error)) from error

    def make(self, seed: int) -> Bot:
        """Return a new bot for one seat of one game, all of whose chance follows from `seed`.

        Raises:
            BotError: the class cannot be loaded, or its `__init__` raises.
        """
        bot_class = self.bot_class()
        try:
            return bot_class(seed, **dict(self.parameters))
        except ValueError as error:
            raise BotError(self.text, str(error) or "its __init__ raised ValueError") from error
        except Exception as error:
            raise BotError(self.text, f"its __init__ raised {type(error).__name__}: {error}") from error


def parse_bot(text: str) -> BotSpec:
    """Return the bot that `text` names, loaded and made once, so that whatever is wrong is known now.

    Raises:
        BotError: there is no such bot, file, module or class, it does not load, or a parameter is wrong.
    """
    text = text.strip()
    name, settings = _split(text)
    entry = BOTS.get(name)
    if entry is not None:
        source, preset = entry.source, dict(entry.parameters)
    elif ":" in name:
        source, preset = _whole(name), {}
    else:
        raise BotError(text, _unknown(name))
    given = _read_settings(text, BotSpec(text, source), settings)
    spec = BotSpec(text, source, tuple(sorted({**preset, **given}.items())))
    spec.make(0)
    return spec


def describe_parameters(spec: BotSpec) -> tuple[Parameter, ...]:
    """Return the parameters of a bot in the order of its class, with what `spec` sets as their defaults.

    Raises:
        BotError: the class cannot be loaded.
    """
    chosen = dict(spec.parameters)
    return tuple(
        [
            Parameter(parameter.name, parameter.kind, chosen.get(parameter.name, parameter.default))
            for parameter in _parameters(spec.bot_class())
        ]
    )


def describe(spec: BotSpec) -> str:
    """Return what a bot is in one line: its description, or the first line of what its class says of itself.

    Raises:
        BotError: the class cannot be loaded.
    """
    entry = BOTS.get(spec.text)
    if entry is not None:
        return entry.description
    words = inspect.cleandoc(spec.bot_class().__doc__ or "")
    return words.partition("\n")[0].rstrip(".")


# Text


def _split(text: str) -> tuple[str, list[str]]:
    """Return the bot's name and the settings behind it; the path of a file may have commas of its own."""
    file = _FILE.fullmatch(text)
    if file is not None:
        return file["source"], file["settings"].split(",")[1:]
    name, *settings = text.split(",")
    return name.strip(), settings


def _whole(name: str) -> str:
    """Return a source with the path of a file made absolute, as another process may work in another directory."""
    where, _, class_name = name.rpartition(":")
    return f"{Path(where).resolve()}:{class_name}" if where.endswith(".py") else name


def _unknown(name: str) -> str:
    if name.endswith(".py"):
        return f"name the class in the file too, as in {name}:MyBot"
    hint = _did_you_mean(name, BOTS)
    return f"there is no such bot{hint} (there are {', '.join(BOTS)}; or file.py:Name, or package.module:Name)"


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    close = get_close_matches(name, list(names), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _read_settings(text: str, spec: BotSpec, settings: Iterable[str]) -> dict[str, Value]:
    """Return the values that `parameter=value,…` gives, judged by the types of the bot's parameters."""
    parameters = {parameter.name: parameter for parameter in _parameters(spec.bot_class())}
    values: dict[str, Value] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not equals or not name:
            raise BotError(text, f"{setting.strip()!r} is not of the form parameter=value")
        if name in values:
            raise BotError(text, f"the parameter {name} is given twice")
        if name not in parameters:
            takes = f"it takes {', '.join(parameters)}" if parameters else "it takes none"
            raise BotError(text, f"there is no parameter {name!r}{_did_you_mean(name, parameters)} ({takes})")
        values[name] = _read_value(text, parameters[name], value)
    return values


def _read_value(text: str, parameter: Parameter, value: str) -> Value:
    kind = parameter.kind
    if kind not in _KINDS:
        raise BotError(text, f"the parameter {parameter.name} is of type {kind.__name__}, which no text can give")
    try:
        if kind is bool:
            return _WORDS[value.lower()]
        if kind is int:
            return int(value)
        if kind is float and math.isfinite(float(value)):
            return float(value)
    except (KeyError, ValueError):
        pass
    else:
        if kind is str:
            return value
    raise BotError(text, f"{parameter.name} must be {_KINDS[kind]}, not {value!r}")


# Classes


class _NotLoadedError(Exception):
    """Why a class cannot be had, in one sentence."""


@cache
def _load(source: str) -> type[Bot]:
    """Return the class of a source.

    Raises:
        _NotLoadedError: the file or module is missing or raises, or has no such bot.
    """
    where, _, name = source.rpartition(":")
    if not name.isidentifier():
        raise _NotLoadedError(f"{name!r} is no name of a class")
    module = _import_file(Path(where)) if where.endswith(".py") else _import_module(where)
    found = getattr(module, name, None)
    if found is None:
        bots = [other for other, thing in vars(module).items() if _is_bot(thing) and thing is not Bot]
        raise _NotLoadedError(f"there is no class {name} in {_shown(where)}{_did_you_mean(name, bots)}")
    if not _is_bot(found):
        raise _NotLoadedError(f"{name} is no subclass of magnate.bots.base.Bot")
    missing = sorted(getattr(found, "__abstractmethods__", ()))
    if missing:
        raise _NotLoadedError(f"{name} has no method {' or '.join(missing)}")
    return typing.cast(type[Bot], found)


def _is_bot(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Bot)


def _shown(where: str) -> str:
    return Path(where).name if where.endswith(".py") else where


def _import_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise _NotLoadedError(f"there is no file {path}")
    name = f"magnate_bot_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    module_spec = importlib.util.spec_from_file_location(name, path)
    assert module_spec is not None
    assert module_spec.loader is not None
    module = importlib.util.module_from_spec(module_spec)
    # A module looks itself up while it runs (dataclasses do), and may import the files beside it.
    sys.modules[name] = module
    _make_importable(path.parent)
    try:
        module_spec.loader.exec_module(module)
    except BaseException as error:
        del sys.modules[name]
        raise _raised(path.name, error) from error
    return module


def _import_module(name: str) -> ModuleType:
    if not all(part.isidentifier() for part in name.split(".")):
        raise _NotLoadedError(f"{name!r} is no name of a module")
    _make_importable(Path.cwd())
    try:
        return importlib.import_module(name)
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}."):
            raise _NotLoadedError(f"there is no module {error.name}") from error
        raise _raised(name, error) from error


def _make_importable(directory: Path) -> None:
    """Let a bot import its neighbours; last in the path, where they can stand in for nobody."""
    if str(directory) not in sys.path:
        sys.path.append(str(directory))


def _raised(where: str, error: BaseException) -> _NotLoadedError:
    """Return what to say of an import that raised; a Ctrl-C is raised on."""
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, SyntaxError):
        place, what = f" ({Path(error.filename or where).name}:{error.lineno})", error.msg
    else:
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if f.filename[0] != "<" and f.filename != __file__
        ]
        place, what = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else "", str(error)
    return _NotLoadedError(f"importing {where} raised {type(error).__name__}{place}: {what}")


def _parameters(bot_class: type[Bot]) -> tuple[Parameter, ...]:
    """Return the keyword-only arguments of `__init__`."""
    try:
        types = typing.get_type_hints(bot_class.__init__)
    except Exception:  # an annotation that names nothing is no reason not to play
        types = {}
    found = []
    for argument in inspect.signature(bot_class.__init__).parameters.values():
        if argument.kind is argument.KEYWORD_ONLY:
            default = None if argument.default is argument.empty else argument.default
            kind = types.get(argument.name, type(default))
            found.append(Parameter(argument.name, kind if isinstance(kind, type) else object, default))
    return tuple(found)
