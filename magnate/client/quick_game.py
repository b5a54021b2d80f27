"""A game against bots without a lobby: a private room that is made, set up and started in one go."""

from collections.abc import Sequence

from magnate.client.errors import SocketClosed
from magnate.client.rest import RestClient
from magnate.client.sockets import open_room
from magnate.protocol.room import BotLevel, GameStart, RoomError, SetReady, StartGame, UpdateSettings
from magnate.protocol.strings import MAX_PRIVATE_GAME_PLAYERS


async def start_bot_game(rest: RestClient, levels: Sequence[str]) -> int:
    """Start a game of the signed-in user against one to three bots, and return its id.

    Args:
        rest: The server, signed in.
        levels: The level of each bot.

    Raises:
        SocketClosed: the server refused; its words are in the error.
        ClientError: whatever else `RestClient` and `open_room` raise.
        ValueError: a level is unknown, or there are not one to three.
    """
    wanted = tuple(BotLevel(level) for level in levels)
    if not 0 < len(wanted) < MAX_PRIVATE_GAME_PLAYERS:
        raise ValueError(f"a game has one to {MAX_PRIVATE_GAME_PLAYERS - 1} bots, not {len(wanted)}")
    code = await rest.new_room()
    socket = await open_room(rest.server, await rest.access_token(), code)
    said = ""
    try:
        settings = UpdateSettings(bot_level=wanted[0], target_players=len(wanted) + 1, bot_levels=wanted)
        for command in (settings, SetReady(True), StartGame()):
            await socket.send(command)
        async for message in socket:
            match message:
                case GameStart(game):
                    return game
                case RoomError(text):
                    said = text
                    break
    finally:
        await socket.close()
    raise SocketClosed(4003, said)
