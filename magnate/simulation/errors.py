"""What the simulator refuses.

The tree of errors::

    MagnateError
    └── SimulationError
        ├── SettingsError      flags that do not go together, or a value out of range
        ├── OutputError        a file or folder that cannot be written, or belongs to somebody else (`path`)
        │   ├── DatabaseLocked     another program holds the database of results
        │   └── SameRun            its games are in the database already (`run`)
        └── WorkerError        a process or machine cannot play games
            └── GoneError      a process that played games is gone
"""

from pathlib import Path

from magnate.errors import MagnateError
from magnate.system.children import how_it_ended


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


class DatabaseLocked(OutputError):
    """Another program holds the database of results; nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another program holds this database")


class SameRun(OutputError):
    """The database has a run of the same settings, seed and code, so the games of this one are in it already."""

    def __init__(self, path: Path, run: int) -> None:
        super().__init__(
            path,
            f"run {run} has the same settings and seed, so every game would be in the database twice; go on with it "
            "(--resume), choose another --seed, or use --again",
        )
        self.run = run
        """The run that is there."""


class WorkerError(SimulationError):
    """A process or machine that was to play games cannot."""

    exit_code = 1


class GoneError(WorkerError):
    """A process that played games is gone."""

    def __init__(self, status: int | None, game: int | None = None) -> None:
        super().__init__(status, game)
        self.status = status
        """What it exited with, or minus the signal that ended it; None where that is not known."""
        self.game = game
        """The game that ended it, where that is known."""

    def __str__(self) -> str:
        where = f" in game {self.game:,}" if self.game is not None else ""
        how = how_it_ended(self.status)
        return f"a process that played games is gone{where} ({how}): it ran out of memory, or a bot ended it"
