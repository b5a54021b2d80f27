"""The line that keeps clock, turn and event in sight above what covers the board."""

from typing import Protocol, runtime_checkable

from rich.text import Text
from textual.widgets import Static


@runtime_checkable
class ShowsNow(Protocol):
    """A screen of a game."""

    def now(self) -> Text:
        """Return whose turn it is, the time that is left, and the event of the moment."""


class NowLine(Static):
    """Stands above whatever covers the board; where there is no game below, it is not there."""

    def on_mount(self) -> None:
        """Begin to look at the game."""
        self.look()
        self.set_interval(0.5, self.look)

    def look(self) -> None:
        """Show the game as it is now."""
        game = next((screen for screen in self.app.screen_stack if isinstance(screen, ShowsNow)), None)
        self.display = game is not None
        if game is not None:
            self.update(game.now())
