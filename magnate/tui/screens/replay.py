"""A replay: the same board on a recorded game; step, play, jump, faster and slower."""

from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer

from magnate.engine.phases import Phase
from magnate.engine.record import Record, lines_of, read_record
from magnate.errors import MagnateError
from magnate.system.folders import expanded
from magnate.texts.game import game
from magnate.tui.context import Context
from magnate.tui.dialogs.lobby import LineDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.playing.reel import BUTTONS, Reel
from magnate.tui.screens.table import TableScreen

SPEEDS: Final = (0.5, 1, 2, 4, 8, 16)
"""Moves a second."""
NORMAL: Final = 1
"""The place in SPEEDS that one begins at."""

_KEYS: Final[dict[str, str]] = {
    "play": "space",
    "on": "right",
    "back": "left",
    "turn_on": "down",
    "turn_back": "up",
    "first": "home",
    "last": "end",
    "faster": "plus",
    "slower": "minus",
    "jump": "j",
}


def load_record(path: str) -> Record:
    """Read a record file; what is whole of a damaged one is shown.

    Raises:
        MagnateError: the file cannot be read, or is no record.
    """
    try:
        with expanded(Path(path)).open("rb") as lines:
            return read_record(lines_of(lines), path, recover=True)
    except OSError as error:
        raise MagnateError(f"{path}: {error.strerror or error}") from error


class ReplayScreen(TableScreen):
    """Walks through the states of a recorded game; arrow keys scrub, so that the cursor is moved by the mouse here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # The arrows would move the cursor of the board, which has the focus.
        Binding(
            _KEYS[name], f"replay('{name}')", f"replay_{name}", show=name != "jump", priority=True, id=f"replay.{name}"
        )
        for name in BUTTONS
    ]

    def __init__(self, context: Context, record: Record) -> None:
        self.reel = Reel(record, context.preferences.lang)
        super().__init__(context, self.reel)
        self._speed = NORMAL
        self._player: Timer | None = None

    def on_mount(self) -> None:
        """Begin at the beginning."""
        super().on_mount()
        self.begin(self.state, self.reel.record.header.names, -1, _levels(self.reel.record))
        self.call_after_refresh(self.show_table)
        if self.reel.record.fault is not None:
            self.notify(str(self.reel.record.fault), severity="warning", markup=False, timeout=10)

    def keys(self) -> dict[str, str]:
        """Return the keys of the buttons."""
        found = {}
        for active in self.active_bindings.values():
            if active.binding.id is not None and active.binding.id.startswith("replay."):
                found[active.binding.id.removeprefix("replay.")] = self.app.get_key_display(active.binding)
        return found

    def status(self) -> str:
        """Return which move it is, and how fast it goes."""
        speed = game("replay_speed", self.lang, count=SPEEDS[self._speed])
        playing = self.say("replay_playing" if self._player is not None else "replay_paused")
        at = self.say("replay_at", number=self.reel.at, last=self.reel.last)
        return " · ".join((at, playing, speed, *self.told[-1:]))

    @on(ActionsPanel.Taken)
    def clicked(self, event: ActionsPanel.Taken) -> None:
        """Press a button."""
        self.action_replay(event.offer.name)

    def action_replay(self, button: str) -> None:
        """Do what a button says."""
        match button:
            case "play":
                self._play(self._player is None)
            case "on":
                self._step()
            case "faster" | "slower":
                change = 1 if button == "faster" else -1
                self._speed = min(max(self._speed + change, 0), len(SPEEDS) - 1)
                self._play(self._player is not None)
            case "jump":
                self._ask_where()
            case _:
                self.go_to(self.reel.target(button))
        self.show_status()

    def go_to(self, number: int) -> None:
        """Show the game after so many moves, at once."""
        self.reel.at = min(max(number, 0), self.reel.last)
        self.telling.forget()
        self.begin(self.state, self.reel.record.header.names, -1, _levels(self.reel.record))
        first = max(self.reel.at - 50, 0)
        if self._motion is not None:
            self._motion.path = frozenset()
            self._motion.dice = None
        assert self.people is not None
        for step in self.reel.steps[first : self.reel.at]:
            self.telling.events(step.events, self.people)
        if self.reel.at and self._motion is not None:
            self._motion.start(self.state, self.reel.steps[self.reel.at - 1].events, animated=False)
        self.show_table()

    def _step(self) -> None:
        """Show the next move."""
        if not self.stays:
            return
        if self.reel.at == self.reel.last:
            self._play(False)
            return
        self.reel.at += 1
        step = self.reel.steps[self.reel.at - 1]
        self.happened(step.events)
        if self.board.cursor != step.after.position[step.move.seat]:
            self.board.cursor = step.after.position[step.move.seat]
        if step.after.phase is Phase.END_GAME and self.people is not None:
            self._play(False)
            self.app.push_screen(ResultsDialog(step.after, self.people, self.reel.worths), self._looked)

    def _looked(self, where: str | None) -> None:
        if where == "home":
            self.action_leave()

    def _play(self, on: bool) -> None:
        if self._player is not None:
            self._player.stop()
            self._player = None
        if on:
            self._player = self.set_interval(1 / SPEEDS[self._speed], self._step)
        self.show_status()

    def _ask_where(self) -> None:
        last = self.reel.last
        words = (
            self.say("replay_jump"),
            self.say("replay_number", last=last),
            self.say("replay_go"),
            self.say("cancel"),
        )
        self.app.push_screen(LineDialog(*words), self._jump)

    def _jump(self, text: str | None) -> None:
        if text is not None and text.isdecimal():
            self.go_to(int(text))


def _levels(record: Record) -> dict[int, str]:
    """Return the levels of the bots by seat, where a server noted them in the record."""
    noted = record.header.extra.get("bot_levels")
    levels = noted if isinstance(noted, dict) else {}
    found = {seat: levels.get(str(seat)) for seat in range(record.header.start.seats)}
    return {seat: level for seat, level in found.items() if isinstance(level, str)}
