"""`magnate games`: what it lists and shows, and records that replay to the identical state."""

import asyncio
import json
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from magnate.cli import main
from magnate.engine.actions import SURRENDER
from magnate.engine.chance import Recorder, Seeded
from magnate.engine.game import apply, legal_actions
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.record import read_record, replay
from magnate.engine.rules.ending import net_worth
from magnate.engine.state import State
from magnate.protocol.commands import SetMoney
from magnate.server.checking import check
from magnate.server.live.games import results_of
from magnate.server.live.journal import GameSettings, Step, encode_settings, encode_step, first_state
from magnate.server.storage import SqliteStorage, open_storage
from magnate.server.storage.records import LogEntry
from tests.server.support import FULL_GAME, START_MS

SETTINGS = GameSettings(order=(2, 0, 1), max_rounds=4, bots={2: "easy"})


class Result(NamedTuple):
    """What a command line printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `magnate games …` on a database in a directory of its own."""
    monkeypatch.setenv("MAGNATE_DB", str(path))

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["magnate", "games", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Result(code, printed.out, printed.err)

    return run


def played(seed: int, most: int = 100_000) -> tuple[State, list[LogEntry]]:
    """Return where a game of random actions stands after at most so many of them, and its log."""
    choose = random.Random(seed).choice
    chance = Recorder(Seeded(seed))
    state = first_state(SETTINGS)
    log: list[LogEntry] = []
    while state.phase is not END_GAME and len(log) < most:
        seat = state.phase_seat
        if state.phase is AUCTION:
            seat = state.to_bid[0]
        action = choose([each for each in legal_actions(state, seat) if each != SURRENDER] or [SURRENDER])
        apply(state, seat, action, chance)
        step = Step(action, tuple(chance.take()), timed_out=len(log) == 1)
        log.append(LogEntry(len(log) + 1, seat, START_MS + 1_000 * len(log), None, encode_step(step)))
    return state, log


async def store(storage: SqliteStorage, log: list[LogEntry], state: State) -> int:
    """Store a game as the server does, with its end if it is over, and return its id."""
    people = [await storage.create_user(name, name, "no password", START_MS) for name in ("alice", "bob")]
    (bot,) = await storage.bot_users("easy", 1, START_MS)
    users = [*(each.pk for each in people), bot.pk]
    game = await storage.create_game(encode_settings(SETTINGS), users, START_MS)
    if state.phase is not END_GAME:
        await storage.append_log(game, log)
        return game
    await storage.append_log(game, log[:-1])
    names = ("alice", "bob", bot.username)
    await storage.finish_game(
        game,
        log[-1:],
        START_MS + 90_000,
        results=results_of(state, users),
        final_money={name: net_worth(state, seat) for seat, name in enumerate(names)},
        summary=msgspec.json.encode({"rounds": state.round}),
        reward=FULL_GAME,
    )
    return game


def stored(path: Path, log: list[LogEntry], state: State) -> int:
    async def work() -> int:
        storage = await open_storage(path, serving=False)
        try:
            return await store(storage, log, state)
        finally:
            await storage.close()

    return asyncio.run(work())


@pytest.fixture
def finished(path: Path) -> State:
    """Store a finished game, and return its end."""
    state, log = played(1)
    stored(path, log, state)
    return state


@pytest.mark.parametrize("most", [100_000, 57, 0])
def test_an_exported_game_replays_to_the_identical_state(run: Run, path: Path, most: int) -> None:
    state, log = played(2, most)
    stored(path, log, state)
    exported = run("export", "1")
    assert (exported.code, exported.err) == (0, "")
    record = read_record(exported.out.splitlines())
    last = record.header.start
    for step in replay(record):
        last = step.after
    assert last == state
    assert len(record.moves) == len(log)
    assert (record.result is not None) == (state.phase is END_GAME)


def test_a_record_tells_who_played_and_when(run: Run, finished: State) -> None:
    record = read_record(run("export", "1").out.splitlines())
    assert record.header.names == ("alice", "bob", "Lena")
    assert record.header.extra == {
        "game": 1,
        "users": [1, 2, 3],
        "started": "2027-01-15T08:00:00.000+00:00",
        "bot_levels": {"2": "easy"},
    }
    assert record.header.start.settings.max_rounds == 4
    assert record.header.start.settings.humans == (0, 1)
    assert record.moves[0].extra == {"time_ms": START_MS}
    assert record.moves[1].extra == {"time_ms": START_MS + 1_000, "timed_out": True}


def test_export_writes_a_file_and_replaces_it(run: Run, finished: State, tmp_path: Path) -> None:
    file = tmp_path / "game.jsonl"
    for _ in range(2):
        assert run("export", "1", "-o", str(file)) == (0, "", f"game 1 written to {file}\n")
    assert file.read_text() == run("export", "1", "-o", "-").out
    assert list(tmp_path.glob("*.part")) == []


def test_a_file_that_cannot_be_written_is_one_line_and_exit_code_2(run: Run, finished: State, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "game.jsonl"
    assert run("export", "1", "-o", str(file)) == (
        2,
        "",
        f"magnate: error: {file}: cannot be written: No such file or directory\n",
    )


def test_a_game_with_debug_commands_is_shown_but_not_exported(run: Run, path: Path) -> None:
    state, log = played(3, 5)
    stored(path, [*log, LogEntry(6, None, START_MS, None, encode_step(Step(cheat=SetMoney(1, 7))))], state)
    refused = run("export", "1")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (
        "magnate: error: game 1 cannot be replayed: action 6 is a debug command, which no rule of the game covers\n"
    )
    players = json.loads(run("show", "1", "--format", "json").out)["players"]
    owned = net_worth(state, 0) - state.balance[0]
    assert players[0]["worth"] == owned + 7


@pytest.mark.parametrize("payload", [b"{", b"{}", b'{"action":{"type":"Bid","amount":1}}'])
def test_a_damaged_log_is_named_by_its_action(run: Run, path: Path, payload: bytes) -> None:
    state, log = played(3, 5)
    stored(path, [*log[:4], LogEntry(5, 0, START_MS, None, payload)], state)
    refused = run("export", "1")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("magnate: error: game 1 cannot be replayed: action 5 ")
    assert refused.err.count("\n") == 1
    shown = run("show", "1")
    assert shown.code == 0
    assert "game 1 cannot be replayed: action 5" in shown.out


def test_games_with_damaged_settings_are_listed_and_shown(run: Run, path: Path, finished: State) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE games SET settings = x'7b'")
    connection.close()
    assert run("list").code == 0
    assert "its settings are damaged" in run("show", "1").out
    assert run("export", "1").code == 2


@pytest.mark.parametrize("moment", [-(2**62), 2**62])
def test_games_with_damaged_dates_are_listed_shown_and_exported(
    run: Run, path: Path, finished: State, moment: int
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE games SET created_ms = ?, finished_ms = ?", (moment, moment))
    connection.close()
    for command in (["list"], ["show", "1"], ["export", "1"]):
        assert run(*command).code == 0
    assert check(path) == [f"game 1: its date is damaged ({moment} ms since 1970)"] * 2


@pytest.mark.parametrize("damaged", ["zz", "", "5", '{"alice":"b"}', '{"alice":', "[]"])
def test_games_with_damaged_final_money_are_listed_shown_and_exported(
    run: Run, path: Path, finished: State, damaged: str
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE games SET final_money = ?", (damaged,))
    connection.close()
    for command in (["list"], ["show", "1"], ["export", "1"]):
        assert run(*command).code == 0
    assert check(path) == ["game 1: its final money is damaged"]


@pytest.mark.parametrize("command", ["show", "export"])
def test_an_unknown_game_is_one_line_and_exit_code_2(run: Run, finished: State, command: str) -> None:
    assert run(command, "2") == (2, "", "magnate: error: there is no game 2\n")


@pytest.mark.parametrize("command", [["list"], ["show", "1"], ["export", "1"]])
def test_a_missing_database_is_told_and_not_made(run: Run, path: Path, command: list[str]) -> None:
    result = run(*command)
    assert (result.code, result.out) == (2, "")
    assert "does not exist" in result.err
    assert not path.exists()


def test_games_are_listed_newest_first(run: Run, path: Path, finished: State) -> None:
    async def add() -> None:
        storage = await open_storage(path, serving=False)
        running = await storage.create_game(encode_settings(SETTINGS), [2, 1, 3], START_MS + 60_000)
        assert running == 2
        await storage.create_game(encode_settings(SETTINGS), [1, 2, 3], START_MS + 60_000)
        await storage.abort_game(3, START_MS + 120_000, "it was damaged")
        await storage.close()

    asyncio.run(add())
    assert run("list").out.splitlines() == [
        "ID  STATUS    STARTED            ENDED              PLAYERS",
        "3   aborted   2027-01-15 08:01Z  2027-01-15 08:02Z  alice, bob, Lena",
        "2   running   2027-01-15 08:01Z                     bob, alice, Lena",
        "1   finished  2027-01-15 08:00Z  2027-01-15 08:01Z  alice, bob, Lena",
    ]
    newest = json.loads(run("list", "--newest", "1", "--format", "json").out)
    assert newest == [
        {
            "id": 3,
            "status": "aborted",
            "started": "2027-01-15T08:01:00.000+00:00",
            "ended": "2027-01-15T08:02:00.000+00:00",
            "players": ["alice", "bob", "Lena"],
        }
    ]
    assert "aborted: it was damaged" in run("show", "3").out


def test_a_database_without_games_lists_none(run: Run, path: Path) -> None:
    asyncio.run(make_empty(path))
    assert run("list").out == "ID  STATUS  STARTED  ENDED  PLAYERS\n"
    assert run("list", "--format", "json").out == "[]\n"


async def make_empty(path: Path) -> None:
    await (await open_storage(path, serving=False)).close()


def test_a_finished_game_is_shown_by_rank(run: Run, finished: State) -> None:
    shown = json.loads(run("show", "1", "--format", "json").out)
    assert (shown["status"], shown["rounds"], shown["phase"]) == ("finished", finished.round, "end_game")
    assert [each["rank"] for each in shown["players"]] == sorted(each["rank"] for each in shown["players"])
    for each in shown["players"]:
        assert each["worth"] == net_worth(finished, each["seat"])
    winner = shown["players"][0]
    assert winner["elo_after"] > winner["elo_before"] == 1000
    assert [each["bot"] for each in shown["players"] if each["username"] == "Lena"] == ["easy"]
    page = run("show", "1").out
    assert page.startswith("game 1, finished\nstarted 2027-01-15 08:00Z\nended 2027-01-15 08:01Z\nround ")
    assert f"1000 -> {winner['elo_after']}" in page


def test_a_game_that_is_over_has_no_more_rounds_than_its_limit(run: Run, finished: State) -> None:
    assert finished.round == SETTINGS.max_rounds + 1
    assert f"\nround {SETTINGS.max_rounds} of {SETTINGS.max_rounds}, " in run("show", "1").out


def test_games_are_read_beside_a_running_server(run: Run, path: Path) -> None:
    state, log = played(4, 30)

    async def with_server() -> Result:
        server = await open_storage(path, serving=True)
        try:
            await store(server, log, state)
            return await asyncio.to_thread(run, "export", "1")
        finally:
            await server.close()

    exported = asyncio.run(with_server())
    assert exported.code == 0
    assert len(read_record(exported.out.splitlines()).moves) == 30
