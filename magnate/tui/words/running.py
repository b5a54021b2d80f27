"""Running games in a few words: for the menu, and for lists of one's own games and of those to watch."""

from collections.abc import Sequence
from typing import NamedTuple

from magnate.printable import printable
from magnate.protocol.rest import LiveGame, LivePlayer, RunningGame
from magnate.texts.lobby import lobby


class Named(NamedTuple):
    """A game of a list, in words."""

    game: int
    words: str


def watched_words(games: Sequence[LiveGame], lang: str) -> list[Named]:
    """Return games that everybody may watch: who plays, the round, and how many watch."""
    return [
        Named(
            game.game_id,
            lobby("watch_game", lang, names=_names(game.players), round=game.current_round, viewers=game.viewers),
        )
        for game in games
    ]


def own_words(games: Sequence[RunningGame], me: str, lang: str) -> list[Named]:
    """Return games of the user called `me`: the round, whose turn it is, and the others."""
    return [
        Named(
            game.game_id,
            f"{running_words(game, me, lang)}  ·  {_names([each for each in game.players if each.username != me])}",
        )
        for game in games
    ]


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


def _names(players: Sequence[LivePlayer]) -> str:
    return ", ".join(printable(player.username) for player in players)
