"""Programs as bots: they play like any other, and whatever they do wrong ends as a fault, never as a hang."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from magnate.bots.errors import BotError, FaultKind
from magnate.bots.loading import describe_parameters, parse_bot
from magnate.bots.random_bot import RandomBot
from magnate.bots.referee import Fault, decide, tell_end
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import Settings, State
from magnate.programs import process
from magnate.programs.bot import CREW, ProgramBot
from magnate.programs.schema import document
from tests.processes import wait_for_end
from tests.simulation.runs import files, rows, simulate, start

ODD = Path(__file__).parent / "odd_program.py"
EXAMPLES = Path(__file__).parents[2] / "examples"
PYTHON = f"cmd:{sys.executable} {EXAMPLES / 'program_bot.py'}"
NODE = f"cmd:node {EXAMPLES / 'program_bot.js'}"


def odd(what: str = "") -> str:
    """Return that program as a bot is named."""
    return f"cmd:{sys.executable} {ODD} '{what}'"


@pytest.fixture(autouse=True)
def no_program_stays() -> Iterator[None]:
    """End what a test has started."""
    yield
    CREW.close()


def play(text: str, seed: int = 3) -> tuple[Fault | None, State, ProgramBot]:
    """Play a game of the bot against chance, until its first fault or to the end."""
    bot = parse_bot(text).make(seed)
    assert isinstance(bot, ProgramBot)
    other, chance = RandomBot(1), Seeded(seed)
    state = new_game(2, chance, Settings(max_rounds=5))
    while state.phase is not END_GAME:
        seat = state.to_bid[0] if state.phase is AUCTION else state.phase_seat
        decision = decide(other if seat else bot, state, seat)
        if isinstance(decision, Fault):
            return decision, state, bot
        apply(state, seat, decision, chance)
    assert tell_end(bot, state, 0) is None
    return None, state, bot


@pytest.mark.parametrize("program", [PYTHON, pytest.param(NODE, marks=pytest.mark.program("node"))])
def test_the_examples_play_a_game_and_the_same_seed_gives_the_same_bytes(program: str, tmp_path: Path) -> None:
    def run(jobs: str, where: str) -> tuple[bytes, dict[str, bytes]]:
        asked = ("--bot", program, "--bot", "easy", "--games", "4", "--max-rounds", "8", "--seed", "5")
        how = ("--format", "ndjson", "--jobs", jobs, "--quiet", "--record", str(tmp_path / where))
        done = simulate(*asked, *how)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout, files(tmp_path / where)

    once, records = run("1", "one")
    assert run("2", "two") == (once, records)
    assert all(seat["exit"] != "fault" for line in once.splitlines() for seat in json.loads(line)["seats"])


@pytest.mark.parametrize(
    ("what", "kind", "words"),
    [
        ("dies", FaultKind.ENDED, "its process ended (exit code 3)"),
        ("raises", FaultKind.ENDED, "its process ended (exit code 1)"),
        ("closes", FaultKind.ENDED, "closed its output"),
        ("silent", FaultKind.TOO_SLOW, "said nothing within 0.5 s"),
        ("junk", FaultKind.NO_ACTION, "answered 'I would rather ?[31mnot', which is no 'action' line"),
        ("list", FaultKind.NO_ACTION, "answered '[]', which is no 'action' line"),
        ("deep", FaultKind.NO_ACTION, "which is no 'action' line"),
        ("long", FaultKind.NO_ACTION, "answered a line of more than 65,536 bytes"),
        ("endless", FaultKind.NO_ACTION, "answered a line of more than 65,536 bytes"),
        ("wrong id", FaultKind.NO_ACTION, "it answered question 3, where question 2 was asked"),
        ("no action", FaultKind.NO_ACTION, "which is not an action"),
        ("chat", FaultKind.NO_ACTION, "which is not an action of the game"),
        ("illegal", FaultKind.ILLEGAL, "answered Build(square=0, houses=1): "),
        ("nobody", FaultKind.NO_ACTION, "answered a trade that cannot be: "),
    ],
)
def test_whatever_a_program_does_wrong_is_a_fault_in_plain_words(
    what: str, kind: FaultKind, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("magnate.programs.bot.SECONDS", 0.5 if what == "silent" else 60.0)
    fault, _, bot = play(odd(what))
    assert fault is not None
    assert fault.kind is kind
    assert words in fault.message
    assert fault.message.isprintable()
    pid = int(bot.name.split()[1])
    if kind is not FaultKind.ILLEGAL:
        assert wait_for_end(pid, 10), "nobody knows what it would say next"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("mute", "said nothing within 0.5 s"),
        ("gone", "its process ended (exit code 0)"),
        ("later", "it speaks version 99 of the lines, and this is version 1"),
    ],
)
def test_who_says_no_hello_is_refused_before_the_first_game(
    what: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "HELLO_SECONDS", 0.5 if what == "mute" else 20.0)
    with pytest.raises(BotError) as caught:
        parse_bot(odd(what))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cmd:", "name the program after cmd:"),
        ("cmd:'", "the command cannot be read: No closing quotation"),
        ("cmd:./not-there", "./not-there cannot be started: No such file or directory"),
        ("cmd:/", "/ cannot be started: Permission denied"),
        ("cmd:a\0b", "cannot be started"),
    ],
)
def test_a_command_that_cannot_be_started_is_one_sentence(text: str, words: str) -> None:
    with pytest.raises(BotError) as caught:
        parse_bot(text)
    assert words in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_process_plays_one_game_after_the_other_and_two_seats_have_two() -> None:
    one, two = parse_bot(odd()).make(1), parse_bot(odd()).make(2)
    assert isinstance(one, ProgramBot)
    assert isinstance(two, ProgramBot)
    names = {one.name, two.name}
    assert len(names) == 2
    del one, two
    for seed in (1, 2):
        fault, _, bot = play(odd(), seed)
        assert fault is None
        assert bot.name in names


def test_the_time_limit_of_a_run_ends_the_process_and_the_next_game_has_a_new_one(tmp_path: Path) -> None:
    asked = ("--bot", odd("silent"), "--bot", "easy", "--games", "2", "--max-rounds", "3", "--jobs", "1")
    done = simulate(*asked, "--bot-seconds", "0.2", "--format", "ndjson", "--db", str(tmp_path / "results.db"))
    assert done.returncode == 0
    seats = [seat for line in done.stdout.splitlines() for seat in json.loads(line)["seats"] if "odd" in seat["bot"]]
    assert [seat["fault"] for seat in seats] == ["took longer than 0.2 s"] * 2
    assert len(rows(tmp_path / "results.db")["games"]) == 2


def test_what_a_program_says_on_stderr_is_shown_with_its_name_and_moves_no_cursor(
    capfd: pytest.CaptureFixture[str],
) -> None:
    play(odd("talks"))
    CREW.close()
    said = [line for line in capfd.readouterr().err.splitlines() if "thinking" in line or "about" in line]
    assert said[:2] == [f"{odd('talks').removeprefix('cmd:')}: {words}" for words in ("thinking ?[31mhard", "about it")]


def test_who_says_too_much_is_cut_short_and_plays_on(capfd: pytest.CaptureFixture[str]) -> None:
    fault, _, _ = play(odd("chatters"))
    CREW.close()
    assert fault is None
    said = [line for line in capfd.readouterr().err.splitlines() if "chatters" in line]
    assert len(said) <= 2 * (process.MOST_SAID + 1), "the one that is looked at, and the one that plays"
    assert said[-1].endswith("says more than 1,000 lines; the others are not shown")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc as Linux has it")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_program_outlives_a_run_however_that_ends(number: signal.Signals) -> None:
    running = start("--bot", odd("lingers"), "--bot", odd("lingers"), "--games", "5000", "--format", "ndjson")
    assert running.stdout is not None
    running.stdout.readline()
    programs = [pid for pid in all_processes() if f"{ODD} lingers" in command_of(pid)]
    assert len(programs) >= 2
    os.kill(running.pid, number)
    running.communicate(timeout=60)
    assert all(wait_for_end(pid, 30) for pid in programs)


def all_processes() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal()]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def test_resume_refuses_a_program_whose_file_has_changed(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text((EXAMPLES / "program_bot.py").read_text())
    asked = ("--bot", f"cmd:{sys.executable} {program}", "--bot", "easy", "--max-rounds", "2", "--quiet")
    where = ("--db", str(tmp_path / "results.db"))
    assert simulate(*asked, *where, "--games", "2").returncode == 0
    assert simulate(*asked, *where, "--games", "3", "--resume").returncode == 0
    program.write_text(program.read_text().replace("RESERVE = 200", "RESERVE = 100"))
    again = simulate(*asked, *where, "--games", "4", "--resume")
    assert again.returncode == 2
    assert b"was played with other code" in again.stderr


def test_every_line_satisfies_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    whole = process.Program.say

    def say(program: process.Program, line: bytes) -> None:
        sent.append(line)
        whole(program, line)

    monkeypatch.setattr(process.Program, "say", say)
    fault, _, _ = play(odd())
    CREW.close()
    assert fault is None
    validator = jsonschema.Draft202012Validator(document())
    kinds = set()
    for line in sent:
        message = json.loads(line)
        kinds.add(message["type"])
        validator.validate(message)
    assert kinds == {"hello", "new_game", "decide", "game_over", "bye"}
    for bad in ({"type": "decide"}, {"type": "action", "id": "x", "action": {}}, {"type": "hi"}):
        assert not validator.is_valid(bad)


def test_a_program_has_no_parameters_of_ours() -> None:
    assert describe_parameters(parse_bot(odd())) == ()
