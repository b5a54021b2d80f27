"""The example that docs/wire-bots.md shows, as a process of its own against a real server."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from magnate.client.game import Changed, GameClient, Update
from magnate.client.rest import RestClient
from magnate.client.sockets import open_room
from magnate.engine.actions import SURRENDER
from magnate.protocol.room import GameStart, ReadyStatus, SetReady, StartGame
from tests.client.server import PASSWORD, ServerProcess

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "wire-bots.md"
PATIENCE_SECONDS = 60.0
RESULT = re.compile(r"game (\d+): (won|lost) \((\w+ \d+(?:, \w+ \d+)+)\)")


class Done(NamedTuple):
    """How a run of the example ended."""

    code: int | None
    said: list[str]
    """The lines on stdout."""
    told: str
    """All of stderr that was not read before."""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ServerProcess]:
    server = ServerProcess(tmp_path / "server.db", MAX_ROUNDS="4")
    await server.start()
    yield server
    await server.stop()


async def start(url: str, user: str, *arguments: str, password: str = PASSWORD) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "examples/wire_bot.py", "--server", url, "--user", user, *arguments),
        cwd=ROOT,
        env={**os.environ, "BOT_PASSWORD": password},
        stdout=PIPE,
        stderr=PIPE,
    )


async def until_told(process: Process, what: str) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        while line := (await process.stderr.readline()).decode():
            if what in line:
                return
    raise AssertionError(f"it ended without telling {what!r}")


async def done(process: Process) -> Done:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            said, told = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Done(process.returncode, said.decode().splitlines(), told.decode())


def result(line: str) -> tuple[int, str, dict[str, int]]:
    """Return the game id, `won` or `lost`, and the worth by name."""
    found = RESULT.fullmatch(line)
    assert found is not None, line
    worth = dict(each.split(" ") for each in found[3].split(", "))
    return int(found[1]), found[2], {name: int(money) for name, money in worth.items()}


async def test_it_plays_whole_games_against_bots_and_says_what_the_server_stored(server: ServerProcess) -> None:
    ran = await done(await start(server.url, "wirebot", "--register", "--bots", "medium,easy", "--games", "2"))
    assert (ran.code, len(ran.said)) == (0, 2), ran
    assert "refused" not in ran.told
    assert "connection lost" not in ran.told
    async with RestClient(server.url) as rest:
        await rest.login("wirebot", PASSWORD)
        profile = await rest.profile()
        assert (profile.active_game, profile.num_played_games) == (None, 2)
        assert profile.num_won_games == sum(result(line)[1] == "won" for line in ran.said)
        for line in ran.said:
            number, _, worth = result(line)
            assert worth.keys() > {"wirebot"}
            assert worth == (await rest.summary(number)).final_money


async def test_it_plays_as_any_bot_that_can_be_named(server: ServerProcess) -> None:
    named = ("--strategy", "examples/my_bot.py:MyBot,reserve=50")
    ran = await done(await start(server.url, "wirebot", "--register", "--bots", "easy", *named))
    assert (ran.code, len(ran.said)) == (0, 1), ran
    result(ran.said[0])


async def test_it_plays_as_a_guest_by_what_the_server_says_is_legal(server: ServerProcess) -> None:
    ran = await done(await start(server.url, "wirebot", "--guest", "--ruleless", "--bots", "easy", password=""))
    assert (ran.code, len(ran.said)) == (0, 1), ran
    assert "refused" not in ran.told
    result(ran.said[0])


async def test_two_of_them_meet_in_the_queue(server: ServerProcess) -> None:
    both = [await start(server.url, user, "--register", "--queue") for user in ("one", "two")]
    first, second = await asyncio.gather(*map(done, both))
    assert (first.code, second.code) == (0, 0), (first, second)
    (number, mine, worth), (other_number, theirs, other_worth) = result(first.said[0]), result(second.said[0])
    assert number == other_number
    assert worth == other_worth
    assert worth.keys() == {"one", "two"}
    assert "won" in (mine, theirs)


async def test_it_joins_a_private_room_and_says_why_it_may_not(server: ServerProcess) -> None:
    ran = await done(await start(server.url, "wirebot", "--register", "--join", "noroom"))
    assert (ran.code, ran.said) == (1, [])
    assert ran.told.splitlines()[-1] == "error: Sala no encontrada."


async def test_a_wrong_password_is_one_line(server: ServerProcess) -> None:
    async with RestClient(server.url) as rest:
        await rest.register("wirebot", PASSWORD, PASSWORD)
    ran = await done(await start(server.url, "wirebot", "--bots", "easy", password="wrong"))
    assert ran == Done(1, [], "error: bad credentials\n")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--bots", "easy,nobody"), "argument --bots: 'easy,nobody' is not one to three of very_easy, "),
        (("--bots", "easy,easy,easy,easy"), "argument --bots: 'easy,easy,easy,easy' is not one to three of "),
        (("--queue", "--strategy", "nobody"), "argument --strategy: bot 'nobody': there is no such bot"),
        (("--queue", "--games", "0"), "--games must be at least 1"),
        (("--queue", "--join", "ABCDEF"), "argument --join: not allowed with argument --queue"),
        ((), "one of the arguments --bots --queue --join is required"),
    ],
)
async def test_wrong_arguments_are_told_before_anything_is_sent(arguments: tuple[str, ...], fault: str) -> None:
    ran = await done(await start("http://127.0.0.1:9", "wirebot", *arguments))
    assert (ran.code, ran.said) == (2, [])
    assert ran.told.splitlines()[-1].startswith(f"wire_bot.py: error: {fault}")


async def test_a_server_that_is_not_there_is_one_line() -> None:
    ran = await done(await start("http://127.0.0.1:9", "wirebot", "--queue"))
    assert (ran.code, ran.said) == (1, [])
    assert re.fullmatch(r"error: no answer from http://127\.0\.0\.1:9: .+\n", ran.told)


@pytest.mark.parametrize(("where", "sign"), [(("--queue",), "waiting"), (("--bots", "easy"), "game 1: ")])
async def test_ctrl_c_ends_it_cleanly(tmp_path: Path, where: tuple[str, ...], sign: str) -> None:
    server = ServerProcess(tmp_path / "server.db", BOT_DELAY="5")
    await server.start()
    try:
        process = await start(server.url, "wirebot", "--register", *where)
        await until_told(process, sign)
        process.send_signal(signal.SIGINT)
        ran = await done(process)
    finally:
        await server.stop()
    assert ran == Done(130, [], "interrupted\n")


async def test_it_plays_on_after_the_server_was_killed(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "server.db", MAX_ROUNDS="4", BOT_DELAY="0.1")
    await server.start()
    try:
        process = await start(server.url, "wirebot", "--register", "--bots", "easy")
        await until_told(process, "game 1: ")
        await server.stop(signal.SIGKILL)
        await until_told(process, "connection lost")
        await server.start()
        await until_told(process, "connected again")
        ran = await done(process)
    finally:
        await server.stop()
    assert (ran.code, len(ran.said)) == (0, 1), ran
    assert result(ran.said[0])[0] == 1


async def test_a_bot_that_was_ended_goes_back_to_its_game(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "server.db", MAX_ROUNDS="4", BOT_DELAY="0.1")
    await server.start()
    try:
        process = await start(server.url, "wirebot", "--register", "--bots", "easy")
        await until_told(process, "game 1: ")
        process.send_signal(signal.SIGINT)
        assert (await done(process)).code == 130
        ran = await done(await start(server.url, "wirebot", "--queue"))
    finally:
        await server.stop()
    assert ran.code == 0, ran
    assert result(ran.said[0])[0] == 1


async def test_it_plays_in_a_private_room_once_the_owner_starts(server: ServerProcess, rest: RestClient) -> None:
    code = await rest.new_room()
    room = await open_room(rest.server, await rest.access_token(), code)
    process = await start(server.url, "wirebot", "--register", "--join", code.lower())
    await room.send(SetReady(True))
    async for message in room:
        match message:
            case ReadyStatus("wirebot", True):
                await room.send(StartGame())
            case GameStart(number):
                break
    game = GameClient(rest, number)
    async for update in game.updates():
        if isinstance(update, Changed):
            break
    await game.act(SURRENDER)
    ran = await done(process)
    await game.close()
    assert ran.code == 0, ran
    assert result(ran.said[0])[:2] == (number, "won")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def shape(text: str) -> list[str]:
    """Return the lines of a run without what differs from run to run, sorted as the two streams may interleave."""
    return sorted(re.sub(r"(?<=[ (])\d+(?=[,)])|won|lost", "#", line) for line in text.splitlines())


async def test_the_documented_run_says_what_the_page_shows(server: ServerProcess) -> None:
    commands = [line for line in blocks("sh")[0].splitlines() if line.startswith(".venv/bin/python ")]
    assert len(commands) == 1
    _, script, *arguments = commands[0].split()
    assert script == "examples/wire_bot.py"
    ran = await done(await start(server.url, "nobody", *arguments))
    assert ran.code == 0, ran
    (shown,) = blocks("text")
    assert shape("\n".join([*ran.said, ran.told])) == shape(shown)


ADDRESS = "127.0.0.1:8000"


async def ran_program(program: str, server: ServerProcess) -> Done:
    """Run a program of the page against a server."""
    assert program.count(ADDRESS) == 1
    address = server.url.removeprefix("http://")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program.replace(ADDRESS, address)), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    return await done(process)


async def test_the_smallest_bot_of_the_page_plays_a_game(server: ServerProcess) -> None:
    smallest, _ = blocks("python")
    ran = await ran_program(smallest, server)
    assert (ran.code, ran.told) == (0, "")
    assert re.fullmatch(r"winners \['\w+'(, '\w+')*\] my worth \d+", ran.said[0])


async def test_the_bot_without_rules_of_the_page_plays_a_game(server: ServerProcess) -> None:
    _, ruleless = blocks("python")
    assert "import magnate" not in ruleless
    assert "from magnate" not in ruleless
    ran = await ran_program(ruleless, server)
    assert (ran.code, ran.told) == (0, "")
    assert re.fullmatch(r"worth \{.*'ruleless': \d+.*\}", ran.said[0])


async def test_the_page_lists_every_flag_and_every_update() -> None:
    ran = await done(await start("http://127.0.0.1:9", "nobody", "--help"))
    flags = set(re.findall(r"--[a-z]+", "\n".join(ran.said))) - {"--help"}
    page = PAGE.read_text("utf-8")
    assert {flag for flag in flags if f"`{flag}" not in page} == set()
    updates = {update.__name__ for update in get_args(Update)}
    assert {name for name in updates if f"| `{name}(" not in page} == set()
