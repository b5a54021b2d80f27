"""The choice between the fantasy card that is shown and an unseen one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Label

from magnate.engine.actions import TAKE_SHOWN_CARD, TAKE_UNSEEN_CARD, Action
from magnate.engine.view import GameView, sentence, why_not
from magnate.texts.cards import card_effect, card_title
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.people import People


class FantasyDialog(GameDialog[Action]):
    """Shows the card, and answers with the choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "take('buy')", "card_buy", show=False, id="fantasy.buy"),
        Binding("u", "take('unseen')", "card_unseen", show=False, id="fantasy.unseen"),
    ]

    def __init__(self, view: GameView, people: People) -> None:
        super().__init__(people)
        assert view.card is not None
        self._card = view.card
        self._reason = why_not(view, view.viewer, TAKE_SHOWN_CARD)

    def title_text(self) -> str:
        """Return the title of the card."""
        return card_title(self._card, self.people.lang)

    def body(self) -> ComposeResult:
        """Lay out what the card does."""
        yield Label(card_effect(self._card, self.people.lang), classes="text")
        if self._reason is not None:
            yield Label(sentence(self._reason, self.people.lang), classes="why")

    def buttons(self) -> ComposeResult:
        """Lay out both choices."""
        buy = self.people.say("card_buy", price=self._card.price)
        yield Button(f"B  {buy}", variant="primary", id="buy", disabled=self._reason is not None)
        yield Button(f"U  {self.people.say('card_unseen')}", id="unseen")

    def on_mount(self) -> None:
        """Begin on the choice that costs nothing."""
        self.query_one("#unseen").focus()

    def action_take(self, choice: str) -> None:
        """Take a choice by its key."""
        if not self.query_one(f"#{choice}", Button).disabled:
            self.pressed(choice)

    def pressed(self, button: str) -> None:
        """Answer with the choice."""
        self.dismiss(TAKE_SHOWN_CARD if button == "buy" else TAKE_UNSEEN_CARD)
