"""Which of the running games to watch, in line mode."""

from magnate.client.rest import RestClient
from magnate.printable import printable
from magnate.texts.lobby import lobby
from magnate.texts.plain import command_of, plain
from magnate.tui.plain.lines import Left, Lines, Quit, say
from magnate.tui.plain.orders import number_of


async def choose_to_watch(rest: RestClient, lang: str, lines: Lines) -> int | None:
    """List the games that everybody may watch, and return the one that the player chooses; None where there is none.

    Raises:
        Left: the player would rather not.
        Quit: the player ends the program.
        ClientError: the server cannot be reached.
    """
    games = await rest.games_to_watch()
    if not games:
        say(lobby("watch_none", lang))
        return None
    for number, game in enumerate(games, 1):
        names = ", ".join(printable(player.username) for player in game.players)
        say(f"{number}. {lobby('watch_game', lang, names=names, round=game.current_round, viewers=game.viewers)}")
    while True:
        said = await lines.ask(plain("watch_which", lang))
        if not said or command_of(said) == "leave":
            raise Left
        if command_of(said) == "quit":
            raise Quit
        chosen = number_of(said)
        if chosen is not None and 1 <= chosen <= len(games):
            return games[chosen - 1].game_id
        say(plain("menu_unknown", lang))
