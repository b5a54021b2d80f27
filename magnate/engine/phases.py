"""The nine phases of a game (rules: Phases)."""

from enum import StrEnum
from typing import Final


class Phase(StrEnum):
    """What the game waits for; the values are the names on the wire."""

    ROLL_THE_DICES = "roll_the_dices"
    CHOOSE_SQUARE = "choose_square"
    CHOOSE_FANTASY = "choose_fantasy"
    MANAGEMENT = "management"
    BUSINESS = "business"
    LIQUIDATION = "liquidation"
    AUCTION = "auction"
    PROPOSAL_ACCEPTANCE = "proposal_acceptance"
    END_GAME = "end_game"

    # Every rule is looked up by phase, and the hash of `str` is many times faster than that of `Enum`.
    __hash__ = str.__hash__


# The rules ask "which phase?" at every step: a module constant is found several times faster than an enum attribute.
ROLL_THE_DICES: Final = Phase.ROLL_THE_DICES
CHOOSE_SQUARE: Final = Phase.CHOOSE_SQUARE
CHOOSE_FANTASY: Final = Phase.CHOOSE_FANTASY
MANAGEMENT: Final = Phase.MANAGEMENT
BUSINESS: Final = Phase.BUSINESS
LIQUIDATION: Final = Phase.LIQUIDATION
AUCTION: Final = Phase.AUCTION
PROPOSAL_ACCEPTANCE: Final = Phase.PROPOSAL_ACCEPTANCE
END_GAME: Final = Phase.END_GAME
