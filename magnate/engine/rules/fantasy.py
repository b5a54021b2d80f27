"""The fantasy cards and what each does (rules: choose_fantasy; effects as in `data/fantasy.json`)."""

from collections.abc import Callable

from magnate.engine.actions import ChooseCard
from magnate.engine.board import MAX_LEVEL, PLAIN_GROUPS
from magnate.engine.chance import Chance
from magnate.engine.errors import Reason
from magnate.engine.events import BANK, POT, CardPlayed, Event, Why
from magnate.engine.rules.holdings import set_level, set_mortgaged
from magnate.engine.rules.money import pay, percent
from magnate.engine.rules.movement import after_arrival, go_to_jail, jump
from magnate.engine.state import State
from magnate.engine.statistics import COUNT, NUM_FANTASY_EVENTS


def refuse_card(state: State, seat: int, action: ChooseCard) -> Reason | None:
    """Return why `seat` may not take the shown card: it costs more than there is. The unseen one is free."""
    assert state.card is not None
    if action.chosen_revealed_card and state.balance[seat] < state.card.price:
        return Reason.CARD_NOT_COVERED
    return None


def do_card(state: State, seat: int, action: ChooseCard, chance: Chance, events: list[Event]) -> None:
    """Buy the shown card, or draw an unseen one; then it takes effect."""
    assert state.card is not None
    card = state.card
    state.card = None
    if action.chosen_revealed_card:
        pay(state, events, seat, POT, card.price, Why.CARD_PRICE)
    else:
        card = chance.card()
    played = CardPlayed(seat, card, action.chosen_revealed_card)
    events.append(played)
    state.stats[seat * COUNT + NUM_FANTASY_EVENTS] += 1
    EFFECTS[card.type](state, seat, card.value or 0, chance, events, played)
    after_arrival(state)


def _opponents(state: State, seat: int) -> list[int]:
    return [other for other, alive in enumerate(state.alive) if alive and other != seat]


def _movable(state: State) -> list[int]:
    """Return who a card may move: everyone still in the game and not in jail."""
    return [seat for seat, alive in enumerate(state.alive) if alive and state.jail_turns[seat] == 0]


def _throw_anywhere(state: State, seat: int, chance: Chance, events: list[Event]) -> None:
    here = state.position[seat]
    jump(state, seat, chance.square([square for square in state.board.random_targets if square != here]), events)


def _win_plain(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    pay(state, events, BANK, seat, value, Why.CARD)


def _win_ratio(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    pay(state, events, BANK, seat, percent(state.balance[seat], value), Why.CARD)


def _lose_plain(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    pay(state, events, seat, POT, value, Why.CARD)


def _lose_ratio(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    pay(state, events, seat, POT, percent(state.balance[seat], value), Why.CARD)


def _share_all(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    for other in _opponents(state, seat):
        pay(state, events, seat, other, value, Why.CARD)


def _everybody_pays(
    state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed
) -> None:
    for other in _opponents(state, seat):
        pay(state, events, other, seat, value, Why.CARD)


def _double(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    stake = max(state.balance[seat], 0)
    played.doubled = chance.coin()
    if played.doubled:
        pay(state, events, BANK, seat, stake, Why.CARD)
    else:
        pay(state, events, seat, POT, stake, Why.CARD)


def _take_pot(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    price = played.card.price if played.bought else 0  # stays: the pot is paid as it was before the card was bought
    pay(state, events, POT, seat, state.pot - price, Why.CARD)


def _jail_self(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    go_to_jail(state, seat, events)


def _jail_other(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    targets = [other for other in _movable(state) if other != seat]
    if targets:
        played.target = chance.seat(targets)
        go_to_jail(state, played.target, events)


def _jail_all(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    for other, alive in enumerate(state.alive):
        if alive:
            go_to_jail(state, other, events)


def _shuffle(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    for other in _movable(state):
        _throw_anywhere(state, other, chance, events)


def _move_self(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    _throw_anywhere(state, seat, chance, events)


def _move_other(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    targets = [other for other in _movable(state) if other != seat]
    if targets:
        played.target = chance.seat(targets)
        _throw_anywhere(state, played.target, chance, events)


def _magnetism(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    here = state.position[seat]
    for other in _movable(state):
        if state.position[other] != here:
            jump(state, other, here, events)


def _to_start(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    jump(state, seat, state.board.exit, events)
    pay(state, events, BANK, seat, state.board.salary, Why.SALARY, state.board.exit)


def _break_house(state: State, owners: list[int], chance: Chance, played: CardPlayed) -> None:
    """Take a level off a random one of the squares of `owners` that stand highest in their groups."""
    level = state.level
    targets: list[int] = []
    for owner in owners:
        for square in state.owned[owner]:
            group = state.board.members[state.board.group[square]]
            if level[square] and level[square] == max([level[member] for member in group]):
                targets.append(square)
    if targets:
        square = chance.square(targets)
        set_level(state, square, level[square] - 1)
        played.squares = (square,)


def _break_other(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    _break_house(state, _opponents(state, seat), chance, played)


def _break_own(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    _break_house(state, [seat], chance, played)


def _free_house(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    level = state.level
    targets: list[int] = []
    for group in range(1, PLAIN_GROUPS + 1):
        members = state.board.members[group]
        if state.group_owner[group] == seat and not state.group_mortgages[group]:
            lowest = min([level[member] for member in members])
            if lowest < MAX_LEVEL:
                targets += [member for member in members if level[member] == lowest]
    if targets:
        square = chance.square(targets)
        set_level(state, square, level[square] + 1)
        played.squares = (square,)


def _revive(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    targets = [square for square in state.owned[seat] if state.mortgaged[square]]
    if targets:
        square = chance.square(targets)
        set_mortgaged(state, square, 0)
        played.squares = (square,)


def _earthquake(state: State, seat: int, value: int, chance: Chance, events: list[Event], played: CardPlayed) -> None:
    played.squares = tuple([square for square in state.board.buyable if state.level[square]])
    for square in played.squares:
        set_level(state, square, state.level[square] - 1)


Effect = Callable[[State, int, int, Chance, list[Event], CardPlayed], None]
"""What a card does to (state, seat, value), with chance; it notes its events and fills in the `CardPlayed`."""

EFFECTS: dict[str, Effect] = {
    "winPlainMoney": _win_plain,
    "winRatioMoney": _win_ratio,
    "losePlainMoney": _lose_plain,
    "loseRatioMoney": _lose_ratio,
    "shareMoneyAll": _share_all,
    "everybodySendsYouMoney": _everybody_pays,
    "doubleOrNothing": _double,
    "getParkingMoney": _take_pot,
    "goToJail": _jail_self,
    "sendToJail": _jail_other,
    "everybodyToJail": _jail_all,
    "shufflePositions": _shuffle,
    "moveAnywhereRandom": _move_self,
    "moveOpponentAnywhereRandom": _move_other,
    "magnetism": _magnetism,
    "goToStart": _to_start,
    "breakOpponentHouse": _break_other,
    "breakOwnHouse": _break_own,
    "freeHouse": _free_house,
    "reviveProperty": _revive,
    "earthquake": _earthquake,
}
"""Each card of the deck by its type."""
