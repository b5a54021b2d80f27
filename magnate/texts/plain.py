"""What the line mode of the terminal client says."""

from typing import Final

from magnate.texts import Words, in_language

PLAIN: Final[dict[str, Words]] = {
    "welcome": ("Magnate, line mode. Type help at any time.", "Magnate, modo de líneas. Escribe ayuda cuando quieras."),
    "signed_in": ("You are {user} on {server}.", "Eres {user} en {server}."),
    "name": ("Name: ", "Nombre: "),
    "password": ("Password: ", "Contraseña: "),
    "new_account": (
        "There is no such account, or the password is wrong. Make a new account of that name? (y/n) ",
        "No existe esa cuenta o la contraseña no es correcta. ¿Crear una cuenta con ese nombre? (s/n) ",
    ),
    "menu": (
        "1 play against bots, 2 find opponents, 3 go back to your game, 0 quit: ",
        "1 jugar contra bots, 2 buscar rivales, 3 volver a tu partida, 0 salir: ",
    ),
    "bots": (
        "Levels of one to three bots, with commas between them [medium,medium,medium]: ",
        "Niveles de uno a tres bots, separados por comas [medium,medium,medium]: ",
    ),
    "bad_level": (
        "{level} is no level; there are {levels}.",
        "{level} no es un nivel; los hay: {levels}.",
    ),
    "waiting": ("Waiting for opponents. Ctrl-C leaves.", "Esperando rivales. Ctrl-C para salir."),
    "in_room": (
        "You are in room {code}. The owner starts the game. Ctrl-C leaves.",
        "Estás en la sala {code}. El anfitrión empieza la partida. Ctrl-C para salir.",
    ),
    "no_game": ("You have no running game.", "No tienes ninguna partida en curso."),
    "what": ("Your choice: ", "Tu elección: "),
    "you_may": ("You may:", "Puedes:"),
    "money": ("You have {money}. You are on {square}.", "Tienes {money}. Estás en {square}."),
    "shown_card": ("The card shown: {title}. {effect}", "Carta mostrada: {title}. {effect}"),
    "auction": (
        "Auction of {square}, price {price}: type bid and an amount up to {most}, or choose.",
        "Subasta de {square}, precio {price}: escribe pujar y una cantidad hasta {most}, o elige.",
    ),
    "trade_on_table": (
        "{who} gives you {given} for {taken}.",
        "{who} te da {given} por {taken}.",
    ),
    "unknown": (
        "That is none of the choices. Type its number, or help.",
        "Eso no está entre las opciones. Escribe su número, o ayuda.",
    ),
    "help": (
        "A number chooses. board: who owns what. players: money and squares. bid AMOUNT: a bid. "
        "trade PLAYER GIVE GET: a trade, such as: trade B 100+5 31 (100 and square 5 for square 31). "
        "say WORDS: talk. surrender: leave the game for good. quit: leave the program, keep your seat.",
        "Un número elige. tablero: quién tiene qué. jugadores: dinero y casillas. pujar CANTIDAD: una puja. "
        "trato JUGADOR DAR RECIBIR: un trato, por ejemplo: trato B 100+5 31 (100 y la casilla 5 por la 31). "
        "decir PALABRAS: hablar. rendirse: dejar la partida. salir: cerrar el programa y conservar el asiento.",
    ),
    "trade_form": (
        "A trade reads: trade PLAYER GIVE GET, each side money and square numbers with + between, or 0.",
        "Un trato se escribe: trato JUGADOR DAR RECIBIR, cada lado dinero y casillas con + en medio, o 0.",
    ),
    "sure": ("Really surrender? (y/n) ", "¿Seguro que te rindes? (s/n) "),
    "player": (
        "{letter} {name}: money {money}, worth {worth}, on {square}{more}.",
        "{letter} {name}: dinero {money}, patrimonio {worth}, en {square}{more}.",
    ),
    "you": (", you", ", tú"),
    "jailed": (", {turns} jail turns left", ", {turns} turnos de cárcel"),
    "out": (", out of the game", ", fuera de la partida"),
    "owned": ("{square}: {name}, rent {rent}{more}.", "{square}: {name}, alquiler {rent}{more}."),
    "levels": (", levels {count}", ", niveles {count}"),
    "mortgaged": (", mortgaged", ", hipotecada"),
    "nothing_owned": ("Nobody owns anything yet.", "Aún nadie tiene nada."),
    "lost": ("The connection is lost: {why}. Trying again.", "Se ha perdido la conexión: {why}. Reintentando."),
    "back": ("The connection is back.", "La conexión ha vuelto."),
    "not_sent": (
        "There is no connection: that was not sent.",
        "No hay conexión: eso no se ha enviado.",
    ),
    "refused": ("Refused: {why}", "Rechazado: {why}"),
    "said": ("{user} says: {words}", "{user} dice: {words}"),
    "goodbye": ("Goodbye.", "Hasta luego."),
    "yes": ("y", "s"),
}
"""By key; words in braces are filled in."""

COMMANDS: Final[dict[str, Words]] = {
    "help": ("help", "ayuda"),
    "board": ("board", "tablero"),
    "players": ("players", "jugadores"),
    "bid": ("bid", "pujar"),
    "trade": ("trade", "trato"),
    "say": ("say", "decir"),
    "surrender": ("surrender", "rendirse"),
    "quit": ("quit", "salir"),
}
"""The words that a player may type; both languages are always understood."""


def plain(key: str, lang: str, **values: object) -> str:
    """Return the text of PLAIN for `key` in `lang`, with `values` filled in."""
    return in_language(PLAIN[key], lang).format(**values)


def command_of(word: str) -> str | None:
    """Return the command that a word means, in either language, or None."""
    lowered = word.lower()
    return next((name for name, words in COMMANDS.items() if lowered in words), None)
