"""Nothing that a bot writes to stdout, in whatever way and at whatever time, stands among results."""

import json
import subprocess
import sys
from typing import Final

import pytest

from tests import started
from tests.bots.foreign.bots import HEAD, write

WAYS: Final = {
    "print": "print('STRAY')",
    "stream": "sys.stdout.write('STRAY\\n'); sys.stdout.flush()",
    "first stream": "sys.__stdout__.write('STRAY\\n')",
    "descriptor": "os.write(1, b'STRAY\\n')",
    "child": "subprocess.run(['echo', 'STRAY'])",
    "shell": "os.system('echo STRAY')",
    "C": "ctypes.CDLL(None).puts(b'STRAY')",
}
LOUD: Final = f"""
import atexit, ctypes, os, subprocess, sys, threading
{HEAD}
WAYS = {list(WAYS.values())!r}

def loud(ways):
    for way in ways:
        exec(way)

def once(when, done=set()):
    if when not in done:
        done.add(when)
        loud(WAYS)
        threading.Thread(target=loud, args=(WAYS,)).start()

once("import")
atexit.register(loud, WAYS)

class My(Bot):
    '''Loud.'''
    def __init__(self, seed=0):
        super().__init__(seed)
        once("init")
    def decide(self, view, legal):
        once("decide")
        return NEXT_PHASE if NEXT_PHASE in legal else legal[0]
"""


def run(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    write("my_bot.py", LOUD)
    ended = started.run(*arguments)
    assert ended.returncode == 0, ended.stderr
    assert b"STRAY" in ended.stderr
    assert b"Traceback" not in ended.stderr
    return ended


@pytest.mark.skipif(sys.platform == "win32", reason="a shell and a C library as POSIX has them")
@pytest.mark.parametrize("how", [("--jobs", "1"), ("--jobs", "2"), ("--game", "1")])
def test_a_simulation_writes_its_results_alone(how: tuple[str, str]) -> None:
    ended = run(
        *("simulate", "--bot", "my_bot.py:My", "--bot", "easy", "--max-rounds", "1", "--games", "2"),
        *how,
        "--format",
        "ndjson",
    )
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {seat["bot"] for line in lines for seat in line["seats"]} == {"my_bot.py:My", "easy"}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell and a C library as POSIX has them")
def test_the_list_of_bots_is_written_alone() -> None:
    assert json.loads(run("bots", "my_bot.py:My", "--format", "json").stdout)[0]["description"] == "Loud"
