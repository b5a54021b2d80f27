"""Running games over REST (protocol: REST): those of the player, and what has happened in one so far."""

import pytest

from magnate.engine.actions import Bid
from magnate.engine.phases import AUCTION
from magnate.engine.record import Record, read_record, replay
from magnate.engine.view import view_for
from tests.server.wire.conftest import Start
from tests.server.wire.process import Server, User, bot_game, matched, new_users
from tests.server.wire.table import Table

pytestmark = pytest.mark.anyio


async def so_far(user: User, game: int) -> Record:
    return read_record((await user.get(f"/game/record/{game}/so-far/"))["lines"])


async def test_the_players_own_games_come_newest_first_with_round_turn_and_who_must_act(alice: User, bob: User) -> None:
    assert (await alice.get("/games/mine/")) == {"games": []}
    game = await matched([alice, bob])
    newer = await bot_game(alice)
    told = (await alice.get("/games/mine/"))["games"]
    assert [each["game_id"] for each in told] == [newer, game]
    async with Table(game, 1) as table:
        await table.sit([alice, bob])
        await table.step()
        view, names = table.players[0].follower.view, table.players[0].follower.seating.names
        (mine,) = (await bob.get("/games/mine/"))["games"]
        assert mine["turn"] == names[view.turn_seat]
        assert mine["phase"] == view.phase
        assert mine["waiting_for"] == [player.user.name for player in table.players if player.must_act]
        assert (mine["current_round"], mine["max_rounds"]) == (view.round, 30)
        assert [(each["username"], each["is_bot"], each["alive"]) for each in mine["players"]] == [
            (name, False, True) for name in names
        ]


async def test_a_game_is_the_players_own_no_more_once_it_is_left_though_it_goes_on(start: Start) -> None:
    users = await new_users(start(PUBLIC_PLAYERS=3), 3)
    alice, game = users[0], await matched(users)
    assert [each["game_id"] for each in (await alice.get("/games/mine/"))["games"]] == [game]
    async with alice.playing(game) as (socket, _):
        await socket.send({"type": "ActionSurrender"})
        while alice.pk not in (await socket.until(event_type="game_response"))["data"].get("eliminated", ()):
            pass
    assert (await alice.get("/games/mine/")) == {"games": []}
    assert (await users[1].get("/games/mine/"))["games"][0]["game_id"] == game


async def test_the_record_so_far_leads_to_where_the_game_is(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with Table(game, 2) as table:
        await table.sit([alice, bob])
        await table.play(20)
        while table.players[0].follower.view.phase is AUCTION:
            await table.step()
        player = table.players[1]
        *_, last = replay(await so_far(player.user, game))
        assert last.number == table.seq
        assert view_for(last.after, player.seat) == player.follower.view


async def test_sealed_bids_are_in_no_record_before_the_auction_is_over(start: Start) -> None:
    users = await new_users(start(PUBLIC_PLAYERS=3), 3)
    alice, game = users[0], await matched(users)
    async with Table(game, 3) as table:
        await table.sit(users)
        while not any(player.follower.view.bids for player in table.players):
            await table.step()
        told, seq = await so_far(alice, game), table.seq
        assert len(told.moves) == seq - 1, "all but the bid"
        while table.players[0].follower.view.phase is AUCTION:
            await table.step()
        told = await so_far(alice, game)
        assert len(told.moves) == table.seq
        assert isinstance(told.moves[seq - 1].action, Bid)


async def test_strangers_are_told_nothing_of_a_running_game(alice: User, bob: User, server: Server) -> None:
    game = await bot_game(alice)
    async with server.rest() as rest:
        headers = {"Authorization": f"Bearer {bob.token}"}
        assert (await rest.get(f"/game/record/{game}/so-far/", headers=headers)).status_code == 403
        assert (await rest.get(f"/game/record/{game + 1}/so-far/", headers=headers)).status_code == 404
