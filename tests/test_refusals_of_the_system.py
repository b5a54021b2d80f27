"""Whatever the system refuses is one sentence and exit 2, in every verb; and no verb minds the streams it is given."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from magnate.cli import COMMANDS
from tests.warm import BROKEN, FULL, Case, Done, Warm

if sys.platform != "linux":
    pytest.skip("needs /dev/full, fork and limits as Linux has them", allow_module_level=True)

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
def warm() -> Iterator[Warm]:
    warm = Warm()
    yield warm
    warm.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Path:
    """Return a home folder with a database, in which a user has a name that few encodings have."""
    home = tmp_path_factory.mktemp("home")
    (home / "typed").write_text("correct horse 9\nno\n")
    made = Case(["users", "add", NAME], str(home), folders(home), stdin=str(home / "typed"))
    assert warm.run(made).code == 0
    return home


def folders(home: Path) -> dict[str, str]:
    return {"HOME": str(home), **{f"XDG_{kind}_HOME": str(home) for kind in ("DATA", "STATE", "CONFIG")}}


@pytest.fixture(scope="module")
def usual(warm: Warm, home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """Return how each verb ends where all is well."""
    return {verb: run(warm, verb, home, tmp_path_factory.mktemp("usual")) for verb in VERBS}


def run(warm: Warm, verb: str, home: Path, tmp_path: Path, **found: object) -> Done:
    environment = {**folders(home), **found.get("environment", {})}  # type: ignore[dict-item]
    streams = {"stdin": str(home / "typed"), **found, "environment": environment}
    done = warm.run(Case(arguments(verb), str(tmp_path), **streams))  # type: ignore[arg-type]
    assert done.code in (0, 1, 2), done
    assert "unexpected" not in done.err
    assert "Traceback" not in done.err
    assert "Exception ignored" not in done.err
    if done.code == 2 and found.get("stderr", "stderr") == "stderr":
        assert done.err.splitlines()[-1].startswith("magnate: error: ")
        assert done.err.count("magnate: error: ") == 1
    return done


def test_the_table_has_every_verb() -> None:
    assert {verb.split()[0] for verb in VERBS} == set(COMMANDS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("stdout", [FULL, None], ids=["full", "closed"])
def test_lost_output_is_one_sentence_and_exit_2(
    verb: str, stdout: str | None, warm: Warm, home: Path, tmp_path: Path
) -> None:
    done = run(warm, verb, home, tmp_path, stdout=stdout)
    if verb in QUIET_ON_STDOUT:
        assert done.code == 0
    else:
        assert done.code == 2
        assert done.err.splitlines()[-1].startswith("magnate: error: standard output: ")


@pytest.mark.parametrize("verb", VERBS)
def test_a_reader_that_goes_away_is_no_error_in_any_verb(verb: str, warm: Warm, home: Path, tmp_path: Path) -> None:
    done = run(warm, verb, home, tmp_path, stdout=BROKEN)
    assert done.code == (0 if verb in QUIET_ON_STDOUT else 1)
    assert "magnate: error" not in done.err


@pytest.mark.parametrize("verb", VERBS)
def test_talk_that_nobody_can_read_changes_nothing(
    verb: str, usual: dict[str, Done], warm: Warm, home: Path, tmp_path: Path
) -> None:
    done = run(warm, verb, home, tmp_path, stderr=FULL)
    assert done.code == usual[verb].code


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_minds_that_it_is_given_no_stream_at_all(verb: str, warm: Warm, home: Path, tmp_path: Path) -> None:
    done = run(warm, verb, home, tmp_path, stdin=None, stdout=None, stderr=None)
    assert done.code == (0 if verb in QUIET_ON_STDOUT else 2)


@pytest.mark.parametrize(("verb", "encoding"), [*((verb, "ascii") for verb in VERBS), ("users list", "cp1252")])
def test_no_encoding_ends_a_verb(
    verb: str, encoding: str, usual: dict[str, Done], warm: Warm, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "typed").write_bytes("\u0418\xe9\n".encode() + b"\xff\x81\n")
    done = run(warm, verb, home, tmp_path, encoding=encoding, stdin=str(tmp_path / "typed"))
    assert done.code == usual[verb].code
    if verb.endswith("json"):
        assert done.out == usual[verb].out


@pytest.mark.parametrize("encoding", ["utf-16", "cp037"])
def test_an_encoding_that_no_terminal_speaks_is_taken_for_utf_8(
    encoding: str, usual: dict[str, Done], warm: Warm, home: Path, tmp_path: Path
) -> None:
    assert run(warm, "users list", home, tmp_path, encoding=encoding) == usual["users list"]
    typed = Case(["users", "passwd", NAME], str(tmp_path), folders(home), stdin=str(home / "typed"), encoding=encoding)
    assert warm.run(typed).code == 0


@pytest.mark.parametrize("verb", VERBS)
def test_a_user_without_a_home_is_told_so(verb: str, warm: Warm, home: Path, tmp_path: Path) -> None:
    done = run(warm, verb, home, tmp_path, without_home=True)
    if verb not in WITHOUT_HOME:
        assert done.code == 2
        assert "this user has no home folder: set HOME" in done.err
    assert not (tmp_path / "~").exists()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if not verb.endswith("json")])
@pytest.mark.parametrize(
    "found",
    [
        {"folder_gone": True},
        {"files": 4},
        {"files": 7},
        {"bytes": 1_000, "stdout": os.devnull},
        {"environment": folders(Path("/dev/null"))},
        {"environment": {"MAGNATE_LOG_LEVEL": "\udcff"}},
    ],
    ids=str,
)
def test_what_the_system_refuses_is_one_sentence(
    verb: str, found: dict[str, object], warm: Warm, home: Path, tmp_path: Path
) -> None:
    run(warm, verb, home, tmp_path, **found)
