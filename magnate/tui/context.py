"""What every screen is given: the server, the session with it, and what the player prefers."""

from dataclasses import dataclass

from magnate.client.rest import RestClient
from magnate.texts.lobby import lobby
from magnate.tui.preferences.stored import Preferences


@dataclass
class Context:
    """One per run of the client; the preferences change when the settings screen saves."""

    rest: RestClient
    preferences: Preferences
    own_server: bool
    """Whether the server is one that this client started."""

    def say(self, key: str, **values: object) -> str:
        """Return a text of the lobby in the player's language."""
        return lobby(key, self.preferences.lang, **values)

    @property
    def server_name(self) -> str:
        """The server as a person calls it."""
        return self.say("own_server") if self.own_server else self.rest.server.partition("://")[2]
