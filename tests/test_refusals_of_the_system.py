"""Whatever the system refuses is one sentence and exit 2, in every verb; and no verb minds the streams it is given."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from magnate.cli import COMMANDS
from tests import started
from tests.started import CLOSED, Machine

if sys.platform != "linux":
    pytest.skip("needs /dev/full, fork and limits as Linux has them", allow_module_level=True)

FULL = Path("/dev/full")
USUAL = Machine()
Ended = subprocess.CompletedProcess[bytes]

RECORD = Path(__file__).parent / "golden" / "two.jsonl"
NAME = "Игорь"

FEW = ("--bot", "easy", "--games", "2", "--max-rounds", "1", "--jobs", "1")
VERBS: dict[str, tuple[str, ...]] = {
    "bots": (),
    "bots as json": ("--format", "json"),
    "config": (),
    "db backup": (),
    "db check": (),
    "db migrate": (),
    "games list": (),
    "games list as json": ("--format", "json"),
    "logout": (),
    "play": ("--plain", "--server", "http://127.0.0.1:9", "--user", NAME),
    "replay": (str(RECORD), "--to-move", "3"),
    "replay as json": ("--json", str(RECORD), "--to-move", "3"),
    "serve": ("--port", "0", "--stop-with-stdin"),
    "simulate": FEW,
    "simulate as json": (*FEW, "--format", "json"),
    "simulate into files": (*FEW, "--db", "new.db", "--record", "records"),
    "users list": (),
    "users list as json": ("--format", "json"),
    "version": (),
}
"""A command line of each verb, by the words that name it: what follows " as " and the like is for the eye."""

QUIET_ON_STDOUT = {"db migrate", "logout", "serve", "db check"}
"""What is not harmed when nobody can read its standard output: it has nothing to say there, or does not need it."""
WITHOUT_HOME = {"bots", "bots as json", "replay", "replay as json", "version"} | {
    verb for verb in VERBS if verb.startswith("simulate")
}
"""What keeps nothing in the user's folders."""


def arguments(verb: str) -> list[str]:
    words = verb.split()
    return [*words[: 2 if words[0] in ("db", "games", "users") else 1], *VERBS[verb]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder with a database, in which a user has a name that few encodings have."""
    home = tmp_path_factory.mktemp("home")
    (home / "typed").write_text("correct horse 9\nno\n")
    made = started.run("users", "add", NAME, environment=folders(home), stdin=home / "typed", folder=home)
    assert made.returncode == 0
    return home


def folders(home: Path) -> dict[str, str]:
    return {"HOME": str(home), **{f"XDG_{kind}_HOME": str(home) for kind in ("DATA", "STATE", "CONFIG")}}


@pytest.fixture(scope="module")
def usual(home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """Return how each verb ends where all is well."""
    return {verb: run(verb, home, tmp_path_factory.mktemp("usual")) for verb in VERBS}


@pytest.fixture
def broken() -> Iterator[int]:
    """Open a pipe whose reader is gone."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


def run(
    verb: str,
    home: Path,
    folder: Path,
    *,
    stdin: Path | int | None = None,
    stdout: Path | int | None = None,
    stderr: Path | int | None = None,
    environment: Mapping[str, str] | None = None,
    machine: Machine = USUAL,
) -> Ended:
    done = started.run(
        *arguments(verb),
        environment={**folders(home), **(environment or {})},
        stdin=home / "typed" if stdin is None else stdin,
        stdout=stdout,
        stderr=stderr,
        folder=folder,
        machine=machine,
    )
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode in (0, 1, 2), done
    assert "unexpected" not in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    if done.returncode == 2 and stderr is None:
        assert said.splitlines()[-1].startswith("magnate: error: ")
        assert said.count("magnate: error: ") == 1
    return done


def test_the_table_has_every_verb() -> None:
    assert {verb.split()[0] for verb in VERBS} == set(COMMANDS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("stdout", [FULL, CLOSED], ids=["full", "closed"])
def test_lost_output_is_one_sentence_and_exit_2(verb: str, stdout: Path | int, home: Path, tmp_path: Path) -> None:
    done = run(verb, home, tmp_path, stdout=stdout)
    if verb in QUIET_ON_STDOUT:
        assert done.returncode == 0
    else:
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith(b"magnate: error: standard output: ")


@pytest.mark.parametrize("verb", VERBS)
def test_a_reader_that_goes_away_is_no_error_in_any_verb(verb: str, broken: int, home: Path, tmp_path: Path) -> None:
    done = run(verb, home, tmp_path, stdout=broken)
    assert done.returncode == (0 if verb in QUIET_ON_STDOUT else 1)
    assert b"magnate: error" not in done.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_talk_that_nobody_can_read_changes_nothing(
    verb: str, usual: dict[str, Ended], home: Path, tmp_path: Path
) -> None:
    done = run(verb, home, tmp_path, stderr=FULL)
    assert done.returncode == usual[verb].returncode


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_minds_that_it_is_given_no_stream_at_all(verb: str, home: Path, tmp_path: Path) -> None:
    done = run(verb, home, tmp_path, stdin=CLOSED, stdout=CLOSED, stderr=CLOSED)
    assert done.returncode == (0 if verb in QUIET_ON_STDOUT else 2)


@pytest.mark.parametrize(("verb", "encoding"), [*((verb, "ascii") for verb in VERBS), ("users list", "cp1252")])
def test_no_encoding_ends_a_verb(verb: str, encoding: str, usual: dict[str, Ended], home: Path, tmp_path: Path) -> None:
    (tmp_path / "typed").write_bytes("\u0418\xe9\n".encode() + b"\xff\x81\n")
    environment = {"PYTHONIOENCODING": encoding}
    done = run(verb, home, tmp_path, environment=environment, stdin=tmp_path / "typed")
    assert done.returncode == usual[verb].returncode
    if verb.endswith("json"):
        assert done.stdout == usual[verb].stdout


@pytest.mark.parametrize("encoding", ["utf-16", "cp037"])
def test_an_encoding_that_no_terminal_speaks_is_taken_for_utf_8(
    encoding: str, usual: dict[str, Ended], home: Path, tmp_path: Path
) -> None:
    environment = {"PYTHONIOENCODING": encoding}
    listed, expected = run("users list", home, tmp_path, environment=environment), usual["users list"]
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, expected.stdout, expected.stderr)
    typed = started.run("users", "passwd", NAME, environment=folders(home) | environment, stdin=home / "typed")
    assert typed.returncode == 0


@pytest.mark.parametrize("verb", VERBS)
def test_a_user_without_a_home_is_told_so(verb: str, home: Path, tmp_path: Path) -> None:
    done = run(verb, home, tmp_path, machine=Machine(without_home=True))
    if verb not in WITHOUT_HOME:
        assert done.returncode == 2
        assert b"this user has no home folder: set HOME" in done.stderr
    assert not (tmp_path / "~").exists()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if not verb.endswith("json")])
@pytest.mark.parametrize("machine", [Machine(folder_gone=True), Machine(files=4), Machine(files=7)], ids=str)
def test_what_the_system_refuses_is_one_sentence(verb: str, machine: Machine, home: Path, tmp_path: Path) -> None:
    run(verb, home, tmp_path, machine=machine)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if not verb.endswith("json")])
def test_a_file_that_may_grow_no_more_is_one_sentence(verb: str, home: Path, tmp_path: Path) -> None:
    run(verb, home, tmp_path, stdout=Path(os.devnull), machine=Machine(bytes=1_000))


@pytest.mark.parametrize("verb", [verb for verb in VERBS if not verb.endswith("json")])
@pytest.mark.parametrize("environment", [folders(Path("/dev/null")), {"MAGNATE_LOG_LEVEL": "\udcff"}], ids=str)
def test_an_environment_that_cannot_be_used_is_one_sentence(
    verb: str, environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    run(verb, home, tmp_path, environment=environment)
