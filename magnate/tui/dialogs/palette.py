"""The command palette: Textual's, in the player's language, with the game in sight."""

from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette
from textual.widgets.option_list import Option

from magnate.texts.game import game
from magnate.tui.panels.now import NowLine


class Palette(CommandPalette):
    """Offers what may be done by name."""

    def __init__(self, lang: str) -> None:
        super().__init__(placeholder=game("palette_hint", lang), id="--command-palette")
        self._lang = lang

    def compose(self) -> ComposeResult:
        """Lay out the palette below the line about the game."""
        yield NowLine()
        yield from super().compose()

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say that nothing matches in words of our own; Textual has them in English only."""
        self._stop_no_matches_countdown()

        def nothing() -> None:
            self._list_visible = bool(search_value)
            if search_value:
                words = game("palette_none", self._lang)
                self.query_one(CommandList).add_option(Option(words, disabled=True, id=self._NO_MATCHES))

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, nothing)
