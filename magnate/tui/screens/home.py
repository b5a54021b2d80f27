"""Home: what one may do, each with its letter."""

from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.message import Message
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from magnate.protocol.rest import Profile
from magnate.tui.messages import OpenGame, SignOut, Visit
from magnate.tui.screens.lobby import LobbyScreen

ENTRIES: Final = (
    ("b", "play_bots"),
    ("f", "play_queue"),
    ("c", "create_room"),
    ("j", "join_room"),
    ("g", "resume"),
    ("l", "watch_live"),
    ("w", "watch_replay"),
    ("p", "profile"),
    ("s", "shop"),
    ("o", "settings"),
    ("x", "sign_out"),
    ("q", "quit"),
)
"""Each entry with its letter, in the order of the menu; the names are keys of LOBBY."""

LOGO: Final = r"""
█▀▄▀█ ▄▀█ █▀▀ █▄ █ ▄▀█ ▀█▀ █▀▀
█ ▀ █ █▀█ █▄█ █ ▀█ █▀█  █  ██▄
"""


class HomeScreen(LobbyScreen):
    """The menu that everything begins at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(letter, f"take('{name}')", name, show=False, id=f"home.{name}") for letter, name in ENTRIES
    ]

    profile: Profile | None = None

    class Refreshed(Message):
        """The profile was read again."""

    def title_text(self) -> str:
        """Return who is signed in where."""
        session = self.context.rest.session
        user = session.username if session is not None else ""
        return self.context.say("signed_in_as", user=user, server=self.context.server_name)

    def body(self) -> ComposeResult:
        """Lay out the menu."""
        yield Label(LOGO.strip("\n"), id="logo", markup=False)
        yield Label(self.context.say("welcome"), id="welcome")
        with Center(id="menu-place"):
            yield OptionList(*self._options(), id="menu")
        yield Label(self.context.say("home_hint"), id="hint")

    def on_mount(self) -> None:
        """Put the cursor on the first entry."""
        menu = self.query_one("#menu", OptionList)
        menu.focus()
        menu.highlighted = 0

    def on_screen_resume(self) -> None:
        """Read the profile again: a game may have begun or ended."""
        self.read_profile()

    @work(exclusive=True)
    async def read_profile(self) -> None:
        """Ask the server for the profile; it says whether a game runs."""
        profile = await self.ask(self.context.rest.profile())
        # Whoever leaves at once takes the title away before the answer comes.
        if profile is not None and self.query("#title"):
            self.profile = profile
            say = self.context.say
            figures = f"{say('profile_elo').lower()} {profile.elo}  ·  {profile.points} {say('points')}"
            self.query_one("#title", Label).update(f"{self.title_text()}  ·  {figures}")
            self._update_menu()

    def _options(self) -> list[Option]:
        running = self.profile is not None and self.profile.active_game is not None
        return [
            Option(
                f"[b]{letter.upper()}[/b]  {self.context.say(name)}", id=name, disabled=name == "resume" and not running
            )
            for letter, name in ENTRIES
        ]

    def _update_menu(self) -> None:
        menu = self.query_one("#menu", OptionList)
        place = menu.highlighted
        menu.clear_options()
        menu.add_options(self._options())
        menu.highlighted = place

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """Take the entry under the cursor."""
        self.action_take(str(event.option_id))

    def action_take(self, name: str) -> None:
        """Take an entry of the menu."""
        if name == "quit":
            self.app.exit(0)
        elif name == "sign_out":
            self.post_message(SignOut())
        elif name != "resume":
            self.post_message(Visit(name))
        else:
            self.find_game()

    @work(exclusive=True, group="find")
    async def find_game(self) -> None:
        """Go back to the running game, if the server knows of one; say so where there is none, or no answer."""
        profile = await self.ask(self.context.rest.profile())
        if profile is None:
            self.notify(self.context.say("resume_unknown"), severity="warning")
        elif profile.active_game is None:
            self.notify(self.context.say("resume_none"))
        else:
            self.post_message(OpenGame(profile.active_game))
