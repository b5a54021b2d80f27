"""One screen in an app of its own, which notes what the screen asks for."""

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from magnate.client.rest import RestClient
from magnate.tui import messages
from magnate.tui.context import Context
from magnate.tui.preferences.stored import Preferences
from magnate.tui.preferences.themes import THEMES

ASKS = (
    messages.SignedIn,
    messages.SignOut,
    messages.SessionOver,
    messages.Visit,
    messages.OpenGame,
    messages.PlayAgain,
    messages.PreferencesChanged,
    messages.Failed,
)


class Harness(App[int]):
    """Shows one screen; what it asks for is in `asked`."""

    CSS_PATH = None

    def __init__(self, screen: Screen[None]) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.asked: list[Message] = []
        self._first = screen

    def on_mount(self) -> None:
        self.push_screen(self._first)

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, ASKS):
            self.asked.append(message)
        await super()._on_message(message)


def context(rest: RestClient, lang: str = "en") -> Context:
    return Context(rest, Preferences(lang=lang), own_server=False)
