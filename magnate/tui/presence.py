"""Notices that somebody is there (each key and click is told to the game that is open), and calls who is not."""

from typing import Protocol, runtime_checkable

from textual import events
from textual.app import App


@runtime_checkable
class Attended(Protocol):
    """A screen that wants to know that somebody is there."""

    def attended(self) -> None:
        """Be told of a key or a click."""


class PresenceApp(App[int]):
    """An app whose screens hear of every key and click, also of those that a dialog above them takes."""

    def call_player(self, sequence: str) -> None:
        """Write to the terminal, beside what is drawn there, what calls the player."""
        if self._driver is not None:
            self._driver.write(sequence)

    async def on_event(self, event: events.Event) -> None:
        """Tell the screens, then let the event go its way."""
        if isinstance(event, events.Key | events.MouseDown):
            for screen in self.screen_stack:
                if isinstance(screen, Attended):
                    screen.attended()
        await super().on_event(event)
