"""What the simulator refuses.

The tree of errors::

    MagnateError
    └── SimulationError
        ├── SettingsError      flags that do not go together, or a value out of range
        ├── OutputError        a file or folder that cannot be written, or belongs to somebody else (`path`)
        └── WorkerError        a process or machine that played games is gone
"""

from pathlib import Path

from magnate.errors import MagnateError


class SimulationError(MagnateError):
    """The root of the simulator's errors."""


class SettingsError(SimulationError):
    """Flags that do not go together, or a value out of range."""


class OutputError(SimulationError):
    """A file or folder for results that cannot be used; nothing was overwritten."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what)
        self.path = path
        """The file or folder."""
        self.what = what
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class WorkerError(SimulationError):
    """A process or machine that played games is gone."""

    exit_code = 1
