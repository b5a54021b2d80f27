"""Private rooms (protocol: Private room): who is in, who is ready, the owner's settings, and the start."""

import asyncio
import secrets
import string
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import structlog
from msgspec import UNSET, UnsetType

from magnate.protocol.chat import is_emoji_command
from magnate.protocol.codec import decode_room, encode
from magnate.protocol.codes import CloseCode, ErrorCode
from magnate.protocol.frames import lobby_frames
from magnate.protocol.refusal import (
    OWNER_ONLY_SETS,
    OWNER_ONLY_STARTS,
    Refusal,
    refusal,
    room_error,
    room_refused,
)
from magnate.protocol.room import (
    DEFAULT_BOT_LEVEL,
    DEFAULT_TARGET_PLAYERS,
    BotLevel,
    GameStart,
    Joined,
    LobbyMessage,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomCommand,
    RoomPlayer,
    SendChat,
    SetReady,
    SettingsChanged,
    Spectators,
    StartGame,
    UpdateSettings,
)
from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS, MIN_PRIVATE_GAME_PLAYERS
from magnate.server.clock import Clock, GameTime
from magnate.server.config import Settings
from magnate.server.errors import GameRefused, StorageError, TooManyRooms
from magnate.server.live.limits import ChatLimit
from magnate.server.live.peers import Peer
from magnate.server.rewards.shop import is_owned_emoji
from magnate.server.storage.interface import LobbyStorage
from magnate.server.storage.records import Reservation, User

CODE_LETTERS: Final = string.ascii_uppercase + string.digits
CODE_LENGTH: Final = 6

CreateGame = Callable[[Sequence[int], Sequence[BotLevel], str, Spectators, bool], Coroutine[None, None, int]]
"""Makes a game of these users and bots of these levels, forgets the room of that code, and returns the game's id."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Member:
    peer: Peer
    username: str
    piece: int
    ready: bool = False


@dataclass(slots=True)
class Room:
    """One room; it exists from the moment its code is reserved."""

    code: str
    maker: int
    chat: ChatLimit
    empty_since_ms: int
    members: dict[int, _Member] = field(default_factory=dict)
    """By user id, in the order they came."""
    bot_level: BotLevel = DEFAULT_BOT_LEVEL
    bot_levels: tuple[BotLevel, ...] = ()
    """Levels of single bots, where the owner said them; the rest play at `bot_level`."""
    target_players: int = DEFAULT_TARGET_PLAYERS
    spectators: Spectators = Spectators.OFF
    hints: bool = False
    starting: bool = False
    """Whether the game is being made: nothing changes until it is, or cannot be."""
    gone: list[Peer] = field(default_factory=list)
    """Whose connections have ended meanwhile."""

    @property
    def owner(self) -> int:
        """The maker if present, else who has been here longest."""
        return self.maker if self.maker in self.members else next(iter(self.members))

    @property
    def players(self) -> tuple[RoomPlayer, ...]:
        """Who is here, as the wire says it."""
        return tuple([RoomPlayer(each.username, each.ready, each.piece) for each in self.members.values()])

    @property
    def told_spectators(self) -> Spectators | UnsetType:
        """Who may watch, as the wire says it."""
        return UNSET if self.spectators is Spectators.OFF else self.spectators

    @property
    def told_hints(self) -> bool | UnsetType:
        """Whether hints are allowed, as the wire says it."""
        return self.hints or UNSET

    def levels_of_bots(self) -> list[BotLevel]:
        """Return the level of each bot that fills the seats without people."""
        count = max(self.target_players - len(self.members), 0)
        return [*self.bot_levels, *[self.bot_level] * count][:count]


class RoomStorage(LobbyStorage, Protocol):
    """What rooms need of the storage."""

    async def owned_items(self, pk: int) -> frozenset[int]:
        """Return the ids of the shop items that the user owns."""


class Rooms:
    """The private rooms of one server; what REST knows as its `RoomDirectory`."""

    def __init__(
        self, settings: Settings, storage: RoomStorage, clock: Clock, game_time: GameTime, create_game: CreateGame
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._game_time = game_time
        self._create_game = create_game
        self._rooms: dict[str, Room] = {}
        self._starts: set[asyncio.Task[int]] = set()

    async def restore(self) -> None:
        """Take the reserved codes from before a restart back; the rooms are empty."""
        for each in await self._storage.rooms():
            self._rooms[each.code] = Room(each.code, each.maker, ChatLimit(self._settings), self._game_time())

    async def reserve(self, user_id: int) -> str:
        """Make a room for `user_id` and return its code.

        Raises:
            TooManyRooms: the user holds as many rooms as the settings allow.
        """
        limit = self._settings.rooms_per_user
        while True:
            code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
            match await self._storage.reserve_room(code, user_id, self._clock(), limit):
                case Reservation.DONE:
                    self._rooms[code] = Room(code, user_id, ChatLimit(self._settings), self._game_time())
                    return code
                case Reservation.TOO_MANY:
                    raise TooManyRooms(limit)
                case Reservation.CODE_TAKEN:
                    continue

    def exists(self, code: str) -> bool:
        """Tell whether there is a room with that code."""
        return code in self._rooms

    def join(self, code: str, user: User, peer: Peer) -> bool:
        """Let a user in and tell everybody; who may not come in is told why and closed with 4003 (False)."""
        room = self._rooms.get(code)
        refused = _refuse_entry(room, user.pk)
        if room is None or refused is not None:
            peer.send(encode(room_refused(refused or refusal(ErrorCode.ROOM_NOT_FOUND))))
            peer.close(CloseCode.REFUSED)
            return False
        room.members[user.pk] = _Member(peer, user.username, user.piece)
        self._tell_each(room, self._joined(room, user.username))
        return True

    def joined_again(self, code: str, peer: Peer) -> bytes | None:
        """Return the `joined` of a newcomer as it would read now, for clients that listen late; None if gone."""
        room = self._rooms.get(code)
        member = None if room is None else room.members.get(peer.user)
        if room is None or member is None or member.peer is not peer or room.starting:
            return None
        frames = lobby_frames(self._joined(room, member.username))
        return frames.owner if room.owner == peer.user else frames.others

    async def receive(self, code: str, peer: Peer, frame: str | bytes) -> None:
        """Read a frame of somebody in a room."""
        room = self._rooms.get(code)
        member = None if room is None else room.members.get(peer.user)
        if room is None or member is None or member.peer is not peer:
            return
        command = decode_room(frame)
        refused = command if isinstance(command, Refusal) else await self._do(room, member, peer.user, command)
        if refused is not None:
            peer.send(encode(room_error(refused)))

    async def leave(self, code: str, peer: Peer) -> None:
        """Take somebody out of a room and tell the others; the last one closes the room."""
        room = self._rooms.get(code)
        member = None if room is None else room.members.get(peer.user)
        if room is None or member is None or member.peer is not peer:
            return
        if room.starting:
            room.gone.append(peer)
            return
        del room.members[peer.user]
        if room.members:
            self._tell_each(room, PlayerLeft(member.username, room.members[room.owner].username, False, room.players))
        else:
            await self._forget(room)

    async def forget_empty(self) -> None:
        """Forget rooms that nobody has come into for too long."""
        oldest_ms = self._game_time() - int(self._settings.room_idle_seconds * 1000)
        for room in list(self._rooms.values()):
            if not room.members and room.empty_since_ms <= oldest_ms:
                await self._forget(room)

    async def stop(self) -> None:
        """Close all connections because the server stops; who is in a room that starts is told of the game first."""
        if self._starts:
            await asyncio.wait(self._starts)
        for room in self._rooms.values():
            for member in room.members.values():
                member.peer.close(CloseCode.GOING_AWAY)
            room.members.clear()

    async def _forget(self, room: Room) -> None:
        self._rooms.pop(room.code, None)
        try:
            await self._storage.release_room(room.code)
        except StorageError as error:
            _log.warning("a room code stays stored", code=room.code, reason=str(error))

    def _joined(self, room: Room, username: str) -> Joined:
        owner = room.members[room.owner].username
        told = (room.told_spectators, room.told_hints)
        return Joined(username, owner, False, room.players, room.bot_level, room.target_players, *told)

    async def _do(self, room: Room, member: _Member, user: int, command: RoomCommand) -> Refusal | None:
        """Carry a command out, or return why not."""
        if room.starting:
            return None
        match command:
            case SetReady(ready):
                member.ready = ready
                owner = room.members[room.owner].username
                self._tell_each(room, ReadyStatus(member.username, ready, owner, False))
            case SendChat(message):
                if len(message) > self._settings.chat_length:
                    return refusal(ErrorCode.INVALID_DATA)
                if not room.chat.admits(user, time.monotonic()):
                    return refusal(ErrorCode.RATE_LIMITED)
                refused = await self._refuse_emoji(user, message)
                if refused is not None or room.members.get(user) is not member:
                    return refused
                said = encode(RoomChat(member.username, message))
                for each in room.members.values():
                    each.peer.offer(said)
            case UpdateSettings():
                return self._update(room, user, command)
            case StartGame():
                return await self._start(room, user)
        return None

    async def _refuse_emoji(self, user: int, message: str) -> Refusal | None:
        """Return why a message may not be said: an emoji must be the sender's own."""
        if not is_emoji_command(message):
            return None
        try:
            owned = await self._storage.owned_items(user)
        except StorageError:
            return refusal(ErrorCode.UNAVAILABLE)
        return None if is_owned_emoji(message, owned) else refusal(ErrorCode.NOT_OWNED)

    def _update(self, room: Room, user: int, command: UpdateSettings) -> Refusal | None:
        if user != room.owner:
            return OWNER_ONLY_SETS
        if command.bot_level is not None:
            room.bot_level = command.bot_level
            room.bot_levels = ()
        if command.bot_levels is not None:
            room.bot_levels = command.bot_levels
        if command.target_players is not None:
            room.target_players = command.target_players
        if command.spectators is not None:
            room.spectators = command.spectators
        if command.hints is not None:
            room.hints = command.hints
        told = SettingsChanged(room.bot_level, room.target_players, room.told_spectators, room.told_hints)
        self._tell_all(room, encode(told))
        return None

    async def _start(self, room: Room, user: int) -> Refusal | None:
        """Start the game, checking in the documented order: owner, number, all ready."""
        if user != room.owner:
            return OWNER_ONLY_STARTS
        bots = room.levels_of_bots()
        if len(room.members) + len(bots) < MIN_PRIVATE_GAME_PLAYERS:
            return refusal(ErrorCode.TOO_FEW_PLAYERS)
        if not all(member.ready for member in room.members.values()):
            return refusal(ErrorCode.NOT_ALL_READY)
        room.starting = True
        start = asyncio.create_task(
            self._create_game(tuple(room.members), bots, room.code, room.spectators, room.hints)
        )
        self._starts.add(start)
        start.add_done_callback(self._starts.discard)
        try:
            game = await start
        except Exception as error:
            room.starting = False
            for peer in room.gone:
                await self.leave(room.code, peer)
            room.gone.clear()
            if not isinstance(error, StorageError | GameRefused):
                raise
            return refusal(error.code if isinstance(error, GameRefused) else ErrorCode.UNAVAILABLE)
        self._rooms.pop(room.code, None)
        self._tell_all(room, encode(GameStart(game)))
        for member in room.members.values():
            member.peer.close(CloseCode.GAME_FOUND)
        return None

    def _tell_all(self, room: Room, frame: bytes) -> None:
        for member in room.members.values():
            member.peer.send(frame)

    def _tell_each(self, room: Room, message: LobbyMessage) -> None:
        """Tell everybody, each whether they are the owner."""
        frames = lobby_frames(message)
        for user, member in room.members.items():
            member.peer.send(frames.owner if user == room.owner else frames.others)


def _refuse_entry(room: Room | None, user: int) -> Refusal | None:
    """Return why a user may not come in; the order is the documented one."""
    if room is None or room.starting:
        return refusal(ErrorCode.ROOM_NOT_FOUND)
    if len(room.members) >= MAX_PRIVATE_GAME_PLAYERS:
        return refusal(ErrorCode.ROOM_FULL)
    if user in room.members:
        return refusal(ErrorCode.ALREADY_IN_ROOM)
    return None
