"""What `magnate replay` says around the moves, in English and Spanish."""

from typing import Final

from magnate.engine.record import Header
from magnate.engine.state import new_state
from magnate.printable import printable
from magnate.texts import Words, text_of
from magnate.texts.narration import Narrator

REPLAYS: Final[dict[str, Words]] = {
    "written_by": (
        "A game of {count} players, written by Magnate {version}.",
        "Una partida de {count} jugadores, escrita por Magnate {version}.",
    ),
    "limit": ("It ends after round {rounds}.", "Termina tras la ronda {rounds}."),
    "no_limit": ("It has no limit of rounds.", "No tiene límite de rondas."),
    "seed": ("Its seed is {seed}.", "Su semilla es {seed}."),
    "order": ("Turn order: {order}.", "Orden de turno: {order}."),
    "position": ("It begins from a position in round {round}.", "Empieza en una posición de la ronda {round}."),
    "running": (
        "The record ends here; the game is not over.",
        "El registro acaba aquí; la partida no ha terminado.",
    ),
}
"""By what there is to say; words in braces are filled in."""


def replays(what: str, lang: str = "en", **words: object) -> str:
    """Return one of REPLAYS in `lang` with its words filled in."""
    return text_of(REPLAYS, what, lang, **words)


def introduction(header: Header, narrator: Narrator) -> list[str]:
    """Return who plays a recorded game, in which order, for how long, and from where; a sentence each."""
    lang = narrator.lang
    start = header.start
    rounds = start.settings.max_rounds
    told = [
        replays("written_by", lang, count=start.seats, version=printable(header.version)),
        replays("limit", lang, rounds=rounds) if rounds else replays("no_limit", lang),
    ]
    if header.seed is not None:
        told.append(replays("seed", lang, seed=header.seed))
    told.append(replays("order", lang, order=", ".join([narrator.who(seat) for seat in start.order])))
    if start != new_state(start.seats, start.order, start.settings, start.board):
        told.append(replays("position", lang, round=start.round))
    return told
