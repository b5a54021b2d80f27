"""The emojis that a player owns."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from magnate.engine.view import GameView
from magnate.texts.game import emoji
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.offers import plays
from magnate.tui.words.people import People


class EmojiDialog(GameDialog[int]):
    """Answers with the item id of the emoji to send."""

    def __init__(self, owned: Sequence[int], people: People) -> None:
        """Take the item ids that the player owns."""
        super().__init__(people)
        self._owned = owned

    def asked(self, view: GameView) -> bool:
        """Say whether the player is still in the game."""
        return plays(view)

    def title_text(self) -> str:
        """Return what this is."""
        return self.people.say("emoji_title")

    def body(self) -> ComposeResult:
        """Lay out the emojis."""
        if self._owned:
            yield OptionList(*[Option(emoji(item), id=str(item)) for item in self._owned], id="emojis")
        else:
            yield Label(self.people.say("emoji_none"), classes="text")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one("#emojis" if self._owned else "#cancel").focus()

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the emoji."""
        self.dismiss(int(str(event.option_id)))
