"""A program as a bot of Magnate: each decision is a question to it, and its answer the action."""

import atexit
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from magnate.bots.base import Bot
from magnate.bots.errors import BotFault, FaultKind
from magnate.engine.actions import Action
from magnate.engine.view import GameView
from magnate.programs.messages import BadLine, Decide, GameOver, NewGame, read_action
from magnate.programs.process import SECONDS, Crew, Program, ProgramEnded, ProgramSilent
from magnate.protocol.choices import choices
from magnate.protocol.game import Snapshot
from magnate.protocol.refusal import Refusal
from magnate.protocol.seating import Seating
from magnate.protocol.snapshot import snapshot
from magnate.protocol.translate import to_engine_action
from magnate.texts.refusals import refusal

CREW: Final = Crew()
"""The programs of this process."""
atexit.register(CREW.close)

NO_DATE: Final = "1970-01-01T00:00:00Z"
"""When a game of bots began: the same for all, so that the same seed gives the same lines."""

_FAULTS: Final[dict[type[BaseException], FaultKind]] = {
    ProgramEnded: FaultKind.ENDED,
    ProgramSilent: FaultKind.TOO_SLOW,
    BadLine: FaultKind.NO_ACTION,
}


class ProgramBot(Bot):
    """A program of its own in any language, asked over stdin and stdout."""

    def __init__(self, seed: int = 0, *, command: str = "", folder: str = ".") -> None:
        """Take a program that is free, or start one.

        Args:
            seed: what the program is told that its chance should follow from.
            command: program and arguments.
            folder: where it works.

        Raises:
            ValueError: it cannot be started, or does not say hello.
        """
        super().__init__(seed)
        self._seed = seed
        self._folder = Path(folder)
        self._seating: Seating | None = None
        self._program: Program | None = CREW.take(command, self._folder)
        self.name = self._program.name
        """What the program calls itself; may be empty."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Ask the program.

        Raises:
            BotFault: it ended, kept silent, or answered what is no action.
        """
        program = self._program
        if program is None:
            raise BotFault(FaultKind.ENDED, "its process was ended for an earlier fault")
        try:
            return self._ask(program, view)
        except BaseException as error:
            # Nobody knows what it would say next, after a time limit of the run neither.
            self._program = None
            CREW.drop(program)
            kind = _FAULTS.get(type(error))
            if kind is None:
                raise
            raise BotFault(kind, str(error)) from error

    def _ask(self, program: Program, view: GameView) -> Action:
        seating = self._seating or self._begin(program, view)
        number = program.next_number()
        program.tell(Decide(number, self._seen(seating, view), choices(seating, view, view.viewer)))
        command = read_action(program.answer(SECONDS), number)
        action = to_engine_action(command, seating.seat_of, view.position[view.viewer])
        if isinstance(action, Refusal):
            raise BadLine(f"answered a trade that cannot be: {refusal(action.message, 'en')}")
        return action

    def say(self, line: bytes) -> None:
        """Send the program a line as it is, with its end."""
        if self._program is not None:
            self._program.say(line)

    def game_over(self, view: GameView) -> None:
        """Tell the program, and let it wait for the next game."""
        program, self._program = self._program, None
        if program is None:
            return
        if self._seating is not None:
            program.tell(GameOver(self._seen(self._seating, view)))
        CREW.give_back(program, self._folder)

    def __del__(self) -> None:
        # A bot that was made to be looked at, or whose game was broken off.
        program = getattr(self, "_program", None)
        if program is not None:
            CREW.give_back(program, self._folder)

    def _begin(self, program: Program, view: GameView) -> Seating:
        users = tuple(range(1, view.seats + 1))
        self._seating = Seating(1, users, tuple([f"user{user}" for user in users]), NO_DATE)
        me = users[view.viewer]
        program.tell(NewGame(me, users, view.settings.max_rounds, self._seed))
        return self._seating

    def _seen(self, seating: Seating, view: GameView) -> Snapshot:
        return snapshot(seating, view, view.viewer, seq=0, deadline=None)
