"""The questions of the lobby: how many bots and how strong, and a line of text (a code, a file)."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Select

from magnate.texts import in_language
from magnate.texts.game import GAME, YES, game
from magnate.tui.closing import ClosesOnce
from magnate.tui.context import Context
from magnate.tui.panels.now import NowLine
from magnate.tui.preferences.keys import describe
from magnate.tui.starting import DEFAULT_BOTS, LEVELS

MOST_BOTS: Final = 3


class BotsDialog(ClosesOnce[tuple[str, ...] | None], ModalScreen[tuple[str, ...] | None]):
    """Asks for one to three bots, each of its own level; Enter on the first look takes three of medium strength."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", id="dialog.cancel")]

    def __init__(self, context: Context, levels: Sequence[str] = DEFAULT_BOTS) -> None:
        super().__init__(classes="dialog")
        self.context = context
        self._levels = tuple(levels)

    def compose(self) -> ComposeResult:
        """Lay out one row a bot; the second and third may stay away."""
        say = self.context.say
        with Vertical(classes="box"):
            yield Label(say("bots_title"), classes="heading")
            for place in range(MOST_BOTS):
                level = self._levels[place] if place < len(self._levels) else ""
                options = [(say(f"level_{name}"), name) for name in LEVELS]
                with Horizontal(classes="row"):
                    yield Label(f"{place + 1}", classes="number")
                    yield Select([*options, ("—", "")] if place else options, value=level, allow_blank=False)
            with Horizontal(id="buttons"):
                yield Button(say("start"), variant="primary", id="go")
                yield Button(say("back"), id="back")

    def on_mount(self) -> None:
        """Begin on the button, so that Enter starts."""
        self.query_one("#go").focus()

    @on(Button.Pressed, "#go")
    def start(self) -> None:
        """Answer with the levels chosen."""
        chosen = [str(select.value) for select in self.query(Select)]
        self.dismiss(tuple(level for level in chosen if level))

    @on(Button.Pressed, "#back")
    def back(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)


class AskDialog(ClosesOnce[bool | None], ModalScreen[bool | None]):
    """Asks whether to do something; answers True, or None."""

    begins_on: ClassVar[str] = "#go"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="dialog.cancel"),
        Binding("y", "answer(True)", "yes", show=False, id="confirm.yes"),
        Binding("n", "answer(None)", "no", show=False, id="confirm.no"),
    ]

    def __init__(self, question: str, go: str, back: str, lang: str) -> None:
        """Take the words of the dialog, and the language whose keys say yes and no."""
        super().__init__(classes="dialog")
        self._words = (question, go, back)
        describe(self, GAME, lang)

    def compose(self) -> ComposeResult:
        """Lay out the question and two buttons."""
        question, go, back = self._words
        yield NowLine()
        with Vertical(classes="box"):
            yield Label(question, classes="text", markup=False)
            with Horizontal(id="buttons"):
                yield Button(go, variant="primary", id="go")
                yield Button(back, id="back")

    def on_mount(self) -> None:
        """Begin on the button that does it, or on the other where that is wiser."""
        self.query_one(self.begins_on).focus()

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Answer with the button pressed."""
        self.action_answer(True if event.button.id == "go" else None)

    def action_answer(self, answer: bool | None) -> None:
        """Answer by a key."""
        self.dismiss(answer)


class QuitDialog(AskDialog):
    """Asks whether to end the program."""

    begins_on = "#back"

    def __init__(self, lang: str) -> None:
        yes = in_language(YES, lang).upper()
        words = game("quit_title", lang), f"{yes}  {game('quit_yes', lang)}", f"N  {game('quit_no', lang)}"
        super().__init__(*words, lang)


class LineDialog(ClosesOnce[str | None], ModalScreen[str | None]):
    """Asks for one line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", id="dialog.cancel")]

    def __init__(self, title: str, label: str, go: str, back: str, *, value: str = "", fault: str = "") -> None:
        """Take the words of the dialog, what stands in the field, and what was wrong with it when it was last sent."""
        super().__init__(classes="dialog")
        self._words = (title, label, go, back)
        self._fault = fault
        self._value = value

    def compose(self) -> ComposeResult:
        """Lay out the field and two buttons."""
        title, label, go, back = self._words
        with Vertical(classes="box"):
            yield Label(title, classes="heading")
            yield Label(label)
            yield Input(self._value, id="line")
            if self._fault:
                yield Label(self._fault, classes="fault", markup=False)
            with Horizontal(id="buttons"):
                yield Button(go, variant="primary", id="go")
                yield Button(back, id="back")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one("#line").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def take(self) -> None:
        """Answer with the line, if there is something in it."""
        line = self.query_one("#line", Input).value.strip()
        if line:
            self.dismiss(line)

    @on(Button.Pressed, "#back")
    def back(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
