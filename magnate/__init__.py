"""Magnate: a board game of streets, rents and bargains.

One engine (`magnate.engine`), four ways in: the server, the terminal client, the simulator and Python. For the last,
the names below are loaded when they are first asked for, so that `import magnate` costs nothing (docs: From Python).
"""

TYPE_CHECKING = False  # known to type checkers by its name; `typing` itself takes longer to load than Python to start
if TYPE_CHECKING:
    from magnate.bots.base import Bot
    from magnate.bots.loading import parse_bot
    from magnate.engine.chance import Recorded, Recorder, Scripted, Secure, Seeded
    from magnate.engine.errors import IllegalAction, Reason
    from magnate.engine.game import apply, legal_actions, new_game, why_not
    from magnate.engine.limits import bid_limits, trade_limits
    from magnate.engine.phases import Phase
    from magnate.engine.rules.ending import net_worth
    from magnate.engine.state import Settings, State
    from magnate.engine.view import GameView, view_for

__version__ = "0.1.0"

__all__ = [
    "Bot",
    "GameView",
    "IllegalAction",
    "Phase",
    "Reason",
    "Recorded",
    "Recorder",
    "Scripted",
    "Secure",
    "Seeded",
    "Settings",
    "State",
    "__version__",
    "apply",
    "bid_limits",
    "legal_actions",
    "net_worth",
    "new_game",
    "parse_bot",
    "trade_limits",
    "view_for",
    "why_not",
]

_HOMES = {
    "magnate.bots.base": ("Bot",),
    "magnate.bots.loading": ("parse_bot",),
    "magnate.engine.chance": ("Recorded", "Recorder", "Scripted", "Secure", "Seeded"),
    "magnate.engine.errors": ("IllegalAction", "Reason"),
    "magnate.engine.game": ("apply", "legal_actions", "new_game", "why_not"),
    "magnate.engine.limits": ("bid_limits", "trade_limits"),
    "magnate.engine.phases": ("Phase",),
    "magnate.engine.rules.ending": ("net_worth",),
    "magnate.engine.state": ("Settings", "State"),
    "magnate.engine.view": ("GameView", "view_for"),
}
"""Which module each of the names comes from."""


def __getattr__(name: str) -> object:
    """Load one of the names above when it is first asked for."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(home), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
