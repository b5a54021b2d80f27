"""The public queue in line mode: waiting for opponents."""

import asyncio

from magnate.client.errors import SocketClosed
from magnate.client.rest import RestClient
from magnate.client.sockets import Socket, open_queue
from magnate.protocol.queue import Cancel, MatchFound, QueueCommand, QueueMessage
from magnate.texts.plain import ROOM_COMMANDS, command_of, plain
from magnate.texts.refusals import refusal
from magnate.tui.plain.lines import Left, Lines, Quit, say


async def wait_in_queue(rest: RestClient, lang: str, lines: Lines) -> int | None:
    """Wait until a game is found, and return it; None where the player goes back to the menu.

    Raises:
        Quit: the player ends the program.
        ClientError: the server cannot be reached, or closed the queue.
    """
    token = await rest.access_token()
    socket = await open_queue(rest.server, token)

    async def hear(line: str) -> None:
        match command_of(line, ROOM_COMMANDS):
            case "leave":
                raise Left
            case "quit":
                raise Quit
            case _:
                say(plain("waiting", lang))

    say(plain("waiting", lang))
    try:
        return await lines.until(asyncio.create_task(_found(socket, lang)), hear)
    except (Left, Quit) as wish:
        await socket.send(Cancel())  # where the server closed first, the place is given up all the same
        if isinstance(wish, Quit):
            raise
        say(plain("queue_left", lang))
        return None
    finally:
        await socket.close()


async def _found(socket: Socket[QueueMessage, QueueCommand], lang: str) -> int:
    """Return the game that is found; tell what is refused. Raises `SocketClosed`."""
    async for message in socket:
        if isinstance(message, MatchFound):
            say(plain("found", lang))
            return message.game_id
        say(plain("refused", lang, why=refusal(message.message, lang)))
    raise SocketClosed(1000)  # pragma: no cover - the iteration ends by an exception
