"""What every screen is given: the server, the session with it, and what the player prefers."""

from dataclasses import dataclass, field

from magnate.client.rest import RestClient
from magnate.texts.lobby import lobby
from magnate.tui.advice import Adviser
from magnate.tui.hearing import Hearing
from magnate.tui.preferences.stored import Preferences


@dataclass
class Context:
    """One per run of the client; the preferences change when the settings screen saves."""

    rest: RestClient
    preferences: Preferences
    own_server: bool
    """Whether the server is one that this client started."""
    adviser: Adviser | None = None
    """Who gives hints; None where nobody does."""
    _hearings: dict[int, Hearing] = field(default_factory=dict)

    def hearing(self, game: int) -> Hearing:
        """Return whose offers the player hears in a game, for as long as the client runs."""
        return self._hearings.setdefault(game, Hearing())

    def say(self, key: str, **values: object) -> str:
        """Return a text of the lobby in the player's language."""
        return lobby(key, self.preferences.lang, **values)

    @property
    def username(self) -> str:
        """Who is signed in; empty where nobody is."""
        return "" if self.rest.session is None else self.rest.session.username

    @property
    def server_name(self) -> str:
        """The server as a person calls it."""
        return self.say("own_server") if self.own_server else self.rest.server.partition("://")[2]
