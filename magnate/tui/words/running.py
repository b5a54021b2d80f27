"""A running game in a few words, for the menu: its round, whose turn it is, and whether it waits for the player."""

from magnate.printable import printable
from magnate.protocol.rest import RunningGame
from magnate.texts.lobby import lobby


def running_words(game: RunningGame, me: str, lang: str) -> str:
    """Return round and turn of a running game of the user called `me`."""
    rounds = "running_round" if game.max_rounds else "running_round_open"
    return f"{lobby(rounds, lang, round=game.current_round, last=game.max_rounds)} · {_turn(game, me, lang)}"


def _turn(game: RunningGame, me: str, lang: str) -> str:
    asked = me in game.waiting_for
    if game.turn == me:
        names = ", ".join(printable(name) for name in game.waiting_for)
        return lobby("running_turn_you" if asked or not names else "running_turn_you_waits", lang, names=names)
    return lobby("running_turn_asked" if asked else "running_turn", lang, name=printable(game.turn))
