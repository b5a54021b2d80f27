"""Why something is refused: the one list of reasons, in English and Spanish, and the engine's errors.

The tree of errors::

    MagnateError
    └── EngineError
        ├── IllegalAction      a rule refuses an action (`reason`, `seat`, `action`)
        ├── ChanceError        scripted or recorded chance does not fit what the rules ask for
        ├── BoardError         board data that no game can be played on (`where`)
        ├── DataError          plain data that tells of no action (`what`)
        ├── PositionError      a position that cannot be (`faults`)
        └── RecordError        a record of a game that cannot be read (`line`)
"""

from collections.abc import Sequence
from enum import StrEnum

from magnate.errors import MagnateError


class Reason(StrEnum):
    """Every reason for which an action may be refused; the value is the stable code."""

    GAME_OVER = "game_over"
    UNKNOWN_SEAT = "unknown_seat"
    OUT_OF_GAME = "out_of_game"
    NOT_YOUR_TURN = "not_your_turn"
    WRONG_PHASE = "wrong_phase"
    WRONG_TYPE = "wrong_type"
    ROLL_ON_TABLE = "roll_on_table"
    NOT_IN_JAIL = "not_in_jail"
    NO_ROLL_ON_TABLE = "no_roll_on_table"
    BAIL_NOT_COVERED = "bail_not_covered"
    SQUARE_OUT_OF_REACH = "square_out_of_reach"
    NOT_ON_SQUARE = "not_on_square"
    NOTHING_TO_BUY = "nothing_to_buy"
    MUST_BUY_OR_DROP = "must_buy_or_drop"
    PRICE_NOT_COVERED = "price_not_covered"
    NOT_ON_TRAM = "not_on_tram"
    NOT_A_TRAM = "not_a_tram"
    FARE_NOT_COVERED = "fare_not_covered"
    CARD_NOT_COVERED = "card_not_covered"
    DROPPED_PURCHASE = "dropped_purchase"
    ALREADY_BID = "already_bid"
    BID_NEGATIVE = "bid_negative"
    BID_NOT_COVERED = "bid_not_covered"
    NO_SUCH_SQUARE = "no_such_square"
    NOT_BUILDABLE = "not_buildable"
    NOT_BUYABLE = "not_buyable"
    NOT_OWNER = "not_owner"
    HOUSES_NOT_POSITIVE = "houses_not_positive"
    GROUP_INCOMPLETE = "group_incomplete"
    GROUP_MORTGAGED = "group_mortgaged"
    TOO_MANY_LEVELS = "too_many_levels"
    TOO_FEW_LEVELS = "too_few_levels"
    UNEVEN = "uneven"
    BUILD_NOT_COVERED = "build_not_covered"
    GROUP_HAS_BUILDINGS = "group_has_buildings"
    ALREADY_MORTGAGED = "already_mortgaged"
    NOT_MORTGAGED = "not_mortgaged"
    LIFTING_NOT_COVERED = "lifting_not_covered"
    TRADE_WITH_NOBODY = "trade_with_nobody"
    TRADE_MONEY_NEGATIVE = "trade_money_negative"
    TRADE_EMPTY = "trade_empty"
    TRADE_SQUARE_TWICE = "trade_square_twice"
    TRADE_NOT_OWNED = "trade_not_owned"
    TRADE_NOT_COVERED = "trade_not_covered"
    TRADE_KEEPS_DEBT = "trade_keeps_debt"
    TOO_MANY_PROPOSALS = "too_many_proposals"
    NOTHING_TO_TRADE = "nothing_to_trade"
    DEBT_NOT_COVERED = "debt_not_covered"


_SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.GAME_OVER: ("The game is over.", "La partida ha terminado."),
    Reason.UNKNOWN_SEAT: ("This game has no such seat.", "No existe ese asiento en esta partida."),
    Reason.OUT_OF_GAME: ("You are out of the game.", "Ya no estás en la partida."),
    Reason.NOT_YOUR_TURN: ("It is not your turn.", "No es tu turno."),
    Reason.WRONG_PHASE: ("That action is not valid in this phase.", "Acción no válida en la fase actual."),
    Reason.WRONG_TYPE: (
        "A value of the action is of the wrong type.",
        "Un valor de la acción es de un tipo equivocado.",
    ),
    Reason.ROLL_ON_TABLE: (
        "You have rolled. First decide whether you pay the bail.",
        "Ya has tirado. Decide antes si pagas la fianza.",
    ),
    Reason.NOT_IN_JAIL: ("You are not in jail.", "No estás en la cárcel."),
    Reason.NO_ROLL_ON_TABLE: (
        "You can only decline the bail after a roll.",
        "Solo puedes rechazar la fianza después de tirar.",
    ),
    Reason.BAIL_NOT_COVERED: ("Your money does not cover the bail.", "Tu dinero no alcanza para la fianza."),
    Reason.SQUARE_OUT_OF_REACH: ("You cannot move to that square.", "No puedes moverte a esa casilla."),
    Reason.NOT_ON_SQUARE: ("You are not standing on that square.", "No estás en esa casilla."),
    Reason.NOTHING_TO_BUY: ("There is nothing to buy on this square.", "No hay nada que comprar en esta casilla."),
    Reason.MUST_BUY_OR_DROP: (
        "You have to buy the square or put it up for auction.",
        "Tienes que comprar la casilla o sacarla a subasta.",
    ),
    Reason.PRICE_NOT_COVERED: ("Your money does not cover the price.", "Tu dinero no alcanza para el precio."),
    Reason.NOT_ON_TRAM: ("You are not at a tram stop.", "No estás en una parada de tranvía."),
    Reason.NOT_A_TRAM: ("That square is not a tram stop.", "Esa casilla no es una parada de tranvía."),
    Reason.FARE_NOT_COVERED: ("Your money does not cover the fare.", "Tu dinero no alcanza para el billete."),
    Reason.CARD_NOT_COVERED: ("Your money does not cover the card.", "Tu dinero no alcanza para la carta."),
    Reason.DROPPED_PURCHASE: (
        "You declined this square, so you cannot bid on it.",
        "Has renunciado a esta casilla, así que no puedes pujar por ella.",
    ),
    Reason.ALREADY_BID: ("You have already bid in this auction.", "Ya has pujado en esta subasta."),
    Reason.BID_NEGATIVE: ("A bid cannot be below 0.", "Una puja no puede ser menor que 0."),
    Reason.BID_NOT_COVERED: ("Your money does not cover the bid.", "Tu dinero no alcanza para la puja."),
    Reason.NO_SUCH_SQUARE: ("That square does not exist.", "No existe esa casilla."),
    Reason.NOT_BUILDABLE: ("You cannot build on that square.", "En esa casilla no se puede construir."),
    Reason.NOT_BUYABLE: ("That square cannot be owned.", "Esa casilla no puede tener dueño."),
    Reason.NOT_OWNER: ("You do not own that square.", "Esa casilla no es tuya."),
    Reason.HOUSES_NOT_POSITIVE: (
        "The number of levels must be at least 1.",
        "El número de niveles debe ser al menos 1.",
    ),
    Reason.GROUP_INCOMPLETE: ("You do not own the whole group.", "No tienes el grupo completo."),
    Reason.GROUP_MORTGAGED: (
        "A square of the group is mortgaged.",
        "Una casilla del grupo está hipotecada.",
    ),
    Reason.TOO_MANY_LEVELS: ("A square takes five levels at most.", "Una casilla admite cinco niveles como máximo."),
    Reason.TOO_FEW_LEVELS: ("The square has fewer levels than that.", "La casilla no tiene tantos niveles."),
    Reason.UNEVEN: (
        "The squares of a group may differ by one level at most.",
        "Las casillas de un grupo solo pueden diferir en un nivel.",
    ),
    Reason.BUILD_NOT_COVERED: (
        "Your money does not cover the building.",
        "Tu dinero no alcanza para construir.",
    ),
    Reason.GROUP_HAS_BUILDINGS: (
        "There are buildings in the group of that square.",
        "Hay edificios en el grupo de esa casilla.",
    ),
    Reason.ALREADY_MORTGAGED: ("That square is already mortgaged.", "Esa casilla ya está hipotecada."),
    Reason.NOT_MORTGAGED: ("That square is not mortgaged.", "Esa casilla no está hipotecada."),
    Reason.LIFTING_NOT_COVERED: (
        "Your money does not cover lifting the mortgage.",
        "Tu dinero no alcanza para levantar la hipoteca.",
    ),
    Reason.TRADE_WITH_NOBODY: (
        "A trade needs another player who is still in the game.",
        "Un trato necesita otro jugador que siga en la partida.",
    ),
    Reason.TRADE_MONEY_NEGATIVE: (
        "The money of a trade cannot be below 0.",
        "El dinero de un trato no puede ser menor que 0.",
    ),
    Reason.TRADE_EMPTY: ("The trade is empty.", "El trato está vacío."),
    Reason.TRADE_SQUARE_TWICE: (
        "The trade names a square more than once.",
        "Una casilla aparece más de una vez en el trato.",
    ),
    Reason.TRADE_NOT_OWNED: (
        "A square of the trade does not belong to the player who gives it.",
        "Una casilla del trato no es del jugador que la da.",
    ),
    Reason.TRADE_NOT_COVERED: (
        "A player would give more money than they have.",
        "Un jugador daría más dinero del que tiene.",
    ),
    Reason.TRADE_KEEPS_DEBT: (
        "A player in debt must end the trade with more money than before.",
        "Un jugador con deudas debe acabar el trato con más dinero que antes.",
    ),
    Reason.TOO_MANY_PROPOSALS: (
        "You have already made five proposals this turn.",
        "Ya has hecho cinco propuestas en este turno.",
    ),
    Reason.NOTHING_TO_TRADE: (
        "Without a square left you cannot trade your way out of debt.",
        "Sin ninguna casilla no puedes saldar la deuda con un trato.",
    ),
    Reason.DEBT_NOT_COVERED: (
        "Your balance is below 0. Sell, trade or surrender.",
        "Tu saldo es negativo. Vende, negocia o ríndete.",
    ),
}


def sentence(reason: Reason, lang: str = "en") -> str:
    """Return the one sentence that says `reason` in `lang` ("en" or "es"; any other language reads English)."""
    english, spanish = _SENTENCES[reason]
    return spanish if lang == "es" else english


class EngineError(MagnateError):
    """The root of the engine's errors."""


class IllegalAction(EngineError):
    """A rule refuses an action; the state is as it was."""

    def __init__(self, reason: Reason, seat: int, action: object) -> None:
        super().__init__(reason, seat, action)
        self.reason = reason
        """The rule that refuses."""
        self.seat = seat
        """Who asked."""
        self.action = action
        """What was asked for."""

    def __str__(self) -> str:
        return f"seat {self.seat} may not do {self.action!r}: {sentence(self.reason)}"


class ChanceError(EngineError):
    """Scripted or recorded chance does not fit what the rules ask for."""


class BoardError(EngineError):
    """Board data that no game can be played on."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where = where
        """The entry at fault, such as `square 15`."""
        self.what = what
        """What is wrong with it."""

    def __str__(self) -> str:
        return f"board data, {self.where}: {self.what}"


class DataError(EngineError):
    """Plain data that tells of no action."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        """What is wrong with it, and where in it."""

    def __str__(self) -> str:
        return f"no action: {self.what}"


class PositionError(EngineError):
    """A position that cannot be; every fault is listed."""

    def __init__(self, faults: Sequence[str], source: str = "position") -> None:
        super().__init__(faults, source)
        self.faults = tuple(faults)
        """One sentence a fault."""
        self.source = source
        """Where the position came from: a file name, or `position`."""

    def __str__(self) -> str:
        return "\n".join(f"{self.source}: {fault}" for fault in self.faults)


class RecordError(EngineError):
    """A record of a game that cannot be read."""

    def __init__(self, line: int, what: str, source: str = "record") -> None:
        super().__init__(line, what, source)
        self.line = line
        """The line at fault, counted from 1."""
        self.what = what
        """What is wrong with it."""
        self.source = source
        """Where the record came from: a file name, or `record`."""

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}: {self.what}"
