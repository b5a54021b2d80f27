"""Seed document, "GameConsumer", and protocol, "Game": what a client of a game sees of it."""

import asyncio

import pytest

from magnate.engine.actions import DropPurchase
from magnate.engine.game import legal_actions
from magnate.engine.phases import AUCTION
from tests.server.wire.conftest import Start
from tests.server.wire.process import Frame, Server, User, bare_socket, bot_game, matched, new_users, until_repeated
from tests.server.wire.table import Table

pytestmark = pytest.mark.anyio

KEYS_OF_STATE = """
    id datetime positions money active_phase_player active_turn_player phase players ordered_players streak
    possible_destinations parking_money jail_remaining_turns finished current_turn current_round max_rounds
    auction_task_id property_relationships proposal fantasy_event auction bonuses seq deadline usernames
"""
KEYS_OF_RESPONSE = """
    type money positions active_phase_player active_turn_player phase parking_money jail_remaining_turns current_turn
    current_round seq deadline
"""
ROLL = {"type": "RollDice"}


def error(frame: Frame) -> tuple[str, str]:
    """Return code and message of an error frame."""
    assert frame["event_type"] == "error"
    return frame["code"], frame["message"]


async def in_order(alice: User, bob: User, state: Frame) -> tuple[User, User]:
    """Return who begins, then the other."""
    return (alice, bob) if state["active_phase_player"] == alice.pk else (bob, alice)


async def test_the_whole_game_comes_first_with_every_documented_key(alice: User, bob: User) -> None:
    async with alice.playing(await matched([alice, bob])) as (_, state):
        assert state.keys() >= set(KEYS_OF_STATE.split())
        for empty in ("proposal", "fantasy_event", "auction", "bonuses", "auction_task_id"):
            assert state[empty] is None
        assert state["usernames"] == {str(alice.pk): alice.name, str(bob.pk): bob.name}
        assert state["money"] == {str(alice.pk): 1500, str(bob.pk): 1500}
        assert state["positions"] == {str(alice.pk): 0, str(bob.pk): 0}
        assert (state["phase"], state["seq"], state["finished"]) == ("roll_the_dices", 0, False)
        assert (state["current_round"], state["max_rounds"]) == (1, 30)
        assert sorted(state["ordered_players"]) == sorted((alice.pk, bob.pk))


async def test_an_action_is_told_to_everybody_as_game_action_then_game_response(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, state), bob.playing(game) as (second, _):
        user, _other = await in_order(alice, bob, state)
        socket = first if user is alice else second
        await socket.send({"type": "ActionThrowDices", "game": 999, "player": 999, "nonsense": {"x": 1}})
        action, response = await first.receive(), await first.receive()
        assert action == {
            "event_type": "game_action",
            "data": {"type": "ActionThrowDices", "game": game, "player": user.pk},
        }
        assert response["event_type"] == "game_response"
        assert response["data"]["type"] == "ResponseThrowDices"
        assert response["data"].keys() >= set(KEYS_OF_RESPONSE.split())
        assert response["data"]["seq"] == 1
        assert [await second.receive(), await second.receive()] == [action, response]


@pytest.mark.parametrize(
    ("message", "code", "says"),
    [
        ("", "invalid_json", "Datos invalidos."),
        ("no json", "invalid_json", "Datos invalidos."),
        ("[]", "invalid_json", "Datos invalidos."),
        ("null", "invalid_json", "Datos invalidos."),
        (b'{"type": "RollDice"}', "invalid_json", "Datos invalidos."),
        ("[" * 30_000, "invalid_json", "Datos invalidos."),
        ('{"type":' * 5_000, "invalid_json", "Datos invalidos."),
        ('{"type": "\\ud800"}', "invalid_json", "Datos invalidos."),
        ("{}", "invalid_data", "Invalid data: type"),
        ('{"type": "Nonsense"}', "invalid_data", "Invalid data: type"),
        ('{"type": 5}', "invalid_data", "Invalid data: type"),
        ('{"type": "Cheat", "cheat": "SetMoney"}', "invalid_data", "Invalid data: type"),
        ('{"type": "ActionMoveTo"}', "invalid_data", "Invalid data: square"),
        ('{"type": "ActionMoveTo", "square": "here"}', "invalid_data", "Invalid data: square"),
        ('{"type": "ActionMoveTo", "square": 1' + "0" * 400 + "}", "invalid_data", "Invalid data: square"),
        ('{"type": "ActionBid", "amount": 1e400}', "invalid_json", "Datos invalidos."),
        ('{"type": "ActionTradeAnswer"}', "invalid_data", "Invalid data: choose"),
        ('{"type": "ActionMoveTo", "square": "005"}', "wrong_phase", "Acción no válida en la fase actual."),
        ('{"type": "ActionNextPhase"}', "wrong_phase", "Acción no válida en la fase actual."),
        ('{"type": "ActionPayBail"}', "illegal_action", ""),
        ('{"type": "ChatMessage"}', "invalid_data", "Invalid data: msg"),
        ('{"type": "ChatMessage", "msg": ""}', "invalid_data", "Invalid data: msg"),
        ('{"type": "ChatMessage", "msg": "\\u001b[2J"}', "invalid_data", "Invalid data: msg"),
    ],
    ids=lambda value: repr(value[:40]),
)
async def test_a_bad_message_is_an_error_for_its_sender_alone_and_changes_nothing(
    alice: User, bob: User, message: str | bytes, code: str, says: str
) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, state), bob.playing(game) as (second, _):
        user, _other = await in_order(alice, bob, state)
        mine, others = (first, second) if user is alice else (second, first)
        told = error(await mine.ask(message))
        assert told[0] == code
        assert told[1].startswith(says)
        await others.quiet()
        async with alice.playing(game) as (_, again):
            assert again == state
        await mine.send(ROLL)
        assert (await others.receive())["event_type"] == "game_action"


async def test_who_is_not_on_turn_is_told_so(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, state), bob.playing(game) as (second, _):
        user, _other = await in_order(alice, bob, state)
        assert error(await (second if user is alice else first).ask(ROLL)) == ("not_your_turn", "No es tu turno.")


@pytest.mark.parametrize("msg", ["¡Hola! 🎲", "emoji 3", {"text": "hi", "colour": ["red", {"a": None}], "n": 1.5}])
async def test_what_somebody_says_is_relayed_as_it_came(alice: User, bob: User, msg: object) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, _), bob.playing(game) as (second, _):
        told = {"event_type": "chat_message", "game": game, "user": alice.name, "msg": msg}
        assert await first.ask({"type": "ChatMessage", "msg": msg}) == told
        assert await second.receive() == told


async def test_an_emoji_that_is_not_owned_reaches_nobody(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, _), bob.playing(game) as (second, _):
        refused = await first.ask({"type": "ChatMessage", "msg": "/emoji 5"})
        assert error(refused) == ("not_owned", "Ese emoji no es tuyo.")
        await second.quiet()


async def test_each_socket_of_a_user_hears_everything_and_a_new_one_gets_the_game_as_it_is(server: Server) -> None:
    users = await new_users(server, 2)
    async with Table(await matched(users), 3) as table:
        await table.sit([users[0], users[0], users[1]])
        await table.play(15)
        one, two, three = table.players
        assert one.told[1:] == two.told[1:]
        assert len(one.told) == len(three.told)
        await table.sit([users[1]])
        assert table.players[-1].follower.view.key() == three.follower.view.key()


async def test_bids_are_secret_until_the_auction_closes(start: Start) -> None:
    server = start(PUBLIC_PLAYERS=3)
    users = await new_users(server, 3)
    async with Table(await matched(users), 5) as table:
        await table.sit(users)
        await to_auction(table)
        seller, first, last = sorted(table.players, key=lambda player: player.must_act)
        await first.socket.send({"type": "ActionBid", "amount": 7})
        for player in table.players:
            action, response = await player.socket.text(), await player.socket.text()
            assert ('"amount":7' in action) is (player is first)
            assert '"amount":null' in action or player is first
            assert '"auction":{' not in response
            assert response.endswith(f'"events":[{{"event":"BidMade","seat":{first.seat}}}]}}}}')
        for player, bids in ((seller, {}), (first, {str(first.user.pk): 7}), (last, {})):
            async with player.user.playing(table.game) as (_, state):
                assert state["auction"]["bids"] == bids
        await last.socket.send({"type": "ActionBid", "amount": "003"})
        await seller.socket.receive()
        told = (await seller.socket.receive())["data"]
        assert told["type"] == "ResponseAuction"
        assert told["auction"]["bids"] == {str(first.user.pk): 7, str(last.user.pk): 3}
        assert (told["auction"]["winner"], told["auction"]["final_amount"]) == (first.user.pk, 7)
        assert told["property_relationships"][0]["owner"] == first.user.pk


async def to_auction(table: Table) -> None:
    """Play until somebody drops a purchase."""
    while True:
        actor = next(player for player in table.players if player.must_act)
        if actor.follower.view.phase is AUCTION:
            return
        legal = legal_actions(actor.follower.view, actor.seat)
        await actor.send(next((action for action in legal if isinstance(action, DropPurchase)), legal[0]))
        seq = table.seq + 1
        await asyncio.gather(*(player.read_until(seq) for player in table.players))


async def test_who_surrenders_leaves_and_the_last_one_wins(alice: User, bob: User) -> None:
    game = await matched([alice, bob])
    async with alice.playing(game) as (first, _), bob.playing(game) as (second, _):
        await second.send({"type": "ActionSurrender"})
        await first.receive()
        told = (await first.receive())["data"]
        assert told["type"] == "ResponseBonus"
        assert (told["winners"], told["phase"]) == ([alice.pk], "end_game")
        assert told["final_money"][bob.name] == 0
        assert error(await first.ask(ROLL))[0] == "game_over"
        told = await first.ask({"type": "ChatMessage", "msg": "gg"})
        assert told["msg"] == "gg", "who has played may still talk"
    loser = await bob.get("/user/info/")
    assert (loser["points"], loser["num_played_games"], loser["num_won_games"]) == (0, 1, 0)
    assert loser["elo"] < 1000 < (await alice.get("/user/info/"))["elo"]


async def test_a_game_without_people_ends(alice: User) -> None:
    game = await bot_game(alice, players=4)
    async with alice.playing(game) as (socket, _):
        await socket.send({"type": "ActionSurrender"})
        assert (await socket.until(event_type="game_response"))["data"]
        while not (state := await shown(alice, game))["finished"]:
            await socket.receive()
    assert alice.pk not in state["winners"]
    assert (await alice.get("/user/info/"))["active_game"] is None


async def shown(user: User, game: int) -> Frame:
    """Return the game as it is now."""
    async with user.playing(game) as (_, state):
        return state


async def test_a_time_limit_acts_for_the_silent_and_the_third_in_a_row_kicks_out(start: Start) -> None:
    users = await new_users(start(TURN_SECONDS=0.2, AUCTION_SECONDS=0.1), 2)
    game = await matched(users)
    async with users[0].playing(game) as (socket, state):
        assert state["deadline"] is not None
        told: list[Frame] = []
        while not told or told[-1]["type"] != "ResponseBonus":
            action, response = await socket.receive(), await socket.receive()
            assert (action["event_type"], response["event_type"]) == ("game_action", "game_response")
            told += [action["data"], response["data"]]
    assert told[0] == {"type": "ActionThrowDices", "game": game, "player": state["active_phase_player"]}
    assert told[-2]["type"] == "ActionSurrender"
    out = told[-2]["player"]
    limits = [data["type"] for data in told[::2] if data["player"] == out]
    assert len(limits) == 3, "the third limit in a row is the surrender"
    assert told[-1]["winners"] == [user.pk for user in users if user.pk != out]


async def test_a_browser_gets_the_first_state_a_second_time_as_it_is_then(start: Start) -> None:
    users = await new_users(start(LATE_LISTENER_MS=100), 2)
    game = await matched(users)
    async with users[0].open(f"/ws/game/{game}/", origin="http://localhost:5173") as browser:
        first = await browser.receive()
        async with users[1].playing(game) as (other, _):
            mine = first["game_state"]["active_phase_player"] == users[0].pk
            await (browser if mine else other).send(ROLL)
            again = await browser.until(event_type="game_state")
            assert again["game_state"]["seq"] in (0, 1)
            await other.receive()
            await other.receive()
            await until_repeated(users[0].server)
            await other.quiet()


async def test_debug_commands_answer_everybody_with_the_game_as_it_is_then(start: Start) -> None:
    users = await new_users(start(DEBUG_COMMANDS="true"), 2)
    game = await matched(users)
    async with users[0].playing(game) as (first, state), users[1].playing(game) as (second, _):
        other = users[1]
        cheat = {"type": "Cheat", "cheat": "SetMoney", "player_id": other.pk, "amount": 5}
        told = await first.ask(cheat)
        assert told["event_type"] == "game_state"
        assert told["game_state"]["money"][str(other.pk)] == 5
        assert (await second.receive())["game_state"]["money"] == told["game_state"]["money"]
        await first.ask({"type": "Cheat", "cheat": "MockDice", "dice1": 1, "dice2": 2, "dice_bus": 3})
        await second.receive()
        mover = first if state["active_phase_player"] == users[0].pk else second
        await mover.send(ROLL)
        response = await mover.until(event_type="game_response")
        assert [response["data"][die] for die in ("dice1", "dice2", "dice_bus")] == [1, 2, 3]


async def test_actions_and_the_codes_of_closed_sockets_are_counted(start: Start) -> None:
    server = start()
    users = await new_users(server, 2)
    async with bare_socket(server, "/ws/queue/") as nobody:
        assert await nobody.closed() == 4002
    async with Table(await matched(users), 1) as table:
        await table.sit(users)
        await table.play(5)
    async with users[0].playing(table.game):
        pass
    await server.emptied()
    async with server.rest() as rest:
        counted = (await rest.get("/metrics")).text.splitlines()
    assert "magnate_actions_total 5.0" in counted
    assert "magnate_games 1.0" in counted
    assert 'magnate_sockets_closed_total{code="4001"} 2.0' in counted
    assert 'magnate_sockets_closed_total{code="4002"} 1.0' in counted
    assert not any('code="1000"' in line for line in counted), "clients that close are not counted"
