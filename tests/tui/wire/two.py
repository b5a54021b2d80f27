"""Alice in the app and Bob, whom the test plays, in one game on a server that takes debug commands."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Label, OptionList

from magnate.client.game import GameClient, Update
from magnate.client.rest import RestClient
from magnate.client.session import SessionFile
from magnate.client.sockets import Socket, open_queue
from magnate.engine.actions import THROW_DICES, Action
from magnate.engine.board import standard_board
from magnate.engine.phases import Phase
from magnate.protocol.commands import CheatMessage, GameCommand, MockDice, Teleport, WireAction
from magnate.protocol.game import GameMessage
from magnate.protocol.queue import MatchFound
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.lines import Lines
from magnate.tui.screens.game import GameScreen
from magnate.tui.screens.home import HomeScreen
from tests.client.server import PASSWORD, ServerProcess
from tests.tui.waiting import PATIENCE_SECONDS, until
from tests.tui.wire.player import app_on, game_screen, until_on

DICE = MockDice(dice1=1, dice2=2, dice_bus=3)
STEPS = 6
"""How far DICE lead."""


class Two:
    """The table of both: what Alice's screen shows, what left it, and what Bob heard."""

    def __init__(self, server: ServerProcess, pilot: Pilot[int], bob: GameClient) -> None:
        self.server = server
        self.pilot = pilot
        self.screen = game_screen(pilot)
        self.bob = bob
        self.sent: list[WireAction] = []
        """The actions that Alice's client put on a wire, in order."""
        self.updates: list[Update] = []
        """What Alice's screen was told, in order."""
        self._watch_alice()

    def _watch_alice(self) -> None:
        screen, take = self.screen, self.screen.take

        def taking(update: Update) -> None:
            self.updates.append(update)
            take(update)

        screen.take = taking  # type: ignore[method-assign]

    def noted(self, socket: Socket[GameMessage, GameCommand], message: object) -> None:
        """Note what is sent, if Alice sends it and it is an action."""
        assert isinstance(self.screen.link, GameClient)
        if socket is self.screen.link._socket and isinstance(message, WireAction):
            self.sent.append(message)

    @property
    def seq(self) -> int:
        """The number of the last action that Bob heard of."""
        return self.bob._following.seq

    @property
    def alice_seq(self) -> int:
        """The number of the last action that Alice's client knows of."""
        assert isinstance(self.screen.link, GameClient)
        return self.screen.link._following.seq

    @property
    def alice(self) -> int:
        """Alice's seat."""
        return self.screen.view.viewer

    def user(self, seat: int) -> int:
        """Return the user id of a seat."""
        return self.bob.seating.users[seat]

    async def until(self, happened: Callable[[], object]) -> None:
        await until(self.pilot, happened)

    async def in_step(self) -> None:
        """Wait until Alice's screen knows what Bob knows, and the other way round."""
        await self.until(lambda: self.alice_seq == self.seq)

    async def do(self, seat: int, action: Action) -> None:
        """Act in a seat behind the screen's back, and wait until both know."""
        before = self.seq
        link = self.screen.link if seat == self.alice else self.bob
        assert await link.act(action)
        await self.until(lambda: self.seq == before + 1 == self.alice_seq)

    async def cheat(self, command: CheatMessage) -> None:
        """Let Bob send a debug command, and wait until both were shown the game anew."""
        was, hers = self.bob.view, self.screen.view
        assert await self.bob._send(command)
        await self.until(lambda: self.bob.view is not was and self.screen.view is not hers)

    async def land(self, seat: int, square: int) -> None:
        """Let the turn player roll and arrive at a square."""
        board = standard_board()
        start = next(each for each, places in enumerate(board.destination) if places and places[STEPS] == square)
        await self.cheat(Teleport(player_id=self.user(seat), square_id=start))
        await self.cheat(DICE)
        await self.do(seat, THROW_DICES)
        assert self.bob.view.position[seat] == square

    def phase_is(self, phase: Phase, seat: int) -> bool:
        """Tell whether the game is in a phase and a seat's turn in it."""
        return self.bob.view.phase is phase and self.bob.view.phase_seat == seat

    def question(self) -> dict[str, object]:
        """Return what the game waits for as Alice's screen shows it, with every word of an open dialog."""
        screen, view, top = self.screen, self.screen.view, self.pilot.app.screen
        dialog: list[str] = []
        if top is not screen:
            dialog += [str(label.content) for label in top.query(Label) if label.id != "clock"]
            dialog += [f"{button.label} {button.disabled}" for button in top.query(Button)]
            dialog += [field.value for field in top.query(Input)]
            dialog += [str(row.prompt) for rows in top.query(OptionList) for row in rows.options]
        return {
            "screen": type(top).__name__,
            "asked": (view.phase, view.phase_seat, view.turn_seat, view.turn, view.round, view.card, view.trade),
            "money": view.balance,
            "positions": view.position,
            "offers": screen.offers(),
            "choices": screen.choices(),
            "panel": list(screen.query_one(ActionsPanel).rows),
            "cursor": screen.board.cursor,
            "status": self.status,
            "dialog": dialog,
        }

    @property
    def status(self) -> str:
        """The line below the board."""
        return str(self.screen.query_one("#status", Lines).content)

    @property
    def lost(self) -> bool:
        """Whether the screen says that the connection is lost."""
        return self.screen.query_one("#status").has_class("lost") and "Connection lost" in self.status

    def notices(self) -> list[str]:
        """Return what the app notified the player of and still shows."""
        return [notice.message for notice in self.pilot.app._notifications]


@asynccontextmanager
async def two(server: ServerProcess, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Two]:
    """Sign Alice in in the app and Bob beside it, and let them meet in the public queue."""
    async with RestClient(server.url, SessionFile(folder / "sessions.json")) as hers:
        await hers.register("alice", PASSWORD, PASSWORD)
    app = app_on(server, folder / "sessions.json")
    async with RestClient(server.url) as rest, app.run_test(size=(120, 40)) as pilot:
        await rest.register("bob", PASSWORD, PASSWORD)
        await until_on(pilot, HomeScreen)
        await pilot.press("f")
        queue = await open_queue(server.url, await rest.access_token())
        async with asyncio.timeout(PATIENCE_SECONDS):
            found = await anext(aiter(queue))
        await queue.close()
        assert isinstance(found, MatchFound)
        bob = GameClient(rest, found.game_id)
        following = asyncio.create_task(_follow(bob))
        try:
            await until_on(pilot, GameScreen)
            await until(pilot, lambda: game_screen(pilot).seat.shown and bob._follower is not None)
            table = Two(server, pilot, bob)
            send = Socket.send

            async def sending(self: Socket[GameMessage, GameCommand], message: GameCommand) -> bool:
                table.noted(self, message)
                return await send(self, message)

            monkeypatch.setattr(Socket, "send", sending)
            yield table
        finally:
            await bob.close()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def _follow(client: GameClient) -> None:
    async for _ in client.updates():
        pass
