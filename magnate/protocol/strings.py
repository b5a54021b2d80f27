"""The sentences that the server sends, in Spanish as documented; the accents missing in some are the document's."""

from typing import Final

from magnate.engine.errors import Reason, sentence
from magnate.protocol.codes import ErrorCode

MIN_PRIVATE_GAME_PLAYERS: Final = 2
"""Seats, of people and bots, that a private game needs."""
MAX_PRIVATE_GAME_PLAYERS: Final = 4
"""People that a room takes, and seats that a game has."""

INVALID_DATA_PREFIX: Final = "Invalid data: "
"""Before the name of the field at fault."""

SENTENCES: Final[dict[ErrorCode, str]] = {
    ErrorCode.INVALID_JSON: "Datos invalidos.",
    ErrorCode.INVALID_DATA: "Datos invalidos.",
    ErrorCode.RATE_LIMITED: "Demasiados mensajes: espera un momento.",
    ErrorCode.UNAVAILABLE: "El servidor no puede guardar nada ahora mismo: inténtalo de nuevo.",
    ErrorCode.NOT_YOUR_TURN: sentence(Reason.NOT_YOUR_TURN, "es"),
    ErrorCode.WRONG_PHASE: sentence(Reason.WRONG_PHASE, "es"),
    ErrorCode.GAME_OVER: sentence(Reason.GAME_OVER, "es"),
    ErrorCode.INVALID_COMMAND: "Comando invalido.",
    ErrorCode.INVALID_SETTINGS: "Configuración inválida.",
    ErrorCode.TOO_MANY_GAMES: "Demasiadas partidas en curso.",
    ErrorCode.TOO_MANY_STARTS: "Demasiadas partidas seguidas: espera un momento.",
    ErrorCode.READ_ONLY: "Aquí solo puedes mirar.",
    ErrorCode.NOT_OWNED: "Ese emoji no es tuyo.",
    ErrorCode.TOO_FEW_PLAYERS: f"Se necesitan {MIN_PRIVATE_GAME_PLAYERS} jugadores para iniciar la partida.",
    ErrorCode.NOT_ALL_READY: "Todos los jugadores deben estar listos para iniciar la partida.",
    ErrorCode.ROOM_NOT_FOUND: "Sala no encontrada.",
    ErrorCode.ROOM_FULL: "Sala llena.",
    ErrorCode.ALREADY_IN_ROOM: "Ya estás en esta sala.",
}
"""What each error code says. A rule that refuses an action says its own sentence, and so does who is not the owner."""

OWNER_STARTS: Final = "Solo el host puede iniciar una partida."
"""NOT_OWNER, on `start_game`."""
OWNER_SETS: Final = "Solo el host puede cambiar la configuración."
"""NOT_OWNER, on `update_settings`."""

BONUS_NAMES: Final[dict[str, str]] = {
    "walked_squares": "Casillas recorridas",
    "won_money": "Dinero ganado",
    "lost_money": "Dinero perdido",
    "num_fantasy_events": "Cartas de fantasía",
    "built_houses": "Casas construidas",
    "demolished_houses": "Casas demolidas",
    "times_in_jail": "Veces en la cárcel",
    "turns_in_jail": "Turnos en la cárcel",
    "num_paid_rents": "Alquileres pagados",
    "num_trades": "Tratos cerrados",
    "num_mortgages": "Hipotecas",
}
"""The `display_name` of each bonus category."""
