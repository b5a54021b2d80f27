"""`magnate play --plain`: a whole game by lines, in both languages, with a server of one's own."""

import asyncio
import codecs
import itertools
import os
import pty
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from magnate.texts.lobby import LOBBY
from magnate.texts.plain import PLAIN
from tests import started
from tests.server.wire.process import PASSWORD, Server

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 60.0
NUMBERS = itertools.count(1)
SURRENDER = ("Surrender", "Rendirse")
"""How the choice begins that nobody takes who has another one."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Player:
    """Somebody at the keyboard of a line-mode client."""

    def __init__(self, program: started.Program, keyboard: int, screen: int) -> None:
        """Take a client that reads what is written to `keyboard`, and writes what is read from `screen`."""
        self.program = program
        self.keyboard = keyboard
        self._screen = screen
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.heard = ""
        self._read = 0

    async def until(self, words: str) -> str:
        """Read on until `words` come, and return what was said up to them since the last call."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while (found := self.heard.find(words, self._read)) < 0:
                    assert await self._hear(), f"the client ended before {words!r} came, after: {self.heard[-600:]}"
        except TimeoutError:
            self.program.kill()  # who waits for its words in a thread waits no more
            raise AssertionError(f"{words!r} never came, after: {self.heard[-600:]}") from None
        start, self._read = self._read, found + len(words)
        return self.heard[start : self._read]

    async def type(self, line: str) -> None:
        os.write(self.keyboard, f"{line}\n".encode())

    async def end(self) -> int:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._hear():
                pass
        return self.program.wait(PATIENCE_SECONDS)

    def hang_up(self) -> None:
        """Type no more."""
        os.close(self.keyboard)
        self.keyboard = self._screen

    def close(self) -> None:
        """End the client, if it still runs."""
        self.program.kill()
        self.program.wait()
        for descriptor in {self.keyboard, self._screen}:
            os.close(descriptor)

    async def _hear(self) -> bool:
        """Hear more, unless the client has ended."""
        more = await asyncio.to_thread(_read, self._screen)
        self.heard += self._decoder.decode(more).replace("\r", "")
        return bool(more)


Client = Callable[..., Player]


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 4096)
    except OSError:  # how a pseudo-terminal on Linux says that nobody writes any more
        return b""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a server for all players who need none of their own."""
    settings = {"MAX_ROUNDS": "2", "TURN_SECONDS": "0", "AUCTION_SECONDS": "0"}
    server = Server(tmp_path_factory.mktemp("server") / "magnate.db", settings)
    server.start()
    yield server
    server.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Return what starts `magnate play --plain` with flags, for a user of some name with a home of their own."""
    players: list[Player] = []

    def client(*flags: str, name: str = "root", in_terminal: bool = False) -> Player:
        folders = {f"XDG_{kind}_HOME": str(tmp_path / name / kind) for kind in ("DATA", "STATE", "CONFIG")}
        settings = {"MAGNATE_BOT_DELAY": "0", "MAGNATE_MAX_ROUNDS": "2", "MAGNATE_PASSWORD_MEMORY_KIB": "64"}
        if in_terminal:
            near, far = pty.openpty()
            ours, theirs = (near, near), (far, far, far)
        else:
            (stdin, keyboard), (screen, stdout) = os.pipe(), os.pipe()
            ours, theirs = (keyboard, screen), (stdin, stdout, 2)
        program = started.start(
            *("play", "--plain", *flags),
            environment={"HOME": str(tmp_path / name), **folders, **settings},
            stdin=theirs[0],
            stdout=theirs[1],
            stderr=theirs[2],
        )
        for descriptor in {*theirs} - {2}:
            os.close(descriptor)
        players.append(Player(program, *ours))
        return players[-1]

    yield client
    for player in players:
        player.close()


SignedUp = Callable[..., Awaitable[Player]]


@pytest.fixture
def signed_up(client: Client, server: Server) -> SignedUp:
    """Return what starts a client on the server of all, and makes an account there."""

    async def signed_up(*flags: str, name: str = "") -> Player:
        name = name or f"player{next(NUMBERS)}"
        player = client("--server", server.url, "--user", name, *flags, name=name)
        await player.until(PLAIN["password"][0])
        await player.type(PASSWORD)
        await player.until(PLAIN["new_account"][0])
        await player.type("y")
        await player.until(f"You are {name} on ")
        return player

    return signed_up


@pytest.fixture
async def english(signed_up: SignedUp) -> Player:
    """Return a player against two bots."""
    return await signed_up("--bots", "easy,expert")


async def play_on(player: Player, ask: str, over: str) -> None:
    """Choose the last of the choices, again and again, until the game is over."""
    while True:
        said = await player.until(": ")
        while not said.endswith((ask, over)):
            said += await player.until(": ")
        if said.endswith(over):
            return
        listed = re.findall(r"^(\d+)\. (.*)$", said, re.MULTILINE)
        staying = [number for number, words in listed if not words.startswith(SURRENDER)]
        if staying:
            await player.type(staying[-1])
        else:  # in a debt with nothing to sell
            await player.type(listed[-1][0])
            await player.type(PLAIN["yes"][ask == PLAIN["what"][1]])


async def test_a_whole_game_is_played_by_numbers(client: Client) -> None:
    player = client("--bots", "easy,expert")
    await play_on(player, PLAIN["what"][0], PLAIN["over_what"][0])
    assert "The game is over." in player.heard
    ranks = re.findall(r"^Rank (\d): ", player.heard, re.MULTILINE)
    assert len(ranks) == 3, "each player is named once"
    assert ranks[0] == "1"
    assert "\x1b" not in player.heard, "no escape sequence ever"
    await player.type("leave")
    await player.until(PLAIN["menu"][0])
    await player.type("0")
    assert await player.end() == 0
    assert player.heard.endswith("Goodbye.\n")


async def test_a_whole_game_in_spanish_through_a_pseudo_terminal(client: Client) -> None:
    player = client("--bots", "easy", "--lang", "es", in_terminal=True)
    await play_on(player, PLAIN["what"][1], PLAIN["over_what"][1])
    assert "La partida ha terminado." in player.heard
    assert "Puesto 1: " in player.heard
    await player.type("salir")
    assert await player.end() == 0
    assert "\x1b" not in player.heard, "no escape sequence ever"
    assert not set(player.heard) & set("─│┌┐└┘╭╮╰╯█▓▒░·«»"), "nothing that a screen reader stumbles over"


async def test_what_one_may_ask_for_is_answered(english: Player) -> None:
    await english.until(PLAIN["what"][0])
    for line, answer in (
        ("help", "A number: make that choice."),
        ("tablero", "."),
        ("players", "money "),
        ("99", "Unknown choice."),
        ("nonsense", "Unknown choice."),
        ("trade", "To propose a trade, type:"),
        ("trade B x y", "To propose a trade, type:"),
        ("bid ²", "To bid, type:"),
        ("estado", "Round 1 of 2. Pot "),
        ("square G1", "District: Counting House."),
        ("casilla 999", "That square does not exist."),
        ("free", ", price "),
        ("porqué", "."),
        ("choices", "You can:"),
        ("bid 999999", "Refused:"),
        ("say hello there", "says: hello there"),
    ):
        await english.type(line)
        await english.until(answer)
    await english.type("surrender")
    await english.until("Really surrender?")
    await english.type("n")
    await english.type("quit")
    assert await english.end() == 0


async def test_surrender_ends_the_game_for_good(english: Player) -> None:
    await english.until(PLAIN["what"][0])
    await english.type("surrender")
    await english.type("y")
    await english.until(PLAIN["over_what"][0])
    await english.type("leave")
    await english.until(PLAIN["menu"][0])
    await english.type("3")
    await english.until("You have no running game.")
    await english.type("0")
    assert await english.end() == 0


async def test_who_quits_keeps_the_seat_and_comes_back(client: Client) -> None:
    player = client("--bots", "easy,expert")
    await player.until(PLAIN["what"][0])
    await player.type("quit")
    assert await player.end() == 0
    again = client()
    await again.until(PLAIN["menu"][0])
    await again.type("3")
    await again.until(PLAIN["you_may"][0])
    await again.type("quit")
    assert await again.end() == 0


async def test_without_more_lines_the_client_ends(english: Player) -> None:
    await english.until(PLAIN["what"][0])
    english.hang_up()
    assert await english.end() == 0


async def test_levels_that_do_not_exist_are_asked_for_again(signed_up: SignedUp) -> None:
    player = await signed_up()
    await player.until(PLAIN["menu"][0])
    await player.type("1")
    await player.type("hard,fierce")
    await player.until("fierce is not a level")
    await player.type("")
    await player.until(PLAIN["you_may"][0])
    await player.type("quit")
    assert await player.end() == 0


async def test_the_menu_says_what_it_has_and_takes_one_back_from_a_game(signed_up: SignedUp) -> None:
    player = await signed_up()
    await player.until(PLAIN["menu"][0])
    await player.type("9")
    await player.until(PLAIN["menu_unknown"][0])
    await player.type("help")
    await player.until("4 creates a private room")
    await player.type("1")
    await player.type("leave")
    await player.until(PLAIN["menu"][0])
    await player.type("1")
    await player.type("easy,easy,easy,easy")
    await player.until(PLAIN["too_many_bots"][0])
    await player.type("easy")
    await player.until(PLAIN["what"][0])
    await player.type("leave")
    await player.until(PLAIN["left_table"][0])
    await player.type("2")
    await player.until(LOBBY["queue_not_yet"][0])
    await player.type("3")
    await player.until(PLAIN["what"][0])
    await player.type("quit")
    assert await player.end() == 0


async def test_a_room_is_made_joined_talked_in_set_up_and_started(signed_up: SignedUp) -> None:
    alice = await signed_up(name="alice")
    await alice.until(PLAIN["menu"][0])
    await alice.type("4\nwho")
    code = (await alice.until(". Others join"))[-len("ABC123. Others join") :][:6]
    assert "Here: ." not in alice.heard, "nothing is answered before one is in"
    bob = await signed_up("--join", code.lower(), name="bob")
    await bob.until("Here: alice, owner, not ready; bob, you, not ready.")
    await bob.until("You are ready.")
    await alice.until("bob joined.")
    await alice.until("bob is ready.")
    for line, answer in (
        ("start", "Refused: Everybody has to be ready"),
        ("seats 9", "a number from 2 to 4"),
        ("seats 3", "Seats: 3."),
        ("bots", "? is not a level"),
        ("bots muy fácil", "Bots of level very easy"),
        ("nonsense", PLAIN["room_unknown"][0]),
        ("?", "seats NUMBER:"),
        ("who", "Here: alice, you, owner, not ready; bob, ready."),
        ("decir good luck", "alice says: good luck"),
        ("ready", "You are ready."),
    ):
        await alice.type(line)
        await alice.until(answer)
    await bob.until("Bots of level very easy")
    await bob.until("alice says: good luck")
    await bob.type("seats 2")
    await bob.until("Refused: Only the owner can change the settings.")
    await bob.type("leave")
    await bob.until(PLAIN["room_went"][0])
    await alice.until("bob left.")
    await bob.until(PLAIN["menu"][0])
    await bob.type("5")
    await bob.until(PLAIN["room_code"][0])
    await bob.type(code)
    await bob.until("You are in room ")
    await bob.type("listo")
    await alice.until("bob is ready.")
    await alice.type("start")
    for player in (alice, bob):
        await player.until(PLAIN["found"][0])
        await player.until("money 1500")
        await player.type("quit")
        assert await player.end() == 0


async def test_who_looks_for_a_room_or_for_opponents_comes_back_to_the_menu(signed_up: SignedUp) -> None:
    player = await signed_up("--join", "NOROOM")
    await player.until("Refused: No room has that code.")
    assert "Refused" not in await player.until(PLAIN["menu"][0]), "once is enough"
    for code, answer in (
        ("ZZZZZZ", "Refused: No room has that code."),
        ("a/b", "No room has the code A/B."),
        ("", ""),
    ):
        await player.type("5")
        await player.until(PLAIN["room_code"][0])
        await player.type(code)
        assert answer in await player.until(PLAIN["menu"][0])
    await player.type("2")
    await player.until(PLAIN["waiting"][0])
    await player.type("what now")
    await player.until(PLAIN["waiting"][0])
    await player.type("dejar")
    await player.until(PLAIN["queue_left"][0])
    await player.until(PLAIN["menu"][0])
    await player.type("salir")
    assert await player.end() == 0


async def test_bytes_that_are_no_text_are_an_answer_like_another(signed_up: SignedUp) -> None:
    player = await signed_up()
    await player.until(PLAIN["menu"][0])
    os.write(player.keyboard, b"\xff\xfe\x80\n0\n")
    await player.until(PLAIN["menu_unknown"][0])
    assert await player.end() == 0
