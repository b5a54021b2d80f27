"""A finished game once more, without its screen: against bots alone nobody else has to agree."""

from contextlib import aclosing

from magnate.client.errors import ClientError, ServerUnreachable, SocketClosed
from magnate.client.game import Again, Changed, GameClient, Lost, Refused
from magnate.client.rest import RestClient
from magnate.protocol.codes import CloseCode


async def last_game(rest: RestClient) -> int | None:
    """Return the id of the game that the signed-in user finished last, or None."""
    return max(await rest.games_played(), default=None)


async def begin_again(rest: RestClient, game: int) -> int | None:
    """Begin a finished game against the same bots again, and return the id of the new one.

    Args:
        rest: The server, signed in.
        game: A finished game of the user.

    Returns:
        None if other people played too: they have to agree, at the table of that game.

    Raises:
        SocketClosed: the server refused; its words are in the error.
        ClientError: whatever else `GameClient.updates` raises; a connection that breaks is not opened again.
    """
    client = GameClient(rest, game, legal=True)
    try:
        async with aclosing(client.updates()) as updates:
            async for update in updates:
                match update:
                    case Changed(None, ()):
                        if client.view.settings.humans != (client.view.viewer,):
                            return None
                        await client.ask_rematch()
                    case Again(new):
                        return new
                    case Refused(_, message):
                        raise SocketClosed(CloseCode.REFUSED, message)
                    case Lost(why):
                        raise ServerUnreachable(rest.server, why)
    finally:
        await client.close()
    raise ClientError("the game was closed before it began again")  # pragma: no cover - nobody else closes it
