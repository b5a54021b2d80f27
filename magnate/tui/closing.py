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

    def dismiss(self, result: AnswerT | None = None) -> AwaitComplete:
        """Close with an answer, unless that has happened or another screen lies above."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
