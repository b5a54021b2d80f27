"""A question that is answered with yes or no."""

from textual.app import ComposeResult
from textual.widgets import Button, Label

from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People


class ConfirmDialog(GameDialog[bool]):
    """Asks before what cannot be taken back; the texts are `<what>_title`, `_text`, `_yes` and `_no` of GAME."""

    def __init__(self, what: str, people: People) -> None:
        super().__init__(people)
        self._what = what

    def title_text(self) -> str:
        """Return the question."""
        return self.people.say(f"{self._what}_title")

    def body(self) -> ComposeResult:
        """Lay out what it would mean."""
        yield Label(self.people.say(f"{self._what}_text"), classes="text")

    def buttons(self) -> ComposeResult:
        """Lay out yes and no."""
        yield Button(self.people.say(f"{self._what}_yes"), variant="error", id="yes")
        yield Button(self.people.say(f"{self._what}_no"), id="cancel")

    def on_mount(self) -> None:
        """Begin on no."""
        self.query_one("#cancel").focus()

    def pressed(self, button: str) -> None:
        """Answer with yes."""
        self.dismiss(True)
