"""Positions that cannot be (docs: Records and positions): every fault is listed, by its place, in a sentence."""

import pytest

from tests.engine.position_data import BONUS, CARD, JAILED, ON_SALE, TRADE, Data, faults, players, two


def test_every_fault_is_listed_at_once_by_its_place() -> None:
    data = players(
        {"position": 99, "squares": {"1": {"level": 4}, "3": {"level": 2}, "2": {}, "21": {}}},
        {"balence": 3, "jail_turns": 2, "position": 5, "squares": {"21": {"mortgaged": 1}}},
        {"balance": 20, "statistics": {"wins": 3}},
        eliminated=[2],
        phase="busines",
        pot="a lot",
    )
    assert faults(data) == [
        'pot: must be a whole number from 0 to 1000000000000, not "a lot"',
        "players[0].position: there is no square 99",
        'players[0].squares: "2" is no square that can be owned (did you mean 32?)',
        "players[1].squares.21.mortgaged: must be true or false, not 1",
        "players[1].squares.21: has two owners, the seats 0 and 1",
        'players[1]: unknown key "balence" (did you mean balance?)',
        'players[2].statistics: "wins" is no statistic',
        'phase: "busines" is not one of roll_the_dices, choose_square, choose_fantasy, management, business, '
        "liquidation, auction, proposal_acceptance, end_game (did you mean business?)",
        "players[1].jail_turns: must be 0, as the player stands on 5 and not in jail (201)",
        "players[2].balance: the player is out of the game, so it must be 0",
    ]


SHAPES: list[tuple[object, str]] = [
    ([], "must be an object, not a list"),
    (None, "must be an object, not null"),
    ({}, "players: must be a list of 2 to 4 objects, not of 0"),
    ({"players": {}}, "players: must be a list, not an object"),
    ({"players": [{}]}, "players: must be a list of 2 to 4 objects, not of 1"),
    ({"players": [{}] * 5}, "players: must be a list of 2 to 4 objects, not of 5"),
    ({"players": [{}, 3]}, "players[1]: must be an object, not 3"),
    (two(magnate="record"), 'magnate: must be "position": this is something else'),
    (two(format=2), "format: must be 1, which this version of Magnate reads"),
    (two(board="0" * 64), "board: is the digest of another board"),
    (two(order=[0]), "order: must name every seat once"),
    (two(order=[0, 0]), "order: names one twice"),
    (two(order=[0, 2]), "order: 2 is not one of the seats 0 to 1"),
    (two(order=[0, True]), "order: true is not one of the seats 0 to 1"),
    (two(order=3), "order: must be a list, not 3"),
    (two(turn_seat=2), "turn_seat: must be a whole number from 0 to 1, not 2"),
    (two(round=0), "round: must be a whole number from 1 to 1000000000000, not 0"),
    (two(turn=1.0), "turn: must be a whole number from 1 to 1000000000000, not 1.0"),
    (two(streak=3), "streak: must be a whole number from 0 to 2, not 3"),
    (two(proposals=6), "proposals: must be a whole number from 0 to 5, not 6"),
    (two(pot=-1), "pot: must be a whole number from 0 to 1000000000000, not -1"),
    (two(pot=None), "pot: must be a whole number from 0 to 1000000000000, not null"),
    (two(phase=None), "phase: null is not one of "),
    (two(resume="auction"), 'resume: "auction" is not one of business, liquidation'),
    (two(settings={"max_rounds": -1}), "settings.max_rounds: must be a whole number from 0 to"),
    (two(settings={"humans": [2]}), "settings.humans: 2 is not one of the seats 0 to 1"),
    (two(settings=[]), "settings: must be an object, not a list"),
    (two({"balance": 10**13}), "players[0].balance: must be a whole number from -1000000000000 to 1000000000000, not"),
    (two({"balance": True}), "players[0].balance: must be a whole number from -1000000000000 to 1000000000000, not tr"),
    (two({"jail_turns": 4}), "players[0].jail_turns: must be a whole number from 0 to 3, not 4"),
    (two({"position": 40}), "players[0].position: there is no square 40"),
    (two({"position": -1}), "players[0].position: must be a whole number from 0 to"),
    (two({"squares": {"1": 2}}), "players[0].squares.1: must be an object, not 2"),
    (two({"squares": {"01": {}}}), 'players[0].squares: "01" is no square that can be owned'),
    (two({"squares": {"1": {"level": 6}}}), "players[0].squares.1.level: must be a whole number from 0 to 5, not 6"),
    (two({"squares": {"1": {"owner": 6}}}), 'players[0].squares.1: unknown key "owner"'),
    (two({"statistics": {"num_trades": -1}}), "players[0].statistics.num_trades: must be a whole number from 0 to"),
    (two(bids={"2": 3}), 'bids: "2" is no seat of this game'),
    (two(bids={"1": -1}), "bids.1: must be a whole number from 0 to"),
    (two(steps=[13]), "steps: 13 is not one of the steps of a roll, 0 to 12"),
    (two(card={}), "card.type: is missing"),
    (two(card={"type": "rainOfFrogs"}), 'card.type: "rainOfFrogs" is not one of '),
    (two(card={"type": "winPlainMoney"}), "card.value: is missing"),
    (
        two(card={"type": "winPlainMoney", "value": None}),
        "card.value: must be a whole number from 0 to 1000000000000, ",
    ),
    (two(mortgaged_this_turn=[2]), "mortgaged_this_turn: 2 is not one of the squares that can be owned"),
    (two(card={"type": "winPlainMoney", "value": "x"}), "card.value: must be a whole number from 0 to 1000000000000, "),
    (two(card={"type": "goToJail", "price": -1}), "card.price: must be a whole number from 0 to"),
    (two(trade={}), "trade.destination: is missing"),
    (two(trade={"destination": 5}), "trade.destination: must be a whole number from 0 to 1, not 5"),
    (two(trade={"destination": 1, "offered_properties": [2]}), "trade.offered_properties: 2 is not one of the squares"),
    (
        two(trade={"destination": 1, "asked_properties": [[]]}),
        "trade.asked_properties: a list is not one of the squares",
    ),
    (two(bonuses=[{}]), "bonuses[0].category: is missing"),
    ({**two(), "y" * 70: "\u0007" * 100}, 'unknown key "' + "y" * 60 + '"…'),
]


@pytest.mark.parametrize(("data", "fault"), SHAPES, ids=[fault for _, fault in SHAPES])
def test_what_is_of_the_wrong_shape_is_a_fault(data: object, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(data)), faults(data)


def owner(squares: Data, **rest: object) -> Data:
    return two({"squares": squares}, **rest)


CONTRADICTIONS: list[tuple[Data, list[str]]] = [
    # buildings and mortgages
    (
        owner({"6": {"level": 3}, "8": {"level": 1}, "9": {"level": 1}}),
        ["squares 6, 8, 9: their levels 3, 1, 1 differ by more than one"],
    ),
    (
        owner({"6": {"level": 1}, "8": {"mortgaged": True}, "9": {}}),
        ["squares 6, 8, 9: have buildings and a mortgage"],
    ),
    (owner({"6": {"level": 1}, "8": {}}), ["squares 6, 8, 9: have buildings, but no seat owns the whole group"]),
    (
        players({"squares": {"1": {"level": 1}}}, {"squares": {"3": {"level": 1}}}),
        ["squares 1, 3: have buildings, but no seat owns the whole group"],
    ),
    (
        owner({"15": {"level": 1}, "35": {"level": 1}}),
        ["squares 15, 35: nothing can be built there"],
    ),
    (
        players({"squares": {"1": {}}}, {"squares": {"1": {}}}),
        ["players[1].squares.1: has two owners, the seats 0 and 1"],
    ),
    # jail
    (
        two({"position": 201}, phase="business"),
        ["players[0].jail_turns: must be from 1 to 3, as the player is in jail"],
    ),
    (players({}, {"position": 201}), ["players[1].jail_turns: must be from 1 to 3, as the player is in jail"]),
    (
        two({"position": 5, "jail_turns": 1}),
        ["players[0].jail_turns: must be 0, as the player stands on 5 and not in jail (201)"],
    ),
    (two({"position": 20}), ["players[0].position: nobody stays on 20, which sends to jail (201)"]),
    (two(JAILED, streak=1), ["streak: must be 0, as the turn player is in jail"]),
    # who is out of the game
    (
        players({}, {}, {"balance": 5, "jail_turns": 1, "squares": {"1": {}}}, eliminated=[2]),
        [
            "players[2].squares: the player is out of the game, so the bank has them",
            "players[2].balance: the player is out of the game, so it must be 0",
            "players[2].jail_turns: the player is out of the game, so it must be 0",
        ],
    ),
    (two(eliminated=[1]), ["eliminated: leaves fewer than two players in the game"]),
    (players({}, {}, {}, eliminated=[1], turn_seat=1), ["turn_seat: the seat 1 is out of the game"]),
    (
        players({}, {}, {}, eliminated=[1], settings={"humans": [1]}),
        ["settings.humans: none of them is left in the game, which would be over"],
    ),
    (two(round=31), ["round: 31 is past the limit of 30, so the game would be over"]),
    # phases
    (
        two(JAILED, steps=[5]),
        ["steps: roll_the_dices has a roll on the table only in jail, with 1 to 2 turns left"],
    ),
    (two(steps=[5]), ["steps: roll_the_dices has a roll on the table only in jail, with 1 to 2 turns left"]),
    (two({"jail_turns": 1}, steps=[2]), ["steps: a roll on the table in jail has one sum of two different dice"]),
    (two({"jail_turns": 1}, steps=[5, 6]), ["steps: a roll on the table in jail has one sum of two different dice"]),
    *[
        (
            two(phase="choose_square", steps=steps_told),
            [
                "steps: choose_square needs [first die, second die, their sum], [die, twice the die] after a double, "
                "or [0] after a triple"
            ],
        )
        for steps_told in ([], [3], [1, 4, 6], [0, 4], [1, 2, 3, 4], [3, 2, 1], [7, 8, 9])
    ],
    # doubles, and what follows them
    *[
        (two(phase="choose_square", steps=steps_told, streak=streak), [f"streak: must be {fault}"])
        for steps_told, streak, fault in (
            ([0], 2, "0, as a triple was rolled"),
            ([5, 10], 0, "from 1 to 2, as a double was rolled"),
            ([3, 4, 7], 1, "0, as no double was rolled"),
        )
    ],
    *[
        (
            two(phase=phase, streak=2, **waiting),
            ["streak: must be 0 in business, as a player who is free would roll again after a double"],
        )
        for phase, waiting in (("business", {}), ("proposal_acceptance", {"trade": TRADE}))
    ],
    (
        two({"balance": -1}, streak=1),
        ["phase: the turn player is in debt, and does not roll again before liquidation"],
    ),
    (two({"position": 201}, streak=1), ["players[0].jail_turns: must be from 1 to 3, as the player is in jail"]),
    (
        two({"position": 201}, phase="choose_square", steps=[0], streak=2),
        [
            "players[0].jail_turns: must be from 1 to 3, as the player is in jail",
            "streak: must be 0, as a triple was rolled",
        ],
    ),
    (
        two(proposals=1, mortgaged_this_turn=[1]),
        [
            "proposals: must be 0, as the turn has just begun",
            "mortgaged_this_turn: must be empty, as the turn has just begun",
        ],
    ),
    (
        two(JAILED, phase="choose_square", steps=[1, 2, 3]),
        ["phase: choose_square is not for a turn player in jail"],
    ),
    (
        two(phase="choose_fantasy"),
        [
            "phase: choose_fantasy needs the turn player on a fantasy square, not on 0",
            "card: choose_fantasy needs the card that is shown",
        ],
    ),
    (
        two(phase="management"),
        ["phase: management needs the turn player on a tram stop or on a square that the bank sells, not on 0"],
    ),
    (
        two({**ON_SALE, "squares": {"15": {}}}, phase="management"),
        ["phase: management needs the turn player on a tram stop or on a square that the bank sells, not on 15"],
    ),
    (
        two({"position": 10}, phase="auction"),
        ["phase: auction needs the turn player on a square that the bank sells, not on 10"],
    ),
    (two(ON_SALE, phase="auction", bids={"1": 3}), ["bids: everybody has bid, so the auction would be closed"]),
    (players(ON_SALE, {}, {}, phase="auction", bids={"0": 0}), ["bids: the seat 0 may not bid"]),
    (players(ON_SALE, {}, {}, phase="auction", bids={"0": None}), ["bids: the seat 0 may not bid"]),
    (two(bids={"1": None}), ["bids: belongs to auction, not to roll_the_dices"]),
    (two(ON_SALE, phase="auction", bids={"1": None}), ["bids: everybody has bid, so the auction would be closed"]),
    (
        players(ON_SALE, {}, {}, {}, phase="auction", bids={"3": 0}, eliminated=[3]),
        ["bids: the seat 3 may not bid"],
    ),
    (
        players(ON_SALE, {}, {"balance": 9}, phase="auction", bids={"2": 10}),
        ["bids: the balance of the seat 2 does not cover its 10"],
    ),
    (
        players(ON_SALE, {}, {"balance": -9}, phase="auction", bids={"2": 1}),
        ["bids: the balance of the seat 2 does not cover its 1"],
    ),
    (two(phase="proposal_acceptance"), ["trade: proposal_acceptance needs the trade that waits"]),
    (
        two(phase="proposal_acceptance", trade={"destination": 0}, proposals=0),
        [
            "trade.destination: must be another player who is still in the game",
            "trade: there is nothing on the table",
            "proposals: must be at least 1, as one waits",
        ],
    ),
    (
        players({}, {}, {}, phase="proposal_acceptance", trade=TRADE, eliminated=[1]),
        ["trade.destination: must be another player who is still in the game"],
    ),
    # what belongs to another phase
    (
        two(phase="business", steps=[3], card=CARD, bids={"1": 0}, trade=TRADE, winners=[0], bonuses=BONUS),
        [
            "steps: belongs to roll_the_dices and choose_square, not to business",
            "card: belongs to choose_fantasy, not to business",
            "bids: belongs to auction, not to business",
            "trade: belongs to proposal_acceptance, not to business",
            "winners: belongs to end_game, not to business",
            "bonuses: belongs to end_game, not to business",
        ],
    ),
    # games that are over
    (two(phase="end_game", winners=[0, 1]), ["phase: end_game means that the game is over: there is nothing to play"]),
    (
        two({"balance": 9}, phase="end_game", winners=[0]),
        ["winners: must be [1], who are worth most"],
    ),
    (two(phase="end_game"), ["winners: must name who won, of those still in the game"]),
    (
        two(phase="end_game", winners=[1], eliminated=[1], bonuses=[*BONUS, *BONUS, {"category": "num_trades"}]),
        [
            "winners: must name who won, of those still in the game",
            "bonuses: name one category twice",
            "bonuses: each must name who got it, of those still in the game",
        ],
    ),
]


@pytest.mark.parametrize(("data", "expected"), CONTRADICTIONS, ids=[expected[0] for _, expected in CONTRADICTIONS])
def test_what_cannot_be_together_is_a_fault(data: Data, expected: list[str]) -> None:
    assert faults(data) == expected


def test_the_faults_of_one_place_leave_the_others_to_be_found() -> None:
    data = players({"balance": "x"}, {"position": 20}, phase="auction", settings={"humans": "x"})
    assert faults(data) == [
        'settings.humans: must be a list, not "x"',
        'players[0].balance: must be a whole number from -1000000000000 to 1000000000000, not "x"',
        "players[1].position: nobody stays on 20, which sends to jail (201)",
    ]
