"""Time limits (rules: Time limits): what the server does for whom, three in a row, and what resets the count."""

import pytest

from magnate.engine.actions import KICK, SURRENDER
from magnate.engine.cards import Card
from magnate.engine.phases import (
    AUCTION,
    BUSINESS,
    CHOOSE_FANTASY,
    CHOOSE_SQUARE,
    END_GAME,
    LIQUIDATION,
    PROPOSAL_ACCEPTANCE,
    ROLL_THE_DICES,
    Phase,
)
from magnate.engine.state import State
from magnate.server.live.journal import decode_step, strikes_of
from tests.engine.positions import deciding, in_jail, place, the_card, to_roll
from tests.server.live.fakes import Frame
from tests.server.live.table import AUCTION as AUCTION_MS
from tests.server.live.table import TURN, Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio


def actions(frames: list[Frame]) -> list[tuple[str, int]]:
    """Return the type and the user of each action."""
    return [
        (frame["data"]["type"], frame["data"]["player"]) for frame in frames if frame["event_type"] == "game_action"
    ]


def card(name: str = "goToJail") -> Card:
    return the_card(name)


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (to_roll(2), "ActionThrowDices"),
        (in_jail(), "ActionThrowDices"),
        (place(2, phase=ROLL_THE_DICES, jailed={0: 2}, jail_roll=7), "ActionPayBail"),
        (place(2, phase=CHOOSE_SQUARE, choices=((5, 5), (7, 7))), "ActionMoveTo"),
        (deciding(6), "ActionDropPurchase"),
        (place(2, phase=BUSINESS), "ActionNextPhase"),
        (place(2, phase=LIQUIDATION), "ActionNextPhase"),
        (place(2, phase=BUSINESS, money={0: -5}, owned={0: (1,)}), "ActionNextPhase"),
    ],
)
async def test_what_the_server_does_in_each_phase(clock: FakeClock, state: State, action: str) -> None:
    table = Table(state.copy(), clock)
    frames = await table.expire()
    assert actions(frames) == [(action, 11)]
    assert [frame["event_type"] for frame in frames] == ["game_action", "game_response"]
    assert table.peers[1].take() == frames


async def test_a_bail_that_waits_is_declined(clock: FakeClock) -> None:
    table = Table(place(2, phase=ROLL_THE_DICES, jailed={0: 2}, jail_roll=7), clock)
    (action, _) = await table.expire()
    assert action["data"]["to_pay"] is False
    assert table.state.position[0] == 201


async def test_a_square_is_one_of_those_that_are_possible(clock: FakeClock) -> None:
    chosen = set()
    for _ in range(40):
        table = Table(place(2, phase=CHOOSE_SQUARE, choices=((5, 5), (7, 7))), clock)
        chosen.add((await table.expire())[0]["data"]["square"])
    assert chosen == {5, 7}


async def test_at_a_tram_stop_one_stays(clock: FakeClock) -> None:
    tram = to_roll().board.trams[0]
    table = Table(deciding(tram), clock)
    (action, response) = await table.expire()
    assert action["data"]["type"] == "ActionNextPhase"
    assert response["data"]["type"] == "ResponseSkipPhase"
    assert table.state.position[0] == tram
    assert table.state.balance[0] == 1500


async def test_the_unseen_card_is_taken(clock: FakeClock) -> None:
    state = place(2, phase=CHOOSE_FANTASY)
    state.card = card()
    table = Table(state, clock)
    (action, _) = await table.expire()
    assert action["data"] == {"type": "ActionChooseCard", "game": 42, "player": 11, "chosen_revealed_card": False}


async def test_a_trade_is_rejected_and_counts_against_who_did_not_answer(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: (1,)}), clock)
    await table.act(0, "ActionTradeProposal", destination_user=12, offered_properties=[1])
    assert table.state.phase is PROPOSAL_ACCEPTANCE
    (action, _) = await table.expire()
    assert (action["data"]["player"], action["data"]["choose"], action["data"]["accept"]) == (12, False, False)
    assert table.state.owner[1] == 0
    assert table.host._strikes == [0, 1]


async def test_silence_in_an_auction_is_a_pass_for_everybody_who_is_silent(clock: FakeClock) -> None:
    table = Table(deciding(6, seats=4), clock)
    await table.act(0, "ActionDropPurchase")
    await table.act(2, "ActionBid", amount=10)
    table.take()
    frames = await table.expire()
    assert actions(frames) == [("ActionBid", 12), ("ActionBid", 14)]
    assert frames[-1]["data"]["auction"]["bids"] == {"12": 0, "13": 10, "14": 0}
    assert table.state.owner[6] == 2
    assert table.host._strikes == [0, 1, 0, 1]


async def test_in_liquidation_the_server_sells_the_cheapest_loss_first_until_the_debt_is_paid(
    clock: FakeClock,
) -> None:
    # Mortgages lose half the price: 60 (square 1), 100 (6), 400 (39); a level of brown loses 25.
    state = place(2, phase=LIQUIDATION, money={0: -60}, owned={0: (1, 3, 6, 39)}, levels={1: 1, 3: 1})
    table = Table(state, clock)
    frames = await table.expire()
    assert actions(frames) == [("ActionDemolish", 11)] * 2 + [("ActionMortgageSet", 11)] + [("ActionNextPhase", 11)]
    squares = [frame["data"].get("square") for frame in frames if frame["event_type"] == "game_action"]
    assert squares == [1, 3, 1, None]
    assert table.state.balance[0] == 20
    assert table.state.turn_seat == 1
    assert table.host._strikes == [1, 0]  # one limit, however many sales


async def test_in_liquidation_who_could_not_pay_with_everything_is_out(clock: FakeClock) -> None:
    table = Table(place(3, phase=LIQUIDATION, money={0: -500}, owned={0: (1, 3)}), clock)
    frames = await table.expire()
    assert actions(frames) == [("ActionSurrender", 11)]
    assert table.state.alive == [False, True, True]
    assert table.keeper.left == [11]


async def test_the_third_limit_in_a_row_kicks_out_as_if_surrendered(clock: FakeClock) -> None:
    table = Table(place(3, phase=BUSINESS), clock, strikes=[2, 0, 0])
    frames = await table.expire()
    assert actions(frames) == [("ActionSurrender", 11)]
    assert table.state.alive[0] is False
    assert table.state.turn_seat == 1
    assert table.left_ms == TURN


async def test_any_action_resets_the_count(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: (1,)}), clock, strikes=[2, 0])
    await table.act(0, "ActionMortgageSet", square=1)
    assert actions(await table.expire()) == [("ActionNextPhase", 11)]
    assert table.host._strikes == [1, 0]


@pytest.mark.parametrize("kind", ["ChatMessage", "ActionThrowDices"])
async def test_neither_chat_nor_a_refused_action_resets_the_count(clock: FakeClock, kind: str) -> None:
    table = Table(place(3, phase=BUSINESS), clock, strikes=[2, 0, 0])
    await table.act(0, kind, msg="hm")
    assert actions(await table.expire()) == [("ActionSurrender", 11)]


async def test_who_is_silent_for_three_limits_of_their_own_is_out(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    for _ in range(40):
        if table.host.finished:
            break
        if table.state.phase_seat == 1 and table.state.phase is not AUCTION:
            table.host._strikes[1] = 0  # as if bob had acted in time
        await table.expire()
    assert table.state.phase is END_GAME
    assert table.state.alive == [False, True]


async def test_the_count_survives_a_restart(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    await table.expire()
    await table.expire()
    steps = [decode_step(entry.payload) for entry in table.keeper.log]
    assert strikes_of(table.keeper.log, steps, 2) == table.host._strikes
    assert sum(table.host._strikes) == 2


async def test_before_the_limit_nothing_happens_and_an_action_at_the_last_moment_counts(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS), clock)
    clock.advance(seconds=TURN / 1000 - 0.001)
    table.host.time_is_up()
    await table.keeper.settle()
    assert table.host.seq == 0
    table.keeper.gate.clear()
    table.ask(0, "ActionNextPhase")
    clock.advance(seconds=1)
    table.host.time_is_up()  # while the action is being stored
    table.keeper.gate.set()
    await table.keeper.settle()
    assert table.host.seq == 1
    assert table.host._strikes == [0, 0]


async def test_a_limit_that_cannot_be_stored_is_tried_again(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS), clock)
    table.keeper.failing = True
    assert await table.expire() == []
    assert table.host._strikes == [0, 0]
    table.keeper.failing = False
    table.keeper.deadlines.clear()
    table.keeper.ring()
    assert table.keeper.deadlines  # the alarm is set again
    assert actions(await table.expire()) == [("ActionNextPhase", 11)]
    assert table.host._strikes == [1, 0]


@pytest.mark.parametrize("phase", [BUSINESS, ROLL_THE_DICES])
async def test_the_game_ends_when_no_human_is_left(clock: FakeClock, phase: Phase) -> None:
    table = Table(place(3, phase=phase, humans=(0,)), clock, bots=(1, 2), strikes=[2, 0, 0])
    frames = await table.expire()
    assert actions(frames) == [("ActionSurrender", 11)]
    assert frames[-1]["data"]["type"] == "ResponseBonus"
    assert table.host.finished
    assert table.keeper.ends == 1


class TestWithoutLimits:
    """A limit of 0 seconds is none: nobody who thinks for long is acted for."""

    @pytest.mark.parametrize(
        "state",
        [
            to_roll(2),
            deciding(6),
            place(2, phase=BUSINESS),
            place(2, phase=LIQUIDATION, money={0: -5}, owned={0: (1,)}),
        ],
    )
    async def test_nobody_is_hurried_in_any_phase(self, clock: FakeClock, state: State) -> None:
        table = Table(state.copy(), clock, turn_seconds=0, auction_seconds=0)
        clock.advance(seconds=86_400)
        table.host.time_is_up()
        await table.keeper.settle()
        assert table.host.deadline_ms is None
        assert (table.take(), table.host.seq) == ([[], []], 0)

    async def test_auctions_keep_a_limit_of_their_own(self, clock: FakeClock) -> None:
        table = Table(deciding(6, seats=3), clock, turn_seconds=0)
        *_, response = await table.act(0, "ActionDropPurchase")
        assert response["data"]["deadline"] == clock() + AUCTION_MS

    async def test_auctions_alone_may_have_none(self, clock: FakeClock) -> None:
        table = Table(deciding(6, seats=3), clock, auction_seconds=0)
        assert table.left_ms == TURN
        *_, response = await table.act(0, "ActionDropPurchase")
        assert response["data"]["deadline"] is None


async def test_everybody_is_told_how_many_limits_each_player_has_let_pass(clock: FakeClock) -> None:
    table = Table(place(3, phase=BUSINESS, owned={1: (1,)}), clock, strikes=[1, 1, 0])
    (_, response) = await table.expire()
    assert response["data"]["strikes"] == {"11": 2, "12": 1}
    table.host.show(table.peers[2])
    assert table.peers[2].take()[-1]["game_state"]["strikes"] == {"11": 2, "12": 1}
    response = (await table.act(1, "ActionThrowDices"))[-1]
    assert response["data"]["strikes"] == {"11": 2}


async def test_who_says_to_be_here_begins_the_count_anew_without_a_move(clock: FakeClock) -> None:
    table = Table(place(3, phase=BUSINESS), clock, strikes=[2, 2, 0])
    assert await table.act(0, "Here") == []
    assert table.host.seq == 0
    frames = await table.expire()
    assert actions(frames) == [("ActionNextPhase", 11)]
    assert frames[-1]["data"]["strikes"] == {"11": 1, "12": 2}  # nobody else's count is touched


@pytest.mark.parametrize(
    ("state", "strikes", "why"),
    [
        (place(3, phase=BUSINESS), [2, 0, 0], "kicked"),
        (place(3, phase=LIQUIDATION, money={0: -500}), [0, 0, 0], "bankrupt"),
    ],
)
async def test_everybody_is_told_why_the_limits_put_a_player_out(
    clock: FakeClock, state: State, strikes: list[int], why: str
) -> None:
    table = Table(state.copy(), clock, strikes=strikes)
    (_, response) = await table.expire()
    assert [event["why"] for event in response["data"]["events"] if event["event"] == "Left"] == [why]
    assert response["data"]["departures"] == {"11": why}
    table.host.show(table.peers[1])
    assert table.peers[1].take()[-1]["game_state"]["departures"] == {"11": why}
    # The log says it too, so that it is so after a restart and in the record.
    stored = decode_step(table.keeper.log[-1].payload).action
    assert stored == (KICK if why == "kicked" else SURRENDER)
