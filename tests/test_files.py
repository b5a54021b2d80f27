"""Files that are written in one go: whole or not at all, and nothing is left lying about."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from magnate.client.session import SessionFile
from magnate.errors import MagnateError
from magnate.server.config_sources import load
from magnate.simulation.playing.start import load_start
from magnate.system.files import LONGEST_SETTINGS, read_whole, write_whole
from magnate.tui.preferences import stored


def test_a_file_is_replaced_in_one_go_and_has_the_usual_mode(tmp_path: Path) -> None:
    file = tmp_path / "game.jsonl"
    write_whole(file, b"old")
    write_whole(file, b"new")
    (tmp_path / "usual").touch()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "sessions.json", b"{}", private=True)
    if os.name == "posix":
        assert (tmp_path / "sessions.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", ["write", "replace"])
def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "game.jsonl"
    write_whole(file, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if where == "replace":
        monkeypatch.setattr(Path, "replace", full)
        content: object = b"new"
    else:
        content = object()  # cannot be written
    with pytest.raises((OSError, TypeError)):
        write_whole(file, content)  # type: ignore[arg-type]
    assert [each.name for each in tmp_path.iterdir()] == ["game.jsonl"]
    assert file.read_bytes() == b"old"


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"before")
    for name, target in (("link", "target"), ("to nothing yet", "new")):
        link = tmp_path / name
        link.symlink_to(target)
        write_whole(link, b"after")
        assert link.is_symlink()
        assert (tmp_path / target).read_bytes() == b"after"
    assert {file.name for file in tmp_path.iterdir()} == {"target", "link", "new", "to nothing yet"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_device_gets_the_content_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"content")
        assert os.read(reader, 100) == b"content"
    finally:
        os.close(reader)
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()


READERS: dict[str, Callable[[Path], object]] = {
    "settings of a server": lambda file: load({}, {"MAGNATE_CONFIG": str(file)}),
    "preferences": stored.load,
    "position": lambda file: load_start(file, None),
    "sessions": lambda file: SessionFile(file).servers(),
}


@pytest.mark.parametrize("reader", READERS)
def test_of_a_file_without_end_no_more_is_read_than_it_may_hold(reader: str, tmp_path: Path) -> None:
    file = tmp_path / "endless"
    with file.open("wb") as opened:
        opened.truncate(LONGEST_SETTINGS + 1)
    with pytest.raises(MagnateError, match=r"longer than 1,048,576 bytes"):
        READERS[reader](file)
    file.write_bytes(b"x" * 10)
    assert read_whole(file, 10) == b"x" * 10
    with pytest.raises(OSError, match="longer than 9 bytes"):
        read_whole(file, 9)
