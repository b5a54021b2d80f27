"""One JSON object a line, one line a game."""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from magnate.engine.statistics import STATISTICS
from magnate.simulation.results.game_result import GameResult, SeatResult, Thinking


class SeatLine(Struct, frozen=True):
    """One seat of a game; the fields are those of `magnate.simulation.results.game_result.SeatResult`."""

    seat: int
    bot: str
    worth: int
    rank: int
    win: float
    exit: str | None
    actions: int
    fault: str | None
    statistics: dict[str, int]
    timing: Thinking | UnsetType | None = UNSET
    """With --timing; null for a game that --resume took over and that was not measured."""


class GameLine(Struct, frozen=True):
    """One game of `magnate simulate --format ndjson`."""

    game: int
    seed: int
    rounds: int
    turns: int
    actions: int
    seats: list[SeatLine]


def write_line(game: GameResult, timing: bool = False) -> str:
    """Return the line of one game, with its line feed."""
    return msgspec.json.encode(game_line(game, timing)).decode() + "\n"


def game_line(game: GameResult, timing: bool = False) -> GameLine:
    """Return what the line of one game says."""
    thinking: tuple[Thinking | None, ...] = game.thinking or (None,) * len(game.seats)
    seats = [_seat(seat, thought if timing else UNSET) for seat, thought in zip(game.seats, thinking, strict=True)]
    return GameLine(game.game, game.seed, game.rounds, game.turns, game.actions, seats)


def _seat(seat: SeatResult, timing: Thinking | UnsetType | None) -> SeatLine:
    return SeatLine(
        seat=seat.seat,
        bot=seat.bot,
        worth=seat.worth,
        rank=seat.rank,
        win=seat.win,
        exit=seat.exit,
        actions=seat.actions,
        fault=seat.fault,
        statistics=dict(zip(STATISTICS, seat.statistics, strict=True)),
        timing=timing,
    )
