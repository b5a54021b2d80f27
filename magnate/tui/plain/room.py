"""A private room in line mode: who is here and ready, the owner's settings, chat, and the start."""

import asyncio
from typing import Final

from magnate.client.errors import SocketClosed
from magnate.client.rest import RestClient
from magnate.client.room import RoomState
from magnate.client.sockets import Socket, open_room
from magnate.printable import printable
from magnate.protocol.codes import CloseCode
from magnate.protocol.room import (
    BotLevel,
    GameStart,
    Joined,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomCommand,
    RoomError,
    RoomMessage,
    RoomPlayer,
    SendChat,
    SetReady,
    SettingsChanged,
    StartGame,
    UpdateSettings,
)
from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS, MIN_PRIVATE_GAME_PLAYERS
from magnate.texts.lobby import lobby
from magnate.texts.plain import ROOM_COMMANDS, command_of, plain
from magnate.texts.refusals import refusal
from magnate.tui.plain.lines import Left, Lines, Quit, say, say_all
from magnate.tui.plain.orders import level_of, number_of
from magnate.tui.starting import LEVELS

SEATS: Final = {"least": MIN_PRIVATE_GAME_PLAYERS, "most": MAX_PRIVATE_GAME_PLAYERS}
"""How many may play."""


async def stay_in_room(rest: RestClient, code: str, lang: str, lines: Lines, *, ready: bool) -> int | None:
    """Stay in a room until its game begins, and return the game; None where the player goes back to the menu.

    Args:
        rest: The server, signed in.
        code: The code of the room.
        lang: "en" or "es".
        lines: What the player types.
        ready: Whether the player is ready at once.

    Raises:
        Quit: the player ends the program.
        ClientError: the server cannot be reached, or closed the room for another reason than it has said.
    """
    code = code.upper()
    if not (code.isascii() and code.isalnum()):
        say(lobby("room_unknown", lang, code=printable(code)))
        return None
    token = await rest.access_token()
    socket = await open_room(rest.server, token, code)
    room = Room(socket, code, rest.session.username if rest.session is not None else "", lang, ready=ready)
    telling = asyncio.create_task(room.tell())
    inside = asyncio.create_task(room.inside.wait())
    try:
        await asyncio.wait({telling, inside}, return_when=asyncio.FIRST_COMPLETED)
        return await lines.until(telling, room.hear)
    except Left:
        say(plain("room_went", lang))
    except SocketClosed as closed:
        if closed.code != CloseCode.REFUSED or not room.refused:
            raise
    finally:
        inside.cancel()
        telling.cancel()
        await socket.close()
    return None


class Room:
    """What the player hears of one room, and what becomes of what the player types."""

    def __init__(self, socket: Socket[RoomMessage, RoomCommand], code: str, me: str, lang: str, *, ready: bool) -> None:
        """Take the socket of the room, its code, the player's own name, and whether to be ready at once."""
        self.inside = asyncio.Event()
        """Set as soon as the player is in."""
        self.refused = False
        """Whether the last thing that the server said was no."""
        self._socket = socket
        self._code = code
        self._me = me
        self._lang = lang
        self._ready_at_once = ready
        self._room = RoomState()

    async def tell(self) -> int:
        """Tell what happens until the game begins, and return the game. Raises `SocketClosed`."""
        async for message in self._socket:
            self.refused = isinstance(message, RoomError)
            if isinstance(message, GameStart):
                say(plain("found", self._lang))
                return message.game_id
            say_all(self.take(message))
            if isinstance(message, Joined) and not self.inside.is_set():
                self.inside.set()
                if self._ready_at_once:
                    await self._send(SetReady(True))
        raise SocketClosed(1000)  # pragma: no cover - the iteration ends by an exception

    def take(self, message: RoomMessage) -> list[str]:
        """Take in what the server says, and return what there is to tell of it."""
        before, self._room = self._room, self._room.after(message)
        match message:
            case Joined(user=user):
                return self._joined(user, before)
            case PlayerLeft(user_left=user):
                return [lobby("room_left", self._lang, user=printable(user)), *self._owner_after(before)]
            case ReadyStatus(user=user, is_ready=ready):
                key = ("room_ready" if ready else "room_unready") + ("_you" if user == self._me else "")
                return [plain(key, self._lang, user=printable(user)), *self._owner_after(before)]
            case SettingsChanged():
                return [self._settings_line()]
            case RoomChat(user, text):
                return [plain("said", self._lang, user=printable(user), words=printable(text))]
            case RoomError(text):
                return [plain("refused", self._lang, why=refusal(text, self._lang))]
            case GameStart():
                return []

    def _joined(self, user: str, before: RoomState) -> list[str]:
        """Tell who came; the server may tell newcomers twice that they are here, for clients that listen late."""
        if not before.players:
            return [
                plain("room_in", self._lang, code=self._code),
                *self.standing(),
                plain("room_hint", self._lang),
            ]
        if user != self._me:
            return [lobby("room_came", self._lang, user=printable(user)), *self._owner_after(before)]
        return [*self._owner_after(before), *(self.standing() if before != self._room else [])]

    def _owner_after(self, before: RoomState) -> list[str]:
        """Return what there is to tell of the owner, where that is another one than before."""
        owner = self._room.owner
        if owner == before.owner:
            return []
        return [plain("room_owner_you" if owner == self._me else "room_owner", self._lang, user=printable(owner))]

    def standing(self) -> list[str]:
        """Return who is here, who is ready, and the settings."""
        people = "; ".join([self._person(player) for player in self._room.players])
        return [plain("room_who", self._lang, people=people), self._settings_line()]

    def _person(self, player: RoomPlayer) -> str:
        parts = [printable(player.username)]
        if player.username == self._me:
            parts.append(plain("room_is_you", self._lang))
        if player.username == self._room.owner:
            parts.append(lobby("room_owner", self._lang))
        parts.append(lobby("room_ready" if player.ready_to_play else "room_not_ready", self._lang))
        return ", ".join(parts)

    def _settings_line(self) -> str:
        level = level_name(self._room.bot_level, self._lang)
        return plain("room_settings", self._lang, seats=self._room.target_players, level=level)

    async def hear(self, line: str) -> None:
        """Do what a line says.

        Raises:
            Quit: the player wants to end the program.
            Left: the player wants to leave the room.
        """
        word, _, rest = line.partition(" ")
        if not word:
            return
        match command_of(word, ROOM_COMMANDS):
            case "help":
                say(plain("room_help", self._lang, levels=level_names(self._lang), **SEATS))
            case "ready":
                await self._send(SetReady(not self._room.is_ready(self._me)))
            case "start":
                await self._send(StartGame())
            case "seats":
                await self._set_seats(number_of(rest.strip()))
            case "bots":
                await self._set_level(rest.strip())
            case "say" if rest.strip():
                await self._send(SendChat(rest.strip()))
            case "say":
                say(plain("say_form", self._lang))
            case "who":
                say(plain("room_in", self._lang, code=self._code))
                say_all(self.standing())
            case "leave":
                raise Left
            case "quit":
                raise Quit
            case _:
                say(plain("room_unknown", self._lang))

    async def _set_seats(self, seats: int | None) -> None:
        if seats is None or not SEATS["least"] <= seats <= SEATS["most"]:
            say(plain("seats_form", self._lang, **SEATS))
        else:
            await self._send(UpdateSettings(target_players=seats))

    async def _set_level(self, text: str) -> None:
        level = level_of(text)
        if level is None:
            say(plain("bad_level", self._lang, level=printable(text) or "?", levels=level_names(self._lang)))
        else:
            await self._send(UpdateSettings(bot_level=BotLevel(level)))

    async def _send(self, command: RoomCommand) -> None:
        await self._socket.send(command)  # where the room is closed, `tell` hears why


def level_name(level: str, lang: str) -> str:
    """Return a level of bots in the player's language."""
    return lobby(f"level_{level}", lang).lower()


def level_names(lang: str) -> str:
    """Return the levels that a bot may be given."""
    return ", ".join([level_name(level, lang) for level in LEVELS])
