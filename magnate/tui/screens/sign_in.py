"""Signing in, and making an account; what is wrong is said at the field that it is wrong with."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Button, Input, Label

from magnate.client.errors import CallRefused, ClientError
from magnate.tui.context import Context
from magnate.tui.messages import Failed, SignedIn
from magnate.tui.screens.lobby import LobbyScreen

FIELDS = ("username", "password", "password2")
_UNAUTHORIZED = 401


class SignInScreen(LobbyScreen):
    """Two or three fields and a button; a second button turns it from signing in to registering and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "turn", "back", id="lobby.back"),
        Binding("escape", "leave", "quit", id="app.quit"),
        # Before any other key: who types on without looking must find the focus in the next field.
        Binding("enter", "next", show=False, priority=True, id="form.next"),
    ]

    registering = False

    def __init__(self, context: Context, name: str = "") -> None:
        """Take the name that somebody was signed in with, if the session is over."""
        super().__init__(context)
        self._known = context.preferences.user or name

    def title_text(self) -> str:
        """Return what stands above the screen."""
        return self.context.say("register" if self.registering else "sign_in") + f"  ·  {self.context.server_name}"

    def body(self) -> ComposeResult:
        """Lay out the fields, each with room for what is wrong with it."""
        say = self.context.say
        with Container(id="form-place"), Vertical(id="form"):
            yield Label(say("username"))
            # The name stays when one comes back to it: what replaced it could be a password, for all to see.
            yield Input(self._known, id="username", max_length=40, select_on_focus=False)
            yield Label("", id="username-fault", classes="fault", markup=False)
            yield Label(say("password"))
            yield Input(password=True, id="password")
            yield Label("", id="password-fault", classes="fault", markup=False)
            yield Label(say("password_again"), classes="register")
            yield Input(password=True, id="password2", classes="register")
            yield Label("", id="password2-fault", classes="fault", markup=False)
            with Horizontal(id="buttons"):
                yield Button(say("sign_in"), variant="primary", id="go")
                yield Button(say("to_register"), id="other")
            yield Button(say("guest"), id="guest")

    def on_mount(self) -> None:
        """Begin where something is missing."""
        self._turn(False)
        self._go_on()

    def _go_on(self) -> None:
        """Go to the first field in which something is missing."""
        self.query_one("#password" if self.query_one("#username", Input).value.strip() else "#username").focus()

    @on(Button.Pressed, "#other")
    def action_turn(self) -> None:
        """Turn from signing in to registering, or back."""
        self._turn(not self.registering)
        self._go_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Escape lead from registering back to signing in, and from there out."""
        if action in ("turn", "leave"):
            return self.registering is (action == "turn")
        return True

    async def action_leave(self) -> None:
        """End the program."""
        await self.app.action_quit()

    def _turn(self, registering: bool) -> None:
        say = self.context.say
        self.registering = registering
        self.query_one("#title", Label).update(self.title_text())
        self.query_one("#go", Button).label = say("register" if registering else "sign_in")
        self.query_one("#other", Button).label = say("to_sign_in" if registering else "to_register")
        self.query_one("#guest").display = not registering
        for button in self.query(Button):
            button.refresh(layout=True)  # another label may need another width
        for widget in self.query(".register"):
            widget.display = registering
        self._show_faults({})
        self.refresh_bindings()

    def action_next(self) -> None:
        """Go to the next field by Enter, and on from the last; press the button that has the focus."""
        focused = self.focused
        if isinstance(focused, Button):
            focused.press()
        elif focused is not None and focused.id == ("password2" if self.registering else "password"):
            self.send()
        else:
            self.focus_next(Input)

    @on(Button.Pressed, "#go")
    def pressed(self) -> None:
        """Send the form."""
        self.send()

    @on(Button.Pressed, "#guest")
    def as_guest(self) -> None:
        """Play without a password."""
        self.send(guest=True)

    @work(exclusive=True)
    async def send(self, *, guest: bool = False) -> None:
        """Register or sign in, or go on as a guest, who needs no name."""
        name, password, again = (self.query_one(f"#{field}", Input).value for field in FIELDS)
        self._show_faults({})
        rest = self.context.rest
        if not name.strip() and not guest:
            self._show_faults({"username": (self.context.say("name_needed"),)})
            return
        try:
            if guest:
                await rest.play_as_guest(name.strip() or None)
            elif self.registering:
                await rest.register(name, password, again)
            else:
                await rest.login(name, password)
        except CallRefused as refused:
            if not self.stays:
                return
            if refused.status == _UNAUTHORIZED:
                self._show_faults({"password": (self.context.say("bad_credentials"),)})
            else:
                self._show_faults(refused.fields or {"password": (refused.detail,)})
        except ClientError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(SignedIn())

    def _show_faults(self, faults: dict[str, tuple[str, ...]]) -> None:
        """Say what is wrong at each field, what belongs to no field at the last, and go to the first fault."""
        elsewhere = [fault for name, said in faults.items() if name not in FIELDS for fault in said]
        for name in FIELDS:
            said = [*faults.get(name, ()), *(elsewhere if name == "password" else ())]
            label = self.query_one(f"#{name}-fault", Label)
            label.update("\n".join(self.refusal(fault) for fault in said))
            label.display = bool(said)
        first = next((name for name in FIELDS if name in faults), None)
        if first is not None:
            self.query_one(f"#{first}").focus()
