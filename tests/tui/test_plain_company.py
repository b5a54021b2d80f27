"""Line mode with others and without: guests, watching, the same game again, and coming back to a game."""

import re

import pytest

from magnate.texts.bots import BOT_NAMES
from magnate.texts.lobby import LOBBY
from magnate.texts.plain import PLAIN
from tests.server.wire.process import Server
from tests.tui.test_plain import Client, SignedUp, anyio_backend, client, play_on, server, signed_up

__all__ = ["anyio_backend", "client", "server", "signed_up"]

pytestmark = pytest.mark.anyio

WHAT, OVER, MENU = (PLAIN[key][0] for key in ("what", "over_what", "menu"))


def players(said: str) -> list[str]:
    """Return the players whom line mode has told of."""
    return re.findall(r"^[A-D] (.+): money ", said, re.MULTILINE)


async def test_a_guest_needs_no_name_and_no_password(client: Client, server: Server) -> None:
    player = client("--server", server.url)
    await player.until(PLAIN["name"][0])
    await player.type("")
    assert re.search(r"You are guest-\d+ on ", await player.until(" on "))
    await player.until(MENU)
    await player.type("0")
    assert await player.end() == 0


async def test_a_guest_may_say_how_to_be_called(client: Client, server: Server) -> None:
    player = client("--server", server.url, "--user", "Robin")
    await player.until(PLAIN["password"][0])
    await player.type("")
    await player.until("You are Robin on ")
    await player.type("0")
    assert await player.end() == 0


async def test_the_same_game_begins_again_from_its_end_and_from_the_menu(client: Client) -> None:
    player = client("--bots", "easy,hard")
    await play_on(player, WHAT, OVER)
    assert "Rating 1000 → " in player.heard
    assert "for rank " in player.heard
    assert "Points: " in player.heard
    await player.type("nonsense")
    await player.until(PLAIN["unknown"][0])
    await player.type("again")
    said = await player.until(WHAT)
    assert PLAIN["found"][0] in said
    assert any(name in said for name in BOT_NAMES["hard"])
    await player.type("again")
    await player.until(PLAIN["not_over"][0])
    await player.type("surrender")
    await player.type("y")
    await player.until(OVER)
    await player.type("leave")
    assert PLAIN["left_table"][0] not in await player.until(MENU), "the game does not go on"
    await player.type("6")
    said = await player.until(WHAT)
    assert any(name in said for name in BOT_NAMES["hard"])
    await player.type("quit")
    assert await player.end() == 0


async def test_before_any_game_is_over_there_is_none_to_play_again(signed_up: SignedUp) -> None:
    player = await signed_up()
    await player.until(MENU)
    await player.type("6")
    await player.until(LOBBY["history_none"][0])
    await player.type("0")
    assert await player.end() == 0


async def test_a_running_game_is_named_before_the_menu_and_told_again_to_who_comes_back(client: Client) -> None:
    player = client("--bots", "easy,hard")
    while " rolls " not in await player.until(WHAT):
        await player.type("1")
    told = re.findall(r"\S+ rolls .*$", player.heard, re.MULTILINE)[-1]
    await player.type("leave")
    said = await player.until(MENU)
    assert re.search(r"Your game is running\. Round \d of 2, .*\. Type 3 to go back to it\.", said)
    await player.type("3")
    said = await player.until(WHAT)
    assert PLAIN["before"][0] in said
    assert told in said
    await player.type("log")
    await player.until(told)
    await player.type("worths")
    await player.until("round by round from round 1:")
    await player.type("quit")
    assert await player.end() == 0


async def test_on_ones_own_server_it_says_at_once_what_playing_with_others_takes(client: Client) -> None:
    player = client("--queue")
    for line in ("2", "5"):
        said = await player.until(MENU)
        assert "magnate serve --host 0.0.0.0" in said
        assert "magnate play --server http://ADDRESS:8000" in said
        await player.type(line)
    await player.until(MENU)
    await player.type("4")
    await player.until("For you and bots alone.")
    await player.type("ready")
    await player.until(PLAIN["room_ready_you"][0])
    await player.type("start")
    await player.until(PLAIN["found"][0])
    await player.type("quit")
    assert await player.end() == 0


async def test_a_running_game_is_watched_and_only_watched(signed_up: SignedUp, server: Server) -> None:
    alice, bob = await signed_up("--queue", name="alice-w"), await signed_up("--queue", name="bob-w")
    for player in (alice, bob):
        await player.until(PLAIN["found"][0])
    eve = await signed_up()
    await eve.until(MENU)
    await eve.type("7")
    listed = await eve.until(PLAIN["which_game"][0])
    assert "alice-w" in listed
    numbers = re.findall(r"^(\d+)\. .*alice-w", listed, re.MULTILINE)
    await eve.type("99")
    await eve.until(PLAIN["which_game"][0])
    await eve.type(numbers[0])
    await eve.until("bob-w: money ")
    for line in ("1", "bid 5", "trade A 1 0", "say hello", "surrender", "status", "square", "players", "worths"):
        await eve.type(line)
    await eve.until(PLAIN["only_watch"][0])
    await eve.until("Round 1 of 2")
    await eve.until("1500")
    await alice.type("surrender")
    await alice.type("y")
    assert "bob-w won." in await eve.until(PLAIN["over_watched"][0])
    for player in (alice, bob):
        await player.until(OVER)
        await player.type("again")
    for player in (alice, bob, eve):
        await player.until(PLAIN["found"][0])
        await player.until("alice-w: money 1500")
        await player.type("leave")
        await player.until(MENU)
        await player.type("0")
        assert await player.end() == 0


async def test_who_changes_their_mind_watches_nothing(signed_up: SignedUp, server: Server) -> None:
    player = await signed_up()
    await player.until(MENU)
    await player.type("7")
    said = await player.until(": ")
    if said.endswith(PLAIN["which_game"][0]):
        await player.type("")
        await player.until(MENU)
    await player.type("0")
    assert await player.end() == 0


async def test_of_several_running_games_it_asks_to_which_one_to_go(signed_up: SignedUp) -> None:
    player = await signed_up("--bots", "easy")
    await player.until("money ")
    await player.type("leave")
    await player.until(MENU)
    await player.type("1")
    await player.type("hard,easy")
    await player.until("money ")
    await player.type("leave")
    await player.until(", 1 more game. Type 3")
    await player.until(MENU)
    await player.type("3")
    listed = await player.until(PLAIN["which_game"][0])
    newest, older = re.findall(r"^[12]\. (Round 1 of 2, .*)$", listed, re.MULTILINE)
    assert newest.count(",") == older.count(",") + 1, "with one opponent more"
    await player.type("2")
    assert len(players(await player.until(WHAT))) == 2
    await player.type("quit")
    assert await player.end() == 0
