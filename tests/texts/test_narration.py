"""A game told in sentences, in English and Spanish."""

from string import Formatter
from typing import get_args

import pytest

from magnate.engine.actions import (
    ACCEPT,
    DECLINE_BAIL,
    NEXT_PHASE,
    PAY_BAIL,
    THROW_DICES,
    Action,
    Bid,
    TakeTram,
    TradeProposal,
)
from magnate.engine.cards import Card
from magnate.engine.events import (
    BANK,
    NOBODY,
    POT,
    AuctionClosed,
    AuctionOpened,
    BidMade,
    BonusPaid,
    Bought,
    Built,
    CardPlayed,
    CardShown,
    Demolished,
    Event,
    Freed,
    GameEnded,
    Jailed,
    Jumped,
    Left,
    Lifted,
    Mortgaged,
    Paid,
    PhaseSkipped,
    Proposed,
    Rolled,
    Traded,
    TurnBegan,
    Walked,
    Why,
)
from magnate.engine.statistics import STATISTICS
from magnate.texts import Words
from magnate.texts.narration import Narrator
from magnate.texts.sentences import CATEGORIES, PURPOSES, SENTENCES

NAMES = ("ana", "bert", "")
COIN = Card("winPlainMoney", 60, 130)

TOLD: list[tuple[Event, str, str]] = [
    (
        Rolled(0, 4, 2, 3, False, 0, (9,)),
        "Seat 0 (ana) rolls 4, 2 and 3.",
        "El asiento 0 (ana) saca 4, 2 y 3.",
    ),
    (Rolled(2, 4, 2, 4, False, 0, (4, 2, 6)), "Seat 2 rolls 4, 2 and a bus.", "El asiento 2 saca 4, 2 y un autobús."),
    (Rolled(2, 4, 4, 1, False, 1, (9,)), "Seat 2 rolls 4, 4 and 1. A double.", "El asiento 2 saca 4, 4 y 1. Dobles."),
    (
        Rolled(2, 4, 4, 1, False, 0, ()),
        "Seat 2 rolls 4, 4 and 1. The third double in a row.",
        "El asiento 2 saca 4, 4 y 1. El tercer doble seguido.",
    ),
    (
        Rolled(2, 3, 3, 3, True, 0, (1, 2, 3)),
        "Seat 2 rolls 3, 3 and 3. A triple: any square can be chosen.",
        "El asiento 2 saca 3, 3 y 3. Triple: se puede elegir cualquier casilla.",
    ),
    (
        Rolled(2, 3, 3, 0, False, 0, (1,)),
        "Seat 2 rolls 3 and 3 in jail.",
        "El asiento 2 saca 3 y 3 en la cárcel.",
    ),
    (
        Walked(1, (0, 1)),
        "Seat 1 (bert) walks 1 square to Net Menders' Row (1).",
        "El asiento 1 (bert) avanza 1 casilla hasta Calle de los Rederos (1).",
    ),
    (Walked(2, (38, 39, 0)), "Seat 2 walks 2 squares to Exit (0).", "El asiento 2 avanza 2 casillas hasta Salida (0)."),
    (
        Jumped(2, 10, 30),
        "Seat 2 moves from Harbour Stop (10) straight to Hilltop Stop (30).",
        "El asiento 2 va directamente de Parada del Puerto (10) a Parada del Cerro (30).",
    ),
    (Jailed(2, 5), "Seat 2 goes to jail.", "El asiento 2 va a la cárcel."),
    (Freed(2, True), "Seat 2 is out on bail.", "El asiento 2 sale bajo fianza."),
    (Freed(2, False), "Seat 2 is freed by the double.", "El asiento 2 sale libre por los dobles."),
    (
        Paid(2, 1, 44, Why.RENT, 21),
        "Seat 2 pays 44 to seat 1 (bert): rent for Lemon Tree Avenue (21).",
        "El asiento 2 paga 44 al asiento 1 (bert): alquiler de Avenida del Limonero (21).",
    ),
    (Paid(BANK, 2, 200, Why.SALARY), "The bank pays 200 to seat 2: salary.", "La banca paga 200 al asiento 2: sueldo."),
    (
        Paid(POT, 2, 70, Why.POT),
        "The pot pays 70 to seat 2: the whole pot.",
        "El bote paga 70 al asiento 2: todo el bote.",
    ),
    (Paid(2, POT, 40, Why.BAIL, 201), "Seat 2 pays 40 to the pot: bail.", "El asiento 2 paga 40 al bote: fianza."),
    (
        Paid(2, BANK, 50, Why.BUILD, 1),
        "Seat 2 pays 50 to the bank: building on Net Menders' Row (1).",
        "El asiento 2 paga 50 a la banca: construir en Calle de los Rederos (1).",
    ),
    (
        CardShown(2, COIN),
        'Face-up card, 130: "A coin in the fountain. The bank pays you 60."',
        "Carta a la vista, 130: «Una moneda en la fuente. La banca te paga 60.»",
    ),
    (
        CardPlayed(2, COIN, True),
        'Seat 2 buys the face-up card, "A coin in the fountain".',
        "El asiento 2 compra la carta a la vista, «Una moneda en la fuente».",
    ),
    (
        CardPlayed(2, Card("sendToJail", None, 80), False, target=0),
        'Seat 2 takes an unseen card: "An anonymous letter. A random opponent goes to jail." seat 0 (ana) is affected.',
        "El asiento 2 roba una carta oculta: «Una carta anónima. Un rival al azar va a la cárcel.» "
        "Afecta al asiento 0 (ana).",
    ),
    (
        CardPlayed(2, Card("earthquake", None, 200), True, squares=(1, 5)),
        'Seat 2 buys the face-up card, "Earthquake". Affected: Net Menders\' Row (1) and Dawn Server (5).',
        "El asiento 2 compra la carta a la vista, «Terremoto». "
        "Afecta a Calle de los Rederos (1) y Servidor del Alba (5).",
    ),
    (
        CardPlayed(2, Card("doubleOrNothing", None, 50), True, doubled=True),
        'Seat 2 buys the face-up card, "Double or nothing". The coin says double.',
        "El asiento 2 compra la carta a la vista, «Doble o nada». La moneda dice doble.",
    ),
    (
        CardPlayed(2, Card("doubleOrNothing", None, 50), True, doubled=False),
        'Seat 2 buys the face-up card, "Double or nothing". The coin says nothing.',
        "El asiento 2 compra la carta a la vista, «Doble o nada». La moneda dice nada.",
    ),
    (
        Bought(2, 5, 300, False),
        "Seat 2 buys Dawn Server (5) for 300.",
        "El asiento 2 compra Servidor del Alba (5) por 300.",
    ),
    (
        Bought(2, 5, 120, True),
        "Seat 2 gets Dawn Server (5) for 120.",
        "El asiento 2 se queda con Servidor del Alba (5) por 120.",
    ),
    (
        AuctionOpened(5, (0, 1, 2)),
        "Dawn Server (5) is up for auction; seat 0 (ana), seat 1 (bert) and seat 2 can bid.",
        "Servidor del Alba (5) sale a subasta; pueden pujar: el asiento 0 (ana), el asiento 1 (bert) y el asiento 2.",
    ),
    (BidMade(2), "Seat 2 makes a sealed bid.", "El asiento 2 puja en secreto."),
    (
        AuctionClosed(5, 2, 120, False, ((1, 0), (2, 120))),
        "The bids for Dawn Server (5): seat 1 (bert) 0, seat 2 120.",
        "Las pujas por Servidor del Alba (5): el asiento 1 (bert) 0, el asiento 2 120.",
    ),
    (
        AuctionClosed(5, NOBODY, 0, True, ((2, 120),)),
        "The bids for Dawn Server (5): seat 2 120. The highest bid is tied: nobody gets it.",
        "Las pujas por Servidor del Alba (5): el asiento 2 120. Hay empate en la más alta: nadie se la queda.",
    ),
    (
        AuctionClosed(5, NOBODY, 0, False, ((2, 0),)),
        "The bids for Dawn Server (5): seat 2 0. Nobody bid for it.",
        "Las pujas por Servidor del Alba (5): el asiento 2 0. Nadie ha pujado.",
    ),
    (
        AuctionClosed(5, NOBODY, 0, False, (), called_off=True),
        "The auction of Dawn Server (5) is called off.",
        "Se cancela la subasta de Servidor del Alba (5).",
    ),
    (
        Built(2, 1, 1),
        "Seat 2 builds a level on Net Menders' Row (1).",
        "El asiento 2 construye un nivel en Calle de los Rederos (1).",
    ),
    (
        Built(2, 1, 2),
        "Seat 2 builds 2 levels on Net Menders' Row (1).",
        "El asiento 2 construye 2 niveles en Calle de los Rederos (1).",
    ),
    (
        Demolished(2, 1, 1),
        "Seat 2 demolishes a level on Net Menders' Row (1).",
        "El asiento 2 derriba un nivel en Calle de los Rederos (1).",
    ),
    (
        Demolished(2, 1, 3),
        "Seat 2 demolishes 3 levels on Net Menders' Row (1).",
        "El asiento 2 derriba 3 niveles en Calle de los Rederos (1).",
    ),
    (Mortgaged(2, 5), "Seat 2 mortgages Dawn Server (5).", "El asiento 2 hipoteca Servidor del Alba (5)."),
    (
        Lifted(2, 5),
        "Seat 2 lifts the mortgage of Dawn Server (5).",
        "El asiento 2 levanta la hipoteca de Servidor del Alba (5).",
    ),
    (Proposed(2, 0), "Seat 2 proposes a trade to seat 0 (ana).", "El asiento 2 propone un trato al asiento 0 (ana)."),
    (
        Traded(2, 0, True, (1,), ()),
        "Seat 2 and seat 0 (ana) agree on the trade. Seat 2 hands over Net Menders' Row (1).",
        "El asiento 2 y el asiento 0 (ana) cierran el trato. El asiento 2 entrega Calle de los Rederos (1).",
    ),
    (
        Traded(2, 0, False, (1,), ()),
        "Seat 0 (ana) turns down the trade with seat 2.",
        "El asiento 0 (ana) rechaza el trato con el asiento 2.",
    ),
    (PhaseSkipped(2), "Seat 2 is done.", "El asiento 2 ha terminado."),
    (Left(2, ()), "Seat 2 surrenders.", "El asiento 2 se rinde."),
    (
        Left(2, (1, 5)),
        "Seat 2 surrenders. The bank takes back Net Menders' Row (1) and Dawn Server (5).",
        "El asiento 2 se rinde. La banca recupera Calle de los Rederos (1) y Servidor del Alba (5).",
    ),
    (TurnBegan(0, 9, 3), "Round 3, turn 9: seat 0 (ana).", "Ronda 3, turno 9: el asiento 0 (ana)."),
    (
        BonusPaid("num_trades", 200, (1, 2)),
        "Bonus for trades made: 200 for seat 1 (bert) and seat 2.",
        "Bono por tratos cerrados: 200 para el asiento 1 (bert) y el asiento 2.",
    ),
    (
        GameEnded((10, 0, 20), (2,)),
        "The game is over. Final worth: seat 0 (ana) 10, seat 1 (bert) 0, seat 2 20. Seat 2 wins.",
        "La partida ha terminado. Patrimonio final: el asiento 0 (ana) 10, el asiento 1 (bert) 0, el asiento 2 20. "
        "Gana el asiento 2.",
    ),
    (
        GameEnded((20, 0, 20), (0, 2)),
        "The game is over. Final worth: seat 0 (ana) 20, seat 1 (bert) 0, seat 2 20. "
        "Seat 0 (ana) and seat 2 share the win.",
        "La partida ha terminado. Patrimonio final: el asiento 0 (ana) 20, el asiento 1 (bert) 0, el asiento 2 20. "
        "Comparten la victoria el asiento 0 (ana) y el asiento 2.",
    ),
]


@pytest.mark.parametrize(("event", "english", "spanish"), TOLD, ids=[english for _, english, _ in TOLD])
def test_what_happened_is_told_in_both_languages(event: Event, english: str, spanish: str) -> None:
    assert Narrator(NAMES).event(event) == english
    assert Narrator(NAMES, "es").event(event) == spanish


def test_every_kind_of_event_is_told() -> None:
    assert {type(event) for event, _, _ in TOLD} == set(get_args(Event))


def test_every_purpose_and_every_statistic_has_words() -> None:
    assert set(PURPOSES) == set(Why)
    assert tuple(CATEGORIES) == STATISTICS


@pytest.mark.parametrize("words", [*SENTENCES.values(), *PURPOSES.values()], ids=lambda words: words[0])
def test_both_languages_say_the_same(words: Words) -> None:
    english, spanish = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in words)
    assert {"to" if name == "target" else name for name in english} == spanish


MOVES: list[tuple[int, Action, list[Event], list[str]]] = [
    (2, DECLINE_BAIL, [], ["Seat 2 declines the bail and stays in jail."]),
    (2, PAY_BAIL, [Freed(2, True)], ["Seat 2 is out on bail."]),
    (2, TakeTram(10), [], ["Seat 2 stays at Harbour Stop (10)."]),
    (2, TakeTram(10), [Jailed(2, 1)], ["Seat 2 goes to jail."]),
    (2, Bid(120), [BidMade(2)], ["Seat 2 makes a sealed bid of 120."]),
    (2, Bid(0), [BidMade(2)], ["Seat 2 passes."]),
    (
        2,
        TradeProposal(0, 0, 120, (1, 5), ()),
        [Proposed(2, 0)],
        ["Seat 2 proposes a trade to seat 0 (ana): gives Net Menders' Row (1) and Dawn Server (5), gets 120."],
    ),
    (
        2,
        TradeProposal(0, 7, 0, (5,), ()),
        [Proposed(2, 0)],
        ["Seat 2 proposes a trade to seat 0 (ana): gives 7 and Dawn Server (5), gets nothing."],
    ),
    (
        0,
        ACCEPT,
        [Traded(2, 0, True, (), ()), Paid(2, 0, 7, Why.TRADE)],
        ["Seat 2 and seat 0 (ana) agree on the trade.", "Seat 2 pays 7 to seat 0 (ana): the trade."],
    ),
    (2, NEXT_PHASE, [PhaseSkipped(2)], ["Seat 2 goes on."]),
    (2, NEXT_PHASE, [PhaseSkipped(2), TurnBegan(0, 3, 1)], ["Seat 2 is done."]),
    (
        2,
        THROW_DICES,
        [Paid(2, BANK, 300, Why.PRICE, 5), Bought(2, 5, 300, False)],
        ["Seat 2 buys Dawn Server (5) for 300."],
    ),
]


@pytest.mark.parametrize(("seat", "action", "events", "told"), MOVES, ids=[told[0] for *_, told in MOVES])
def test_a_move_is_told_without_saying_anything_twice(
    seat: int, action: Action, events: list[Event], told: list[str]
) -> None:
    assert Narrator(NAMES).move(seat, action, events) == told


def test_the_last_move_of_a_game_is_told_as_its_end() -> None:
    told = Narrator(NAMES).move(2, NEXT_PHASE, [PhaseSkipped(2), GameEnded((1, 0, 2), (2,))])
    assert told[0] == "Seat 2 is done."
    assert told[1].startswith("The game is over.")


def test_names_may_be_left_out_and_move_no_cursor() -> None:
    assert Narrator().who(3) == "seat 3"
    assert Narrator(["\x1b[2Jbell\a"]).who(0) == "seat 0 (?[2Jbell?)"
    assert Narrator(["{who}"]).event(Jailed(0, 5)) == "Seat 0 ({who}) goes to jail."


def test_a_players_name_keeps_its_letters_at_the_beginning_of_a_sentence() -> None:
    class ByName(Narrator):
        def who(self, seat: int) -> str:
            return self.names[seat]

    tell = ByName(["ana", "an"])
    assert tell.event(Bought(0, 5, 200, False)).startswith("ana ")
    assert tell.sentence("an offers a trade.") == "an offers a trade."
    assert tell.sentence("anybody may bid.") == "Anybody may bid."
