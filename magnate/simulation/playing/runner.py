"""One game between bots: a pure function of the settings and the game's number."""

from collections.abc import Callable
from functools import partial
from io import StringIO
from time import perf_counter
from typing import Final

from magnate.bots.base import Bot
from magnate.bots.errors import BotError
from magnate.bots.foreign.generators import generators_kept
from magnate.bots.foreign.running import signals_noted
from magnate.bots.referee import Decision, Fault, decide, tell_end
from magnate.engine.actions import SURRENDER, Action, Surrender
from magnate.engine.chance import Chance, Recorder, Seeded
from magnate.engine.game import apply
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.recording import RecordWriter
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import State
from magnate.engine.statistics import COUNT
from magnate.simulation.playing.seating import lineup
from magnate.simulation.playing.seeds import bot_seed, decision_seed, game_seed
from magnate.simulation.playing.start import begin
from magnate.simulation.playing.tally import SquareTally
from magnate.simulation.results import game_result as results
from magnate.simulation.results.game_result import GameResult, SeatResult, Thinking
from magnate.simulation.settings import RunSettings

MOST_ACTIONS: Final = 1000
"""The most actions of one turn: to mortgage and to lift costs nothing, so a bot might do it for ever."""


def play_game(settings: RunSettings, game: int) -> GameResult:
    """Play game `game` (from 1) of a run to its end."""
    table = _Table(settings, game)
    if all(spec.is_built_in for spec in settings.bots):
        return table.play()
    with generators_kept(), signals_noted():
        return table.play()


class TableChance(Seeded):
    """Seeded chance at a table where the seats are the turn order, as who sits where is for the run to say."""

    def order(self, count: int) -> tuple[int, ...]:
        """Return the seats as they are."""
        return tuple(range(count))


class _Table:
    """One game as it is played."""

    def __init__(self, settings: RunSettings, game: int) -> None:
        self.settings = settings
        self.game = game
        self.seed = game_seed(settings.seed, game)
        self.specs = dict(zip(settings.seats, (settings.bots[who] for who in lineup(settings, game)), strict=True))
        self.chance: Chance = TableChance(self.seed)
        self.state = begin(settings, self.chance)
        self.record = _RecordText(self) if settings.record else None
        self.tally = SquareTally(self.state.board)
        self.bots: dict[int, Bot] = {}
        self.seeds: dict[int, Callable[[], int]] = {}
        self.actions = dict.fromkeys(settings.seats, 0)
        self.exits: dict[int, str] = {}
        self.faults: dict[int, str] = {}
        self.thinking = dict.fromkeys(settings.seats, Thinking(0, 0.0, 0.0))

    def play(self) -> GameResult:
        """Play to the end."""
        state = self.state
        self._make_bots()
        turn, in_turn = state.turn, 0
        while state.phase is not END_GAME:
            if state.turn != turn:
                turn, in_turn = state.turn, 0
            in_turn += 1
            seat = _who_acts(state)
            self._do(seat, self._choose(seat, in_turn))
        self._tell_end()
        return self._result()

    def _tell_end(self) -> None:
        for seat, bot in self.bots.items():
            fault = tell_end(bot, self.state, seat)
            if fault is not None:
                self.faults.setdefault(seat, fault.message)

    def _make_bots(self) -> None:
        for seat, spec in self.specs.items():
            try:
                self.bots[seat] = spec.make(bot_seed(self.settings.seed, self.game, seat))
                if not spec.is_built_in:
                    self.seeds[seat] = partial(self._seed, seat)
            except BotError as error:
                self.faults[seat] = str(error)

    def _choose(self, seat: int, in_turn: int) -> Action:
        """Return what the bot of `seat` does; for a fault it surrenders."""
        if in_turn > MOST_ACTIONS:
            self.faults[seat] = f"went on after {MOST_ACTIONS} actions in one turn"
        if seat in self.faults:
            return SURRENDER
        if self.settings.timing:
            start = perf_counter()
            decision = self._decide(seat)
            self._note_time(seat, perf_counter() - start)
        else:
            decision = self._decide(seat)
        if isinstance(decision, Fault):
            self.faults[seat] = decision.message
            return SURRENDER
        return decision

    def _decide(self, seat: int) -> Decision:
        return decide(self.bots[seat], self.state, seat, self.settings.bot_seconds, self.seeds.get(seat))

    def _seed(self, seat: int) -> int:
        return decision_seed(self.settings.seed, self.game, seat, self.actions[seat])

    def _note_time(self, seat: int, seconds: float) -> None:
        before = self.thinking[seat]
        self.thinking[seat] = Thinking(before.decisions + 1, before.seconds + seconds, max(before.longest, seconds))

    def _do(self, seat: int, action: Action) -> None:
        if isinstance(action, Surrender):
            in_debt = self.state.balance[seat] < 0
            self.exits[seat] = (
                results.FAULT if seat in self.faults else results.BANKRUPT if in_debt else results.SURRENDER
            )
        events = apply(self.state, seat, action, self.chance)
        if self.record is not None:
            self.record.move(seat, action, self.faults.get(seat))
        self.actions[seat] += 1
        self.tally.note(events)

    def _result(self) -> GameResult:
        state = self.state
        # A game that the limit ends has counted one round and one turn that nobody played.
        past_limit = 0 < state.settings.max_rounds < state.round
        return GameResult(
            game=self.game,
            seed=self.seed,
            rounds=state.round - past_limit,
            turns=state.turn - past_limit,
            actions=sum(self.actions.values()),
            seats=tuple([self._seat_result(seat) for seat in self.settings.seats]),
            squares=self.tally.counts(),
            thinking=tuple(self.thinking.values()) if self.settings.timing else None,
            record=self.record.end(state) if self.record is not None else None,
        )

    def _seat_result(self, seat: int) -> SeatResult:
        state = self.state
        return SeatResult(
            seat=seat,
            bot=self.specs[seat].label,
            worth=net_worth(state, seat),
            rank=_rank(state, seat),
            win=1 / len(state.winners) if seat in state.winners else 0.0,
            exit=self.exits.get(seat),
            actions=self.actions[seat],
            fault=self.faults.get(seat),
            statistics=tuple(state.stats[seat * COUNT : (seat + 1) * COUNT]),
        )


class _RecordText:
    """The record of a game, made while it is played."""

    def __init__(self, table: _Table) -> None:
        self.text = StringIO()
        self.chance = table.chance = Recorder(table.chance)
        names = [table.specs[seat].label if seat in table.specs else "" for seat in range(table.state.seats)]
        run: dict[str, object] = {"run": {"seed": table.settings.seed, "game": table.game}}
        self.writer = RecordWriter(self.text, table.state, names=names, seed=table.seed, extra=run)

    def move(self, seat: int, action: Action, fault: str | None) -> None:
        """Note an action that was done; what a bot did wrong stands beside its surrender."""
        self.writer.move(seat, action, self.chance.take(), {"fault": fault} if fault is not None else None)

    def end(self, state: State) -> str:
        """Note the result, and return the whole record."""
        self.writer.result(state)
        return self.text.getvalue()


def _who_acts(state: State) -> int:
    """Return who is to act; in an auction, the first seat that has not bid, so that bids come in the same order."""
    return state.to_bid[0] if state.phase is AUCTION else state.phase_seat


def _rank(state: State, seat: int) -> int:
    """Return 1 plus how many did better: a higher worth, or leaving later."""
    mine = _standing(state, seat)
    return 1 + sum(_standing(state, other) > mine for other in range(len(state.alive)))


def _standing(state: State, seat: int) -> tuple[bool, int]:
    """Return what players are ranked by: those still in the game by worth, then those who left, the last one first."""
    if state.alive[seat]:
        return True, net_worth(state, seat)
    return False, state.eliminated.index(seat)
