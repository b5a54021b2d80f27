"""Bots by their text: `NAME`, `path/to/file.py:Name` or `package.module:Name`, each with `,parameter=value` after it.

Or `cmd:COMMAND`, a program of its own.

A `BotSpec` is plain data, so it goes to other processes, where its class is loaded again.
"""

import hashlib
import math
import re
import shlex
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from magnate.bots import BOTS
from magnate.bots.base import Bot
from magnate.bots.errors import BotError
from magnate.bots.foreign.classes import (
    Found,
    NotLoadedError,
    Parameter,
    did_you_mean,
    find_class,
    is_built_in,
    note_class,
)
from magnate.bots.foreign.generators import generators_kept
from magnate.bots.foreign.running import CodeRaised, run
from magnate.printable import class_name, escaped, shown

Value: TypeAlias = bool | int | float | str
"""What a parameter may be."""

PROGRAM: Final = "cmd:"
"""What the text of a bot that is a program begins with; all after it is the command."""
_PROGRAM_BOT: Final = "magnate.programs.bot:ProgramBot"
"""Its class, which speaks to the program; it stands above the bots, and is loaded like a user's."""

_FILE: Final = re.compile(r"(?P<source>.+\.py:[^,:/\\]+)(?P<settings>(?:,.*)?)", re.DOTALL)
_WORDS: Final[dict[str, bool]] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_KINDS: Final[dict[type, str]] = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class BotSpec:
    """A bot that was asked for; make one with `parse_bot`."""

    text: str
    """What was asked for."""
    source: str
    """The class: `package.module:Name`, or `/whole/path/file.py:Name`."""
    parameters: tuple[tuple[str, Value], ...] = ()
    """(name, value) of what is not left at the default of the class, in the order of the names."""
    digest: str = ""
    """What tells the bot's code from any other; empty for the bots of Magnate, whose version tells."""

    @property
    def label(self) -> str:
        """How reports call the bot: as it was asked for, in printable characters."""
        return escaped(self.text)

    @property
    def is_built_in(self) -> bool:
        """Whether the bot is one of Magnate's own."""
        return is_built_in(self.source) and not self.is_program

    @property
    def is_program(self) -> bool:
        """Whether the bot is a program of its own."""
        return self.source == _PROGRAM_BOT

    def bot_class(self) -> type[Bot]:
        """Return the class, loaded at the first call of a process.

        Raises:
            BotError: it cannot be loaded, or its code is not what it was when the bot was asked for.
        """
        return self._found().bot_class

    def make(self, seed: int) -> Bot:
        """Return a new bot for one seat of one game, all of whose chance follows from `seed`.

        Raises:
            BotError: the class cannot be loaded, or its `__init__` raises.
        """
        found = self._found()
        parameters = dict(self.parameters)
        try:
            if is_built_in(self.source):
                return found.bot_class(seed, **parameters)
            with generators_kept():
                return run(found.code, lambda: _made(found, seed, parameters), seed=seed)
        except ValueError as error:
            raise BotError(self.text, str(error)) from error
        except CodeRaised as raised:
            if isinstance(raised.error, ValueError) and raised.words:
                raise BotError(self.text, raised.words) from raised
            raise BotError(self.text, f"its __init__ {raised}") from raised

    def _found(self) -> Found:
        try:
            return find_class(self.source, "" if self.is_program else self.digest)
        except NotLoadedError as error:
            raise BotError(self.text, str(error)) from error


def _made(found: Found, seed: int, parameters: dict[str, Value]) -> Bot:
    bot = found.bot_class(seed, **parameters)
    if not isinstance(bot, Bot):
        raise TypeError(f"the class makes {shown(bot)} and no bot")
    note_class(type(bot), found.code)
    return bot


def parse_bot(text: str) -> BotSpec:
    """Return the bot that `text` names, loaded and made once, so that whatever is wrong is known now.

    Raises:
        BotError: there is no such bot, file, module or class, it does not load, or a parameter is wrong.
    """
    text = text.strip()
    if text.startswith(PROGRAM):
        return _program(text)
    name, settings = _split(text)
    entry = BOTS.get(name)
    if entry is not None:
        source, preset = entry.source, dict(entry.parameters)
    elif ":" in name:
        source, preset = _whole(name), {}
    else:
        raise BotError(text, _unknown(name))
    try:
        found = find_class(source)
    except NotLoadedError as error:
        raise BotError(text, str(error)) from error
    given = _read_settings(text, found.parameters, settings)
    spec = BotSpec(text, source, tuple(sorted({**preset, **given}.items())), found.digest)
    spec.make(0)
    return spec


def names_own(text: str) -> bool:
    """Return whether a text can only name one of Magnate's own bots, or none at all."""
    name, _ = _split(text.strip())
    return ":" not in name or (is_built_in(name) and name != _PROGRAM_BOT)


def describe_parameters(spec: BotSpec) -> tuple[Parameter, ...]:
    """Return the parameters of a bot in the order of its class, with what `spec` sets as their defaults.

    Raises:
        BotError: the class cannot be loaded.
    """
    if spec.is_program:
        return ()
    chosen = dict(spec.parameters)
    return tuple(
        [
            Parameter(parameter.name, parameter.kind, chosen.get(parameter.name, parameter.default))
            for parameter in spec._found().parameters
        ]
    )


def describe(spec: BotSpec) -> str:
    """Return what a bot is in one line: its description, or the first line of what its class says of itself.

    Raises:
        BotError: the class cannot be loaded.
    """
    entry = BOTS.get(spec.text)
    return entry.description if entry is not None else spec._found().description


# Programs


def _program(text: str) -> BotSpec:
    """Return the bot that is a program, started once."""
    command = text.removeprefix(PROGRAM).strip()
    folder = Path.cwd()
    spec = BotSpec(
        text, _PROGRAM_BOT, (("command", command), ("folder", str(folder))), _digest_of_program(command, folder)
    )
    spec.make(0)
    return spec


def _digest_of_program(command: str, folder: Path) -> str:
    """Return what tells a program from its other versions: its words, and what stands in the files among them."""
    whole = hashlib.sha256(command.encode(errors="surrogateescape"))
    with suppress(ValueError):  # what cannot be split cannot be started either, which says why
        for word in shlex.split(command):
            with suppress(OSError, ValueError):
                whole.update(hashlib.sha256((folder / word).read_bytes()).digest())
    return whole.hexdigest()


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
    hint = did_you_mean(name, BOTS)
    return (
        f"there is no such bot{hint} (there are {', '.join(BOTS)}; or file.py:Name, package.module:Name or cmd:COMMAND)"
    )


def _read_settings(text: str, known: Iterable[Parameter], settings: Iterable[str]) -> dict[str, Value]:
    """Return the values that `parameter=value,…` gives, judged by the types of the bot's parameters."""
    parameters = {parameter.name: parameter for parameter in known}
    values: dict[str, Value] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not equals or not name:
            raise BotError(text, f"{setting.strip()!r} is not of the form parameter=value")
        if name in values:
            raise BotError(text, f"the parameter {name} is given twice")
        if name not in parameters:
            takes = f"it takes {', '.join(parameters)}" if parameters else "it takes none"
            raise BotError(text, f"there is no parameter {name!r}{did_you_mean(name, parameters)} ({takes})")
        values[name] = _read_value(text, parameters[name], value)
    return values


def _read_value(text: str, parameter: Parameter, value: str) -> Value:
    kind = parameter.kind
    if kind not in _KINDS:
        raise BotError(text, f"the parameter {parameter.name} is of type {class_name(kind)}, which no text can give")
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
