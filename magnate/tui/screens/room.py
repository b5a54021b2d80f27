"""A private room: who is here and ready, the owner's settings, chat, and the start."""

from typing import ClassVar

from msgspec import UNSET
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, DataTable, Input, Label, RichLog, Select

from magnate.client.errors import ClientError, SignInNeeded, SocketClosed
from magnate.client.room import RoomState
from magnate.client.sockets import Socket, open_room
from magnate.printable import printable
from magnate.protocol.room import (
    BotLevel,
    GameStart,
    Joined,
    PlayerLeft,
    RoomChat,
    RoomCommand,
    RoomError,
    RoomMessage,
    SendChat,
    SetReady,
    StartGame,
    UpdateSettings,
)
from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS, MIN_PRIVATE_GAME_PLAYERS
from magnate.texts.pieces import piece
from magnate.tui.context import Context
from magnate.tui.messages import Failed, OpenGame, SessionOver
from magnate.tui.screens.lobby import LobbyScreen
from magnate.tui.starting import LEVELS
from magnate.tui.words.needs import SERVE

NAME_COLUMNS = 14
"""What a name gets beside what else is said of a player."""
PEOPLE_ONLY = 1
"""The least `target_players`: whoever is here has a seat, so that below two seats there is none to fill with a bot."""


class RoomScreen(LobbyScreen):
    """Shows what the server says of the room; what the player wants goes to the server first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "room_leave", id="room.leave"),
        Binding("f2", "ready", "room_be_ready", id="room.ready"),
        Binding("f2", "unready", "room_be_unready", id="room.unready"),
        Binding("f3", "start", "start", id="room.start"),
        Binding("f4", "copy", "room_copy", id="room.copy"),
        Binding("f5", "hints", "room_hints", show=False, id="room.hints"),
    ]

    def __init__(self, context: Context, code: str) -> None:
        super().__init__(context)
        self.code = code.upper()
        """The code of the room."""
        self._socket: Socket[RoomMessage, RoomCommand] | None = None
        self.room = RoomState()
        """The room as the server last said it."""

    def title_text(self) -> str:
        """Return the code, which friends need."""
        return self.context.say("room_title", code=self.code)

    def body(self) -> ComposeResult:
        """Lay out players, settings, buttons and chat."""
        say = self.context.say
        own = self.context.own_server
        yield Label(say("room_own", serve=SERVE) if own else say("room_code_hint"), id="hint", markup=False)
        with Horizontal(id="room"):
            with Vertical(id="people"):
                table: DataTable[Text | str] = DataTable(show_header=False, cursor_type="none", id="players")
                table.add_columns("name", "ready", "owner")
                yield table
                yield Label(say("room_seats"))
                seats = range(MIN_PRIVATE_GAME_PLAYERS, MAX_PRIVATE_GAME_PLAYERS + 1)
                numbers = [(say("room_no_bots"), PEOPLE_ONLY), *((str(number), number) for number in seats)]
                yield Select(numbers, value=self._seats, allow_blank=False, id="seats")
                yield Label(say("room_bots"))
                levels = [(say(f"level_{level}"), level) for level in LEVELS]
                yield Select(levels, value=self.room.bot_level.value, allow_blank=False, id="level")
                yield Label("", id="filled", markup=False)
                yield Label("", id="whose", markup=False)
                with Horizontal(id="buttons"):
                    yield Button(say("room_be_ready"), id="ready")
                    yield Button(say("start"), variant="primary", id="start")
            with Vertical(id="talk"):
                yield RichLog(wrap=True, id="chat")
                yield Input(placeholder=say("room_chat_hint"), max_length=500, id="message")

    def on_mount(self) -> None:
        """Go into the room."""
        self.query_one("#ready").focus()
        self.stay()

    async def on_unmount(self) -> None:
        """Close the socket, however the screen ends."""
        await self._hang_up()

    @property
    def _name_here(self) -> str:
        session = self.context.rest.session
        return session.username if session is not None else ""

    @property
    def _ready(self) -> bool:
        return self.room.is_ready(self._name_here)

    @property
    def _seats(self) -> int:
        return max(self.room.target_players, PEOPLE_ONLY)

    @work(exclusive=True)
    async def stay(self) -> None:
        """Hold the socket of the room until the game starts or the player leaves."""
        refused: str | None = None
        try:
            self._socket = await open_room(self.context.rest.server, await self.context.rest.access_token(), self.code)
            async for message in self._socket:
                if not self.stays:
                    return
                if isinstance(message, RoomError):
                    refused = message.message
                self._take(message)
        except SignInNeeded:
            self.post_message(SessionOver())
        except SocketClosed as closed:
            if self._socket is not None:
                self.post_message(Failed(SocketClosed(closed.code, refused or "")))
        except ClientError as error:
            self.post_message(Failed(error))

    def _take(self, message: RoomMessage) -> None:
        say = self.context.say
        before, self.room = self.room, self.room.after(message)
        if before != self.room:
            self._show_room()
        if before.hints != self.room.hints:
            self._log(say("room_hints_on" if self.room.hints else "room_hints_off"))
        match message:
            case Joined(user=user):
                self._log(say("room_came", user=user))
            case PlayerLeft(user_left=user):
                self._log(say("room_left", user=user))
            case GameStart(game):
                self._socket = None
                self.post_message(OpenGame(game))
            case RoomChat(user, text):
                self._log(f"{user}: {text}")
            case RoomError(text, error=whole) if whole is UNSET:
                self.notify(self.refusal(text), severity="error", markup=False)

    def _log(self, line: str) -> None:
        self.query_one("#chat", RichLog).write(line)

    def _show_room(self) -> None:
        say, room = self.context.say, self.room
        mine = room.owner == self._name_here
        table = self.query_one("#players", DataTable)
        table.clear()
        for player in room.players:
            ready = ("● " + say("room_ready")) if player.ready_to_play else ("○ " + say("room_not_ready"))
            look = f"{piece(player.user_piece)} " if player.user_piece else ""
            called = Text(look + printable(player.username))
            called.truncate(NAME_COLUMNS, overflow="ellipsis")
            table.add_row(called, ready, say("room_owner") if player.username == room.owner else "")
        for name in ("#seats", "#level", "#start"):
            self.query_one(name).disabled = not mine
        self.query_one("#whose", Label).update("" if mine else say("room_only_owner", owner=room.owner))
        button = self.query_one("#ready", Button)
        # Like its key it says what it does; who is ready stands in the list.
        button.variant = "default" if self._ready else "success"
        button.label = say("room_be_unready" if self._ready else "room_be_ready")
        button.refresh(layout=True)  # another label may need another width
        self.query_one("#level", Select).value = room.bot_level.value
        self.query_one("#seats", Select).value = self._seats
        # How many bots would play if the game began now.
        bots = max(self._seats - len(room.players), 0)
        self.query_one("#filled", Label).update(say("room_filled", bots=bots))
        self.refresh_bindings()

    async def _send(self, command: RoomCommand) -> None:
        if self._socket is not None:
            await self._socket.send(command)  # where the room is closed, the reader hears why

    @on(Select.Changed)
    async def change(self, event: Select.Changed) -> None:
        """Ask for another level or number of seats, unless it is what the server just said."""
        if event.value != event.select.value:
            return  # said before the server set it to something else
        if event.select.id == "level" and event.value != self.room.bot_level:
            await self._send(UpdateSettings(bot_level=BotLevel(str(event.value))))
        elif event.select.id == "seats" and event.value != self._seats:
            await self._send(UpdateSettings(target_players=int(str(event.value))))

    @on(Button.Pressed)
    async def press(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        action = str(event.button.id)
        await self.run_action("unready" if action == "ready" and self._ready else action)

    @on(Input.Submitted, "#message")
    async def talk(self, event: Input.Submitted) -> None:
        """Say something to the room."""
        if event.value.strip():
            event.input.clear()
            await self._send(SendChat(event.value))

    async def action_ready(self) -> None:
        """Be ready."""
        await self._send(SetReady(True))

    async def action_unready(self) -> None:
        """Be ready no more."""
        await self._send(SetReady(False))

    async def action_start(self) -> None:
        """Start the game."""
        await self._send(StartGame())

    async def action_hints(self) -> None:
        """Allow hints in the game, or allow them no more."""
        await self._send(UpdateSettings(hints=not self.room.hints))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only the owner start, and offer of being ready and not being ready what is not so."""
        if action in ("ready", "unready"):
            return self._ready is (action == "unready")
        return self.room.owner == self._name_here if action in ("start", "hints") else True

    def action_copy(self) -> None:
        """Copy the code to the clipboard."""
        self.app.copy_to_clipboard(self.code)
        self.notify(self.context.say("room_copied", code=self.code), markup=False)

    async def action_leave(self) -> None:
        """Leave the room and go back."""
        await self._hang_up()
        self.dismiss()

    async def _hang_up(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.close()
