"""What the line mode of the terminal client says."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from magnate.texts import Words, text_of

PLAIN: Final[dict[str, Words]] = {
    # Menu
    "welcome": ("Magnate, line mode. Type help at any time.", "Magnate, modo de líneas. Escribe ayuda cuando quieras."),
    "signed_in": ("You are {user} on {server}.", "Eres {user} en {server}."),
    "signed_out": ("Your session has ended. Sign in again.", "Tu sesión ha terminado. Inicia sesión de nuevo."),
    "name": ("Name, or nothing to play as a guest: ", "Nombre, o nada para jugar como invitado: "),
    "password": ("Password, or nothing to play as a guest: ", "Contraseña, o nada para jugar como invitado: "),
    "new_account": (
        "That account does not exist, or the password is wrong. Create an account with that name? (y/n) ",
        "No existe esa cuenta o la contraseña no es correcta. ¿Crear una cuenta con ese nombre? (s/n) ",
    ),
    "menu": (
        "1 play against bots, 2 find opponents, 3 go back to your game, 4 create a room, 5 join a room by code, "
        "6 play again, 7 watch a game, 0 quit: ",
        "1 jugar contra bots, 2 buscar rivales, 3 volver a tu partida, 4 crear una sala, 5 entrar en una sala con un "
        "código, 6 jugar otra vez, 7 ver una partida, 0 salir: ",
    ),
    "running": (
        "Your game is running. {stands}. Type 3 to go back to it.",
        "Tienes una partida en curso. {stands}. Escribe 3 para volver a ella.",
    ),
    "which_game": ("Number of the game, or nothing to go back: ", "Número de la partida, o nada para volver: "),
    "menu_unknown": (
        "Unknown choice. Type a number of the menu, or help.",
        "Opción desconocida. Escribe un número del menú, o ayuda.",
    ),
    "menu_help": (
        "1 starts a game against one to three bots.\n"
        "2 waits for other people and starts a game with them.\n"
        "3 goes back to the game that you left.\n"
        "4 creates a private room; your friends join it with its code.\n"
        "5 joins a private room by code.\n"
        "6 begins your last game again, with the same players.\n"
        "7 watches a running game.\n"
        "0 quits.",
        "1 empieza una partida contra uno a tres bots.\n"
        "2 espera a otras personas y empieza una partida con ellas.\n"
        "3 vuelve a la partida que dejaste.\n"
        "4 crea una sala privada; tus amigos entran con su código.\n"
        "5 entra en una sala privada con un código.\n"
        "6 empieza otra vez tu última partida, con los mismos jugadores.\n"
        "7 muestra una partida en curso.\n"
        "0 cierra el programa.",
    ),
    "bots": (
        "Levels of one to three bots, separated by commas [{levels}]: ",
        "Niveles de uno a tres bots, separados por comas [{levels}]: ",
    ),
    "bad_level": (
        "{level} is not a level. The levels are {levels}.",
        "{level} no es un nivel. Los niveles son {levels}.",
    ),
    "too_many_bots": ("A game has room for three bots.", "En una partida caben tres bots."),
    "own_server_ended": (
        "Your own server has ended and could not be started again: {why}. Leave and start Magnate again.",
        "Tu propio servidor ha terminado y no se ha podido volver a iniciar: {why}. Sal y vuelve a abrir Magnate.",
    ),
    "no_game": ("You have no running game.", "No tienes ninguna partida en curso."),
    "refused": ("Refused: {why}", "Rechazado: {why}"),
    "said": ("{user} says: {words}", "{user} dice: {words}"),
    "goodbye": ("Goodbye.", "Hasta luego."),
    "yes": ("y", "s"),
    # Queue
    "waiting": (
        "Waiting for opponents. The game starts by itself. Type leave to go back to the menu.",
        "Esperando rivales. La partida empieza sola. Escribe dejar para volver al menú.",
    ),
    "queue_left": ("You left the queue.", "Has salido de la cola."),
    "found": ("The game starts.", "Empieza la partida."),
    # Room
    "room_code": ("Room code, or nothing to go back: ", "Código de la sala, o nada para volver: "),
    "room_in": (
        "You are in room {code}. Others join with this code.",
        "Estás en la sala {code}. Los demás entran con este código.",
    ),
    "room_hint": (
        "Type ready, start, seats and a number, bots and a level, say and words, who, leave, or help.",
        "Escribe listo, empezar, asientos y un número, bots y un nivel, decir y palabras, quien, dejar o ayuda.",
    ),
    "room_who": ("Here: {people}.", "Aquí: {people}."),
    "room_is_you": ("you", "tú"),
    "room_settings": (
        "Seats: {seats}. Bots of level {level} take the free ones.",
        "Asientos: {seats}. Los bots de nivel {level} ocupan los libres.",
    ),
    "room_owner": ("{user} is the owner now.", "Ahora el anfitrión es {user}."),
    "room_owner_you": (
        "You are the owner now. You set seats and bots, and start the game.",
        "Ahora eres el anfitrión. Fijas asientos y bots, y empiezas la partida.",
    ),
    "room_ready": ("{user} is ready.", "{user} está listo."),
    "room_unready": ("{user} is no longer ready.", "{user} ya no está listo."),
    "room_ready_you": ("You are ready.", "Estás listo."),
    "room_unready_you": ("You are no longer ready.", "Ya no estás listo."),
    "room_went": ("You left the room.", "Has salido de la sala."),
    "room_help": (
        "ready: say that you are ready, or no longer ready.\n"
        "start: start the game. Only the owner can, when everybody is ready.\n"
        "seats NUMBER: how many play, from {least} to {most}. The owner sets it, and bots take the free seats.\n"
        "bots LEVEL: the difficulty of the bots. The owner sets it. Levels: {levels}.\n"
        "say WORDS: talk.\n"
        "who: who is here, who is ready, and the settings.\n"
        "leave: go back to the menu.\n"
        "quit: end the program.",
        "listo: decir que estás listo, o que ya no.\n"
        "empezar: empezar la partida. Solo puede el anfitrión, cuando todos están listos.\n"
        "asientos NÚMERO: cuántos juegan, de {least} a {most}. Lo fija el anfitrión y los bots ocupan los libres.\n"
        "bots NIVEL: la dificultad de los bots. La fija el anfitrión. Niveles: {levels}.\n"
        "decir PALABRAS: hablar.\n"
        "quien: quién está, quién está listo y los ajustes.\n"
        "dejar: volver al menú.\n"
        "salir: cerrar el programa.",
    ),
    "room_unknown": (
        "Unknown command. Type help for a list.",
        "Comando desconocido. Escribe ayuda para ver la lista.",
    ),
    "seats_form": (
        "Type seats and a number from {least} to {most}.",
        "Escribe asientos y un número de {least} a {most}.",
    ),
    # Game: what may be done
    "what": ("Your choice: ", "Tu elección: "),
    "you_may": ("You can:", "Puedes:"),
    "money": ("You have {money}. You are on {square}.", "Tienes {money}. Estás en {square}."),
    "jail_turns_one": ("You are in jail for 1 more turn.", "Te queda 1 turno de cárcel."),
    "jail_turns": ("You are in jail for {count} more turns.", "Te quedan {count} turnos de cárcel."),
    "time_left_one": ("1 second is left.", "Queda 1 segundo."),
    "time_left": ("{count} seconds are left.", "Quedan {count} segundos."),
    "short": (
        "You need {amount} more. Sell buildings, mortgage or trade.",
        "Te faltan {amount}. Vende edificios, hipoteca o negocia.",
    ),
    "suggestion": ("This covers it at the lowest cost: {sales}.", "Esto los cubre con la menor pérdida: {sales}."),
    "shown_card": ("Face-up card: {title}. {effect}", "Carta a la vista: {title}. {effect}"),
    "shown_price": ("It costs {price}.", "Cuesta {price}."),
    "auction": ("Auction of {square}, price {price}.", "Subasta de {square}, precio {price}."),
    "auction_group": ("For you: {then}.", "Para ti: {then}."),
    "auction_bid": (
        "Type bid and an amount up to {most}, or choose. Bids are sealed. The highest wins, unless it is tied.",
        "Escribe pujar y una cantidad hasta {most}, o elige. Las pujas son secretas. Gana la más alta sin empate.",
    ),
    "trade_on_table": ("{who} gives you {given} for {taken}.", "{who} te da {given} por {taken}."),
    "offer_words": (
        "You can also type later (none this turn), never (none of this player) or counter.",
        "También puedes escribir luego (ninguna este turno), nunca (ninguna de este jugador) o contraoferta.",
    ),
    "counter_kept": (
        "On your turn, type counter to propose these terms yourself, or trade for others.",
        "En tu turno, escribe contraoferta para proponer tú estos términos, o trato para otros.",
    ),
    "no_offer": ("Nobody offers you a trade now.", "Nadie te ofrece un trato ahora."),
    "no_counter": ("You have kept no counter-offer.", "No has guardado ninguna contraoferta."),
    "trade_of_others": (
        "{who} gives {other} {given} for {taken}.",
        "{who} le da a {other} {given} por {taken}.",
    ),
    "choice": ("{choice}: {then}", "{choice}: {then}"),
    "bail_then": ("{choice}, and go to {square}: {then}", "{choice} e ir a {square}: {then}"),
    "unknown": (
        "Unknown choice. Type a number, or help.",
        "Opción desconocida. Escribe un número, o ayuda.",
    ),
    "sure": ("Really surrender? (y/n) ", "¿Seguro que te rindes? (s/n) "),
    "left_table": (
        "You left the table. The game goes on. Choose 3 in the menu to go back.",
        "Has dejado la mesa. La partida sigue. Elige 3 en el menú para volver.",
    ),
    "lost": ("Connection lost: {why}. Trying again.", "Conexión perdida: {why}. Reintentando."),
    "back": ("The connection is back.", "La conexión ha vuelto."),
    "not_sent": ("No connection: that was not sent.", "Sin conexión: eso no se ha enviado."),
    "help": (
        "A number: make that choice.\n"
        "choices: list again what you can do.\n"
        "why: what you cannot do now, and why; or whom the game waits for.\n"
        "hint: your choices, ranked with their reasons; with other people only where the room allows it.\n"
        "status: the round, whose turn it is, what the game waits for, the pot and the time left.\n"
        "players: everybody's money, worth and square.\n"
        "board: who owns what.\n"
        "free: the squares that nobody owns, with prices.\n"
        "square NUMBER: everything about a square, such as square 31 or square G1; without a number, your square.\n"
        "estate: what you own, what is missing to each group and who has it; estate rent, level, mortgage or missing "
        "sorts it.\n"
        "worths: who is winning, by how much, and everybody's worth round by round.\n"
        "log: what happened last; log mine: what concerns you of it.\n"
        "pace slow, normal, fast or at once: how fast you hear of bots in this game; at first, at once.\n"
        "bid AMOUNT: a bid.\n"
        "trade PLAYER GIVE GET: propose a trade, such as trade B 100m+5 31, which is 100 of money and square 5 for "
        "square 31. A number with m is money, a number without is a square if somebody owns that square, and 0 is "
        "nothing.\n"
        "say WORDS: talk.\n"
        "later: reject the offer, and all others of this turn.\n"
        "never: reject the offer, and all others of that player in this game.\n"
        "counter: reject the offer and keep its terms; on your turn, propose them to that player.\n"
        "hear: hear everybody's offers again.\n"
        "again: once the game is over, play it again with the same players.\n"
        "surrender: leave the game for good.\n"
        "leave: go back to the menu; you keep your seat.\n"
        "quit: quit the program; you keep your seat.",
        "Un número: tomar esa opción.\n"
        "opciones: otra vez la lista de lo que puedes hacer.\n"
        "porque: qué no puedes hacer ahora y por qué, o a quién espera la partida.\n"
        "pista: tus opciones, ordenadas y con sus razones; con otras personas, solo si la sala lo permite.\n"
        "estado: la ronda, de quién es el turno, qué espera la partida, el bote y el tiempo que queda.\n"
        "jugadores: dinero, patrimonio y casilla de cada uno.\n"
        "tablero: quién tiene qué.\n"
        "libres: las casillas sin dueño, con su precio.\n"
        "casilla NÚMERO: todo sobre una casilla, por ejemplo casilla 31 o casilla G1; sin número, la tuya.\n"
        "propiedades: lo que tienes, qué falta a cada grupo y quién lo tiene; con alquiler, nivel, hipoteca o falta se "
        "ordena.\n"
        "patrimonios: quién va ganando, por cuánto, y el patrimonio de cada uno ronda a ronda.\n"
        "registro: qué ha pasado últimamente; registro mío: solo lo tuyo.\n"
        "ritmo lento, normal, rápido o al instante: a qué velocidad oyes a los bots en esta partida; al empezar, al "
        "instante.\n"
        "pujar CANTIDAD: una puja.\n"
        "trato JUGADOR DAR RECIBIR: proponer un trato, por ejemplo trato B 100m+5 31, que es 100 de dinero y la "
        "casilla 5 por la casilla 31. Un número con m es dinero, sin m es una casilla si esa casilla tiene dueño, y 0 "
        "es nada.\n"
        "decir PALABRAS: hablar.\n"
        "luego: rechazar la oferta y todas las demás de este turno.\n"
        "nunca: rechazar la oferta y todas las demás de ese jugador en esta partida.\n"
        "contraoferta: rechazar la oferta y guardar sus términos; en tu turno, proponérselos a ese jugador.\n"
        "escuchar: volver a oír las ofertas de todos.\n"
        "otra: cuando termine la partida, jugarla otra vez con los mismos.\n"
        "rendirse: abandonar la partida para siempre.\n"
        "dejar: volver al menú; conservas tu asiento.\n"
        "salir: cerrar el programa; conservas tu asiento.",
    ),
    "trade_form": (
        "To propose a trade, type: trade PLAYER GIVE GET, such as trade B 100m+5 31; 0 is nothing.",
        "Para proponer un trato, escribe: trato JUGADOR DAR RECIBIR, por ejemplo trato B 100m+5 31; 0 es nada.",
    ),
    "bid_form": ("To bid, type: bid AMOUNT, a whole number.", "Para pujar, escribe: pujar CANTIDAD, un número entero."),
    "pace_form": (
        "Type pace and slow, normal, fast or at once.",
        "Escribe ritmo y lento, normal, rápido o al instante.",
    ),
    "say_form": ("To talk, type: say WORDS.", "Para hablar, escribe: decir PALABRAS."),
    # Game: how it stands
    "status": ("{round}. {pot}. {turn}.", "{round}. {pot}. {turn}."),
    "waits_you": ("The game waits for you: {phase}.", "La partida te espera: {phase}."),
    "waits": ("The game waits for {name}: {phase}.", "La partida espera a {name}: {phase}."),
    "waits_bids": ("Still to bid: {names}.", "Faltan por pujar: {names}."),
    "over": ("The game is over.", "La partida ha terminado."),
    "over_what": (
        "Type again to play again with the same players, or leave for the menu: ",
        "Escribe otra para jugar otra vez con los mismos, o dejar para ir al menú: ",
    ),
    "over_watched": ("Type leave for the menu: ", "Escribe dejar para ir al menú: "),
    "not_over": ("You can play again when this game is over.", "Podrás jugar otra vez cuando termine esta partida."),
    "only_watch": (
        "You only watch here. Type status, players, board, log, worths, square and a number, leave or help.",
        "Aquí solo miras. Escribe estado, jugadores, tablero, registro, patrimonios, casilla, dejar o ayuda.",
    ),
    "left_watching": ("You no longer watch the game.", "Ya no ves la partida."),
    "before": ("What happened before:", "Lo que ha pasado antes:"),
    "player": (
        "{letter} {name}: money {money}, worth {worth}, {squares}, on {square}{more}.",
        "{letter} {name}: dinero {money}, patrimonio {worth}, {squares}, en {square}{more}.",
    ),
    "squares_one": ("1 square", "1 casilla"),
    "squares": ("{count} squares", "{count} casillas"),
    "you": ("you", "tú"),
    "jailed_one": ("1 jail turn left", "1 turno de cárcel"),
    "jailed": ("{count} jail turns left", "{count} turnos de cárcel"),
    "out": ("{letter} {name}: out of the game ({why}).", "{letter} {name}: fuera de la partida ({why})."),
    "owned": ("{square}: {name}, {standing}.", "{square}: {name}, {standing}."),
    "nothing_owned": ("Nobody owns anything yet.", "Aún nadie tiene nada."),
    "free": ("{square}, price {price}.", "{square}, precio {price}."),
    "nothing_free": ("Every square has an owner.", "Todas las casillas tienen dueño."),
    "nothing_told": ("Nothing has happened yet.", "Aún no ha pasado nada."),
    "rent_change": ("rent from {before} to {after}", "alquiler de {before} a {after}"),
    "estate_line": (
        "{square}: {standing}, {group}: {have} of {whole}.",
        "{square}: {standing}, {group}: {have} de {whole}.",
    ),
    "estate_missing": ("Missing: {squares}.", "Falta: {squares}."),
    "estate_form": (
        "Type estate, or estate and group, rent, level, mortgage or missing to sort it.",
        "Escribe propiedades, o propiedades y grupo, alquiler, nivel, hipoteca o falta para ordenarlas.",
    ),
    "worths_line": (
        "{rank}. {name}: worth {worth}, {lead}, {trend}.",
        "{rank}. {name}: patrimonio {worth}, {lead}, {trend}.",
    ),
    "ahead": ("{amount} ahead", "{amount} de ventaja"),
    "behind": ("{amount} behind", "a {amount} del primero"),
    "trend_up": ("up {amount} in a round", "{amount} más en una ronda"),
    "trend_down": ("down {amount} in a round", "{amount} menos en una ronda"),
    "trend_none": ("as a round ago", "como hace una ronda"),
    "worths_rounds": (
        "{name}, round by round from round {first}: {amounts}.",
        "{name}, ronda a ronda desde la {first}: {amounts}.",
    ),
    # Game: what may not be done
    "not_now": ("Not now: {what}. {why}", "Ahora no: {what}. {why}"),
    "all_allowed": (
        "Everything listed is allowed right now. Type square NUMBER to see what you can do with a square.",
        "Todo lo de la lista se puede hacer ahora. Escribe casilla NÚMERO para ver qué puedes hacer con una casilla.",
    ),
    # Game: a square
    "no_square": (
        "That square does not exist. Type square and a number such as 31, or a code such as G1.",
        "No existe esa casilla. Escribe casilla y un número como 31, o un código como G1.",
    ),
    "here": ("Here: {names}.", "Aquí: {names}."),
    "nobody_here": ("Nobody is here.", "Aquí no hay nadie."),
    "rent_now": ("the rent now", "el alquiler de ahora"),
    "if_chosen": ("If you choose it now: {then}.", "Si la eliges ahora: {then}."),
    "if_chosen_number": (
        "If you choose it now, with the number {number}: {then}.",
        "Si la eliges ahora, con el número {number}: {then}.",
    ),
    "may": ("You can: {what}.", "Puedes: {what}."),
    "may_number": ("You can, with the number {number}: {what}.", "Puedes, con el número {number}: {what}."),
    # Game: its end
    "rank": (
        "Rank {rank}: {name}, worth {worth}, money {money}.",
        "Puesto {rank}: {name}, patrimonio {worth}, dinero {money}.",
    ),
    "rank_out": (
        "Rank {rank}: {name}, out of the game ({why}).",
        "Puesto {rank}: {name}, fuera de la partida ({why}).",
    ),
    "strike_last": (
        "Two time limits have passed: after the third you are out. Press Enter to stay.",
        "Han pasado dos plazos: con el tercero quedas fuera. Pulsa Enter para seguir.",
    ),
    "bonus": ("Bonus of {amount} for {category}: {names}.", "Bono de {amount} por {category}: {names}."),
}
"""By key; words in braces are filled in."""

COMMANDS: Final[dict[str, Words]] = {
    "help": ("help", "ayuda"),
    "choices": ("choices", "opciones"),
    "why": ("why", "porque"),
    "hint": ("hint", "pista"),
    "status": ("status", "estado"),
    "players": ("players", "jugadores"),
    "board": ("board", "tablero"),
    "free": ("free", "libres"),
    "square": ("square", "casilla"),
    "estate": ("estate", "propiedades"),
    "worths": ("worths", "patrimonios"),
    "log": ("log", "registro"),
    "pace": ("pace", "ritmo"),
    "bid": ("bid", "pujar"),
    "trade": ("trade", "trato"),
    "say": ("say", "decir"),
    "later": ("later", "luego"),
    "never": ("never", "nunca"),
    "counter": ("counter", "contraoferta"),
    "hear": ("hear", "escuchar"),
    "again": ("again", "otra"),
    "surrender": ("surrender", "rendirse"),
    "leave": ("leave", "dejar"),
    "quit": ("quit", "salir"),
}
"""The words that a player may type in a game; both languages are always understood."""

ESTATE_ORDERS: Final[dict[str, Words]] = {
    "group": ("group", "grupo"),
    "rent": ("rent", "alquiler"),
    "level": ("level", "nivel"),
    "mortgage": ("mortgage", "hipoteca"),
    "missing": ("missing", "falta"),
}
"""By what the estate may be sorted."""

LOG_FILTERS: Final[dict[str, Words]] = {"mine": ("mine", "mio")}
"""Of what the log may tell alone."""

PACE_WORDS: Final[dict[str, Words]] = {
    "slow": ("slow", "lento"),
    "normal": ("normal", "normal"),
    "fast": ("fast", "rapido"),
    "at_once": ("at once", "al instante"),
}
"""How fast bots may be told of."""

ROOM_COMMANDS: Final[dict[str, Words]] = {
    "help": ("help", "ayuda"),
    "ready": ("ready", "listo"),
    "start": ("start", "empezar"),
    "seats": ("seats", "asientos"),
    "bots": ("bots", "bots"),
    "say": ("say", "decir"),
    "who": ("who", "quien"),
    "leave": ("leave", "dejar"),
    "quit": ("quit", "salir"),
}
"""The words that a player may type in a room."""


def plain(key: str, lang: str, **values: object) -> str:
    """Return the text of PLAIN for `key` in `lang`, with `values` filled in."""
    return text_of(PLAIN, key, lang, **values)


def command_of(word: str, commands: Mapping[str, Words] = COMMANDS) -> str | None:
    """Return the command that a word means, in either language and with accents or without, or None."""
    wanted = "help" if word == "?" else without_accents(word)
    return next((name for name, words in commands.items() if wanted in words), None)


def without_accents(text: str) -> str:
    """Return a text in small letters without accents, as people may type it."""
    return "".join(
        [letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter)]
    )
