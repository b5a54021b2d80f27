"""One running game (protocol: Game): it owns the engine's state and does one thing at a time.

A command is judged and done on a copy of the state, stored with its outcomes, and only then, when it is durable, does
the copy become the game and everybody hears of it. There is no lock: one task works through the commands in the order
in which they came.
"""

import time
from collections import deque
from functools import partial
from typing import Final

import structlog

from magnate.bots.base import Bot
from magnate.bots.referee import Fault, decide
from magnate.engine.actions import KICK, SURRENDER, Action, Bid
from magnate.engine.cards import find_card
from magnate.engine.chance import Recorder, Scripted, Secure
from magnate.engine.events import Event, Left
from magnate.engine.game import apply, why_not
from magnate.engine.phases import AUCTION, END_GAME, LIQUIDATION
from magnate.engine.state import State
from magnate.protocol.chat import is_emoji_command, text_of
from magnate.protocol.codec import decode_game, encode
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.commands import ChatMessage, Here, MockCard, MockDice, Rematch, WireAction
from magnate.protocol.game import GameChat
from magnate.protocol.refusal import Refusal, game_error, invalid_data, refusal, refused_by_rule
from magnate.protocol.seating import Seating
from magnate.protocol.translate import to_engine_action
from magnate.server.clock import Clock, GameTime
from magnate.server.config import Settings
from magnate.server.errors import DamagedDatabase, StorageError
from magnate.server.live.audience import WATCHES, Audience
from magnate.server.live.bot_time import BotTime
from magnate.server.live.cheats import cheat, refuse_cheat
from magnate.server.live.host_commands import Act, Ask, Debug, Expire, HostCommand
from magnate.server.live.journal import GameSettings, Step, encode_step
from magnate.server.live.keeper import Keeper
from magnate.server.live.limits import ChatLimit
from magnate.server.live.peers import Peer
from magnate.server.live.rematch import RematchVotes
from magnate.server.live.timeouts import STRIKES, act_for, keeps_limit, waited_for
from magnate.server.rewards.shop import is_owned_emoji
from magnate.server.storage.records import LogEntry

_log = structlog.get_logger(__name__)

RETRY_SECONDS: Final = 1.0
"""How long bots and time limits wait when an action of theirs could not be done."""

VIEWERS_SECONDS: Final = 1.0
"""How long it takes until it is told how many watch."""

TRIES: Final = 3
"""How often an error of ours may stop a bot, and then the time limit, before the next one takes over."""


class GameHost:
    """The host of one game."""

    def __init__(
        self,
        seating: Seating,
        state: State,
        bots: dict[int, Bot],
        *,
        settings: Settings,
        clock: Clock,
        game_time: GameTime,
        keeper: Keeper,
        setup: GameSettings | None = None,
        seq: int = 0,
        strikes: list[int] | None = None,
        deadline_ms: int | None = None,
    ) -> None:
        self.seating = seating
        self.setup = setup or GameSettings(state.order, state.settings.max_rounds)
        """How the game was set up."""
        self.state = state
        """The game as it is stored and known to everybody; replaced, never changed."""
        self.seq = seq
        """The number of the last accepted action."""
        self.deadline_ms = deadline_ms
        """When the phase times out, in game time; None while no person is waited for, or without a limit."""
        self._bots = bots
        self._settings = settings
        self._clock = clock
        self._game_time = game_time
        self._keeper = keeper
        self._strikes = [0] * len(seating.users) if strikes is None else strikes
        self._audience = Audience(seating, state, self._strikes)
        self._rematch = RematchVotes(self, self._audience, keeper)
        self._telling_viewers = False
        self._chat = ChatLimit(settings)
        self._commands: deque[HostCommand] = deque()
        self._working = False
        self._waiting_bots: set[int] = set()
        self._bot_time = BotTime(settings.bot_delay)
        self._bot_errors = 0
        """Errors of ours that stopped bots since the last accepted action; at `TRIES` the time limit takes over."""
        self._limit_errors = 0
        """The same of time limits; at `TRIES` they make players leave, at twice as many the game is set aside."""
        self._script = Scripted(then=Secure())
        self._chance = Recorder(self._script)

    @property
    def finished(self) -> bool:
        """Whether the game is over."""
        return self.state.phase is END_GAME

    @property
    def _deadline_date(self) -> int | None:
        """The deadline as the wire says it, in ms since 1970."""
        return None if self.deadline_ms is None else self._game_time.date_of(self.deadline_ms)

    @property
    def has_peers(self) -> bool:
        """Whether anybody is connected."""
        return len(self._audience) > 0

    @property
    def viewers(self) -> int:
        """How many watch."""
        return self._audience.viewers

    def begin(self) -> None:
        """Start the clock and the bots of a new or restored game."""
        if self.deadline_ms is None:
            self.deadline_ms = self.next_deadline(self.state)
        self._keeper.schedule(self)
        self._wake_bots()

    # Connections

    def join(self, peer: Peer) -> None:
        """Connect a participant: the whole game first, then all that happens."""
        self._audience.add(peer, self.seating.seat_of[peer.user])
        self.show(peer)

    def watch(self, peer: Peer) -> None:
        """Connect somebody who only watches, and sees what a stranger may see."""
        self._audience.add(peer, WATCHES)
        self.show(peer)
        self._viewers_changed()

    def show(self, peer: Peer) -> None:
        """Send the whole game as it is now to somebody who is connected."""
        self._audience.show(peer, seq=self.seq, deadline=self._deadline_date)

    def tell(self, peer: Peer, frame: bytes) -> None:
        """Send a frame to one connection alone, with what its seat may do if it asked for that."""
        self._audience.tell(peer, frame)

    def _show_all(self) -> None:
        self._audience.show_all(seq=self.seq, deadline=self._deadline_date)

    def _viewers_changed(self) -> None:
        """Tell how many watch, soon: once for all who come and go meanwhile."""
        if not self._telling_viewers:
            self._telling_viewers = True
            self._keeper.after(VIEWERS_SECONDS, self._tell_viewers)

    def _tell_viewers(self) -> None:
        self._telling_viewers = False
        self._audience.tell_viewers()

    def plays(self, user: int) -> bool:
        """Return whether the game runs and a user is still in it."""
        return not self.finished and self.state.alive[self.seating.seat_of[user]]

    def leave(self, peer: Peer) -> None:
        """Disconnect; the seat stays."""
        if self._audience.discard(peer):
            self._viewers_changed()
        else:
            self._rematch.reconsider()

    def stop(self, code: CloseCode = CloseCode.GOING_AWAY) -> None:
        """Close all connections, because the server stops or the game cannot go on."""
        self._audience.close(code)

    def receive(self, peer: Peer, frame: str | bytes) -> None:
        """Read a frame of a connected participant."""
        command = decode_game(frame, debug_commands=self._settings.debug_commands)
        match command:
            case Refusal():
                self._refuse(peer, command)
            case ChatMessage():
                self._relay(peer, command)
            case Here():
                self._strikes[self.seating.seat_of[peer.user]] = 0
            case WireAction():
                self._put(Ask(command, peer))
            case Rematch():
                self._rematch.ask(peer)
            case _:
                self._put(Debug(command, peer))

    def _relay(self, peer: Peer, command: ChatMessage) -> None:
        said = command.msg
        if isinstance(said, str) and len(said.strip()) > self._settings.chat_length:
            self._refuse(peer, invalid_data("msg", "is too long"))
            return
        if not self._chat.admits(peer.user, time.monotonic()):
            self._refuse(peer, refusal(ErrorCode.RATE_LIMITED))
        elif is_emoji_command(text_of(said)):
            self._keeper.spawn(self._relay_emoji(peer, said))
        else:
            self._say(peer, said)

    async def _relay_emoji(self, peer: Peer, said: str | dict[str, object]) -> None:
        """Relay an emoji if it is the sender's own."""
        try:
            owned = await self._keeper.owned_items(peer.user)
        except StorageError:
            self._refuse(peer, refusal(ErrorCode.UNAVAILABLE))
            return
        if not is_owned_emoji(text_of(said), owned):
            self._refuse(peer, refusal(ErrorCode.NOT_OWNED))
        elif peer in self._audience:
            self._say(peer, said)

    def _say(self, peer: Peer, said: str | dict[str, object]) -> None:
        name = self.seating.names[self.seating.seat_of[peer.user]]
        self._audience.tell_players(encode(GameChat(self.seating.game, name, said)))

    def _refuse(self, peer: Peer | None, refused: Refusal) -> None:
        if peer is not None:
            self.tell(peer, encode(game_error(refused)))

    # Commands, one at a time

    def _put(self, command: HostCommand) -> None:
        self._commands.append(command)
        if not self._working:
            self._working = True
            self._keeper.spawn(self._work())

    async def _work(self) -> None:
        try:
            while self._commands:
                command, seq = self._commands.popleft(), self.seq
                try:
                    await self._carry_out(command)
                except Exception:
                    self._stumbled(command)
                    if self.seq != seq:  # done and stored, but not told to everybody
                        self._keeper.after(0, self._show_all)
        finally:
            self._working = False

    def _stumbled(self, command: HostCommand) -> None:
        """Get over an error of ours: the game is as it was, and whoever was acting tries again or is acted for."""
        match command:
            case Act(peer=None):
                self._bot_stumbled()
            case Expire():
                self._keeper.unexpected("time limit", self.seating.game)
                self._limit_errors += 1
                self._keeper.after(RETRY_SECONDS, self._go_on)
            case Ask(peer=peer) | Act(peer=peer) | Debug(peer=peer):
                self._keeper.unexpected("player", self.seating.game)
                self._refuse(peer, refusal(ErrorCode.UNAVAILABLE))

    def _bot_stumbled(self) -> None:
        self._keeper.unexpected("bot", self.seating.game)
        self._bot_errors += 1
        self._keeper.after(RETRY_SECONDS, self._go_on)

    async def _carry_out(self, command: HostCommand) -> None:
        match command:
            case Ask():
                await self._ask(command)
            case Act():
                await self._do(command)
            case Debug():
                await self._debug(command)
            case Expire(deadline_ms):
                await self._expire(deadline_ms)

    async def _ask(self, command: Ask) -> None:
        seat = self.seating.seat_of[command.peer.user]
        action = to_engine_action(command.command, self.seating.seat_of, self.state.position[seat])
        if self.finished:
            self._refuse(command.peer, refusal(ErrorCode.GAME_OVER))
        elif isinstance(action, Refusal):
            self._refuse(command.peer, action)
        else:
            await self._do(Act(seat, action, command.peer))

    async def _do(self, command: Act) -> bool:
        """Judge, do, store and tell one action; False if it was refused."""
        seat, action = command.seat, command.action
        reason = why_not(self.state, seat, action)
        if reason is not None:
            self._refuse(command.peer, refused_by_rule(reason))
            self._wake_bots()  # what a bot decided on may have gone meanwhile
            return False
        state = self.state.copy()
        self._chance.take()
        dice, cards = tuple(self._script.dice), tuple(self._script.cards)
        events = apply(state, seat, action, self._chance)
        step = Step(action, tuple(self._chance.take()), command.timed_out, command.strikes)
        deadline_ms = self._deadline_after(state, seat)
        left = [self.seating.users[event.seat] for event in events if isinstance(event, Left)]
        entry = LogEntry(self.seq + 1, seat, self._clock(), deadline_ms, encode_step(step))
        if not await self._store(entry, state, left):
            # What was told of the dice and cards to come still holds.
            self._script.dice, self._script.cards = deque(dice), deque(cards)
            self._refuse(command.peer, refusal(ErrorCode.UNAVAILABLE))
            return False
        if len(self._script.dice) < len(dice):
            self._script.dice.clear()  # the die that was told for a roll which did not use it
        self._strikes[seat] = command.strikes
        self._become(state, deadline_ms)
        self._go_on()
        self._tell(command, events)
        return True

    async def _store(self, entry: LogEntry, state: State, left: list[int]) -> bool:
        try:
            await self._keeper.store(self, entry, state, left)
        except DamagedDatabase as error:
            await self._keeper.set_aside(self, f"a damaged page of the database ({error.reason})")
            return False
        except StorageError as error:
            _log.warning("an action could not be stored", game=self.seating.game, reason=str(error))
            self._keeper.after(RETRY_SECONDS, self._go_on)
            return False
        return True

    def _become(self, state: State, deadline_ms: int | None) -> None:
        self.state = state
        self._audience.become(state)
        self.seq += 1
        self.deadline_ms = deadline_ms
        self._bot_errors = self._limit_errors = 0

    def _tell(self, command: Act, events: list[Event]) -> None:
        """Tell everybody of an action that was done."""
        self._audience.tell_action(
            command.seat,
            command.action,
            events,
            seq=self.seq,
            deadline=self._deadline_date,
            timed_out=command.timed_out,
        )

    def _go_on(self) -> None:
        if self.deadline_ms is None and self._bot_errors >= TRIES:
            # Where phases have no limit, others act for the bots at once.
            self.deadline_ms = self._limit(self.state) or self._game_time()
        self._keeper.schedule(self)
        self._wake_bots()

    # Time limits

    def _limit(self, state: State) -> int | None:
        """Return when a phase that begins now times out, or None where phases of its kind have no limit."""
        seconds = self._settings.auction_seconds if state.phase is AUCTION else self._settings.turn_seconds
        return self._game_time() + int(seconds * 1000) if seconds else None

    def next_deadline(self, state: State) -> int | None:
        """Return when the phase that begins now times out; None where only bots are waited for, or without a limit."""
        return None if self._only_bots(state) else self._limit(state)

    def _only_bots(self, state: State) -> bool:
        return all(seat in self._bots for seat in waited_for(state))

    def _deadline_after(self, state: State, actor: int) -> int | None:
        """Return the deadline after an action: a new one with a new phase, or where the phase began anew."""
        if keeps_limit(self.state, state, actor):
            # A limit that has taken over from bots is for all of them, and for nobody else where there is none.
            goes_on = self._bot_errors >= TRIES if self._only_bots(state) else self._limit(state) is not None
            return self.deadline_ms if goes_on else None
        return self.next_deadline(state)

    def time_is_up(self) -> None:
        """Act for everybody whose time limit has passed, if it has."""
        if self.deadline_ms is not None and self._game_time() >= self.deadline_ms:
            self._put(Expire(self.deadline_ms))

    async def _expire(self, deadline_ms: int) -> None:
        """Act for those who are waited for, unless they have acted at the last moment."""
        if self._limit_errors >= 2 * TRIES:
            await self._give_up()
            return
        # Bots first: once only bots are waited for there is no limit, and the auction would stay open for them.
        hurries = self._limit(self.state) is not None
        for seat in sorted(waited_for(self.state), key=lambda seat: seat not in self._bots):
            if self.deadline_ms == deadline_ms and (hurries or seat in self._bots):
                await self._act_for(seat, deadline_ms)
        if self.deadline_ms == deadline_ms:
            self._keeper.after(RETRY_SECONDS, self._go_on)

    async def _give_up(self) -> None:
        """Let the game end for nobody's account, since neither players nor time limits get it on."""
        try:
            await self._keeper.set_aside(self, "errors of the server, which its log names")
        except StorageError:
            self._keeper.after(RETRY_SECONDS, self._go_on)

    async def _act_for(self, seat: int, deadline_ms: int) -> None:
        """Do what the rules say for `seat`: one action, but in liquidation sale after sale until it is over."""
        strikes = 0 if seat in self._bots else self._strikes[seat] + 1
        while self.deadline_ms == deadline_ms and seat in waited_for(self.state):
            selling = self.state.phase is LIQUIDATION
            if strikes >= STRIKES:
                action: Action = KICK
            elif self._limit_errors >= TRIES:
                action = SURRENDER
            else:
                action = act_for(self.state, seat, self._script)
            if not await self._do(Act(seat, action, timed_out=True, strikes=strikes)) or not selling:
                return

    # Bots

    def _wake_bots(self) -> None:
        if self._bot_errors >= TRIES:
            return
        asleep = [seat for seat in waited_for(self.state) if seat in self._bots and seat not in self._waiting_bots]
        self._waiting_bots.update(asleep)
        for seat, seconds in self._bot_time.waits(self.state, asleep).items():
            self._keeper.after(seconds, partial(self._wake_bot, seat))

    def _wake_bot(self, seat: int) -> None:
        self._keeper.spawn(self._play_bot(seat))

    async def _play_bot(self, seat: int) -> None:
        """Let a bot decide off the loop; where the game went on meanwhile, it is asked again."""
        seq, bot, state = self.seq, self._bots[seat], self.state
        try:
            if seat not in waited_for(state):
                return
            decision = await self._keeper.think(lambda: decide(bot, state, seat))
            if isinstance(decision, Fault):
                _log.error("a bot failed and leaves", game=self.seating.game, seat=seat, reason=decision.message)
                decision = SURRENDER
        except Exception:
            self._bot_stumbled()
            return
        finally:
            self._waiting_bots.discard(seat)
        if self.seq == seq or isinstance(decision, Bid):
            self._put(Act(seat, decision))
        else:
            self._wake_bots()

    # Debug commands

    async def _debug(self, command: Debug) -> None:
        match command.command:
            case MockDice(dice1=dice1, dice2=dice2, dice_bus=bus):
                self._script.dice.clear()
                self._script.dice.extend((dice1, dice2, bus) if bus else (dice1, dice2))
            case MockCard(fantasy_type=name, value=value):
                if find_card(name, value) is None:
                    self._refuse(command.peer, invalid_data("fantasy_type", "the deck has no such card"))
                    return
                self._script.cards.append((name, value))
            case _:
                if not await self._change(command):
                    return
        self._show_all()

    async def _change(self, command: Debug) -> bool:
        """Change the state as a debug command says, durably; False if it was refused."""
        if self.finished:
            self._refuse(command.peer, refusal(ErrorCode.GAME_OVER))
            return False
        wrong = refuse_cheat(self.state, command.command, self.seating.seat_of)
        if wrong is not None:
            field, _, what = wrong.partition(": ")
            self._refuse(command.peer, invalid_data(field, what))
            return False
        state = self.state.copy()
        cheat(state, command.command, self.seating.seat_of)
        deadline_ms = self.next_deadline(state)
        step = Step(cheat=command.command)
        if not await self._store(
            LogEntry(self.seq + 1, None, self._clock(), deadline_ms, encode_step(step)), state, []
        ):
            self._refuse(command.peer, refusal(ErrorCode.UNAVAILABLE))
            return False
        self._become(state, deadline_ms)
        self._go_on()
        return True
