"""The player's profile, and how past games ended."""

import asyncio
import textwrap
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Label

from magnate.engine.record import read_record
from magnate.errors import MagnateError
from magnate.protocol.rest import Profile
from magnate.tui.context import Context
from magnate.tui.messages import OpenReplay
from magnate.tui.screens.lobby import LobbyScreen
from magnate.tui.words.history import TIE, PastGame, past_game

LATEST = 50
"""Past games that are listed, the latest first."""
COLUMNS = ("history_game", "history_end", "history_rank", "history_result")
"""What is said of each, as keys of LOBBY."""


class ProfileScreen(LobbyScreen):
    """Figures above, past games below."""

    _read = False
    """Whether the server has said which games there were."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", id="lobby.back")]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._games: list[PastGame] = []

    def title_text(self) -> str:
        """Return what stands above the screen."""
        return self.context.say("profile_title")

    def body(self) -> ComposeResult:
        """Lay out figures and table."""
        yield Label("", id="figures", markup=False)
        yield Label(self.context.say("history"), classes="heading")
        table: DataTable[str] = DataTable(cursor_type="row", zebra_stripes=True, id="history")
        yield table
        yield Label(self.context.say("history_hint"), id="hint")

    def on_mount(self) -> None:
        """Read the profile and the history."""
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Ask the server for the profile and for each past game."""
        rest = self.context.rest
        profile = await self.ask(rest.profile())
        if profile is None or not self.stays:
            return
        self.query_one("#figures", Label).update(self._figures(profile))
        games = await self.ask(rest.games_played()) or []
        for game in sorted(games, reverse=True)[:LATEST]:
            summary = await self.ask(rest.summary(game))
            if summary is not None:
                self._games.append(past_game(summary, profile.username, self.context.preferences.lang))
        self._read = True
        if self.stays:
            self._fill()
            self.query_one(DataTable).focus()

    def on_resize(self) -> None:
        """Wrap the worths anew."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """Write the table; the worths of all get the width that is left, and as many lines as they need in it."""
        if not self._read or not self.stays:
            return
        table = self.query_one(DataTable)
        here = table.cursor_row
        table.clear(columns=True)
        room = table.size.width - 2 * table.cell_padding * len(COLUMNS)
        *labels, last = (self.context.say(key) for key in COLUMNS)
        for place, label in enumerate(labels):
            width = max([len(label), *(len(row[place]) for row in self._games)])
            table.add_column(label, width=width)
            room -= width
        room = max(room, len(last))
        table.add_column(last, width=room)
        for *facts, worths in self._games:
            table.add_row(*facts, textwrap.fill(worths, room).replace(TIE, " "), key=facts[0], height=None)
        if not self._games:
            table.add_row("", "", "", textwrap.fill(self.context.say("history_none"), room), height=None)
        table.move_cursor(row=here)

    @on(DataTable.RowSelected)
    def selected(self, event: DataTable.RowSelected) -> None:
        """Watch the game of the row again."""
        if event.row_key.value is not None:
            self.watch_again(int(event.row_key.value))

    @work(exclusive=True)
    async def watch_again(self, game: int) -> None:
        """Ask the server for the record of a game, and show it."""
        lines = await self.ask(self.context.rest.record(game))
        if lines is None:
            return
        try:
            record = await asyncio.to_thread(read_record, lines, self.context.say("history_record", game=game))
        except MagnateError as error:
            self.notify(self.refusal(error), severity="error", markup=False)
        else:
            self.post_message(OpenReplay(record))

    def _figures(self, profile: Profile) -> str:
        say = self.context.say
        facts = (
            (
                profile.username,
                f"{say('profile_elo')} {profile.elo}",
                f"{profile.points} {say('points')}",
            ),
            (
                f"{say('profile_played')} {profile.num_played_games}",
                f"{say('profile_won')} {profile.num_won_games}",
                f"{say('profile_since')} {profile.date_joined[:10]}",
            ),
        )
        return "\n".join("   ".join(line) for line in facts)
