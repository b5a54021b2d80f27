"""A server of one's own: it lives with the client, whatever happens to the client."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from magnate.client.errors import ServerUnreachable
from magnate.client.game import Back, Changed, GameClient
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.engine.phases import Phase
from magnate.server.config import Settings
from magnate.tui import own_server
from magnate.tui.own_server import OwnServer
from magnate.tui.starting import own_account

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 30.0


@pytest.fixture(autouse=True)
def bots_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGNATE_BOT_DELAY", "0")


CLIENT = """
import asyncio, pathlib, sys
from magnate.server.config import Settings
from magnate.tui.own_server import OwnServer

async def main():
    print(await OwnServer(pathlib.Path(sys.argv[1])).start(), flush=True)
    await asyncio.sleep(3600)

asyncio.run(main())
"""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_it_is_there_until_it_is_stopped(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "data" / "own.db")
    async with RestClient(await server.start()) as rest:
        assert (await rest.health()).status == "ok"
        await server.stop()
        with pytest.raises(ServerUnreachable):
            await rest.health()
    await server.stop()


@pytest.mark.parametrize("clock", [0, 45])
async def test_nobody_is_hurried_on_it_unless_a_clock_is_asked_for(tmp_path: Path, clock: int) -> None:
    server = OwnServer(tmp_path / "own.db", clock=clock)
    async with RestClient(await server.start()) as rest:
        await own_account(rest, "alice")
        game = GameClient(rest, await start_bot_game(rest, ("easy",)))
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for update in game.updates():
                if isinstance(update, Changed) and asked(game):
                    break
        assert (game.deadline is not None) is (clock > 0)
        await game.close()
    await server.stop()


@pytest.mark.parametrize(("clock", "delay"), [(0, 0.0), (45, Settings().bot_delay)])
def test_bots_act_at_once_on_it_unless_a_clock_runs_meanwhile(clock: int, delay: float) -> None:
    flags = OwnServer(Path("own.db"), clock=clock)._limits()
    given = dict(zip(flags[::2], flags[1::2], strict=True))
    assert float(given.get("--bot-delay", Settings().bot_delay)) == delay


def asked(game: GameClient) -> bool:
    """Whether the game waits for this player: in an auction, which a bot may begin at once, it is nobody's turn."""
    view = game.view
    return view.viewer in view.to_bid if view.phase is Phase.AUCTION else view.phase_seat == view.viewer


def kill(server: OwnServer) -> None:
    assert server._process is not None
    server._process.kill()


async def test_a_server_that_dies_is_started_again_where_it_was_and_the_game_goes_on(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "own.db")
    url = await server.start()
    async with RestClient(url) as rest, asyncio.timeout(PATIENCE_SECONDS):
        await own_account(rest, "alice")
        game = GameClient(rest, await start_bot_game(rest, ("easy",)))
        killed, back = 0, 0
        async for update in game.updates():
            if isinstance(update, Back):
                back += 1
            elif isinstance(update, Changed) and killed == back and asked(game):
                if back == 2:
                    break
                before = game.view
                kill(server)
                killed += 1
        assert game.view == before
        assert server.url == url
        await game.close()
    await server.stop()


async def test_why_a_server_cannot_be_started_again_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_server, "RESTART_WAITS", (0.0,))
    server = OwnServer(tmp_path / "own.db")
    ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    server.on_end = ended.set_result
    await server.start()
    for file in tmp_path.iterdir():
        file.unlink()
    (tmp_path / "own.db").write_text("no database at all, only words " * 20)
    kill(server)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert "own.db" in await ended
    assert server.url == ""
    await server.stop()


async def test_two_windows_have_a_server_each(tmp_path: Path) -> None:
    first, second = OwnServer(tmp_path / "own.db"), OwnServer(tmp_path / "own.db")
    assert await first.start() != await second.start()
    assert second.database == tmp_path / "own-2.db"
    assert first.remembered_as != second.remembered_as
    await first.stop()
    await second.stop()


async def test_what_keeps_it_from_starting_is_said(tmp_path: Path) -> None:
    (tmp_path / "own.db").write_text("no database at all, only words " * 20)
    server = OwnServer(tmp_path / "own.db")
    with pytest.raises(ServerUnreachable, match=r"own\.db"):
        await server.start()


async def _answers(rest: RestClient) -> bool:
    try:
        await rest.health()
    except ServerUnreachable:
        return False
    return True


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
async def test_it_ends_when_its_client_is_killed(tmp_path: Path) -> None:
    client = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CLIENT, str(tmp_path / "own.db"), stdout=asyncio.subprocess.PIPE
    )
    assert client.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        url = (await client.stdout.readline()).decode().strip()
        client.send_signal(signal.SIGKILL)
        await client.wait()
        async with RestClient(url) as rest:
            while await _answers(rest):
                pass
