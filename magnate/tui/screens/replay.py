"""A replay: the same board on a recorded game; step, play, jump, faster and slower."""

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer

from magnate.engine.phases import Phase
from magnate.engine.record import Record, Step, lines_of, read_record, replay
from magnate.engine.state import State
from magnate.errors import MagnateError
from magnate.system.folders import expanded
from magnate.texts.game import game
from magnate.tui.context import Context
from magnate.tui.dialogs.lobby import LineDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.log import Log
from magnate.tui.screens.table import TableScreen
from magnate.tui.words.offers import Offer
from magnate.tui.words.worths import worths

SPEEDS: Final = (0.5, 1, 2, 4, 8, 16)
"""Moves a second."""
NORMAL: Final = 1
"""The place in SPEEDS that one begins at."""

_BUTTONS: Final = ("play", "on", "back", "turn_on", "turn_back", "first", "last", "faster", "slower", "jump")
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
        for name in _BUTTONS
    ]

    def __init__(self, context: Context, record: Record) -> None:
        super().__init__(context)
        self.record = record
        self._steps: list[Step] = list(replay(record))
        self._starts = [0, *(step.number for step in self._steps if step.after.round > step.before.round)]
        """How many moves are done at the beginning of each round."""
        self._worths = worths(self._steps)
        self._at = 0
        """How many moves are done."""
        self._speed = NORMAL
        self._player: Timer | None = None

    @property
    def state(self) -> State:
        """The game after the moves that are done."""
        return self._steps[self._at - 1].after if self._at else self.record.header.start

    @property
    def at(self) -> int:
        """How many moves are done."""
        return self._at

    def on_mount(self) -> None:
        """Begin at the beginning."""
        super().on_mount()
        self.begin(self.state, self.record.header.names, -1, _levels(self.record))
        self.call_after_refresh(self.show_table)
        if self.record.fault is not None:
            self.notify(str(self.record.fault), severity="warning", markup=False, timeout=10)

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth at the beginning of each round so far."""
        return self._worths[: bisect_right(self._starts, self._at)]

    def offers(self) -> Sequence[Offer]:
        """Return the buttons of the replay, for who has a mouse."""
        return [Offer(name, self.say(f"replay_{name}")) for name in _BUTTONS]

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
        at = self.say("replay_at", number=self._at, last=len(self._steps))
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
                self.go_to(self._target(button))
        self.show_status()

    def _target(self, button: str) -> int:
        """Return how many moves are done where a button leads to."""
        last = len(self._steps)
        if button in ("first", "last"):
            return 0 if button == "first" else last
        if button == "back":
            return max(self._at - 1, 0)
        turn = self.state.turn
        if button == "turn_on":
            return next((step.number for step in self._steps[self._at :] if step.after.turn > turn), last)
        before = [step.number for step in self._steps[: max(self._at - 1, 0)] if step.after.turn > step.before.turn]
        return before[-1] if before else 0

    def go_to(self, number: int) -> None:
        """Show the game after so many moves, at once."""
        self._at = min(max(number, 0), len(self._steps))
        self.chronicle.forget()
        self.query_one("#log", Log).forget()
        self.begin(self.state, self.record.header.names, -1, _levels(self.record))
        first = max(self._at - 50, 0)
        if self._motion is not None:
            self._motion.path = frozenset()
            self._motion.dice = None
        for step in self._steps[first : self._at]:
            self.tell_events(step.events)
        if self._at and self._motion is not None:
            self._motion.start(self.state, self._steps[self._at - 1].events, animated=False)
        self.show_table()

    def _step(self) -> None:
        """Show the next move."""
        if self._at == len(self._steps):
            self._play(False)
            return
        self._at += 1
        step = self._steps[self._at - 1]
        self.happened(step.events)
        if self.board.cursor != step.after.position[step.move.seat]:
            self.board.cursor = step.after.position[step.move.seat]
        if step.after.phase is Phase.END_GAME and self.people is not None:
            self._play(False)
            self.app.push_screen(ResultsDialog(step.after, self.people, self._worths), self._looked)

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
        last = len(self._steps)
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
