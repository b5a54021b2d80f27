"""A game socket that asks what is legal (protocol: What is legal)."""

from typing import Any

import pytest

from magnate.engine.phases import BUSINESS
from magnate.protocol import frames
from magnate.server.live import audience
from tests.engine.positions import BROWN, place, to_roll
from tests.server.live.fakes import FakePeer
from tests.server.live.table import Table
from tests.server.support import FakeClock

pytestmark = pytest.mark.anyio


async def test_who_asks_is_told_in_every_frame_of_a_state_and_nobody_else(clock: FakeClock) -> None:
    table = Table(to_roll(2), clock)
    asks = FakePeer(12, wants_legal=True)
    table.host.join(asks)
    await table.act(0, "ActionThrowDices")
    table.host.receive(asks, "no JSON")
    table.host.receive(asks, '{"type": "ActionBid", "amount": 1}')
    await table.keeper.settle()
    table.host.show(asks)
    plain, frames = table.peers[1].take(), asks.take()
    assert [("legal" in frame) for frame in frames] == [
        frame["event_type"] in ("game_state", "game_response", "error") for frame in frames
    ]
    assert [frame["event_type"] for frame in frames] == [
        "game_state", "game_action", "game_response", "error", "error", "game_state"
    ]  # fmt: skip
    assert [{key: frame[key] for key in frame if key != "legal"} for frame in frames[1:3]] == plain
    assert not any("legal" in frame for frame in plain)


async def test_what_is_told_is_of_its_own_seat_after_the_action(clock: FakeClock) -> None:
    table = Table(place(2, phase=BUSINESS, owned={0: BROWN}), clock)
    alice, bob = FakePeer(11, wants_legal=True), FakePeer(12, wants_legal=True)
    for peer in (alice, bob):
        table.host.join(peer)
        peer.take()
    await table.act(0, "ActionBuild", square=1)
    *_, response = alice.take()
    assert [each["square"] for each in response["legal"]["actions"] if each["type"] == "ActionBuild"] == [3]
    assert [each["square"] for each in response["legal"]["actions"] if each["type"] == "ActionDemolish"] == [1]
    *_, response = bob.take()
    assert response["legal"] == {"actions": [{"type": "ActionSurrender", "cost": 0}]}


async def test_what_is_legal_is_built_once_for_each_state_and_seat(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[tuple[int, int]] = []

    def counted(seating: Any, state: Any, seat: int) -> bytes:
        built.append((table.host.seq, seat))
        return frames.legal_part(seating, state, seat)

    monkeypatch.setattr(audience, "legal_part", counted)
    table = Table(to_roll(2), clock)
    assert not built, "nobody has asked"
    for user in (11, 11, 12):
        table.host.join(FakePeer(user, wants_legal=True))
    for _ in range(2):
        await table.act(0, "ActionThrowDices")
        await table.act(0, "ActionBid", amount=1)
    assert len(built) == len(set(built)), "one was built twice"
    assert {(0, 0), (0, 1), (1, 0), (1, 1)} <= set(built)
