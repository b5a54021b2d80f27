"""All games of one server: made, restored, looked after, and let go when they are over."""

import asyncio
import heapq
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import Final

import msgspec
import structlog

from magnate.bots import BOTS, LEVELS
from magnate.bots.base import Bot
from magnate.bots.level_bot import LevelBot
from magnate.bots.loading import parse_bot
from magnate.bots.referee import Fault
from magnate.engine.actions import Action, TradeProposal
from magnate.engine.chance import Secure
from magnate.engine.phases import END_GAME
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import State
from magnate.protocol.codes import CloseCode
from magnate.protocol.rest import LiveGame, RunningGame
from magnate.protocol.room import BotLevel, Spectators
from magnate.protocol.seating import Seating
from magnate.server.clock import Clock, GameTime, iso_time
from magnate.server.config import Settings
from magnate.server.errors import DamagedDatabase, GameRefused, StorageError
from magnate.server.live.host import RETRY_SECONDS, GameHost
from magnate.server.live.journal import (
    GameSettings,
    check_numbers,
    decode_settings,
    decode_step,
    encode_settings,
    first_state,
    replay,
    strikes_of,
)
from magnate.server.live.listing import listed, running
from magnate.server.live.peers import Peer
from magnate.server.live.running import RunningGames
from magnate.server.metrics import Metrics
from magnate.server.rewards.points import rewards
from magnate.server.storage import Storage
from magnate.server.storage.records import Game, GameStatus, LogEntry, PlayerResult

LONGEST_THINKING_SECONDS: Final = 60.0
"""After this a bot counts as stopped by an error of ours; a decision takes milliseconds, and few wait for another."""
MOST_LISTED: Final = 100
"""Games that are listed to be watched."""

_log = structlog.get_logger(__name__)


class Games:
    """The games of one server; what a `GameHost` knows as its `Keeper`."""

    def __init__(
        self, settings: Settings, storage: Storage, clock: Clock, game_time: GameTime, metrics: Metrics
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._game_time = game_time
        self._metrics = metrics
        self._hosts: dict[int, GameHost] = {}
        self._running = RunningGames(settings, game_time)
        self._opening: dict[int, asyncio.Task[GameHost | None]] = {}
        self.withdraw: Callable[[Sequence[int]], None] = lambda users: None
        """Takes users out of the public queue whose game begins elsewhere; the storage has done so already."""
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: list[tuple[int, int]] = []
        self._armed: dict[int, int] = {}
        self._alarm: asyncio.TimerHandle | None = None
        # Bots are quick and hold the interpreter while they think: more threads would not make them quicker.
        self._thinkers = ThreadPoolExecutor(1, thread_name_prefix="bots")

    # Making and finding games

    async def create_public(self, users: Sequence[int]) -> int:
        """Make a game that everybody may watch; see `create`."""
        return await self.create(users, spectators=Spectators.ALL)

    async def create(
        self,
        users: Sequence[int],
        levels: Sequence[BotLevel] = (),
        room: str | None = None,
        spectators: Spectators = Spectators.OFF,
        hints: bool = False,
    ) -> int:
        """Make a game of these users and of bots of these levels, start it, and return its id.

        Raises:
            StorageError: it could not be stored; nothing has begun.
            GameRefused: one of the users is in too many running games, or has begun too many just now.
        """
        try:
            with self._running.beginning(users):
                return await self._create(users, levels, room, spectators, hints)
        except GameRefused:
            self._metrics.refused_games.inc()
            raise

    def why_not(self, user: int) -> GameRefused | None:
        """Return why a user may not begin one more game, if so."""
        return self._running.why_not(user)

    async def rematch(self, host: GameHost, users: Sequence[int]) -> int:
        """Make a game like that of `host` for these users and its bots, and return its id; raises as `create` does."""
        levels = [BotLevel(level) for _, level in sorted(host.setup.bots.items())]
        game = await self.create(users, levels, spectators=host.setup.spectators, hints=host.setup.hints)
        self.withdraw(users)
        return game

    async def _create(
        self, users: Sequence[int], levels: Sequence[BotLevel], room: str | None, spectators: Spectators, hints: bool
    ) -> int:
        bots = await self._bot_users(levels)
        seats = (*users, *(user for user, _ in bots))
        settings = GameSettings(
            order=Secure().order(len(seats)),
            max_rounds=self._settings.max_rounds,
            bots={len(users) + place: level for place, (_, level) in enumerate(bots)},
            spectators=spectators,
            hints=hints,
        )
        # What is read from the storage is read before the game is there: from then on nothing may fail.
        names = await self._storage.usernames(seats)
        now_ms, game_ms = self._clock(), self._game_time()
        state = first_state(settings)
        limit_ms = int(self._settings.turn_seconds * 1000)
        deadline_ms = game_ms + limit_ms if limit_ms and state.phase_seat not in settings.bots else None
        game = await self._storage.create_game(
            encode_settings(settings), seats, now_ms, game_ms=game_ms, deadline_ms=deadline_ms, room=room
        )
        seating = Seating(game, seats, names, iso_time(now_ms), settings.bots, hints)
        host = self._host(seating, state, settings, _bots(settings), deadline_ms=deadline_ms)
        self._take_up(host)
        return game

    async def restore(self) -> int:
        """Make the unfinished games of an earlier run again, and return how many there are.

        One that cannot be is put aside, whatever is damaged of it, and the others go on.
        """
        for game in await self._storage.running_games():
            try:
                found = await self._storage.unfinished_game(game)
                host = None if found is None else await self._rebuilt(found.game, found.log, found.deadline_ms)
            except (DamagedDatabase, ValueError) as error:
                await self._abort(game, "a game cannot be restored", _reason(error))
                continue
            if host is not None:
                self._take_up(host)
        return len(self._hosts)

    def _take_up(self, host: GameHost) -> None:
        self._hosts[host.seating.game] = host
        self._running.add(host)
        self._metrics.games += 1
        host.begin()

    async def _abort(self, game: int, event: str, reason: str) -> None:
        """Put a game aside that cannot go on; where even that cannot be stored, it is aside until the next start."""
        _log.error(event, game=game, reason=reason)
        try:
            await self._storage.abort_game(game, self._clock(), reason)
        except DamagedDatabase as error:
            _log.error("a game cannot be aborted", game=game, reason=error.reason)
        self._metrics.games_set_aside.inc()

    async def host_for(self, game_id: int, user: int) -> GameHost | None:
        """Return the host of a game in which `user` takes part; None where there is no such game.

        A finished game is made again from its log, for as long as somebody looks at it.
        """
        host = self._hosts.get(game_id)
        if host is None:
            game = await self._storage.game(game_id)
            if game is None or game.status is not GameStatus.FINISHED or user not in game.seats:
                return None
            host = self._hosts.get(game_id) or await self._reopened(game)
        return host if host is not None and user in host.seating.seat_of else None

    def host_to_watch(self, game_id: int) -> GameHost | None:
        """Return the host of a game that anybody with its id may watch; None where there is none."""
        host = self._hosts.get(game_id)
        return None if host is None or host.setup.spectators is Spectators.OFF else host

    def to_watch(self) -> tuple[LiveGame, ...]:
        """Return the running games that everybody may watch, newest first, and only so many."""
        open_to_all = [
            host for host in self._hosts.values() if host.setup.spectators is Spectators.ALL and not host.finished
        ]
        newest = heapq.nlargest(MOST_LISTED, open_to_all, key=lambda host: host.seating.game)
        return tuple([listed(host) for host in newest])

    def running_of(self, user: int) -> tuple[RunningGame, ...]:
        """Return the running games that a user still plays in, newest first."""
        return tuple([running(host) for host in self._running.of(user)])

    def leave(self, host: GameHost, peer: Peer) -> None:
        """Disconnect somebody; a finished game that nobody looks at is let go."""
        host.leave(peer)
        if host.finished and not host.has_peers:
            self._hosts.pop(host.seating.game, None)

    async def stop(self) -> None:
        """Close all connections and let what is being stored be stored; the games go on at the next start."""
        self._stopped = True
        if self._alarm is not None:
            self._alarm.cancel()
        for host in list(self._hosts.values()):
            host.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._settings.shutdown_seconds)
        self._thinkers.shutdown(wait=False, cancel_futures=True)

    async def _bot_users(self, levels: Sequence[BotLevel]) -> list[tuple[int, str]]:
        """Return a different user for each bot, with its level, in the order of `levels`."""
        users = {
            level: [user.pk for user in await self._storage.bot_users(level.value, levels.count(level), self._clock())]
            for level in dict.fromkeys(levels)
        }
        return [(users[level].pop(0), level.value) for level in levels]

    def _host(
        self,
        seating: Seating,
        state: State,
        settings: GameSettings,
        bots: dict[int, Bot],
        *,
        seq: int = 0,
        strikes: list[int] | None = None,
        deadline_ms: int | None = None,
    ) -> GameHost:
        return GameHost(
            seating,
            state,
            bots,
            settings=self._settings,
            clock=self._clock,
            game_time=self._game_time,
            keeper=self,
            setup=settings,
            seq=seq,
            strikes=strikes,
            deadline_ms=deadline_ms,
        )

    async def _rebuilt(self, game: Game, log: Sequence[LogEntry], deadline_ms: int | None) -> GameHost:
        """Make a game again from its log.

        Raises:
            ValueError: the log is damaged, or of other rules.
            StorageError: its users cannot be read.
        """
        check_numbers(log)
        settings = decode_settings(game.settings)
        if len(game.seats) != len(settings.order):
            raise ValueError("its seats are damaged")
        names = await self._storage.usernames(game.seats)
        seating = Seating(game.id, game.seats, names, iso_time(game.created_ms), settings.bots, settings.hints)
        # In a thread: anybody may ask for a long game of theirs again and again, and a server has others to serve.
        bots = _bots(settings)
        state, strikes = await asyncio.to_thread(_played, settings, seating, log, bots)
        return self._host(
            seating, state, settings, bots, seq=log[-1].seq if log else 0, strikes=strikes, deadline_ms=deadline_ms
        )

    async def _reopened(self, game: Game) -> GameHost | None:
        """Make a finished game again; connections that ask at once share one host."""
        opening = self._opening.get(game.id)
        if opening is None:
            opening = self._opening[game.id] = asyncio.create_task(self._reopen(game))
            opening.add_done_callback(lambda _: self._opening.pop(game.id))
        return await asyncio.shield(opening)

    async def _reopen(self, game: Game) -> GameHost | None:
        try:
            host = await self._rebuilt(game, await self._storage.game_log(game.id), None)
        except (DamagedDatabase, ValueError) as error:
            _log.error("a finished game cannot be shown", game=game.id, reason=_reason(error))
            return None
        self._hosts[game.id] = host
        return host

    # What hosts need

    async def store(self, host: GameHost, entry: LogEntry, state: State, left: list[int]) -> None:
        """Make an action durable, and the end of the game with it. Raises `StorageError`."""
        game = host.seating.game
        if state.phase is not END_GAME:
            await self._storage.append_log(game, [entry], left=left)
            self._metrics.actions.inc()
            return
        names = host.seating.names
        worth = {name: net_worth(state, seat) for seat, name in enumerate(names)}
        await self._storage.finish_game(
            game,
            [entry],
            self._clock(),
            results=results_of(state, host.seating.users),
            final_money=worth,
            summary=msgspec.json.encode(
                {
                    "rounds": state.round,
                    "turns": state.turn,
                    "actions": entry.seq,
                    "departures": {
                        names[seat]: why for seat, why in zip(state.eliminated, state.departures, strict=True)
                    },
                }
            ),
            reward=partial(
                rewards, rounds=state.round - 1, max_rounds=state.settings.max_rounds, settings=self._settings
            ),
        )
        self._metrics.actions.inc()
        self._metrics.games -= 1

    async def set_aside(self, host: GameHost, reason: str) -> None:
        """End a game that cannot go on, for nobody's account. Raises `StorageError`."""
        game = host.seating.game
        await self._abort(game, "a game cannot go on", reason)
        if self._hosts.pop(game, None) is not None:
            self._metrics.games -= 1
        self._running.remove(host)
        host.stop(CloseCode.REFUSED)

    async def owned_items(self, user: int) -> frozenset[int]:
        """Return the ids of the shop items that a user owns. Raises `StorageError`."""
        return await self._storage.owned_items(user)

    def schedule(self, host: GameHost) -> None:
        """Wake the host when its deadline has passed."""
        if host.finished:
            self._running.remove(host)
            if not host.has_peers:
                self._hosts.pop(host.seating.game, None)
        elif host.deadline_ms is not None:
            self._arm(host.seating.game, host.deadline_ms)

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The event loop of all games; kept, since each look for it is a system call in Python 3.11."""
        return asyncio.get_running_loop()

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call something later on the event loop, and again when an error of ours stops it: a game hangs on it."""

        def call_unless_stopped() -> None:
            if self._stopped:
                return
            try:
                call()
            except Exception:
                _log.exception("unexpected error in a game")
                self._metrics.unexpected_errors.labels("game").inc()
                self._loop.call_later(RETRY_SECONDS, call_unless_stopped)

        self._loop.call_later(seconds, call_unless_stopped)

    def unexpected(self, where: str, game: int) -> None:
        """Log and count the exception that is being handled, an error of ours."""
        _log.exception("unexpected error in a game", game=game, where=where)
        self._metrics.unexpected_errors.labels(where).inc()

    async def think(self, work: Callable[[], Action | Fault]) -> Action | Fault:
        """Let a bot decide off the event loop. Raises `TimeoutError` if that takes for ever, as far as one can tell."""
        async with asyncio.timeout(LONGEST_THINKING_SECONDS):
            return await self._loop.run_in_executor(self._thinkers, work)

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Run something in the background until it is done."""
        task = self._loop.create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except StorageError as error:
            _log.warning("background work left out", reason=str(error))
        except Exception:
            _log.exception("unexpected error in a game")
            self._metrics.unexpected_errors.labels("game").inc()

    def ring(self) -> None:
        """Wake every host whose deadline has passed; tests that move the clock by hand call this."""
        now_ms = self._game_time()
        while self._timers and self._timers[0][0] <= now_ms:
            armed_ms, game = heapq.heappop(self._timers)
            host = self._hosts.get(game)
            if self._armed.get(game) != armed_ms:
                continue
            del self._armed[game]
            if host is None or host.deadline_ms is None:
                continue
            if host.deadline_ms > now_ms:
                self._arm(game, host.deadline_ms)
            else:
                self.after(0, host.time_is_up)
        self._set_alarm()

    def _arm(self, game: int, deadline_ms: int) -> None:
        """Ring for a game at its deadline; one that only moves on is looked at when the earlier moment comes."""
        if deadline_ms < self._armed.get(game, deadline_ms + 1):
            self._armed[game] = deadline_ms
            heapq.heappush(self._timers, (deadline_ms, game))
            if self._timers[0] == (deadline_ms, game):
                self._set_alarm()

    def _set_alarm(self) -> None:
        """Ring at the earliest moment that a game is armed for."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._timers:
            wait = max(self._timers[0][0] - self._game_time(), 0) / 1000
            self._alarm = self._loop.call_later(wait, self.ring)


def _played(
    settings: GameSettings, seating: Seating, log: Sequence[LogEntry], bots: Mapping[int, Bot]
) -> tuple[State, list[int]]:
    """Return where a game stands after its log, and the time limits in a row that each seat has let pass.

    The bots are told what they have proposed, so that they do not ask anybody again.
    """
    state = first_state(settings)
    steps = [decode_step(entry.payload) for entry in log]
    for entry, step in zip(log, steps, strict=True):
        if isinstance(step.action, TradeProposal) and entry.seat is not None:
            bot = bots.get(entry.seat)
            if isinstance(bot, LevelBot):
                bot.remember(state, step.action)
        replay(state, entry.seat, step, seating.seat_of)
    return state, strikes_of(log, steps, len(seating.users))


def _reason(error: DamagedDatabase | ValueError) -> str:
    return error.reason if isinstance(error, DamagedDatabase) else str(error)


def _bots(settings: GameSettings) -> dict[int, Bot]:
    """Return new bots for the seats of a game that bots play."""
    return {seat: _bot(level) for seat, level in settings.bots.items()}


def _bot(level: str) -> Bot:
    """Return a bot that plays at a level of the wire; one that has no bot yet is played by the strongest there is."""
    return parse_bot(level if level in BOTS else LEVELS[-1]).make(secrets.randbits(32))


def results_of(state: State, users: Sequence[int]) -> list[PlayerResult]:
    """Return how everybody did: by worth, winners first, who left last, the earlier the lower.

    Only people who remained earn points, as many as their worth.
    """
    worth = [net_worth(state, seat) for seat in range(len(users))]
    # Who left stands below everybody who stayed, whatever a debt makes of their worth.
    standing = [
        (1, worth[seat]) if state.alive[seat] else (0, state.eliminated.index(seat)) for seat in range(len(users))
    ]
    return [
        PlayerResult(
            user=user,
            seat=seat,
            rank=1 + sum(other > standing[seat] for other in standing),
            worth=worth[seat],
            points=max(worth[seat], 0) if seat in state.settings.humans else 0,
        )
        for seat, user in enumerate(users)
    ]
