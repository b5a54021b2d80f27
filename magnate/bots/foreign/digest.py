"""The digest of a bot's code: its file, and all that it imports from beside it, in turn.

The files are found by reading the code, so a module that is imported only in the middle of a game counts as well. What
is imported by a name that is made up while the bot runs counts if it is loaded with the bot's file; files that a bot
opens do not.
"""

import ast
import hashlib
from collections.abc import Iterator, Mapping
from importlib import invalidate_caches
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from magnate.bots.foreign.modules import find_beside


def digest_of(code: Mapping[Path, bytes], home: Path) -> str:
    """Return SHA-256 of files and of their names as seen from `home`, in hexadecimal."""
    whole = hashlib.sha256()
    for name, text in sorted([(_name_from(home, file), text) for file, text in code.items()]):
        whole.update(f"{name}\0{hashlib.sha256(text).hexdigest()}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()


def read_code(file: Path, home: Path, package: str = "") -> dict[Path, bytes]:
    """Read a bot's file and the files of what it imports from `home`, in turn.

    Args:
        file: where the class of the bot is.
        home: the folder that the bot's top-level modules stand in.
        package: the package that the file belongs to, where the bot was named as a module.

    Raises:
        OSError: a file cannot be read.
    """
    invalidate_caches()
    code = {file: file.read_bytes()}
    waiting = [(file, package)]
    while waiting:
        source, inside = waiting.pop()
        for name in _imported(source.suffix, code[source], inside):
            for whole, spec in _specs(name, home, package.partition(".")[0]):
                if spec.origin is None or not spec.has_location or Path(spec.origin) in code:
                    continue
                code[Path(spec.origin)] = Path(spec.origin).read_bytes()
                is_package = spec.submodule_search_locations is not None
                waiting.append((Path(spec.origin), whole if is_package else whole.rpartition(".")[0]))
    return code


def _name_from(home: Path, file: Path) -> str:
    return file.relative_to(home).as_posix() if file.is_relative_to(home) else file.name


def _imported(suffix: str, code: bytes, package: str) -> Iterator[str]:
    """Yield the dotted names of all that a module imports.

    A bot that was named as a file belongs to a package without a name: what it imports from there begins with a dot.
    """
    if suffix != ".py":
        return
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # whoever runs it says so
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node.module or "", node.level, package)
            yield from [f"{base}.{each.name}" for each in node.names]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            name = node.args[0].value
            if called in ("import_module", "__import__") and isinstance(name, str):
                yield _absolute(name.lstrip("."), len(name) - len(name.lstrip(".")), package)


def _absolute(name: str, level: int, package: str) -> str:
    """Return the whole name of what is imported `level` packages above a module of `package`."""
    if level == 0:
        return name
    parents = package.split(".")
    base = ".".join(parents[: len(parents) - level + 1])
    return f"{base}.{name}" if name else base


def _specs(name: str, home: Path, own: str) -> Iterator[tuple[str, ModuleSpec]]:
    """Yield the modules of the bot that importing a dotted name loads, each with its whole name: a, a.b, a.b.c."""
    first, *rest = name.split(".")
    whole = first
    if first:
        spec = PathFinder.find_spec(first, [str(home)]) if first == own else find_beside(first, [str(home)])
    else:  # the folder of the bot's file
        spec = ModuleSpec("", None, is_package=True)
        spec.submodule_search_locations = [str(home)]
        if (init := home / "__init__.py").is_file():
            spec.origin, spec.has_location = str(init), True
    while spec is not None:
        yield whole, spec
        if not rest or spec.submodule_search_locations is None:
            return
        part = rest.pop(0)
        whole = f"{whole}.{part}"
        spec = PathFinder.find_spec(part, list(spec.submodule_search_locations))
