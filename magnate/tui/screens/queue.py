"""The public queue: waiting for opponents."""

import time
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Button, Label, LoadingIndicator

from magnate.client.errors import ClientError, SignInNeeded, SocketClosed
from magnate.client.sockets import Socket, open_queue
from magnate.protocol.queue import Cancel, MatchFound, QueueCommand, QueueMessage
from magnate.tui.messages import Failed, OpenGame, SessionOver
from magnate.tui.screens.lobby import LobbyScreen


class QueueScreen(LobbyScreen):
    """Waits until the server has a game; leaving gives the place up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "queue_leave", id="queue.leave")]

    _socket: Socket[QueueMessage, QueueCommand] | None = None

    def title_text(self) -> str:
        """Return what stands above the screen."""
        return self.context.say("queue_title")

    def body(self) -> ComposeResult:
        """Lay out how long one has waited, and the way out."""
        with Vertical(id="waiting"):
            if self.app.animation_level != "none":  # it would say "Loading..." in place of moving
                yield LoadingIndicator()
            yield Center(Label("", id="waited"))
            yield Center(Label(self.context.say("queue_hint")))
            yield Center(Button(self.context.say("queue_leave"), id="leave"))

    def on_mount(self) -> None:
        """Join the queue."""
        self._since = time.monotonic()
        self.call_after_refresh(self._tick)
        self.set_interval(1, self._tick)
        self.query_one("#leave").focus()
        self.wait_for_game()

    async def on_unmount(self) -> None:
        """Close the socket, however the screen ends."""
        await self._hang_up()

    def _tick(self) -> None:
        if not self.stays:
            return
        seconds = int(time.monotonic() - self._since)
        self.query_one("#waited", Label).update(self.context.say("queue_waiting", seconds=seconds))

    @work(exclusive=True)
    async def wait_for_game(self) -> None:
        """Hold the socket of the queue until a game is found or the player leaves."""
        found: int | None = None
        try:
            self._socket = await open_queue(self.context.rest.server, await self.context.rest.access_token())
            async for message in self._socket:
                if isinstance(message, MatchFound):
                    found = message.game_id
        except SignInNeeded:
            self.post_message(SessionOver())
        except SocketClosed as closed:
            if found is None and self._socket is not None:
                self.post_message(Failed(closed))
        except ClientError as error:
            self.post_message(Failed(error))
        if found is not None:
            self.post_message(OpenGame(found))

    def on_button_pressed(self) -> None:
        """Leave the queue."""
        self.run_worker(self.action_leave())

    async def action_leave(self) -> None:
        """Give the place up and go back."""
        await self._hang_up()
        self.dismiss()

    async def _hang_up(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.send(Cancel())  # where the server closed first, the place is given up all the same
            await socket.close()
