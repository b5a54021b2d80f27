"""What servers and networks refuse, in the player's language.

The wire has one language for each sentence (sockets speak Spanish, REST English, as documented). A client that shows
such a sentence to a player looks it up here; what is not here is shown as it came.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import Final

from magnate.texts import Words, in_language

REFUSALS: Final[tuple[Words, ...]] = (
    # Sockets
    ("The message could not be read.", "Datos invalidos."),
    ("Too many messages. Wait a moment.", "Demasiados mensajes: espera un momento."),
    (
        "The server cannot save anything right now. Try again.",
        "El servidor no puede guardar nada ahora mismo: inténtalo de nuevo.",
    ),
    ("You can only watch here.", "Aquí solo puedes mirar."),
    ("Invalid data: {field}", "Datos no válidos: {field}"),
    ("Unknown command.", "Comando invalido."),
    ("These settings are not possible.", "Configuración inválida."),
    ("{count} players are needed to start the game.", "Se necesitan {count} jugadores para iniciar la partida."),
    (
        "Everybody has to be ready before the game starts.",
        "Todos los jugadores deben estar listos para iniciar la partida.",
    ),
    ("Too many games are running: finish or leave one first.", "Demasiadas partidas en curso."),
    ("Too many games in a row: wait a moment.", "Demasiadas partidas seguidas: espera un momento."),
    ("You do not own that emoji.", "Ese emoji no es tuyo."),
    ("No room has that code.", "Sala no encontrada."),
    ("The room is full.", "Sala llena."),
    ("You are already in this room.", "Ya estás en esta sala."),
    ("Only the owner can start the game.", "Solo el host puede iniciar una partida."),
    ("Only the owner can change the settings.", "Solo el host puede cambiar la configuración."),
    ("the server closed the connection (code {code})", "el servidor cerró la conexión (código {code})"),
    # Accounts
    ("A user with that username already exists.", "Ya existe un usuario con ese nombre."),
    ("The two passwords do not match.", "Las dos contraseñas no coinciden."),
    ("This field may not be blank.", "Este campo no puede quedar vacío."),
    ("This field may not be null.", "Este campo no puede faltar."),
    ("This field is required.", "Este campo es obligatorio."),
    ("Not a valid string.", "No es un texto válido."),
    ("A valid integer is required.", "Tiene que ser un número entero."),
    ("A name has at most {count} characters.", "Un nombre tiene como mucho {count} caracteres."),
    (
        "A name consists of letters, digits, spaces and _ . - only.",
        "Un nombre solo lleva letras, cifras, espacios y _ . -",
    ),
    ("A name has a letter or a digit.", "Un nombre lleva alguna letra o cifra."),
    ("A name has few marks on each letter.", "Un nombre lleva pocas marcas en cada letra."),
    ("This name looks like that of another user.", "Ese nombre parece el de otro usuario."),
    (
        "This password is too short. It must contain at least {count} characters.",
        "La contraseña es demasiado corta: necesita al menos {count} caracteres.",
    ),
    (
        "This password is too long. It must contain at most {count} characters.",
        "La contraseña es demasiado larga: caben como mucho {count} caracteres.",
    ),
    ("This password is entirely numeric.", "La contraseña no puede tener solo cifras."),
    (
        "This password has control characters or invisible ones.",
        "La contraseña lleva caracteres de control o invisibles.",
    ),
    ("This password repeats one character.", "La contraseña repite un solo carácter."),
    ("This password is too common.", "La contraseña es demasiado común."),
    ("The password is too similar to the username.", "La contraseña se parece demasiado al nombre."),
    ("bad credentials", "nombre o contraseña incorrectos"),
    ("too many attempts, try again in 1 second", "demasiados intentos; prueba otra vez en 1 segundo"),
    ("too many attempts, try again in {count} seconds", "demasiados intentos; prueba otra vez en {count} segundos"),
    ("you are not signed in", "no has iniciado sesión"),
    ("your session has ended: sign in again", "tu sesión ha terminado: inicia sesión de nuevo"),
    # Shop, rooms, past games
    ("This item is not a piece.", "Este artículo no es una ficha."),
    ("You do not own this piece.", "Esta ficha no es tuya."),
    ("You already own this item.", "Este artículo ya es tuyo."),
    ("There is no such item.", "No existe ese artículo."),
    (
        "You do not have enough points: it costs {price}, you have {points}.",
        "No tienes suficientes puntos: cuesta {price} y tienes {points}.",
    ),
    ("There is no such user.", "No existe ese usuario."),
    ("There is no such game.", "No existe esa partida."),
    ("You did not play in this game.", "No jugaste en esa partida."),
    ("This game is not finished.", "Esa partida no ha terminado."),
    ("This game cannot be replayed.", "Esa partida no se puede repetir."),
    ("you already hold 1 private room", "ya tienes 1 sala privada"),
    ("you already hold {count} private rooms", "ya tienes {count} salas privadas"),
    (
        "the server cannot store anything just now; please try again later",
        "el servidor no puede guardar nada ahora mismo; inténtalo más tarde",
    ),
    ("Internal server error.", "El servidor ha fallado."),
    # Networks and files
    (
        "{url} is no Magnate server that this client understands: {what}",
        "{url} no es un servidor de Magnate que este cliente entienda: {what}",
    ),
    (
        "the server plays on another board: use a client of the same version",
        "el servidor juega en otro tablero: usa un cliente de la misma versión",
    ),
    ("the server sent a state that cannot be: {what}", "el servidor mandó un estado imposible: {what}"),
    (
        "there is no Magnate at {url} (HTTP 404): check the address",
        "no hay ningún Magnate en {url} (HTTP 404): revisa la dirección",
    ),
    ("{address} is no address of a server: {why}", "{address} no es la dirección de un servidor: {why}"),
    ("HTTP {status} without JSON", "HTTP {status} sin JSON"),
    ("HTTP {status} at /healthz", "HTTP {status} en /healthz"),
    ("no answer from {url}: {why}", "no responde {url}: {why}"),
    ("your own server", "tu propio servidor"),
    ("it ended at once", "se cerró enseguida"),
    ("All connection attempts failed", "nadie acepta la conexión"),
    ("timed out during opening handshake", "se agotó el tiempo al conectar"),
    (
        "session file {path}: is damaged ({what}); magnate logout deletes it",
        "archivo de sesión {path}: está dañado ({what}); magnate logout lo borra",
    ),
    ("session file {path}: {why}", "archivo de sesión {path}: {why}"),
    ("{path}: No such file or directory", "{path}: no existe ese archivo"),
    ("{path}: Permission denied", "{path}: no hay permiso para leerlo"),
    ("{path}: Is a directory", "{path}: es una carpeta"),
)
"""English and Spanish; words in braces are filled in, and may be refusals themselves."""


def refusal(text: str, lang: str) -> str:
    """Return a sentence of a server, a network or a client in `lang`, or as it came where there are no words for it."""
    for words in REFUSALS:
        for pattern in _patterns(words):
            match = pattern.fullmatch(text)
            if match is not None:
                inner = {name: refusal(value, lang) for name, value in match.groupdict().items()}
                return in_language(words, lang).format(**inner)
    return text


@cache
def _patterns(words: Words) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile("".join(_parts(template)), re.DOTALL) for template in words)


def _parts(template: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(template):
        yield re.escape(literal)
        if name is not None:
            yield f"(?P<{name}>.+?)"
