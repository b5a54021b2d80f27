"""The trades that bots think of: a few random ones a turn, at most 80 % of the wanted square's value (docs: Bots)."""

import random
from collections import Counter
from fractions import Fraction

from magnate.bots.loading import parse_bot
from magnate.bots.proposals import PROPOSALS_A_TURN, draw_proposal, is_fair, may_propose, most_offered
from magnate.bots.value import PARTS, square_worth, trade_value
from magnate.engine.actions import TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import why_not
from tests.bots.games import decisions
from tests.engine.positions import BROWN, CYAN, place


def drawn(state: State, count: int = 400) -> list[TradeProposal]:
    chance = random.Random(1)
    return [trade for _ in range(count) if (trade := draw_proposal(state, 0, chance)) is not None]


def offered(state: State, trade: TradeProposal) -> Fraction:
    """Return what seat 0 gives, in money."""
    squares = sum([square_worth(state, 0, square) for square in trade.offered_properties])
    return trade.offered_money - trade.asked_money + Fraction(squares, PARTS)


class TestDrawn:
    STATE = place(3, owned={0: [1, 39], 1: [3, 25], 2: CYAN}, mortgaged=[25])

    def test_80_percent_of_the_wanted_squares_value(self) -> None:
        # 3 completes a group: 10 × 998/54 + 30 = 214.8…, of which 171.8… are 80 %.
        assert most_offered(self.STATE, 0, (3,)) == 171

    def test_no_more_is_offered_than_80_percent_of_the_wanted_squares_value(self) -> None:
        trades = drawn(self.STATE)
        for trade in trades:
            (wanted,) = trade.asked_properties
            assert offered(self.STATE, trade) <= Fraction(8, 10) * Fraction(square_worth(self.STATE, 0, wanted), PARTS)
        assert max([trade.offered_money for trade in trades if trade.asked_properties == (3,)]) > 160

    def test_every_other_player_and_square_is_asked_and_own_squares_are_offered(self) -> None:
        trades = drawn(self.STATE)
        assert {trade.asked_properties for trade in trades} == {(3,), (25,), (6,), (8,), (9,)}
        assert {trade.destination for trade in trades} == {1, 2}
        assert {trade.offered_properties for trade in trades} >= {(), (1,)}

    def test_nothing_illegal_is_drawn(self) -> None:
        state = place(4, owned={0: BROWN, 1: CYAN, 2: [39]}, levels={1: 1}, money={0: 30, 2: -5})
        state.alive[3] = False
        trades = drawn(state)
        assert trades
        # Who is in debt can only be asked with money; what has buildings in its group is not offered.
        assert {trade.destination for trade in trades} == {1, 2}
        assert min([trade.offered_money for trade in trades if trade.destination == 2]) == 1
        assert {trade.offered_properties for trade in trades} == {()}
        assert {why_not(state, 0, trade) for trade in trades} == {None}

    def test_nothing_is_drawn_where_nothing_can_be_had(self) -> None:
        assert drawn(place(2)) == []
        assert drawn(place(2, owned={1: BROWN}, levels={1: 1})) == []
        assert drawn(place(2, owned={1: [39]}, money={0: -1})) == []


class TestProposed:
    def test_a_listed_trade_is_held_to_80_percent_too(self) -> None:
        state = place(4, owned={1: [1]})
        # 2 × 1497/54 + 30 = 85.4…, of which 68.3… are 80 %.
        assert is_fair(state, 0, TradeProposal(1, offered_money=68, asked_properties=(1,)))
        assert not is_fair(state, 0, TradeProposal(1, offered_money=69, asked_properties=(1,)))
        assert is_fair(state, 0, TradeProposal(1, offered_money=75, asked_money=7, asked_properties=(1,)))

    def test_a_sale_wants_no_square(self) -> None:
        state = place(3, owned={0: [39]})
        assert is_fair(state, 0, TradeProposal(1, asked_money=1, offered_properties=(39,)))

    def test_only_a_few_a_turn(self) -> None:
        state = place(4, owned={1: [39]})
        trade = TradeProposal(1, offered_money=1, asked_properties=(39,))
        for proposals in range(5):
            state.proposals = proposals
            assert may_propose(state, 0, trade) is (proposals < PROPOSALS_A_TURN)
            assert bool(drawn(state)) is (proposals < PROPOSALS_A_TURN)

    def test_in_a_whole_game(self) -> None:
        turns: Counter[int] = Counter()
        bots = [parse_bot("value").make(seed) for seed in range(4)]
        for state, seat, _, action in decisions(bots, 2):
            if isinstance(action, TradeProposal) and state.phase is Phase.BUSINESS:
                turns[state.turn] += 1
                assert trade_value(state, seat, seat, action) > 0
                assert is_fair(state, seat, action)
        assert max(turns.values()) == PROPOSALS_A_TURN
