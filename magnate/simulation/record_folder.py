"""The records of a run's games, one file each (`--record DIR`)."""

import os
from pathlib import Path

from magnate.simulation.errors import OutputError
from magnate.simulation.results import GameResult


class RecordFolder:
    """A folder that gets one record a game: `game-000001.jsonl` and so on."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        """Use the folder at `path`, made if it is missing.

        Raises:
            OutputError: it cannot be written, or has records already and the run is not one that goes on.
        """
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            if not resume and any(path.glob("game-*.jsonl")):
                raise OutputError(path, "this folder has records already; name another one")
            if not os.access(path, os.W_OK | os.X_OK):
                raise OutputError(path, "this folder cannot be written")
        except FileExistsError:
            raise OutputError(path, "this is a file, not a folder") from None
        except OSError as error:
            raise OutputError(path, error.strerror or str(error)) from error

    def write(self, game: GameResult) -> None:
        """Write the record of one game; after a crash it is there as a whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        file = self.path / f"game-{game.game:06}.jsonl"
        unfinished = file.with_suffix(".part")
        try:
            unfinished.write_text(game.record or "", encoding="utf-8", newline="\n")
            unfinished.replace(file)
        except OSError as error:
            raise OutputError(file, error.strerror or str(error)) from error
