"""How a run goes, on stderr while it is played: games, games a second, time left, win shares so far."""

from collections.abc import Sequence
from types import TracebackType
from typing import Final, Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from magnate.simulation.figures.totals import Totals

MOST_SHARES: Final = 6
"""Bots whose win shares fit beside the bar."""


class Display(Protocol):
    """Somewhere to show how a run goes."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away again."""

    def update(self, totals: Totals) -> None:
        """Show how far the run is."""


class NoDisplay:
    """Shows nothing: --quiet, or nobody is looking."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def update(self, totals: Totals) -> None:
        """Show nothing."""


class _GamesPerSecond(TextColumn):
    """The speed of the run."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f} games/s" if task.speed else "")


class ProgressBar:
    """A bar on stderr; drawn whenever games come in, so that it needs no thread (and processes may still fork)."""

    def __init__(self, games: int, already: int) -> None:
        """Begin a bar for `games` games, of which `already` were played before."""
        self._progress = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            _GamesPerSecond(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[shares]}", markup=False),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("games", total=games, completed=already, shares="")

    def __enter__(self) -> Self:
        self._progress.start()
        self._progress.refresh()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def update(self, totals: Totals) -> None:
        """Show how many games are done, and who wins how many of them."""
        shares = win_shares(totals, list(totals.bots)[:MOST_SHARES])
        self._progress.update(self._task, completed=totals.games, shares=shares, refresh=True)


def win_shares(totals: Totals, labels: Sequence[str]) -> str:
    """Return the win shares so far in one line: "expert 41 %  hard 28 %"."""
    scores = ((label, totals.bots[label].score) for label in labels)
    return "  ".join(f"{label} {100 * score.wins / score.games:.0f} %" for label, score in scores if score.games)
