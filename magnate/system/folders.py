"""Where Magnate keeps what is the user's: data, preferences and sessions, each in the folder meant for it.

Nothing heavy is imported before a folder is asked for: the command line's help stands on this module.
"""

from collections.abc import Callable
from pathlib import Path

from magnate.errors import MagnateError


class NoHome(MagnateError):
    """The user has no home folder: neither HOME nor the system's list of users names one."""

    def __init__(self) -> None:
        super().__init__("this user has no home folder: set HOME to a folder that you may write to")


def data_folder() -> Path:
    """Return where databases lie unless a flag says otherwise. Raises `NoHome`."""
    import platformdirs

    return _with_home(lambda: platformdirs.user_data_path("magnate", appauthor=False))


def config_folder() -> Path:
    """Return where preferences lie unless a flag says otherwise. Raises `NoHome`."""
    import platformdirs

    return _with_home(lambda: platformdirs.user_config_path("magnate"))


def state_folder() -> Path:
    """Return where sessions are remembered. Raises `NoHome`."""
    import platformdirs

    return _with_home(lambda: platformdirs.user_state_path("magnate"))


def expanded(path: Path) -> Path:
    """Return a path with the user's home folder for a `~` at its beginning. Raises `NoHome`."""
    return _with_home(path.expanduser)


def _with_home(find: Callable[[], Path]) -> Path:
    try:
        folder = find()
    except RuntimeError as error:
        raise NoHome from error
    # Older releases of platformdirs leave what stands for a home that is not there: a folder named "~" would be made.
    if folder.parts[:1] == ("~",):
        raise NoHome
    return folder
