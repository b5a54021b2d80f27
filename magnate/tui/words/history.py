"""Past games in a few words: the player's rank, and how everybody ended: with what worth, or why they left."""

from typing import Final, NamedTuple

from magnate.printable import printable
from magnate.protocol.rest import SummaryAnswer, SummaryStanding
from magnate.texts.game import game

TIE: Final = "\N{NO-BREAK SPACE}"
"""Between a name and what is said of it, where no line ends."""


class PastGame(NamedTuple):
    """One line of the history."""

    number: str
    ended: str
    rank: str
    ends: str
    """How everybody ended, the first one first, with `TIE` where no line may end."""


def past_game(summary: SummaryAnswer, me: str, lang: str) -> PastGame:
    """Return how a finished game of the user called `me` ended."""
    ended = summary.end_date.replace("T", " ")[:16]
    standings = summary.standings or _by_worth(summary.final_money)
    rank = next((each.rank for each in standings if each.username == me), len(standings))
    ends = ", ".join(_end(each, lang) for each in standings)
    return PastGame(str(summary.game), ended, f"{rank}/{len(standings)}", ends)


def _end(standing: SummaryStanding, lang: str) -> str:
    name = printable(standing.username)
    if standing.departure is None:
        return f"{name}{TIE}{standing.worth}"
    return f"{name}{TIE}({game(f'out_{standing.departure}', lang).replace(' ', TIE)})"


def _by_worth(final_money: dict[str, int]) -> tuple[SummaryStanding, ...]:
    """Return standings by worth alone, of a server that tells no more."""
    worths = sorted(final_money.items(), key=lambda entry: -entry[1])
    return tuple(
        SummaryStanding(name, 1 + sum(other > worth for _, other in worths), worth, 0, 0, None)
        for name, worth in worths
    )
