"""The records of a run's games, one file each (`--record DIR`)."""

import os
from pathlib import Path

from magnate.simulation.errors import OutputError
from magnate.simulation.results.game_result import GameResult
from magnate.system.files import write_whole


class RecordFolder:
    """A folder that gets one record a game: `game-000001.jsonl` and so on."""

    def __init__(self, path: Path, played: int | None = None) -> None:
        """Use the folder at `path`, made if it is missing.

        Args:
            path: the folder.
            played: how many games a run has that goes on, whose records must be there; None for a new run, for which
                there must be none.

        Raises:
            OutputError: it cannot be written, or has not the records that it must have.
        """
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            if played is None and any(path.glob("game-*.jsonl")):
                raise OutputError(path, "this folder has records already; name another one")
            missing = [game for game in range(1, (played or 0) + 1) if not self._file(game).exists()]
            if missing:
                raise OutputError(path, f"this folder lacks the record of game {missing[0]:,}, which was played before")
            if not os.access(path, os.W_OK | os.X_OK):
                raise OutputError(path, "this folder cannot be written")
        except FileExistsError:
            raise OutputError(path, "this is a file, not a folder") from None
        except OSError as error:
            raise OutputError(path, error.strerror or str(error)) from error

    def _file(self, game: int) -> Path:
        return self.path / f"game-{game:06}.jsonl"

    def write(self, game: GameResult) -> None:
        """Write the record of one game; after a crash it is there as a whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        file = self._file(game.game)
        try:
            write_whole(file, (game.record or "").encode())
        except OSError as error:
            raise OutputError(file, error.strerror or str(error)) from error
