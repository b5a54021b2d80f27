"""The pace of bots: what waits, how long, and what never waits; on a clock of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import pairwise

import pytest

from magnate.bots.value_bot import ValueBot
from magnate.client.game import Changed, Lost, Refused, Said, Update
from magnate.client.pace import PACES
from magnate.engine.actions import SURRENDER
from magnate.engine.events import Departure, Event, TurnBegan
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.view import legal_actions
from magnate.protocol.commands import ActionBid
from tests.client.paced import ME, PacedClient, paced

pytestmark = pytest.mark.anyio

ROUND_SECONDS = 8.0
"""What a round of three bots may take at the pace "normal"."""
PATIENCE_SECONDS = 30.0


def asked(client: PacedClient) -> bool:
    """Whether the game, as it is shown, waits for the player."""
    view = client.view
    if view.phase is END_GAME or client._following.seq < client.host.answered:
        return False
    return ME in view.to_bid if view.phase is AUCTION else view.phase_seat == ME


async def play(client: PacedClient, updates: AsyncIterator[Update]) -> AsyncIterator[tuple[Event, ...]]:
    """Play a whole game as a bot would, and yield what is shown."""
    bot = ValueBot(7)
    async for update in updates:
        assert isinstance(update, Changed)
        yield update.events
        if client.view.phase is END_GAME:
            return
        if asked(client):
            await client.act(bot.decide(client.view, legal_actions(client.view, ME)))


async def next_asked(client: PacedClient, updates: AsyncIterator[Update]) -> int:
    """Follow until the game waits for the player; return how many updates that took."""
    count = 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for update in updates:
            count += isinstance(update, Changed)
            if isinstance(update, Changed) and asked(client):
                return count
    raise AssertionError("the game never waited for the player")


async def past_the_first_turn(client: PacedClient, updates: AsyncIterator[Update]) -> None:
    """Play until bots are to be shown, all of whose actions have arrived, and let no second pass from then on."""
    bot = ValueBot(7)
    async for update in updates:
        if not isinstance(update, Changed):
            continue
        if client.view.turn_seat != ME and client.view.turn > 0 and client.pace.behind:
            client.clock.stopped = True
            return
        if asked(client):
            await client.act(bot.decide(client.view, legal_actions(client.view, ME)))


@pytest.mark.parametrize("seed", range(3))
async def test_a_round_with_three_bots_takes_at_most_eight_seconds_at_the_normal_pace(seed: int) -> None:
    client = paced("normal", seed=seed)
    turns: list[tuple[int, float]] = []
    """Whose turn began, and when it was shown."""
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        async for events in play(client, updates):
            turns += [(event.seat, client.clock.seconds) for event in events if isinstance(event, TurnBegan)]
    own = [number for number, (seat, _) in enumerate(turns) if seat == ME]
    rounds = [turns[end][1] - turns[begin + 1][1] for begin, end in pairwise(own)]
    assert len(rounds) > 10
    assert max(rounds) <= ROUND_SECONDS
    assert sum(rounds) / len(rounds) > ROUND_SECONDS / 3, "bots are seen, not skipped"


@pytest.mark.parametrize("pace", PACES)
async def test_what_is_shown_is_the_same_game_at_every_pace(pace: str) -> None:
    client = paced(pace, rounds=4)
    shown = []
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        async for events in play(client, updates):
            shown.append(events)
    assert len(shown) == client.host.seq + 1
    assert client.view.balance == client.host.state.balance
    assert client.view.winners == client.host.state.winners


async def test_each_pace_is_faster_than_the_one_before_and_the_last_does_not_wait() -> None:
    took = []
    for pace in PACES:
        client = paced(pace, rounds=4)
        async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
            async for _ in play(client, updates):
                pass
        took.append(client.clock.seconds)
    assert took == sorted(took, reverse=True)
    assert len(set(took)) == len(PACES)
    assert took[-1] == 0


async def test_skipping_shows_all_that_happens_until_the_player_is_asked_and_no_more() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates:
        await past_the_first_turn(client, updates)
        client.pace.skip()
        await next_asked(client, updates)
        assert not client.pace.skips
        client.pace.skip()
        assert not client.pace.skips, "the player is asked already"


async def test_a_pace_that_is_chosen_counts_at_once() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates:
        await past_the_first_turn(client, updates)
        client.pace.name = "at_once"
        await next_asked(client, updates)


async def test_chat_overtakes_what_waits() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        await past_the_first_turn(client, updates)
        await client.say("hello")
        assert await anext(updates) == Said("alice", "hello")
        assert client.pace.behind


async def test_surrender_and_its_answer_wait_for_nothing() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        await past_the_first_turn(client, updates)
        await client.act(SURRENDER)
        async for _ in updates:
            if not client.view.alive[ME]:
                break
    assert client.view.departures == (Departure.SURRENDER,)


async def test_a_refusal_comes_at_once_after_all_that_happened_before_it() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        await past_the_first_turn(client, updates)
        await client._send(ActionBid(1))
        async for update in updates:
            if isinstance(update, Refused):
                break
        assert not client.pace.behind


async def test_a_lost_connection_shows_what_had_come_before_it_says_so() -> None:
    client = paced("slow")
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        await past_the_first_turn(client, updates)
        client.host.frames.put_nowait(None)
        last = client.host.seq
        async for update in updates:
            if isinstance(update, Lost):
                break
        assert client._following.seq == last


async def test_nothing_waits_while_a_time_limit_of_the_players_runs() -> None:
    client = paced("slow", deadline=2_000_000_000_000)
    async with aclosing(client.updates()) as updates, asyncio.timeout(PATIENCE_SECONDS):
        client.clock.stopped = True
        rounds = 0
        async for _ in play(client, updates):
            rounds = client.view.round
            if rounds == 3:
                break
    assert rounds == 3
