"""Screens that close once."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

AnswerT = TypeVar("AnswerT")


class ClosesOnce(Screen[AnswerT]):
    """A screen that closes only while it lies on top.

    Textual takes away whatever lies on top, so that a second Enter, pressed before the first has closed a dialog, would
    close what is below as well.
    """

    @property
    def on_top(self) -> bool:
        """Whether no other screen lies above, nor has this one been taken away."""
        return self.app.screen_stack[-1:] == [self]

    @property
    def stays(self) -> bool:
        """Whether the screen has not been taken away; what it shows goes first, while the app closes, too.

        Whatever is called later (a worker, a timer, a callback) asks this before it touches what the screen shows.
        """
        return self.is_mounted and self.display and self in self.app.screen_stack

    def dismiss(self, result: AnswerT | None = None) -> AwaitComplete:
        """Close with an answer, unless that has happened or another screen lies above."""
        return super().dismiss(result) if self.on_top else AwaitComplete()
