"""Which of some running games to go to, in line mode."""

from collections.abc import Sequence

from magnate.texts.plain import command_of, plain
from magnate.tui.plain.lines import Left, Lines, Quit, say
from magnate.tui.plain.orders import number_of
from magnate.tui.words.running import Named


async def choose_game(games: Sequence[Named], lang: str, lines: Lines) -> int:
    """List games, and return the one that the player chooses.

    Raises:
        Left: the player would rather not.
        Quit: the player ends the program.
    """
    for number, named in enumerate(games, 1):
        say(f"{number}. {named.words}")
    while True:
        said = await lines.ask(plain("which_game", lang))
        if not said or command_of(said) == "leave":
            raise Left
        if command_of(said) == "quit":
            raise Quit
        chosen = number_of(said)
        if chosen is not None and 1 <= chosen <= len(games):
            return games[chosen - 1].game
        say(plain("menu_unknown", lang))
