"""Why a bot of the levels judges a choice as it does, in words: one phrase a reason, in English and Spanish."""

from collections.abc import Mapping
from typing import Final

from magnate.texts import Words, in_language

REASONS: Final[dict[str, tuple[Words, Words]]] = {
    "money": (("{amount} at once", "{amount} al momento"), ("costs {amount}", "cuesta {amount}")),
    "worth": (
        ("{amount} more worth at the end", "{amount} más de patrimonio al final"),
        ("{amount} less worth at the end", "{amount} menos de patrimonio al final"),
    ),
    "rent": (
        ("rents of {amount} to come", "alquileres futuros de {amount}"),
        ("rents of {amount} lost or to pay", "alquileres de {amount} perdidos o por pagar"),
    ),
    "group": (
        ("{amount} towards a whole group", "{amount} por acercarte a un grupo completo"),
        ("{amount} of a whole group given up", "{amount} de un grupo completo que dejas"),
    ),
    "denial": (
        ("{amount} kept from rivals", "{amount} que no consiguen los rivales"),
        ("{amount} that rivals gain", "{amount} que ganan los rivales"),
    ),
    "risk": (
        ("{amount} less to fear from the next rents", "{amount} menos que temer de los próximos alquileres"),
        ("{amount} more to fear from the next rents", "{amount} más que temer de los próximos alquileres"),
    ),
}
"""By reason: the words for what speaks for a choice, and for what speaks against it."""

_NONE: Final[Words] = ("nothing changes", "no cambia nada")


def reasons_words(reasons: Mapping[str, float], lang: str) -> str:
    """Return the reasons of a choice in words, leaving out what rounds to nothing.

    Args:
        reasons: by the names of REASONS, what each is worth in units of money; below 0 it speaks against the choice.
        lang: "en" or "es".
    """
    phrases = []
    for name, value in reasons.items():
        amount = round(value)
        if amount:
            phrases.append(in_language(REASONS[name][amount < 0], lang).format(amount=abs(amount)))
    return ", ".join(phrases) or in_language(_NONE, lang)
