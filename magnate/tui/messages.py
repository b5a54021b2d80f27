"""What screens ask of the app: where to go next. The app alone pushes and pops screens."""

from textual.message import Message

from magnate.client.errors import ClientError
from magnate.engine.record import Record
from magnate.tui.preferences.stored import Preferences


class Retry(Message):
    """The player wants to look for the server again."""

    def __init__(self, *, put_sessions_aside: bool = False) -> None:
        super().__init__()
        self.put_sessions_aside = put_sessions_aside
        """Whether to begin a new file of sessions, as the old one is damaged."""


class SignedIn(Message):
    """Somebody is signed in."""


class SignOut(Message):
    """The player wants to leave the session."""


class SessionOver(Message):
    """The server no longer accepts the session."""


class Visit(Message):
    """The player wants to see another screen."""

    def __init__(self, screen: str) -> None:
        super().__init__()
        self.screen = screen
        """A name of `magnate.tui.app.SCREENS`."""


class EnterRoom(Message):
    """The player wants to go into a private room."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class PlayBots(Message):
    """The player wants a game against bots."""

    def __init__(self, levels: tuple[str, ...]) -> None:
        super().__init__()
        self.levels = levels
        """One level a bot."""


class OpenGame(Message):
    """The player goes into a game."""

    def __init__(self, game: int) -> None:
        super().__init__()
        self.game = game
        """The game id."""


class PlayAgain(Message):
    """A game that is over begins again under another id, for who played it and for who watched it."""

    def __init__(self, game: int, *, watch: bool) -> None:
        super().__init__()
        self.game = game
        self.watch = watch


class OpenReplay(Message):
    """The player wants to watch a recorded game."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record


class PreferencesChanged(Message):
    """The player prefers something else from now on."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences


class Failed(Message):
    """Something that a screen cannot mend went wrong with the server."""

    def __init__(self, error: ClientError) -> None:
        super().__init__()
        self.error = error
