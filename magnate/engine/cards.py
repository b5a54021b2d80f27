"""The fantasy deck (rules: choose_fantasy): 21 types of card with their prices and values.

What each card does stands in `magnate.engine.rules.fantasy`, one function a card.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Card:
    """One card as it is drawn: its type with one of the type's values."""

    type: str
    """The name of the type, such as `winPlainMoney`."""
    value: int | None
    """Money or per cent, by type; None where the type has no value."""
    price: int
    """What it costs to buy the card when it is shown."""


@dataclass(frozen=True, slots=True)
class CardType:
    """One of the types that the deck draws from with equal chance."""

    name: str
    price: int
    cards: tuple[Card, ...]
    """One card a value, drawn with equal chance."""


@cache
def deck() -> tuple[CardType, ...]:
    """Return the deck of `data/fantasy.json`, in the order of the file."""
    data = json.loads(files("magnate.engine").joinpath("data/fantasy.json").read_text("utf-8"))
    types = []
    for entry in data["cards"]:
        values = entry["values"] if entry["values"] is not None else [None]
        cards = tuple(Card(entry["type"], value, entry["price"]) for value in values)
        types.append(CardType(entry["type"], entry["price"], cards))
    return tuple(types)


def takes_value(type_name: str) -> bool:
    """Return whether the cards of a type of the deck have a value."""
    return any(card_type.name == type_name and card_type.cards[0].value is not None for card_type in deck())


def find_card(type_name: str, value: int | None) -> Card | None:
    """Return the card of the deck with that type and value, or None when the deck has no such card."""
    for card_type in deck():
        if card_type.name == type_name:
            for card in card_type.cards:
                if card.value == value:
                    return card
    return None
