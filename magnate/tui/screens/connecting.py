"""Before there is a server to play on: what the app waits for, and why there is none."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Label

from magnate.texts.lobby import lobby
from magnate.tui import messages


class ConnectingScreen(Screen[None]):
    """Says what the app waits for."""

    def __init__(self, text: str) -> None:
        super().__init__(classes="lobby")
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out one line."""
        yield Label(self._text, id="connecting", markup=False)


class NoServerScreen(Screen[None]):
    """Says why there is no server to play on, and offers to try again."""

    def __init__(self, why: str, lang: str, *, damaged: bool = False) -> None:
        """Take the reason, the language, and whether what keeps the player out is a damaged file of sessions."""
        super().__init__(classes="lobby dialog")
        self._damaged = damaged
        self._why = why
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out what went wrong, and two ways on."""
        with Vertical(classes="box"):
            yield Label(self._why, classes="text", markup=False)
            with Horizontal(id="buttons"):
                if self._damaged:
                    yield Button(lobby("sign_in_again", self._lang), variant="primary", id="aside")
                yield Button(lobby("retry", self._lang), variant="primary", id="retry")
                yield Button(lobby("quit", self._lang), id="quit")

    def on_mount(self) -> None:
        """Begin on trying again."""
        self.query_one("#retry").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id in ("retry", "aside"):
            self.post_message(messages.Retry(put_sessions_aside=event.button.id == "aside"))
        else:
            self.app.exit(2)
