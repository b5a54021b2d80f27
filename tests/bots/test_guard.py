"""No bot looks broken: random choices do not go to and fro, and a turn ends (docs: Bots, The guard)."""

from collections.abc import Sequence

import pytest

from magnate.bots.base import Bot
from magnate.bots.guard import KEPT_BACK, MAX_ACTIONS, GuardedBot
from magnate.bots.loading import parse_bot
from magnate.bots.random_bot import RandomBot
from magnate.engine.actions import (
    NEXT_PHASE,
    SURRENDER,
    THROW_DICES,
    Action,
    Build,
    Demolish,
    MortgageSet,
    MortgageUnset,
    TradeProposal,
)
from magnate.engine.chance import Seeded
from magnate.engine.game import apply
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import GameView, legal_actions, view_for
from tests.bots.games import decisions
from tests.engine.positions import CYAN, place

UNDOES = {Build: Demolish, Demolish: Build, MortgageSet: MortgageUnset, MortgageUnset: MortgageSet}


class Fidget(GuardedBot):
    """Does whatever comes first, for ever."""

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        return legal[0]


def answer(bot: Bot, state: State) -> Action:
    return bot.decide(view_for(state, 0), legal_actions(state, 0))


class Told(GuardedBot):
    """Does what it is told, and then chooses at random."""

    def __init__(self, *told: Action) -> None:
        super().__init__(5)
        self.told = list(told)

    def choose(self, view: GameView, legal: Sequence[Action]) -> Action:
        return self.told.pop(0) if self.told else self.any_of(legal)


class TestNoUndoing:
    """A random choice must never repeat an action kind that undoes the last one."""

    @pytest.mark.parametrize(
        ("done", "undone"),
        [
            (Build(6), Demolish),
            (Demolish(6), Build),
            (MortgageSet(39), MortgageUnset),
            (MortgageUnset(39), MortgageSet),
        ],
    )
    def test_what_is_done_is_not_undone_by_chance(self, done: Action, undone: type) -> None:
        state = place(owned={0: [*CYAN, 15, 35, 37, 39]}, levels=dict.fromkeys(CYAN, 1), mortgaged=[37, 15])
        assert undone in map(type, legal_actions(state, 0))
        after: set[type] = set()
        for seed in range(300):
            again = Told(done)
            again.random.seed(seed)
            answer(again, state)
            after.add(type(answer(again, state)))
        assert undone not in after
        assert {*UNDOES} - {undone} <= after

    def test_not_after_something_else_in_between_either(self) -> None:
        state = place(owned={0: [*CYAN, 39]}, levels=dict.fromkeys(CYAN, 1))
        for seed in range(100):
            bot = Told(Build(6), MortgageSet(39), TradeProposal(1, asked_money=5))
            bot.random.seed(seed)
            done = [type(answer(bot, state)) for _ in range(4)]
            assert done[3] not in (Demolish, MortgageUnset)

    def test_a_new_stretch_of_business_may(self) -> None:
        state = place(owned={0: CYAN}, levels=dict.fromkeys(CYAN, 1))
        done: set[type] = set()
        for seed in range(100):
            bot = Told(Build(6), NEXT_PHASE, THROW_DICES)
            bot.random.seed(seed)
            done.add([type(answer(bot, state)) for _ in range(4)][3])
        assert Demolish in done

    @pytest.mark.parametrize("name", ["random", "value,epsilon=1.0"])
    def test_in_whole_games(self, name: str) -> None:
        seen = 0
        before: dict[int, list[type]] = {0: [], 1: [], 2: []}
        for state, seat, _, action in decisions([parse_bot(name).make(seed) for seed in range(3)], 4):
            kind = type(action)
            if seat != state.turn_seat:
                continue
            if kind in UNDOES:
                seen += 1
                assert UNDOES[kind] not in before[seat]
                before[seat].append(kind)
            elif kind is not TradeProposal:
                before[seat] = []
        assert seen > 50


class TestLength:
    """A bot's turn takes at most 40 actions."""

    def test_a_turn_is_broken_off_as_soon_as_it_may_end(self) -> None:
        state = place(owned={0: [39]})
        bot = Fidget()
        actions = 0
        while (action := answer(bot, state)) != NEXT_PHASE:
            apply(state, 0, action, Seeded(0))
            actions += 1
        assert actions == MAX_ACTIONS - KEPT_BACK

    def test_a_turn_with_two_more_rolls_still_keeps_within_40_actions(self) -> None:
        state = place(phase=Phase.ROLL_THE_DICES, owned={0: [39, 37]})
        bot = Fidget()
        turn = state.turn
        doubles = [dice for double in (1, 2) for dice in (double, double, 6)]
        chance = _Rolls([*doubles, 3, 4, 6])
        actions = 0
        while state.turn == turn:
            seat = state.phase_seat
            action = answer(bot, state) if seat == 0 else legal_actions(state, seat)[0]
            actions += seat == 0
            apply(state, seat, action, chance)
        assert MAX_ACTIONS - KEPT_BACK < actions <= MAX_ACTIONS

    def test_who_cannot_end_the_turn_goes_on(self) -> None:
        state = place(phase=Phase.LIQUIDATION, owned={0: [39]}, money={0: -100})
        bot = Fidget()
        assert [answer(bot, state) for _ in range(MAX_ACTIONS)] == [MortgageSet(39)] * MAX_ACTIONS

    def test_every_turn_counts_anew(self) -> None:
        state = place(owned={0: [39]})
        bot = Fidget()
        for turn in range(5):
            state.turn = turn + 1
            assert [answer(bot, state) for _ in range(20)] == [MortgageSet(39)] * 20

    def test_answers_in_the_turns_of_others_do_not_count(self) -> None:
        state = place(phase=Phase.AUCTION, turn_seat=1, at={1: 39})
        bot = Fidget()
        for _ in range(100):
            answer(bot, state)
        assert answer(bot, place(owned={0: [39]})) == MortgageSet(39)

    @pytest.mark.parametrize("name", ["random", "medium", "expert"])
    def test_in_whole_games(self, name: str) -> None:
        counts: dict[int, int] = {}
        for state, seat, _, _ in decisions([parse_bot(name).make(seed) for seed in range(4)], 9):
            if seat == state.turn_seat:
                counts[state.turn] = counts.get(state.turn, 0) + 1
        assert 5 < max(counts.values()) <= MAX_ACTIONS


class _Rolls(Seeded):
    """Dice that are told; all else falls by chance."""

    def __init__(self, dice: list[int]) -> None:
        super().__init__(1)
        self.dice = dice

    def die(self) -> int:
        return self.dice.pop(0)


def test_the_guard_only_surrenders_for_want_of_else() -> None:
    assert RandomBot(1).any_of([SURRENDER]) == SURRENDER
