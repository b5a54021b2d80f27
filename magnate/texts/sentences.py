"""The sentences that a game is told in, in English and Spanish; `magnate.texts.narration` fills them in."""

from typing import Final

from magnate.engine.events import Why
from magnate.texts import Words

SENTENCES: Final[dict[str, Words]] = {
    "rolled": ("{who} rolls {dice1}, {dice2} and {bus}.", "{who} saca {dice1}, {dice2} y {bus}."),
    "rolled_in_jail": ("{who} rolls {dice1} and {dice2} in jail.", "{who} saca {dice1} y {dice2} en la cárcel."),
    "double": ("A double.", "Dobles."),
    "third_double": ("The third double in a row.", "El tercer doble seguido."),
    "triple": ("A triple: any square may be chosen.", "Triple: se puede elegir cualquier casilla."),
    "walked_one": ("{who} walks 1 square to {square}.", "{who} avanza 1 casilla hasta {square}."),
    "walked": ("{who} walks {count} squares to {square}.", "{who} avanza {count} casillas hasta {square}."),
    "jumped": ("{who} moves from {start} straight to {square}.", "{who} va directamente de {start} a {square}."),
    "jailed": ("{who} goes to jail.", "{who} va a la cárcel."),
    "freed_paid": ("{who} is out on bail.", "{who} sale bajo fianza."),
    "freed_double": ("{who} is freed by the double.", "{who} sale libre por los dobles."),
    "declined_bail": ("{who} declines the bail and stays in jail.", "{who} rechaza la fianza y sigue en la cárcel."),
    "paid": ("{who} pays {amount} {to}: {why}.", "{who} paga {amount} {to}: {why}."),
    "card_shown": (
        'A card lies open for {price}: "{title}. {effect}"',
        "Hay una carta a la vista por {price}: «{title}. {effect}»",
    ),
    "card_bought": ('{who} buys the card that is shown, "{title}".', "{who} compra la carta a la vista, «{title}»."),
    "card_unseen": (
        '{who} takes an unseen card: "{title}. {effect}"',
        "{who} toma una carta oculta: «{title}. {effect}»",
    ),
    "card_target": ("It strikes {target}.", "Le toca {to}."),
    "card_squares": ("It changes {squares}.", "Cambia {squares}."),
    "card_doubled": ("The coin says: double.", "La moneda dice: doble."),
    "card_lost": ("The coin says: nothing.", "La moneda dice: nada."),
    "bought": ("{who} buys {square} for {price}.", "{who} compra {square} por {price}."),
    "won_auction": ("{who} gets {square} for {price}.", "{who} se queda con {square} por {price}."),
    "stays_at_tram": ("{who} stays at {square}.", "{who} se queda en {square}."),
    "auction_opened": (
        "{square} is up for auction; {bidders} may bid.",
        "{square} sale a subasta; pueden pujar: {bidders}.",
    ),
    "bid_made": ("{who} makes a sealed bid.", "{who} puja en secreto."),
    "bid": ("{who} bids {amount}, sealed.", "{who} puja {amount} en secreto."),
    "bid_pass": ("{who} passes.", "{who} pasa."),
    "auction_closed": ("The bids for {square}: {bids}.", "Las pujas por {square}: {bids}."),
    "auction_tie": ("A tie at the top: nobody gets it.", "Empate en cabeza: no se la queda nadie."),
    "auction_no_bid": ("Nobody wants it.", "No la quiere nadie."),
    "auction_off": ("The auction of {square} is called off.", "Se cancela la subasta de {square}."),
    "built_one": ("{who} builds a level on {square}.", "{who} construye un nivel en {square}."),
    "built": ("{who} builds {count} levels on {square}.", "{who} construye {count} niveles en {square}."),
    "demolished_one": ("{who} demolishes a level on {square}.", "{who} derriba un nivel en {square}."),
    "demolished": ("{who} demolishes {count} levels on {square}.", "{who} derriba {count} niveles en {square}."),
    "mortgaged": ("{who} mortgages {square}.", "{who} hipoteca {square}."),
    "lifted": ("{who} lifts the mortgage of {square}.", "{who} levanta la hipoteca de {square}."),
    "proposed": ("{who} proposes a trade {to}.", "{who} propone un trato {to}."),
    "offered": (
        "{who} proposes a trade {to}: gives {given}, gets {taken}.",
        "{who} propone un trato {to}: da {given}, recibe {taken}.",
    ),
    "traded": ("{who} and {other} make the trade.", "{who} y {other} cierran el trato."),
    "not_traded": (
        "The trade of {who} with {other} comes to nothing.",
        "El trato entre {who} y {other} queda en nada.",
    ),
    "skipped": ("{who} is done.", "{who} ha terminado."),
    "goes_on": ("{who} goes on.", "{who} sigue."),
    "left": ("{who} leaves the game.", "{who} deja la partida."),
    "left_squares": ("The bank takes back {squares}.", "La banca recupera {squares}."),
    "turn": ("Round {round}, turn {turn}: {who}.", "Ronda {round}, turno {turn}: {who}."),
    "bonus": ("Bonus for {category}: {amount} for {seats}.", "Bono por {category}: {amount} para {seats}."),
    "ended": ("The game is over. Final worth: {worth}.", "La partida ha terminado. Patrimonio final: {worth}."),
    "won": ("{who} wins.", "Gana {who}."),
    "shared": ("{who} share the win.", "Comparten la victoria {who}."),
    "bus": ("a bus", "un autobús"),
    "nothing": ("nothing", "nada"),
    "and": ("and", "y"),
    "bank": ("the bank", "la banca"),
    "to_bank": ("to the bank", "a la banca"),
    "pot": ("the pot", "el bote"),
    "to_pot": ("to the pot", "al bote"),
    "seat": ("seat {seat}", "el asiento {seat}"),
    "to_seat": ("to seat {seat}", "al asiento {seat}"),
}
"""By what there is to say; words in braces are filled in."""

PURPOSES: Final[dict[Why, Words]] = {
    Why.SALARY: ("salary", "sueldo"),
    Why.RENT: ("rent for {square}", "alquiler de {square}"),
    Why.PRICE: ("the price of {square}", "el precio de {square}"),
    Why.BID: ("the bid for {square}", "la puja por {square}"),
    Why.BAIL: ("bail", "fianza"),
    Why.FARE: ("tram fare", "billete de tranvía"),
    Why.CARD_PRICE: ("the price of the card", "el precio de la carta"),
    Why.CARD: ("the card", "la carta"),
    Why.POT: ("the whole pot", "todo el bote"),
    Why.BUILD: ("building on {square}", "construir en {square}"),
    Why.DEMOLISH: ("half of what was demolished on {square}", "la mitad de lo derribado en {square}"),
    Why.MORTGAGE: ("the mortgage of {square}", "la hipoteca de {square}"),
    Why.LIFTING: ("lifting the mortgage of {square}", "levantar la hipoteca de {square}"),
    Why.TRADE: ("the trade", "el trato"),
    Why.BONUS: ("bonus", "bono"),
    Why.LEAVING: ("leaving the game", "dejar la partida"),
}
"""What a payment was for."""

CATEGORIES: Final[dict[str, Words]] = {
    "walked_squares": ("squares walked", "casillas recorridas"),
    "won_money": ("money won", "dinero ganado"),
    "lost_money": ("money lost", "dinero perdido"),
    "num_fantasy_events": ("fantasy cards", "cartas de fantasía"),
    "built_houses": ("levels built", "niveles construidos"),
    "demolished_houses": ("levels demolished", "niveles derribados"),
    "times_in_jail": ("times sent to jail", "veces en la cárcel"),
    "turns_in_jail": ("turns spent in jail", "turnos en la cárcel"),
    "num_paid_rents": ("rents paid", "alquileres pagados"),
    "num_trades": ("trades made", "tratos cerrados"),
    "num_mortgages": ("mortgages taken", "hipotecas"),
}
"""What each statistic counts."""
