"""From what was asked for on the command line to the settings of a run; whatever does not fit is refused here."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from magnate.bots import LEVELS
from magnate.bots.foreign.apart import each_apart
from magnate.bots.loading import parse_bot
from magnate.engine.state import DEFAULT_MAX_ROUNDS, MAX_SEATS, MIN_SEATS
from magnate.simulation.errors import SettingsError
from magnate.simulation.playing.start import load_start
from magnate.simulation.settings import (
    DEFAULT_BOTS,
    DEFAULT_GAMES,
    DEFAULT_SEED,
    DEFAULT_SPRT_ERROR,
    DEFAULT_SPRT_GAMES,
    DEFAULT_SPRT_MARGIN,
    MAX_BOTS,
    RunSettings,
    Seating,
)
from magnate.texts import count_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for: the flags of `magnate simulate`, None where nothing was said."""

    bots: Sequence[str] = ()
    games: int | None = None
    players: int | None = None
    seed: int = DEFAULT_SEED
    jobs: str = "auto"
    max_rounds: int | None = None
    seating: Seating = Seating.ROTATE
    position: Path | None = None
    game: int | None = None
    ladder: bool = False
    sprt: bool = False
    sprt_margin: float = DEFAULT_SPRT_MARGIN
    sprt_error: float = DEFAULT_SPRT_ERROR
    bot_seconds: float | None = None
    timing: bool = False
    database: Path | None = None
    resume: bool = False
    again: bool = False
    records: Path | None = None
    scheduler: str | None = None
    quiet: bool = False


def make_settings(wishes: Wishes) -> RunSettings:
    """Return the settings of the run.

    Raises:
        SettingsError: the wishes do not go together.
        BotError: there is no such bot.
        PositionError: the position cannot be.
    """
    _judge_flags(wishes)
    named = list(wishes.bots) or list(LEVELS if wishes.ladder else DEFAULT_BOTS)
    if len(named) > MAX_BOTS:
        raise SettingsError(f"at most {MAX_BOTS} bots play in one run, not {len(named)}")
    position = load_start(wishes.position, wishes.max_rounds) if wishes.position is not None else None
    seats = position.seats if position is not None else tuple(range(_players(wishes, named)))
    if position is not None and wishes.players not in (None, len(seats)):
        raise SettingsError(f"--players {wishes.players}: the position has {count_of(len(seats), 'player')}")
    if wishes.ladder or wishes.sprt:
        _judge_match(wishes, named, seats)
    max_rounds = DEFAULT_MAX_ROUNDS if wishes.max_rounds is None else wishes.max_rounds
    return RunSettings(
        bots=tuple(each_apart(parse_bot, named)),
        seats=seats,
        sides=2 if wishes.ladder else min(len(named), len(seats)),
        seed=wishes.seed,
        max_rounds=max_rounds if position is None else position.max_rounds,
        seating=wishes.seating,
        bot_seconds=wishes.bot_seconds,
        position=position,
        timing=wishes.timing,
        record=wishes.records is not None,
    )


def _judge_flags(wishes: Wishes) -> None:
    """Refuse flags that do not go together, and values out of range.

    Raises:
        SettingsError: one of them.
    """
    if wishes.ladder and wishes.sprt:
        raise SettingsError("--ladder and --sprt are two different runs: choose one")
    if wishes.resume and wishes.database is None:
        raise SettingsError("--resume needs --db: the database is what it goes on from")
    if wishes.again and wishes.database is None:
        raise SettingsError("--again needs --db: it is about games that a database has already")
    if wishes.again and wishes.resume:
        raise SettingsError("--again starts a new run and --resume continues one: choose one")
    if wishes.game is not None and (wishes.database is not None or wishes.sprt):
        raise SettingsError("--game plays one game alone: it goes with neither --db nor --sprt")
    if wishes.scheduler is not None and wishes.jobs != "auto":
        raise SettingsError("--scheduler has workers of its own: it does not go with --jobs")
    if wishes.bot_seconds is not None and not 0 < wishes.bot_seconds < inf:
        raise SettingsError(f"--bot-seconds must be above 0, not {wishes.bot_seconds:g}")
    for flag, value in (("--sprt-margin", wishes.sprt_margin), ("--sprt-error", wishes.sprt_error)):
        if not 0 < value < 0.5:
            raise SettingsError(f"{flag} must lie between 0 and 0.5, not {value:g}")


def games_of(wishes: Wishes, settings: RunSettings) -> int:
    """Return how many games the run has; with --ladder, --games is for each pair."""
    if wishes.ladder:
        bots = len(settings.bots)
        return (wishes.games or DEFAULT_GAMES) * (bots * (bots - 1) // 2)
    return wishes.games or (DEFAULT_SPRT_GAMES if wishes.sprt else DEFAULT_GAMES)


def workers_of(jobs: str, games: int) -> int:
    """Return how many processes play: a number, or "auto" for one a core; never more than games.

    Raises:
        SettingsError: `jobs` is neither.
    """
    if jobs == "auto":
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return max(1, min(cores, games))
    if not jobs.isascii() or not jobs.isdigit() or int(jobs) == 0:
        raise SettingsError(f"--jobs must be a whole number of at least 1, or auto, not {jobs!r}")
    return max(1, min(int(jobs), games))


def _players(wishes: Wishes, named: Sequence[str]) -> int:
    """Return the seats at a table: as wished, else one a bot as far as they go; a bot alone plays itself on four."""
    if wishes.players is not None:
        return wishes.players
    if wishes.ladder or wishes.sprt:
        return MIN_SEATS
    return min(len(named), MAX_SEATS) if len(named) >= MIN_SEATS else MAX_SEATS


def _judge_match(wishes: Wishes, named: Sequence[str], seats: Sequence[int]) -> None:
    """Refuse what is no match of two different bots, each on half of the seats.

    Raises:
        SettingsError: it is none.
    """
    flag = "--ladder" if wishes.ladder else "--sprt"
    if len(set(named)) != len(named):
        raise SettingsError(f"{flag} needs different bots: {', '.join(named)}")
    if wishes.sprt and len(named) != 2:
        raise SettingsError(f"--sprt needs two bots (--bot A --bot B), not {len(named)}")
    if len(named) < 2:
        raise SettingsError("--ladder needs at least two bots")
    if len(seats) % 2:
        raise SettingsError(f"{flag} needs an even number of players, so that both bots have as many seats")
