"""How long bots wait before they act (docs: Hosting, `bot_delay`)."""

import pytest

from magnate.bots.loading import parse_bot
from magnate.bots.referee import Fault, decide
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, legal_actions, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings
from magnate.server.live.bot_time import LONGEST_TURN, BotTime
from magnate.server.live.timeouts import waited_for
from tests.engine.positions import deciding, to_roll


def longest(low: float, high: float) -> float:
    """Draw the longest wait."""
    return high


def test_a_forced_move_waits_for_nothing_and_a_choice_for_as_long_as_the_setting_says() -> None:
    time = BotTime(1.0, longest)
    assert time.waits(to_roll(2), [0]) == {0: 0.0}
    assert time.waits(deciding(6, seats=2), [0]) == {0: 1.5}


def test_without_a_delay_no_bot_waits() -> None:
    assert BotTime(0.0).waits(deciding(6, seats=2), [0]) == {0: 0.0}


@pytest.mark.parametrize("delay", [0.5, 1.0])
def test_no_turn_of_bots_waits_longer_than_three_times_the_setting(delay: float) -> None:
    chance, time = Seeded(7), BotTime(delay, longest)
    state = new_game(4, chance, Settings(12))
    bots = [parse_bot("expert").make(seat) for seat in range(4)]
    spent = dict.fromkeys(range(1000), 0.0)
    waited = 0
    while state.phase is not END_GAME:
        seats = sorted(waited_for(state))
        waits = time.waits(state, seats)
        spent[state.turn] += max(waits.values())
        for seat in seats:
            forced = len(legal_actions(state, seat)) == 2
            assert (waits[seat] == 0) == forced
            waited += not forced
            action = decide(bots[seat], state, seat)
            assert not isinstance(action, Fault)
            apply(state, seat, action, chance)
            if state.phase is not AUCTION:
                break
    assert waited > 100
    assert 1.5 * delay <= max(spent.values()) < LONGEST_TURN * delay
