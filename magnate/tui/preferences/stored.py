"""What a player prefers (language, theme, pace, keys …), from a TOML file that the settings screen writes back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from magnate.client.pace import DEFAULT_PACE, PACES
from magnate.errors import MagnateError
from magnate.system.files import read_whole, write_whole
from magnate.system.folders import config_folder
from magnate.texts import LANGUAGES
from magnate.tui.board.palette import DEFAULT_PALETTE, THEME_PALETTES


class PreferencesError(MagnateError):
    """The file with the preferences cannot be used."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what)
        self.path = path
        """The file."""
        self.what = what
        """What is wrong, and where in it."""

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


CALLS: Final = ("off", "bell", "desktop", "both")
"""How a player may want to be called when it is their turn."""
MOST_CLOCK: Final = 86_400
"""The longest time limit of a phase on one's own server, in seconds: a day."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a player prefers; flags of `magnate play` win over the file."""

    lang: str = LANGUAGES[0]
    theme: str = DEFAULT_PALETTE.name
    animation: bool = True
    server: str | None = None
    """The server to play on; None starts one of one's own."""
    user: str | None = None
    """The name to sign in with."""
    clock: int = 0
    """The time limit of a phase on one's own server, in seconds; 0 is none."""
    pace: str = DEFAULT_PACE
    """How fast bots are shown: one of `PACES`."""
    call: str = CALLS[0]
    """How to call the player when it is their turn: one of `CALLS`."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys, by the id of the action: `{"game.roll": "space"}`."""


def default_path() -> Path:
    """Return where the preferences lie unless `--config` says otherwise."""
    return config_folder() / "play.toml"


_KINDS: Final[dict[str, type]] = {
    "lang": str,
    "theme": str,
    "animation": bool,
    "server": str,
    "user": str,
    "clock": int,
    "pace": str,
    "call": str,
    "keys": dict,
}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "lang": LANGUAGES,
    "theme": tuple(THEME_PALETTES),
    "pace": tuple(PACES),
    "call": CALLS,
}


def load(path: Path, *, required: bool = False) -> Preferences:
    """Read preferences; a file that is not there means the defaults, unless it was asked for by name.

    Raises:
        PreferencesError: the file cannot be read, or says something unknown.
    """
    try:
        data = tomllib.loads(read_whole(path).decode())
    except FileNotFoundError:
        if required:
            raise PreferencesError(path, "there is no such file") from None
        return Preferences()
    except OSError as error:
        raise PreferencesError(path, error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PreferencesError(path, f"is not TOML: {error}") from error
    for name, value in data.items():
        _check(path, name, value)
    return replace(Preferences(), **data)


def _check(path: Path, name: str, value: object) -> None:
    if name not in _KINDS:
        raise PreferencesError(path, f"unknown setting {name!r}; known are {', '.join(_KINDS)}")
    if not isinstance(value, _KINDS[name]) or (name == "clock" and isinstance(value, bool)):
        raise PreferencesError(path, f"{name} must be a {_KINDS[name].__name__}, not {value!r}")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise PreferencesError(path, f"{name} must be one of {', '.join(_CHOICES[name])}, not {value!r}")
    if name == "server" and not str(value).startswith(("http://", "https://")):
        raise PreferencesError(path, f"server must begin with http:// or https://, not {value!r}")
    if isinstance(value, int) and not 0 <= value <= MOST_CLOCK:
        raise PreferencesError(path, f"{name} must be from 0 to {MOST_CLOCK} seconds, not {value}")
    if isinstance(value, dict) and not all(isinstance(key, str) for key in value.values()):
        raise PreferencesError(path, "keys must map ids of actions to keys")


def save(path: Path, preferences: Preferences) -> None:
    """Write preferences back, in one go.

    Raises:
        PreferencesError: the file cannot be written.
    """
    lines = [f'lang = "{preferences.lang}"', f'theme = "{preferences.theme}"']
    lines.append(f"animation = {'true' if preferences.animation else 'false'}")
    lines += [f'pace = "{preferences.pace}"', f'call = "{preferences.call}"']
    lines += [f"{name} = {_quoted(value)}" for name in ("server", "user") if (value := getattr(preferences, name))]
    if preferences.clock:
        lines.append(f"clock = {preferences.clock}")
    if preferences.keys:
        lines += ["", "[keys]", *(f"{_quoted(action)} = {_quoted(key)}" for action, key in preferences.keys.items())]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, "\n".join([*lines, ""]).encode())
    except OSError as error:
        raise PreferencesError(path, error.strerror or str(error)) from error


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
