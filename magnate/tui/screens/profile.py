"""The player's profile, and how past games ended."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DataTable, Label

from magnate.protocol.rest import Profile
from magnate.tui.screens.lobby import LobbyScreen

LATEST = 50
"""Past games that are listed, the latest first."""


class ProfileScreen(LobbyScreen):
    """Figures above, past games below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", id="lobby.back")]

    def title_text(self) -> str:
        """Return what stands above the screen."""
        return self.context.say("profile_title")

    def body(self) -> ComposeResult:
        """Lay out figures and table."""
        yield Label("", id="figures", markup=False)
        yield Label(self.context.say("history"), classes="heading")
        table: DataTable[str] = DataTable(cursor_type="row", zebra_stripes=True, id="history")
        table.add_columns(*(self.context.say(key) for key in ("history_game", "history_end", "history_result")))
        with Vertical():
            yield table

    def on_mount(self) -> None:
        """Read the profile and the history."""
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Ask the server for the profile and for each past game."""
        rest = self.context.rest
        profile = await self.ask(rest.profile())
        if profile is None:
            return
        self.query_one("#figures", Label).update(self._figures(profile))
        table = self.query_one(DataTable)
        games = await self.ask(rest.games_played()) or []
        for game in sorted(games, reverse=True)[:LATEST]:
            summary = await self.ask(rest.summary(game))
            if summary is not None:
                standings = sorted(summary.final_money.items(), key=lambda entry: -entry[1])
                ended = summary.end_date.replace("T", " ")[:16]
                table.add_row(str(game), ended, ", ".join(f"{name} {worth}" for name, worth in standings))
        if not table.row_count:
            table.add_row("", "", self.context.say("history_none"))
        table.focus()

    def _figures(self, profile: Profile) -> str:
        say = self.context.say
        return "   ".join(
            (
                profile.username,
                f"{say('profile_elo')} {profile.elo}",
                f"{say('profile_played')} {profile.num_played_games}",
                f"{say('profile_won')} {profile.num_won_games}",
                f"{profile.points} {say('points')}",
                f"{say('profile_since')} {profile.date_joined[:10]}",
            )
        )
