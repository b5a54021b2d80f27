"""Home: what one may do, each with its letter; a running game stands first, with its round and whose turn it is."""

from contextlib import suppress
from typing import ClassVar, Final

from rich.markup import escape
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.message import Message
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from magnate.client.errors import ClientError
from magnate.protocol.rest import Profile, RunningGame
from magnate.tui.messages import OpenGame, SignOut, Visit
from magnate.tui.screens.lobby import LobbyScreen
from magnate.tui.words.running import running_words

ENTRIES: Final = (
    ("g", "resume"),
    ("b", "play_bots"),
    ("a", "play_again"),
    ("f", "play_queue"),
    ("c", "create_room"),
    ("j", "join_room"),
    ("l", "watch_live"),
    ("w", "watch_replay"),
    ("p", "profile"),
    ("s", "shop"),
    ("o", "settings"),
    ("x", "sign_out"),
    ("q", "quit"),
)
"""Each entry with its letter, in the order of the menu; the names are keys of LOBBY."""

LOOK_AGAIN_SECONDS: Final = 3.0
"""How often the menu asks how a running game goes on."""
TALL: Final = 30
"""From how many lines on there is room for the welcome."""

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
    running: tuple[RunningGame, ...] = ()
    """The games to go back to, newest first, as far as the server tells of them."""

    class Refreshed(Message):
        """The profile was read again."""

    @property
    def _runs(self) -> bool:
        return self.profile is not None and self.profile.active_game is not None

    def title_text(self) -> str:
        """Return who is signed in where."""
        return self.context.say("signed_in_as", user=self.context.username, server=self.context.server_name)

    def body(self) -> ComposeResult:
        """Lay out the menu."""
        yield Label(LOGO.strip("\n"), id="logo", markup=False)
        yield Label(self.context.say("welcome"), id="welcome")
        with Center(id="menu-place"):
            yield OptionList(*self._options(), id="menu")
        yield Label(self.context.say("home_hint"), id="hint")

    def on_mount(self) -> None:
        """Put the cursor on the first entry, and look now and then how a running game goes on."""
        menu = self.query_one("#menu", OptionList)
        menu.focus()
        menu.highlighted = 0
        self.set_interval(LOOK_AGAIN_SECONDS, self._look_again)

    def on_resize(self, event: events.Resize) -> None:
        """Leave the welcome out where the menu needs its room."""
        self.set_class(event.size.height < TALL, "-short")

    def on_screen_resume(self) -> None:
        """Read the profile again: a game may have begun or ended."""
        self.read_profile()

    def _look_again(self) -> None:
        if self.is_current and self._runs:
            self.read_profile()

    @work(exclusive=True)
    async def read_profile(self) -> None:
        """Ask the server for the profile, which says whether a game runs, and how that one stands."""
        profile = await self.ask(self.context.rest.profile())
        running: tuple[RunningGame, ...] = ()
        if profile is not None and profile.active_game is not None:
            with suppress(ClientError):  # a server of another version tells less
                running = await self.context.rest.running_games()
        # Whoever leaves at once takes the title away before the answer comes.
        if profile is not None and self.query("#title"):
            self.profile, self.running = profile, running
            say = self.context.say
            figures = f"{say('profile_elo').lower()} {profile.elo}  ·  {profile.points} {say('points')}"
            self.query_one("#title", Label).update(f"{self.title_text()}  ·  {figures}")
            self._update_menu()

    def _options(self) -> list[Option]:
        """Return the entries: a running game first, nothing in its place where there is none."""
        return [
            Option(self._prompt(letter, name), id=name, disabled=name == "play_again" and not self._has_played)
            for letter, name in ENTRIES
            if name != "resume" or self._runs
        ]

    @property
    def _has_played(self) -> bool:
        return self.profile is not None and self.profile.num_played_games > 0

    def _prompt(self, letter: str, name: str) -> str:
        words = f"[b]{letter.upper()}[/b]  {self.context.say(name)}"
        if name != "resume":
            return words
        stands = self._stands() if self.running else ""
        whole = f"{words}\n   {escape(stands)}" if stands else words
        # The cursor has a colour of its own, on which another one could not be read.
        return whole if self._cursor == name else f"[$success]{whole}[/]"

    def _stands(self) -> str:
        """Return how the newest of the running games stands, and how many more there are."""
        newest, *others = self.running
        stands = running_words(newest, self.context.username, self.context.preferences.lang)
        return f"{stands} · {self.context.say('running_more', count=len(others))}" if others else stands

    @property
    def _cursor(self) -> str | None:
        """The entry under the cursor."""
        option = self.query_one("#menu", OptionList).highlighted_option if self.is_mounted else None
        return None if option is None else option.id

    @on(OptionList.OptionHighlighted)
    def light(self) -> None:
        """Let the running game be lit wherever the cursor is."""
        if self._runs:
            menu = self.query_one("#menu", OptionList)
            menu.replace_option_prompt("resume", self._prompt(*ENTRIES[0]))

    def _update_menu(self) -> None:
        """Lay the entries out anew; the cursor stays where the player has put it, or goes to the first one."""
        menu, options = self.query_one("#menu", OptionList), self._options()
        if [(each.prompt, each.disabled) for each in options] == [
            (each.prompt, each.disabled) for each in menu.options
        ]:
            return
        moved, name = bool(menu.highlighted), self._cursor
        menu.clear_options()
        menu.add_options(options)
        menu.highlighted = next((at for at, each in enumerate(options) if moved and each.id == name), 0)

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
        elif len(self.running) > 1:
            self.post_message(Visit("resume"))
        else:
            self.post_message(OpenGame(profile.active_game))
