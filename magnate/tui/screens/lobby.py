"""What the screens outside the game share: the context, a title, and what happens when the server refuses."""

from collections.abc import Awaitable
from typing import TypeVar

from textual.app import ComposeResult
from textual.widgets import Label

from magnate.client.errors import CallRefused, ClientError, SignInNeeded
from magnate.texts.lobby import LOBBY
from magnate.texts.refusals import refusal
from magnate.tui.closing import ClosesOnce
from magnate.tui.context import Context
from magnate.tui.messages import Failed, SessionOver
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.preferences.keys import describe

AnswerT = TypeVar("AnswerT")


class LobbyScreen(ClosesOnce[None]):
    """A screen outside the game: a title above, the keys below, its own widgets between."""

    def __init__(self, context: Context) -> None:
        super().__init__(classes="lobby")
        self.context = context
        describe(self, LOBBY, context.preferences.lang)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Label(self.title_text(), id="title")
        yield from self.body()
        yield KeysFooter()

    def title_text(self) -> str:
        """Return what stands above the screen."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """Lay out what lies between title and footer."""
        raise NotImplementedError

    def refusal(self, error: object) -> str:
        """Return what was refused in the player's language."""
        return refusal(str(error), self.context.preferences.lang)

    async def ask(self, call: Awaitable[AnswerT]) -> AnswerT | None:
        """Await a call to the server; a refusal is shown, anything worse is the app's, and None is returned."""
        try:
            return await call
        except SignInNeeded:
            self.post_message(SessionOver())
        except CallRefused as refused:
            self.notify(self.refusal(refused), severity="error", markup=False)
        except ClientError as error:
            self.post_message(Failed(error))
        return None
