"""Stored games as people and other programs read them: an overview, where one stands, and its record.

Everything is made from the storage alone, so that it works on the database of a server that runs, and of one that does
not.
"""

import asyncio
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from magnate.engine.events import Departure
from magnate.engine.phases import END_GAME
from magnate.engine.record import read_record
from magnate.engine.recording import header_line, move_line, result_line
from magnate.engine.retelling import lines_with_events
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import State
from magnate.protocol.rest import SummaryStanding
from magnate.server.clock import EARLIEST_MS, LATEST_MS, iso_time
from magnate.server.errors import DamagedDatabase, NotReplayable, UnknownGame
from magnate.server.live.journal import (
    GameSettings,
    Step,
    check_numbers,
    decode_settings,
    decode_step,
    first_state,
    replay,
)
from magnate.server.storage import Storage
from magnate.server.storage.records import Game, GameStatus, LogEntry


class GameLine(Struct, frozen=True):
    """One game of the overview. Times are ISO 8601 in UTC."""

    id: int
    status: str
    """`running`, `finished` or `aborted`."""
    started: str
    ended: str | None
    players: tuple[str, ...]
    """Names by seat."""


class Standing(Struct, frozen=True):
    """How one player of a game does or did."""

    seat: int
    user: int
    username: str
    bot: str | None
    """The level of a bot; None for a person."""
    rank: int | None
    """1 for the winners, equal for a tie; None until the game is finished, and for an aborted one."""
    worth: int | None
    """Net worth now, or at the end; None where the log cannot be played again."""
    points: int | None
    """Points earned; None until the game is finished."""
    elo_before: int | None
    elo_after: int | None
    left: bool | None
    """Whether the player is out of the game."""
    departure: str | None
    """Why: `surrender`, `bankrupt` or `kicked`; None for whoever is in the game, and where the log cannot be played."""


class GameCard(Struct, frozen=True):
    """All that is to be said of one game in a few lines."""

    id: int
    status: str
    started: str
    ended: str | None
    max_rounds: int
    """0 for no limit."""
    rounds: int | None
    turns: int | None
    phase: str | None
    actions: int
    """Accepted actions, debug commands included."""
    note: str
    """Why it was aborted, or why it cannot be played again; else empty."""
    players: tuple[Standing, ...]


class _Summary(Struct, frozen=True):
    """What is kept of a game that ended, as far as it is read here."""

    aborted: str = ""
    departures: dict[str, Departure] = {}


async def newest_games(storage: Storage, newest: int) -> list[GameLine]:
    """Return the `newest` games, newest first."""
    games = await storage.games(newest=newest)
    names: dict[int, str] = {}
    for pk in {pk for game in games for pk in game.seats}:
        names[pk] = await _name(storage, pk)
    return [
        GameLine(
            game.id,
            game.status.value,
            iso_time(game.created_ms),
            _ended(game),
            tuple([names[pk] for pk in game.seats]),
        )
        for game in games
    ]


async def game_card(storage: Storage, game_id: int) -> GameCard:
    """Return what there is to know of a game.

    Raises:
        UnknownGame: no game has that id.
    """
    game, log = await _stored(storage, game_id)
    settings: GameSettings | None = None
    state: State | None = None
    note = _reason_of_abortion(game)
    try:
        settings = _settings(game)
        state = _played(game, settings, log)
    except NotReplayable as error:
        note = note or str(error)
    return GameCard(
        id=game.id,
        status=game.status.value,
        started=iso_time(game.created_ms),
        ended=_ended(game),
        max_rounds=settings.max_rounds if settings else 0,
        rounds=state.round if state else None,
        turns=state.turn if state else None,
        phase=state.phase.value if state else None,
        actions=len(log),
        note=note,
        players=tuple(await _standings(storage, game, settings, state)),
    )


async def summary_standings(storage: Storage, game: Game) -> tuple[SummaryStanding, ...]:
    """Return how everybody did in a finished game, without playing it again."""
    names = dict(zip(game.seats, game.final_money or {}, strict=False))  # a damaged sum names nobody
    departures = _summary(game).departures
    return tuple(
        [
            SummaryStanding(
                username=names[result.user],
                rank=result.rank,
                worth=result.worth,
                elo_before=result.elo_before,
                elo_after=result.elo_after,
                departure=departures.get(names[result.user]),
                points=result.points,
                length_share=result.length_share,
                meetings_share=result.meetings_share,
            )
            for result in await storage.results(game.id)
            if result.user in names
        ]
    )


async def game_record(storage: Storage, game_id: int) -> list[str]:
    """Return the record of a game, running ones too, as lines with their ends (docs: Records and positions).

    Beside what every record has, the header tells the `game`, the `users` by seat and when it `started`; a move tells
    when it was done (`time_ms`, in ms since 1970) and, if a time limit acted, `timed_out`.

    Raises:
        UnknownGame: no game has that id.
        NotReplayable: debug commands changed it, or its log is damaged.
    """
    return await _whole_record(storage, game_id, bids_open=True)


async def record_so_far(storage: Storage, game_id: int) -> list[str]:
    """Return the record of a game as far as its players may know it: without the bids of an auction that still runs.

    Raises:
        UnknownGame, NotReplayable: as for `game_record`.
    """
    return await _whole_record(storage, game_id, bids_open=False)


async def _whole_record(storage: Storage, game_id: int, *, bids_open: bool) -> list[str]:
    try:
        game, log = await _stored(storage, game_id)
    except DamagedDatabase as error:
        raise NotReplayable(game_id, f"it lies on a damaged page of the database ({error.reason})") from None
    names = [await _name(storage, pk) for pk in game.seats]
    # In a thread: a long game is played again from its beginning, and a server has others to serve meanwhile.
    return await asyncio.to_thread(lambda: list(_record(game, log, names, bids_open=bids_open)))


async def record_with_events(storage: Storage, game_id: int) -> list[str]:
    """Return the record of a game as lines without their ends, each move with its events (docs: Records, Replaying).

    Raises:
        UnknownGame, NotReplayable: as for `game_record`.
    """
    lines = await game_record(storage, game_id)
    return await asyncio.to_thread(lambda: list(lines_with_events(read_record(lines))))


def problems_of(game: Game, log: Sequence[LogEntry]) -> list[str]:
    """Return what is wrong with a stored game, one sentence each: every damaged action, else what does not fit."""
    problems = [
        f"its date is damaged ({moment} ms since 1970)"
        for moment in (game.created_ms, game.finished_ms)
        if moment is not None and not EARLIEST_MS <= moment <= LATEST_MS
    ]
    if game.final_money is None:
        problems.append("its final money is damaged")
    try:
        check_numbers(log)
    except ValueError as error:
        problems.append(str(error))
    for entry in log:
        try:
            _step(game, entry)
        except NotReplayable as error:
            problems.append(error.reason)
    if problems:
        return problems
    try:
        state = _played(game, _settings(game), log)
    except NotReplayable as error:
        return [error.reason]
    if (state.phase is END_GAME) != (game.status is GameStatus.FINISHED):
        return [f"it is stored as {game.status.value}, but its log {'ends' if state.phase is END_GAME else 'goes on'}"]
    return []


def _record(game: Game, log: Sequence[LogEntry], names: Sequence[str], *, bids_open: bool) -> Iterator[str]:
    """Yield the lines of a record; without open bids, moves since the first bid of an auction only once it is over."""
    settings = _settings(game)
    state = _first_state(game, settings)
    about = {"game": game.id, "users": list(game.seats), "started": iso_time(game.created_ms)}
    if settings.bots:
        about["bot_levels"] = {str(seat): level for seat, level in settings.bots.items()}
    yield header_line(state, names=names, extra=about)
    sealed: list[str] = []
    for entry in log:
        step = _step(game, entry)
        if step.cheat is not None:
            raise NotReplayable(game.id, f"action {entry.seq} is a debug command, which no rule of the game covers")
        if entry.seat is None or step.action is None:
            raise NotReplayable(game.id, f"action {entry.seq} of its log says not what was done, or by whom")
        _redo(game, state, entry, step)
        timed_out = {"timed_out": True} if step.timed_out else {}
        line = move_line(entry.seq, entry.seat, step.action, step.outcomes, {"time_ms": entry.clock_ms, **timed_out})
        sealed.append(line)
        if bids_open or not state.bids:
            yield from sealed
            sealed.clear()
    if state.phase is END_GAME:
        yield result_line(state)


def _played(game: Game, settings: GameSettings, log: Sequence[LogEntry]) -> State:
    """Return where a game stands, debug commands included."""
    state = _first_state(game, settings)
    for entry in log:
        _redo(game, state, entry, _step(game, entry))
    return state


def _redo(game: Game, state: State, entry: LogEntry, step: Step) -> None:
    try:
        replay(state, entry.seat, step, {pk: seat for seat, pk in enumerate(game.seats)})
    except ValueError as error:
        raise NotReplayable(game.id, f"action {entry.seq} of its log: {error}") from None


def _settings(game: Game) -> GameSettings:
    try:
        return decode_settings(game.settings)
    except ValueError as error:
        raise NotReplayable(game.id, f"its settings are damaged ({error})") from None


def _first_state(game: Game, settings: GameSettings) -> State:
    try:
        return first_state(settings)
    except ValueError as error:
        raise NotReplayable(game.id, f"its settings are damaged ({error})") from None


def _step(game: Game, entry: LogEntry) -> Step:
    try:
        return decode_step(entry.payload)
    except ValueError as error:
        raise NotReplayable(game.id, f"action {entry.seq} of its log is damaged ({error})") from None


async def _stored(storage: Storage, game_id: int) -> tuple[Game, list[LogEntry]]:
    game = await storage.game(game_id)
    if game is None:
        raise UnknownGame(game_id)
    return game, await storage.game_log(game_id)


async def _standings(
    storage: Storage, game: Game, settings: GameSettings | None, state: State | None
) -> list[Standing]:
    """Return the players: by rank where the game is finished, else in the order of their seats."""
    results = {result.seat: result for result in await storage.results(game.id)}
    standings = []
    for seat, pk in enumerate(game.seats):
        result = results.get(seat)
        worth = result.worth if result else net_worth(state, seat) if state else None
        standings.append(
            Standing(
                seat=seat,
                user=pk,
                username=await _name(storage, pk),
                bot=settings.bots.get(seat) if settings else None,
                rank=result.rank if result else None,
                worth=worth,
                points=result.points if result else None,
                elo_before=result.elo_before if result else None,
                elo_after=result.elo_after if result else None,
                left=not state.alive[seat] if state else None,
                departure=state.departure(seat) if state else None,
            )
        )
    return sorted(standings, key=lambda each: (each.rank or 0, each.seat))


async def _name(storage: Storage, pk: int) -> str:
    user = await storage.user(pk)
    return f"User {pk}" if user is None else user.username


def _ended(game: Game) -> str | None:
    return None if game.finished_ms is None else iso_time(game.finished_ms)


def _reason_of_abortion(game: Game) -> str:
    if game.status is not GameStatus.ABORTED:
        return ""
    why = _summary(game).aborted
    return f"aborted: {why}" if why else "aborted"


def _summary(game: Game) -> _Summary:
    """Return what is kept of a game that ended; nothing where that is damaged."""
    try:
        return msgspec.json.decode(game.summary, type=_Summary)
    except ValueError:
        return _Summary()
