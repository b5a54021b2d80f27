"""The fantasy cards in words: a title, and what the card does with its value."""

from typing import Final, NamedTuple

from magnate.engine.cards import Card
from magnate.texts import Words, in_language


class CardText(NamedTuple):
    """The words of one type of card; `{value}` stands for the card's value."""

    title: Words
    effect: Words


CARDS: Final[dict[str, CardText]] = {
    "winPlainMoney": CardText(
        ("A coin in the fountain", "Una moneda en la fuente"),
        ("The bank pays you {value}.", "La banca te paga {value}."),
    ),
    "winRatioMoney": CardText(
        ("Compound interest", "Interés compuesto"),
        ("The bank pays you {value} % of your balance.", "La banca te paga el {value} % de tu saldo."),
    ),
    "losePlainMoney": CardText(
        ("A hole in the pocket", "Un agujero en el bolsillo"),
        ("You pay {value} to the pot.", "Pagas {value} al bote."),
    ),
    "loseRatioMoney": CardText(
        ("The tax collector whistles", "Silba el recaudador"),
        ("You pay {value} % of your balance to the pot.", "Pagas el {value} % de tu saldo al bote."),
    ),
    "shareMoneyAll": CardText(
        ("Drinks for everybody", "Invita la casa"),
        ("You pay {value} to every opponent.", "Pagas {value} a cada rival."),
    ),
    "everybodySendsYouMoney": CardText(
        ("It is your birthday", "Es tu cumpleaños"),
        ("Every opponent pays you {value}.", "Cada rival te paga {value}."),
    ),
    "doubleOrNothing": CardText(
        ("Double or nothing", "Doble o nada"),
        (
            "You toss a coin: your balance doubles, or goes to the pot.",
            "Lanzas una moneda: tu saldo se duplica o va al bote.",
        ),
    ),
    "getParkingMoney": CardText(
        ("The attendant looks away", "El vigilante mira a otro lado"),
        ("You take the whole pot.", "Te llevas todo el bote."),
    ),
    "goToJail": CardText(
        ("Caught red-handed", "Con las manos en la masa"),
        ("You go to jail.", "Vas a la cárcel."),
    ),
    "sendToJail": CardText(
        ("An anonymous letter", "Una carta anónima"),
        ("A random opponent goes to jail.", "Un rival al azar va a la cárcel."),
    ),
    "everybodyToJail": CardText(
        ("The great round-up", "La gran redada"),
        ("Everybody goes to jail, including you.", "Todos van a la cárcel, tú también."),
    ),
    "shufflePositions": CardText(
        ("Thick fog", "Niebla espesa"),
        (
            "Everybody who is not in jail wakes up on another square.",
            "Todos los que no están en la cárcel aparecen en otra casilla.",
        ),
    ),
    "moveAnywhereRandom": CardText(
        ("The wrong taxi", "El taxi equivocado"),
        ("You move to a random other square.", "Vas a otra casilla al azar."),
    ),
    "moveOpponentAnywhereRandom": CardText(
        ("A helpful signpost", "Una señal servicial"),
        ("A random opponent moves to a random other square.", "Un rival al azar va a otra casilla al azar."),
    ),
    "magnetism": CardText(
        ("The great magnet", "El gran imán"),
        ("Everybody who is not in jail comes to your square.", "Todos los que no están en la cárcel van a tu casilla."),
    ),
    "goToStart": CardText(
        ("Back to where it began", "Vuelta al principio"),
        ("You move to the exit and get its salary.", "Vas a la salida y cobras su sueldo."),
    ),
    "breakOpponentHouse": CardText(
        ("Somebody else's leaking roof", "Goteras ajenas"),
        ("An opponent loses a random building level.", "Un rival pierde un nivel de edificio al azar."),
    ),
    "breakOwnHouse": CardText(
        ("Termites", "Termitas"),
        ("You lose a random building level.", "Pierdes un nivel de edificio al azar."),
    ),
    "freeHouse": CardText(
        ("The builders owe you one", "Los albañiles te deben una"),
        ("You get a free level on one of your groups.", "Recibes un nivel gratis en uno de tus grupos."),
    ),
    "reviveProperty": CardText(
        ("A forgotten deed", "Una escritura olvidada"),
        ("One of your mortgages is lifted for free.", "Se levanta gratis una de tus hipotecas."),
    ),
    "earthquake": CardText(
        ("Earthquake", "Terremoto"),
        ("Every square with a building loses a level.", "Cada casilla con edificios pierde un nivel."),
    ),
}
"""By type of card."""


def card_title(card: Card, lang: str = "en") -> str:
    """Return the title of a card in `lang`; a card that has no words here is called by its type."""
    words = CARDS.get(card.type)
    return card.type if words is None else in_language(words.title, lang)


def card_effect(card: Card, lang: str = "en") -> str:
    """Return what a card does, in one sentence in `lang`."""
    words = CARDS.get(card.type)
    return card.type if words is None else in_language(words.effect, lang).format(value=card.value)
