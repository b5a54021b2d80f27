"""Sessions are remembered in a file that only its owner reads."""

import stat
from pathlib import Path

import pytest

from magnate.client.errors import SessionFileError
from magnate.client.session import Session, SessionFile

ALICE = Session("alice", 1, "access", "refresh")
BOB = Session("bob", 2, "access2", "refresh2")


def test_a_session_is_remembered_for_each_server(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "new" / "sessions.json")
    file.save("http://one", ALICE)
    file.save("http://two", BOB)
    assert file.load("http://one") == ALICE
    assert SessionFile(file.path).load("http://two") == BOB
    assert file.load("http://three") is None


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "sessions.json")
    file.save("http://one", ALICE)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_a_session_can_be_forgotten(tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "sessions.json")
    file.save("http://one", ALICE)
    file.save("http://one", None)
    assert file.load("http://one") is None


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"http://one": {"username": "alice"}}', b"\xff"])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "sessions.json"
    path.write_bytes(damage)
    with pytest.raises(SessionFileError, match=r"sessions\.json: is damaged"):
        SessionFile(path).load("http://one")
    with pytest.raises(SessionFileError):
        SessionFile(path).save("http://one", ALICE)
    assert path.read_bytes() == damage


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SessionFileError, match=str(tmp_path)):
        SessionFile(tmp_path).load("http://one")
    (tmp_path / "file").touch()
    with pytest.raises(SessionFileError, match="sessions"):
        SessionFile(tmp_path / "file" / "sessions.json").save("http://one", ALICE)
