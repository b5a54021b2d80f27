"""The class of a bot by its source, with all that is known of it, loaded once for each version of its code.

A file that has changed since it was loaded is loaded anew, beside the old one. A module is Python's own and is loaded
once.
"""

import hashlib
import importlib
import inspect
import os
import sys
import typing
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Final

from magnate.bots.base import Bot
from magnate.bots.foreign.digest import digest_of, read_code
from magnate.bots.foreign.generators import generators_kept
from magnate.bots.foreign.modules import PACKAGE, BotModules
from magnate.bots.foreign.running import BotCode, CodeRaised, place_of, run
from magnate.printable import escaped, plain


class NotLoadedError(Exception):
    """Why a class cannot be had, in one sentence."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a bot: a keyword-only argument of its `__init__`."""

    name: str
    kind: type
    """Its type: bool, int, float or str; any other cannot be given as text."""
    default: object
    """Its value when none is given; None also where the class gives no default."""


@dataclass(frozen=True, slots=True)
class Found:
    """The class of a bot."""

    bot_class: type[Bot]
    code: BotCode
    parameters: tuple[Parameter, ...]
    description: str
    """The first line of what it says of itself; may be empty."""
    files: frozenset[Path] = frozenset()
    """The files of its code; empty for the bots of Magnate."""
    digest: str = ""
    """What tells its code from any other; empty for the bots of Magnate."""


_FOUND: Final[dict[tuple[str, str], Found]] = {}
"""By source and digest; the empty digest is that of the latest."""
_CODE_OF: Final[dict[type, BotCode]] = {}
"""By class of a bot that is not Magnate's."""


def is_built_in(source: str) -> bool:
    """Return whether a source is in one of Magnate's own modules."""
    return source.startswith("magnate.")


def code_of(bot: object) -> BotCode | None:
    """Return the code of a bot that was loaded by its text; None for Magnate's own and those of the user's program."""
    return _CODE_OF.get(type(bot))


def note_class(bot_class: type, code: BotCode) -> None:
    """Have `code_of` find the code of a class."""
    if not is_built_in(f"{bot_class.__module__}."):
        _CODE_OF[bot_class] = code


def find_class(source: str, digest: str = "") -> Found:
    """Return the class of a source, loaded if it is not yet, or if its file has changed.

    Raises:
        NotLoadedError: the file or module is missing or raises, has no such bot, or its code has not this digest.
    """
    found = _FOUND.get((source, digest))
    if found is not None and (digest or is_built_in(source) or _is_current(source, found)):
        return found
    with generators_kept():
        found = _load(source)
    _FOUND[source, ""] = _FOUND[source, found.digest] = found
    if digest not in ("", found.digest):
        where = source.rpartition(":")[0]
        raise NotLoadedError(f"the code of {escaped(where)}, or of what it imports, has changed since it was asked for")
    note_class(found.bot_class, found.code)
    return found


def _is_current(source: str, found: Found) -> bool:
    """Return whether the files of a bot that was named as a file are as they were; a module is loaded once."""
    if found.code.modules is None:
        return True
    try:
        return digest_of({file: file.read_bytes() for file in found.files}, _file(source).parent) == found.digest
    except OSError:
        return False


def _load(source: str) -> Found:
    where, _, name = source.rpartition(":")
    if not name.isidentifier():
        raise NotLoadedError(f"{name!r} is not the name of a class")
    if where.endswith(".py"):
        return _load_file(_file(source), name)
    return _load_module(where, name)


def _file(source: str) -> Path:
    return Path(source.rpartition(":")[0])


def _load_file(file: Path, name: str) -> Found:
    if not file.is_file():
        raise NotLoadedError(f"there is no file {escaped(str(file))}")
    try:
        files = read_code(file, file.parent)
    except OSError as error:
        raise NotLoadedError(f"{escaped(str(error.filename or file))}: {error.strerror or error}") from error
    # Old and new of an edited file stand side by side, and a folder's two bots do not share what they import.
    which = f"{file}:{name}:{digest_of(files, file.parent)}"
    package = f"{PACKAGE}{hashlib.sha256(which.encode(errors='surrogateescape')).hexdigest()[:16]}"
    modules = BotModules(file, package, files)
    code = BotCode(str(file), modules)
    bot_class, parameters, description = _looked_at(code, file.name, name, modules.load)
    files.update({other: other.read_bytes() for other in modules.files() - set(files) if other.is_file()})
    return Found(bot_class, code, parameters, description, frozenset(files), digest_of(files, file.parent))


def _load_module(where: str, name: str) -> Found:
    if not all(part.isidentifier() for part in where.split(".")):
        raise NotLoadedError(f"{where!r} is not the name of a module")
    with suppress(FileNotFoundError):  # the working directory is gone
        folder = os.getcwd()
        if folder not in sys.path:  # last, where it can stand in for nobody
            sys.path.append(folder)
    code = BotCode(where, None)
    try:
        bot_class, parameters, description = _looked_at(code, where, name, lambda: importlib.import_module(where))
    except NotLoadedError as error:
        missing = error.__cause__
        if isinstance(missing, ModuleNotFoundError) and f"{where}.".startswith(f"{missing.name}."):
            raise NotLoadedError(f"there is no module {missing.name}") from error
        raise
    if is_built_in(f"{where}:"):
        return Found(bot_class, code, parameters, description)
    files, home = _files_of_module(sys.modules[where])
    return Found(bot_class, code, parameters, description, frozenset(files), digest_of(files, home))


def _files_of_module(module: ModuleType) -> tuple[dict[Path, bytes], Path]:
    """Return what stands in the files of a bot that was named as a module, and the folder that they are seen from."""
    name = module.__name__
    file = Path(getattr(module, "__file__", None) or "")
    if not file.is_file():
        return {}, Path()
    is_package = hasattr(module, "__path__")
    home = file.parents[name.count(".") + is_package]
    return read_code(file, home, name if is_package else name.rpartition(".")[0]), home


def _looked_at(
    code: BotCode, where: str, name: str, load: Callable[[], ModuleType]
) -> tuple[type[Bot], tuple[Parameter, ...], str]:
    """Load a module and return its bot of that name, with its parameters and description.

    Raises:
        NotLoadedError: it raises, or there is no such bot in it.
    """
    try:
        module = run(code, load, seed=0)
    except CodeRaised as raised:
        place = place_of(raised.error)
        at, words = f" ({place})" if place else "", f": {raised.words}" if raised.words else ""
        raise NotLoadedError(f"importing {escaped(where)} raised {raised.name}{at}{words}") from raised.error
    try:
        return run(code, lambda: _look_at(module, where, name), seed=0)
    except CodeRaised as raised:
        if isinstance(raised.error, NotLoadedError):
            raise raised.error from None
        raise NotLoadedError(f"looking at {name} in {escaped(where)} {raised}") from raised.error


def _look_at(module: ModuleType, where: str, name: str) -> tuple[type[Bot], tuple[Parameter, ...], str]:
    found = getattr(module, name, None)
    if found is None:
        bots = [other for other, thing in vars(module).items() if _is_bot(thing) and thing is not Bot]
        raise NotLoadedError(f"there is no class {name} in {escaped(where)}{did_you_mean(name, bots)}")
    if not _is_bot(found):
        raise NotLoadedError(f"{name} is not a subclass of magnate.bots.base.Bot")
    missing = sorted(getattr(found, "__abstractmethods__", ()))
    if missing:
        raise NotLoadedError(f"{name} has no method {' or '.join(missing)}")
    description = inspect.cleandoc(found.__doc__ or "").partition("\n")[0]
    return found, _parameters(found), plain(description).rstrip(".")


def _is_bot(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Bot)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return what to add to a refusal of `name`: those of `names` that are close to it."""
    close = get_close_matches(name, list(names), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""


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
