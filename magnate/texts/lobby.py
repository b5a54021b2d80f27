"""What the terminal client says outside the game: signing in, home, queue, room, profile, shop and settings."""

from typing import Final

from magnate.texts import Words, in_language

LOBBY: Final[dict[str, Words]] = {
    # Common
    "back": ("Back", "Volver"),
    "quit": ("Quit", "Salir"),
    "ok": ("OK", "Aceptar"),
    "cancel": ("Cancel", "Cancelar"),
    "retry": ("Try again", "Reintentar"),
    "help": ("Help", "Ayuda"),
    "rules": ("Rules", "Reglas"),
    "connecting": ("Connecting to {server} …", "Conectando con {server} …"),
    "starting_server": ("Starting a server of your own …", "Arrancando tu propio servidor …"),
    "server_gone": ("The server does not answer: {why}", "El servidor no responde: {why}"),
    "other_version": (
        "The server is Magnate {theirs}, this client {ours}: some things may not fit.",
        "El servidor es Magnate {theirs} y este cliente {ours}: puede que algo no encaje.",
    ),
    "session_over": ("Your session has ended: sign in again.", "Tu sesión ha terminado: entra de nuevo."),
    "own_server": ("your own server", "tu propio servidor"),
    "points": ("points", "puntos"),
    "yes": ("yes", "sí"),
    "no": ("no", "no"),
    # Sign in
    "sign_in": ("Sign in", "Entrar"),
    "register": ("Create account", "Crear cuenta"),
    "username": ("Name", "Nombre"),
    "password": ("Password", "Contraseña"),
    "password_again": ("Password again", "Repite la contraseña"),
    "to_register": ("New here? Create an account", "¿Nuevo aquí? Crea una cuenta"),
    "to_sign_in": ("I have an account", "Ya tengo cuenta"),
    "bad_credentials": ("Name or password is wrong.", "El nombre o la contraseña no son correctos."),
    "signed_in_as": ("{user} on {server}", "{user} en {server}"),
    # Home
    "welcome": ("A game of streets, rents and bargains", "Un juego de calles, alquileres y tratos"),
    "play_bots": ("Play against bots", "Jugar contra bots"),
    "play_queue": ("Find opponents", "Buscar rivales"),
    "create_room": ("Create a private room", "Crear una sala privada"),
    "join_room": ("Join a room by its code", "Entrar en una sala por su código"),
    "resume": ("Go back to your game", "Volver a tu partida"),
    "resume_none": ("You have no running game.", "No tienes ninguna partida en curso."),
    "watch_replay": ("Watch a replay", "Ver una repetición"),
    "profile": ("Profile and past games", "Perfil y partidas"),
    "shop": ("Shop", "Tienda"),
    "settings": ("Settings", "Ajustes"),
    "sign_out": ("Sign out", "Cerrar sesión"),
    "home_hint": (
        "Press the letter, or move with the arrows and Enter.",
        "Pulsa la letra, o muévete con las flechas y Enter.",
    ),
    # Play bots
    "bots_title": ("A game against bots", "Una partida contra bots"),
    "bots_count": ("Opponents", "Rivales"),
    "bots_level": ("How strong", "Nivel"),
    "start": ("Start", "Empezar"),
    "starting_game": ("Setting up the board …", "Preparando el tablero …"),
    "level_very_easy": ("Very easy", "Muy fácil"),
    "level_easy": ("Easy", "Fácil"),
    "level_medium": ("Medium", "Medio"),
    "level_hard": ("Hard", "Difícil"),
    "level_very_hard": ("Very hard", "Muy difícil"),
    "level_expert": ("Expert", "Experto"),
    "level_grandmaster": ("Grandmaster", "Gran maestro"),
    # Queue
    "queue_title": ("Looking for opponents", "Buscando rivales"),
    "queue_waiting": ("Waiting for {seconds} s", "Esperando desde hace {seconds} s"),
    "queue_hint": (
        "The game begins by itself as soon as enough players are here.",
        "La partida empieza sola en cuanto haya jugadores suficientes.",
    ),
    "queue_leave": ("Stop looking", "Dejar de buscar"),
    # Room
    "room_title": ("Room {code}", "Sala {code}"),
    "room_code_hint": (
        "Give this code to your friends: they join with it.",
        "Dales este código a tus amigos: con él entran en la sala.",
    ),
    "room_copied": ("The code is in the clipboard.", "El código está en el portapapeles."),
    "room_copy": ("Copy code", "Copiar código"),
    "room_players": ("Players", "Jugadores"),
    "room_ready": ("ready", "listo"),
    "room_not_ready": ("not ready", "no está listo"),
    "room_owner": ("owner", "anfitrión"),
    "room_be_ready": ("Ready", "Listo"),
    "room_seats": ("Seats", "Asientos"),
    "room_bots": ("Bots", "Bots"),
    "room_chat": ("Chat", "Chat"),
    "room_chat_hint": ("Write and press Enter", "Escribe y pulsa Enter"),
    "room_leave": ("Leave", "Salir"),
    "room_only_owner": ("Only {owner} can change this and start.", "Solo {owner} puede cambiarlo y empezar."),
    "room_came": ("{user} came in.", "{user} ha entrado."),
    "room_left": ("{user} left.", "{user} se ha ido."),
    "room_code": ("Code of the room", "Código de la sala"),
    "room_join": ("Join", "Entrar"),
    "room_unknown": ("There is no room {code}.", "No existe la sala {code}."),
    # Profile
    "profile_title": ("Profile", "Perfil"),
    "profile_elo": ("Rating", "Puntuación"),
    "profile_played": ("Games played", "Partidas jugadas"),
    "profile_won": ("Games won", "Partidas ganadas"),
    "profile_since": ("Here since", "Aquí desde"),
    "history": ("Past games", "Partidas anteriores"),
    "history_none": ("No game finished yet.", "Aún no has terminado ninguna partida."),
    "history_game": ("Game", "Partida"),
    "history_end": ("Ended", "Final"),
    "history_result": ("Final worth", "Patrimonio final"),
    # Shop
    "shop_title": ("Shop: you have {points} points", "Tienda: tienes {points} puntos"),
    "shop_item": ("Item", "Artículo"),
    "shop_price": ("Price", "Precio"),
    "shop_state": ("State", "Estado"),
    "shop_owned": ("yours", "tuyo"),
    "shop_worn": ("in use", "en uso"),
    "shop_piece": ("Piece {number}", "Ficha {number}"),
    "shop_emoji": ("Emoji {number}", "Emoji {number}"),
    "shop_common": ("Common piece", "Ficha común"),
    "shop_hint": ("Enter buys, or takes a piece that you own.", "Enter compra, o usa una ficha que ya es tuya."),
    "shop_bought": ("It is yours.", "Ya es tuyo."),
    "shop_may_buy": ("Enter buys it", "Enter lo compra"),
    "shop_too_dear": ("You lack {points} points.", "Te faltan {points} puntos."),
    # Settings
    "settings_title": ("Settings", "Ajustes"),
    "settings_lang": ("Language", "Idioma"),
    "settings_theme": ("Theme", "Tema"),
    "settings_animation": ("Animation", "Animación"),
    "settings_saved": ("Saved.", "Guardado."),
    "lang_en": ("English", "Inglés"),
    "lang_es": ("Spanish", "Español"),
    "theme_city": ("City (dark)", "Ciudad (oscuro)"),
    "theme_day": ("Day (light)", "Día (claro)"),
    "theme_safe": ("Safe for colour blindness", "Apto para daltonismo"),
    "theme_contrast": ("High contrast", "Alto contraste"),
    # Replay
    "replay_title": ("Watch a replay", "Ver una repetición"),
    "replay_path": ("File of a recorded game", "Archivo de una partida grabada"),
    "replay_open": ("Open", "Abrir"),
}
"""By key; words in braces are filled in."""


def lobby(key: str, lang: str, **values: object) -> str:
    """Return the text of LOBBY for `key` in `lang`, with `values` filled in."""
    text = in_language(LOBBY[key], lang)
    return text.format(**values) if values else text
