"""A question that is answered with yes or no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Label

from magnate.engine.view import GameView
from magnate.texts import in_language
from magnate.texts.game import YES
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.offers import plays
from magnate.tui.words.people import People


class ConfirmDialog(GameDialog[bool]):
    """Asks before what cannot be taken back; the texts are `<what>_title`, `_text`, `_yes` and `_no` of GAME."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "yes", show=False, id="confirm.yes"),
        Binding("n", "cancel", "no", show=False, id="confirm.no"),
    ]

    def __init__(self, what: str, people: People, *, why: str = "", sure: bool = False) -> None:
        """Take what is asked, and why it is asked now; `sure` begins on yes, where nothing else is left to do."""
        super().__init__(people)
        self._what = what
        self._why = why
        self._sure = sure

    def asked(self, view: GameView) -> bool:
        """Say whether the player is still in the game."""
        return plays(view)

    def title_text(self) -> str:
        """Return the question."""
        return self.people.say(f"{self._what}_title")

    def body(self) -> ComposeResult:
        """Lay out why it is asked, and what it would mean."""
        if self._why:
            yield Label(self._why, classes="text", markup=False)
        yield Label(self.people.say(f"{self._what}_text"), classes="text")

    def buttons(self) -> ComposeResult:
        """Lay out yes and no."""
        say, yes = self.people.say, in_language(YES, self.people.lang)
        yield Button(f"{yes.upper()}  {say(f'{self._what}_yes')}", variant="error", id="yes")
        yield Button(f"N  {say(f'{self._what}_no')}", id="cancel")

    def on_mount(self) -> None:
        """Begin on no, unless nothing else is left."""
        self.query_one("#yes" if self._sure else "#cancel").focus()

    def action_yes(self) -> None:
        """Answer with yes."""
        self.dismiss(True)

    def pressed(self, button: str) -> None:
        """Answer with yes."""
        self.dismiss(True)
