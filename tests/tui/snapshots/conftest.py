"""What the tests of the pictures share: a still clock, silent sockets, and the comparison."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from syrupy.assertion import SnapshotAssertion

from magnate.tui.panels import players
from magnate.tui.screens import queue, room
from tests.tui.snapshots.pictures import Svgz, without_id
from tests.tui.snapshots.stage import NOW_MS, open_socket


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clocks, open no socket, and let no setting of this terminal count."""
    clock = SimpleNamespace(time=lambda: NOW_MS / 1000, monotonic=lambda: 0.0)
    for module in (players, queue):
        monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(queue, "open_queue", open_socket)
    monkeypatch.setattr(room, "open_room", open_socket)
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def is_as_before(snapshot: SnapshotAssertion, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], None]:
    """Compare a picture with the one that was looked at; where it differs, say which and where the new one lies."""
    pictures = snapshot.use_extension(Svgz)

    def compare(svg: str) -> None:
        if pictures == svg:
            return
        name = request.node.name
        new = tmp_path / "new.svg"
        new.write_text(without_id(svg), "utf-8")
        pytest.fail(
            f"{name}: the picture is not the one in {Svgz.dirname(test_location=pictures.test_location)};"
            f" the new one is {new} (take it with --snapshot-update)",
            pytrace=False,
        )

    return compare
