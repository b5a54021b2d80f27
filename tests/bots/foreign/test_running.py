"""A bot's code is run in one way: what it raises is its own fault, and what it changes of the process is put back."""

import builtins
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from magnate import cli
from magnate.bots.errors import BotError, FaultKind
from magnate.bots.loading import describe, describe_parameters, parse_bot
from magnate.bots.referee import Fault, decide
from magnate.engine.chance import Seeded
from magnate.engine.state import new_game
from tests import started
from tests.bots.foreign.bots import HEAD, answers, says, write

PLACES = ("import", "init", "decide")

RAISES = {
    "SystemExit": ("raise SystemExit(0)", "SystemExit: 0"),
    "sys.exit": ("import sys; sys.exit()", "SystemExit"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "GeneratorExit": ("raise GeneratorExit", "GeneratorExit"),
    "BaseException": ("raise BaseException('mine')", "BaseException: mine"),
    "StopIteration": ("next(iter(()))", "StopIteration"),
    "recursion": ("f = lambda again: again(again); f(f)", "RecursionError: maximum recursion depth"),
    "memory": ("raise MemoryError", "MemoryError"),
    "input": ("input()", "EOFError: EOF when reading a line"),
    "argparse": ("import argparse; argparse.ArgumentParser().parse_args(['--no'])", "SystemExit: 2"),
    "asyncio": ("import asyncio; raise asyncio.CancelledError", "CancelledError"),
}


def bot(place: str, code: str) -> str:
    """Write a bot that does something in one of the places, and return its text."""
    lines = dict.fromkeys(PLACES, "pass")
    lines[place] = code
    file = f"""{HEAD}
{lines["import"]}
class My(Bot):
    '''Mine.'''
    def __init__(self, seed: int = 0, *, depth: int = 2):
        super().__init__(seed)
        {lines["init"]}
    def decide(self, view, legal):
        {lines["decide"]}
        return legal[0]
"""
    return write("my_bot.py", file) + ":My"


def ending(text: str) -> str:
    """Return what is said of a bot that raises somewhere."""
    try:
        made = parse_bot(text).make(1)
    except BotError as error:
        return error.what
    decision = decide(made, new_game(2, Seeded(1)), 0)
    assert isinstance(decision, Fault)
    assert decision.kind is FaultKind.RAISED
    return decision.message


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", RAISES)
def test_whatever_a_bot_raises_anywhere_is_its_own_fault(name: str, place: str) -> None:
    code, words = RAISES[name]
    said = ending(bot(place, code))
    assert f"raised {words}" in said.replace(" (my_bot.py:5)", "")


@pytest.mark.parametrize("place", PLACES)
def test_a_bot_sees_no_arguments_of_magnate(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["magnate", "simulate", "--bot", "x", "--quiet"]
    monkeypatch.setattr(sys, "argv", arguments)
    code = "import argparse, sys; print(argparse.ArgumentParser().parse_args()); raise Exception(len(sys.argv))"
    assert ending(bot(place, code)).endswith(": 1")
    assert sys.argv is arguments


@pytest.mark.parametrize("place", PLACES)
def test_what_a_bot_changes_of_the_process_is_put_back(place: str, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; os.chdir('/'); sys.argv.clear(); sys.path.clear(); sys.stdout = sys.stderr = None; "
        "signal.signal(signal.SIGINT, signal.SIG_IGN); sys.meta_path.clear(); raise Exception"
    )
    before = (sys.argv[:], sys.path[:], sys.stdout, sys.stderr, sys.stdin, signal.getsignal(signal.SIGINT))
    assert "raised Exception" in ending(bot(place, code))
    assert (sys.argv, sys.path, sys.stdout, sys.stderr, sys.stdin, signal.getsignal(signal.SIGINT)) == before
    assert sys.meta_path
    assert Path.cwd() == tmp_path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("code", ["builtins.{} = None", "del builtins.{}", "builtins.{} = lambda *all: 1 / 0"])
def test_what_a_bot_makes_of_a_function_of_python_is_its_own_affair(place: str, code: str) -> None:
    """Also of those that what runs it calls, and of all at once."""
    before = dict(vars(builtins))
    for name in ("len", "str", "isinstance", "type", "Exception"):
        assert "raised" in ending(bot(place, f"import builtins; {code.format(name)}; raise KeyError"))
        assert dict(vars(builtins)) == before
    everything = "import builtins; names = [*vars(builtins)]; [builtins.__dict__.pop(name) for name in names]; nothing"
    assert "raised" in ending(bot(place, everything))
    assert dict(vars(builtins)) == before


@pytest.mark.parametrize("place", PLACES)
def test_a_bot_raises_the_depth_of_calls_for_itself_and_lowers_it_for_nobody(place: str) -> None:
    before = sys.getrecursionlimit()
    try:
        ending(bot(place, f"import sys; sys.setrecursionlimit({before - 500}); raise Exception"))
        assert sys.getrecursionlimit() == before
        ending(bot(place, f"import sys; sys.setrecursionlimit({before + 500}); raise Exception"))
        assert sys.getrecursionlimit() == before + 500
    finally:
        sys.setrecursionlimit(before)


@pytest.mark.parametrize("place", PLACES)
def test_what_a_bot_prints_goes_to_stderr(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    ending(bot(place, "print('hm'); raise Exception"))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "hm\n" in printed.err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("place", PLACES)
def test_an_exit_in_a_thread_of_a_bot_ends_nothing(place: str) -> None:
    code = "import threading, sys; t = threading.Thread(target=sys.exit); t.start(); t.join(); raise Exception('on')"
    assert ending(bot(place, code)).endswith(": on")


@pytest.mark.skipif(not hasattr(signal, "raise_signal"), reason="needs raise_signal")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("caught", [False, True])
def test_a_real_ctrl_c_ends_the_run_even_if_the_bot_catches_it(place: str, caught: bool) -> None:
    code = "exec('import signal\\ntry:\\n    signal.raise_signal(signal.SIGINT)\\nexcept BaseException:\\n    pass')"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            ending(bot(place, code if caught else "import signal; signal.raise_signal(signal.SIGINT)"))
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


ODD_CLASSES = {
    "__new__": (
        "    def __new__(cls, *args, **kwargs):\n        return 5\n",
        "TypeError: the class makes 5 and no bot",
    ),
    "__init_subclass__": (
        "    def __init_subclass__(cls):\n        raise SystemExit\nclass Sub(My): pass\n",
        "SystemExit",
    ),
    "signature": ("    __init__ = property(lambda self: 1 / 0)\n", "raised TypeError"),
    "doc": ("    __doc__ = 5\n", "raised"),
    "annotations": ("    def __init__(self, seed=0, *, k: 'exit()' = 1): pass\n", "raised SystemExit"),
    "attributes": ("    def __getattribute__(self, name):\n        raise SystemExit\n", "raised SystemExit"),
}


@pytest.mark.parametrize("name", ODD_CLASSES)
def test_a_class_of_any_kind_is_looked_at_with_the_same_care(name: str) -> None:
    body, words = ODD_CLASSES[name]
    code = f"{HEAD}\nclass My(Bot):\n    def decide(self, view, legal):\n        return legal[0]\n{body}"
    assert words in ending(write("my_bot.py", code) + ":My")


def test_a_module_whose_attributes_raise(tmp_path: Path) -> None:
    code = "def __getattr__(name):\n    raise SystemExit(name)\n"
    assert "raised SystemExit: My" in ending(write("my_bot.py", code) + ":My")


@pytest.mark.parametrize("verb", [["bots"], ["simulate", "--games", "1", "--jobs", "1", "--bot"]])
@pytest.mark.parametrize("place", ["import", "init"])
def test_the_command_says_so_and_exits_with_2(
    verb: list[str], place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["magnate", *verb, bot(place, "raise SystemExit(0)")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("magnate: error: bot 'my_bot.py:My': ")
    assert printed.err.rstrip("\n").endswith("raised SystemExit: 0") or "SystemExit (my_bot.py:5): 0" in printed.err
    assert printed.err.count("\n") == 1


def test_a_bot_at_fault_may_be_described() -> None:
    spec = parse_bot(bot("decide", "raise SystemExit"))
    assert describe(spec) == "Mine"
    assert [parameter.name for parameter in describe_parameters(spec)] == ["depth"]


def test_a_folder_that_is_gone_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    text = str(Path(write("my_bot.py", says("'here'"))).resolve())
    Path("gone").mkdir()
    monkeypatch.chdir("gone")
    os.rmdir(Path.cwd())
    assert answers(text) == ["here"]
    assert type(parse_bot("magnate.bots.value_bot:ValueBot").make(1)).__name__ == "ValueBot"


def test_bots_are_asked_in_any_thread() -> None:
    text = bot("decide", "raise SystemExit(3)")
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(ending(text)))
    thread.start()
    thread.join(60)
    assert said == ["raised SystemExit: 3"]


def test_the_bot_over_the_wire_says_so_and_exits_with_2() -> None:
    text = bot("init", "print('hm'); import argparse; argparse.ArgumentParser().parse_args(); raise SystemExit(0)")
    example = Path(__file__).parents[3] / "examples" / "wire_bot.py"
    command = [sys.executable, str(example), "--user", "u", "--bots", "easy", "--strategy", text]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.endswith("bot 'my_bot.py:My': its __init__ raised SystemExit: 0\n")


@pytest.mark.parametrize("place", ["import", "init"])
def test_the_bot_over_the_wire_does_not_end_without_a_word(place: str) -> None:
    text = bot(place, "import os; os._exit(0)")
    example = Path(__file__).parents[3] / "examples" / "wire_bot.py"
    command = [sys.executable, str(example), "--user", "u", "--bots", "easy", "--strategy", text]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    said = "error: the bot ended this process with os._exit(0)\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", said)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_that_a_bot_forks_does_not_play_on_in_its_place() -> None:
    code = "import os, sys; pid = os.fork(); pid or sys.exit(); raise Exception(os.waitpid(pid, 0)[1])"
    assert ending(bot("decide", code)) == "raised Exception: 0"


def test_a_thread_of_a_bot_that_ends_with_an_error_ends_no_run() -> None:
    code = "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()"
    ended = started.run("simulate", "--bot", bot("init", code), "--games", "1", "--quiet")
    assert ended.returncode == 0
    assert set(ended.stderr.decode().splitlines()) == {
        "magnate: a thread of a bot raised ZeroDivisionError: division by zero (my_bot.py:10)"
    }


@pytest.mark.parametrize("verb", [["bots", "easy"], ["simulate", "--games", "1", "--bot", "easy", "--bot"]])
@pytest.mark.parametrize("place", ["import", "init"])
def test_a_bot_that_ends_its_process_while_it_is_loaded_is_named(
    verb: list[str], place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["magnate", *verb, bot(place, "import os; os._exit(0)")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    said = "magnate: error: bot 'my_bot.py:My': its process ended while it was loaded (exit code 0)\n"
    assert tuple(capfd.readouterr()) == ("", said)


def test_the_code_of_a_bot_never_runs_in_the_process_that_writes_results(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code = f"import os, sys; sys.stderr.write('here' if os.getpid() == {os.getpid()} else '')"
    monkeypatch.setattr(sys, "argv", ["magnate", "simulate", "--games", "1", "--quiet", "--bot", bot("import", code)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (0, None)
    assert capfd.readouterr().err == ""


def test_what_is_wrong_with_a_bot_travels_whatever_sends_the_causes_of_errors_along(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # As tblib does, which Dask brings along.
    sends_causes = """
import copyreg
from magnate.bots.errors import BotError
def reduce(error):
    return BotError, (error.bot, error.what), {"cause": error.__cause__ and error.__cause__.__cause__}
copyreg.pickle(BotError, reduce)
class Own(Exception): pass
raise Own"""
    monkeypatch.setattr(sys, "argv", ["magnate", "bots", bot("import", sends_causes)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capfd.readouterr().err.startswith("magnate: error: bot 'my_bot.py:My': importing my_bot.py raised Own")


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of other numbers")
@pytest.mark.parametrize(
    ("place", "code", "said"),
    [
        ("import", 2, "bot 'my_bot.py:My': its process ended while it was loaded (exit code 1)"),
        ("init", 2, "bot 'my_bot.py:My': its process ended while it was loaded (exit code 1)"),
        (
            "decide",
            1,
            "a process that played games is gone in game 1 (exit code 1): it ran out of memory, or a bot ended it",
        ),
    ],
)
def test_a_bot_that_closes_the_descriptors_of_others_ends_its_process_without_a_traceback(
    place: str, code: int, said: str
) -> None:
    text = bot(place, "import os; os.closerange(3, 200)")
    ended = started.run("simulate", "--bot", text, "--games", "1", "--quiet")
    assert ended.returncode == code
    lines = [line for line in ended.stderr.decode().splitlines() if not line.endswith("these are the results so far")]
    assert lines == [f"magnate: error: {said}"]
