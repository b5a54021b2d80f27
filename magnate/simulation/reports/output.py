"""What stands on stdout, in each format: figures at the end, or every game as it comes in."""

import msgspec

from magnate.simulation.figures.report import Report
from magnate.simulation.reports.csv import write_header, write_rows
from magnate.simulation.reports.json import write_json
from magnate.simulation.reports.ndjson import game_line, write_line
from magnate.simulation.reports.table import print_game, print_report
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.settings import Format
from magnate.system.streams import expect_data, output


class Output:
    """Writes results to stdout."""

    def __init__(self, format: Format, *, timing: bool = False, every_square: bool = True) -> None:
        """Write in `format`; `timing` adds what depends on the clock, `every_square` lists squares in tables."""
        self.format = format
        self._timing = timing
        self._every_square = every_square
        if format is not Format.TABLE:
            expect_data()

    @property
    def streams(self) -> bool:
        """Whether something is written while games are being played."""
        return self.format in (Format.CSV, Format.NDJSON)

    def begin(self) -> None:
        """Write what stands before the first game."""
        if self.format is Format.CSV:
            output().write(write_header(self._timing))

    def game(self, game: GameResult) -> None:
        """Write one game, where games are written, for who reads along."""
        if self.format is Format.CSV:
            output().write(write_rows(game, self._timing))
            output().flush()
        elif self.format is Format.NDJSON:
            output().write(write_line(game, self._timing))
            output().flush()

    def end(self, report: Report) -> None:
        """Write the figures, where figures are written."""
        if self.format is Format.TABLE:
            print_report(report, every_square=self._every_square)
        elif self.format is Format.JSON:
            output().write(write_json(report))

    def alone(self, game: GameResult) -> None:
        """Write one game that was played alone."""
        self.begin()
        self.game(game)
        if self.format is Format.TABLE:
            print_game(game)
        elif self.format is Format.JSON:
            line = msgspec.json.encode(game_line(game, self._timing))
            output().write(msgspec.json.format(line, indent=2).decode() + "\n")
