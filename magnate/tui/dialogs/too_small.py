"""The page in place of a game that the window has no room for; it keeps all keys from what nobody can see."""

from textual import events
from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from magnate.texts.game import game
from magnate.tui.closing import ClosesOnce
from magnate.tui.panels.now import NowLine


def covers(app: App[object]) -> bool:
    """Whether the window is too small to show a game, so that nothing can be done in it."""
    return any(isinstance(screen, TooSmall) for screen in app.screen_stack)


class TooSmall(ClosesOnce[None], ModalScreen[None]):
    """Lies above everything of a game, with clock and turn, until the window has room again."""

    def __init__(self, least: tuple[int, int], lang: str) -> None:
        """Take the least columns and lines that are room enough."""
        super().__init__(id="too-small")
        self._least = least
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out what is missing, and what to do about it."""
        yield NowLine()
        yield Static("", id="missing", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say how large the window is now, or go."""
        self._look()

    def on_screen_resume(self) -> None:
        """Look at the window, which may have grown below another screen."""
        self._look()

    def _look(self) -> None:
        width, height = self.app.size
        least_width, least_height = self._least
        if width >= least_width and height >= least_height:
            self.dismiss(None)
            return
        sizes = {"width": width, "height": height, "least_width": least_width, "least_height": least_height}
        self.query_one("#missing", Static).update(game("too_small", self._lang, **sizes))
