"""The modules of one bot file: what it imports from beside it is its own, whatever other bots import by the same name.

While its code runs, `sys.modules` and `sys.path` hold what they would hold if the bot were alone in the process; after
that they are as before. An import that its code does at another time (in a thread of its own, or when a bot is called
without the referee) finds the same modules, because each of its modules has an `__import__` of its own.

Private is what is found in the bot's folder, or in a folder that the bot adds to `sys.path`. The standard library,
Magnate and installed packages are shared.
"""

import builtins
import sys
import sysconfig
import threading
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader, all_suffixes
from importlib.util import LazyLoader, module_from_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Self

from magnate.bots.foreign.generators import seed_late

LOCK: Final = threading.RLock()
"""Held by the thread that runs the code of other people's bots: modules and generators of chance are the process's."""

PACKAGE: Final = "magnate_bot_"
"""What the name of the package begins with that the folder of a bot's file is; a number in hexadecimal follows."""

_NEVER_PRIVATE: Final = frozenset({*sys.stdlib_module_names, "magnate", "__main__"})
_INSTALLED: Final = frozenset(sysconfig.get_paths().values())


def is_installed(folder: str) -> bool:
    """Return whether a folder holds installed packages, which all bots share."""
    return folder in _INSTALLED or Path(folder).name in ("site-packages", "dist-packages")


def find_beside(name: str, folders: Sequence[str]) -> ModuleSpec | None:
    """Return where a top-level module is that a bot has in one of its folders, or None.

    Raises:
        Exception: whatever a finder of the user's program raises.
    """
    if name in _NEVER_PRIVATE:
        return None
    spec = PathFinder.find_spec(name, [folder for folder in folders if not is_installed(folder)])
    if spec is None or spec.loader is not None:
        return spec
    # A folder without `__init__.py` is a package only where there is no real one of that name.
    others = (finder.find_spec(name, None) for finder in sys.meta_path if not isinstance(finder, BotModules))
    if any(other is not None and other.loader is not None for other in others):
        return None
    spec.submodule_search_locations = list(spec.submodule_search_locations or ())
    return spec


class BotModules(MetaPathFinder):
    """The modules of one bot file; a finder, which is asked first while they are installed."""

    _installed: "BotModules | None" = None
    """Whose modules Python sees now."""

    def __init__(self, file: Path, package: str, code: Mapping[Path, bytes]) -> None:
        """Begin with nothing loaded.

        Args:
            file: the bot's file.
            package: what the bot's folder is called, which must be unique in the process.
            code: what stands in its files: an edit while the bot plays changes nothing.
        """
        self.file = file
        self.package = package
        self.code = code
        self._home = str(file.parent)
        self._folders = [self._home]
        self._beside = _names_in(self._home)
        self._private: set[str] = set()
        self._modules: dict[str, ModuleType] = {}
        self._hidden: dict[str, ModuleType] = {}
        self._path: list[str] = []
        self._finders: list[Any] = []
        self._before: list[BotModules | None] = []
        self._builtins = {**vars(builtins), "__import__": self._import}

    def load(self) -> ModuleType:
        """Run the bot's file and return its module, which stays in `sys.modules` under a name of its own.

        Raises:
            BaseException: whatever the file raises; nothing of it stays.
        """
        # The folder is a package, so that the file may say `from . import x`. Its `__init__.py` runs when it does.
        init = self.file.parent / "__init__.py"
        loader = _Loader(self, self.package, str(init)) if init.is_file() else None
        lazy = LazyLoader(loader) if loader is not None and self.file != init else loader
        package = ModuleSpec(self.package, lazy, origin=str(init) if loader else None, is_package=True)
        package.has_location = loader is not None
        package.submodule_search_locations = [self._home]
        with self:
            try:
                module = _run(package)
                if self.file != init:
                    name = f"{self.package}.{self.file.stem.replace('.', '_')}"
                    spec = ModuleSpec(name, _Loader(self, name, str(self.file)), origin=str(self.file))
                    spec.has_location = True
                    module = _run(spec)
            except BaseException:
                for name in [name for name in sys.modules if f"{name}.".startswith(f"{self.package}.")]:
                    del sys.modules[name]
                raise
        return module

    def files(self) -> set[Path]:
        """Return the bot's file and those of all private modules that are loaded."""
        own = [module for name, module in list(sys.modules.items()) if name.startswith(f"{self.package}.")]
        files = [vars(module).get("__file__") for module in [*own, *self._modules.values()]]
        return {self.file, *[Path(file) for file in files if isinstance(file, str)]}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a private module is; None for all others."""
        top = fullname.partition(".")[0]
        if path is None:
            spec = find_beside(fullname, [folder for folder in sys.path if folder not in self._path])
        elif top in self._private or top == self.package:
            spec = PathFinder.find_spec(fullname, path)
        else:
            return None
        if spec is None:
            return None
        if isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(self, fullname, spec.loader.path)
        if top != self.package:
            self._private.add(fullname)
        return spec

    def adopt(self, module: ModuleType) -> None:
        """Let the code of a module import what the bot has, whenever it runs."""
        vars(module)["__builtins__"] = self._builtins

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        """Import as Python does, but from what the bot has; its modules call this as `__import__`."""
        if BotModules._installed is self:
            # No lock: a decision may wait for a thread of its own that imports.
            module = builtins.__import__(name, globals, locals, fromlist, level)
            seed_late()
            return module
        with self:
            return builtins.__import__(name, globals, locals, fromlist, level)

    def __enter__(self) -> Self:
        LOCK.acquire()
        self._before.append(BotModules._installed)
        _switch(BotModules._installed, self)
        return self

    def __exit__(self, *_: object) -> None:
        _switch(self, self._before.pop())
        LOCK.release()

    def put_in(self) -> None:
        """Let Python see these modules."""
        self._path = sys.path[:]
        sys.path.extend([folder for folder in self._folders if folder not in self._path])
        tops = self._beside & sys.modules.keys()
        if tops:
            self._hidden = {name: found for name, found in sys.modules.items() if name.partition(".")[0] in tops}
            for name in self._hidden:
                del sys.modules[name]
        sys.modules.update(self._modules)
        self._finders = sys.meta_path[:]
        sys.meta_path.insert(0, self)
        BotModules._installed = self

    def take_out(self) -> None:
        """Put these modules by, and let Python see what it saw before."""
        BotModules._installed = None
        # Packages that all share may add a finder, which stays.
        known = (*self._finders, self)
        sys.meta_path[:] = [*self._finders, *[finder for finder in sys.meta_path if finder not in known]]
        self._folders = [self._home, *[f for f in sys.path if f not in self._path and f != self._home]]
        sys.path[:] = self._path
        self._modules = {name: sys.modules.pop(name) for name in self._private if name in sys.modules}
        sys.modules.update(self._hidden)
        self._hidden = {}


class _Loader(SourceFileLoader):
    """Loads a private module from its source."""

    def __init__(self, owner: BotModules, name: str, path: str) -> None:
        super().__init__(name, path)
        self._owner = owner

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code."""
        self._owner.adopt(module)
        super().exec_module(module)

    def get_data(self, path: str) -> bytes:
        """Return what stands in a file, or stood there when the bot was asked for."""
        code = self._owner.code.get(Path(path))
        return super().get_data(path) if code is None else code

    def path_stats(self, path: str) -> Mapping[str, object]:
        """Know nothing, so that no bytecode is kept: Python takes an edit within a second for none."""
        raise OSError


def _run(spec: ModuleSpec) -> ModuleType:
    module = module_from_spec(spec)
    # A module looks itself up while it runs (dataclasses do).
    sys.modules[spec.name] = module
    if spec.loader is not None:
        spec.loader.exec_module(module)
    return module


def _switch(now: BotModules | None, to: BotModules | None) -> None:
    if now is to:
        return
    if now is not None:
        now.take_out()
    if to is not None:
        to.put_in()


def _names_in(folder: str) -> frozenset[str]:
    """Return the names of the modules and packages in a folder that are the bot's own."""
    if is_installed(folder):
        return frozenset()
    files = [each.name for each in Path(folder).iterdir()]
    modules = [name.partition(".")[0] for name in files if name.endswith(tuple(all_suffixes()))]
    packages = [name for name in files if Path(folder, name, "__init__.py").is_file()]
    return frozenset({*modules, *packages}) - _NEVER_PRIVATE
