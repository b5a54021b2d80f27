"""The examples of `docs/protocol.md` do what the page says, on a real server."""

import ast
import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect as connect_in_thread

from tests.client.server import PASSWORD, PATIENCE_SECONDS, ServerProcess

pytestmark = pytest.mark.anyio

PAGE = (Path(__file__).parent.parent.parent / "docs" / "protocol.md").read_text(encoding="utf-8")
ALICE, BOB = 7, 9
"""The users of the examples; others are made until these ids exist."""
REJECT = {"type": "ActionTradeAnswer", "choose": False}
UNREADABLE = {"invalid_json", "invalid_data", "invalid_command", "invalid_settings"}


def examples(heading: str) -> list[str]:
    """Return the JSON examples of a section, whatever stands below it included, each on one line."""
    depth = heading.partition(" ")[0]
    section = re.split(rf"^#{{1,{len(depth)}}} ", PAGE.split(f"\n{heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return [json.dumps(json.loads(each)) for each in re.findall(r"```json\n(.*?)\n```", section, re.DOTALL)]


class Players:
    """A server, and the users of the examples."""

    def __init__(self, server: ServerProcess, tokens: dict[int, str]) -> None:
        self.server = server
        self.tokens = tokens

    def address(self, path: str, user: int) -> str:
        return f"{self.server.url.replace('http', 'ws')}{path}?token={self.tokens[user]}"

    def connect(self, path: str, user: int) -> connect:
        return connect(self.address(path, user))

    async def matched(self) -> int:
        """Let both queue as the page tells, and return the game."""
        (shown,) = (json.loads(each) for each in examples("## The public queue") if "match_found" in each)
        async with self.connect("/ws/queue/", ALICE) as alice, self.connect("/ws/queue/", BOB) as bob:
            found = [await heard(each) for each in (alice, bob)]
            assert found[0] == found[1] == shown | {"game_id": found[0]["game_id"]}
            for each in (alice, bob):
                with pytest.raises(ConnectionClosed) as closed:
                    await each.recv()
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 4001
        return int(found[0]["game_id"])


async def heard(socket: ClientConnection) -> Any:
    """Return the next frame."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return json.loads(await socket.recv())


@pytest.fixture
async def players(tmp_path: Path) -> AsyncIterator[Players]:
    server = ServerProcess(tmp_path / "server.db", DEBUG_COMMANDS="true", MAX_ROUNDS="1")
    await server.start()
    try:
        tokens = {}
        async with httpx.AsyncClient(base_url=server.url) as rest:
            for number in range(1, BOB + 1):
                body = {"username": f"user {number}", "password": PASSWORD, "password2": PASSWORD}
                answer = (await rest.post("/auth/register/", json=body)).json()
                tokens[answer["user"]["pk"]] = answer["tokens"]["access"]
        yield Players(server, tokens)
    finally:
        await server.stop()


async def test_a_game_goes_as_the_seven_steps_say_alone_against_a_bot(players: Players) -> None:
    steps = PAGE.partition("## A game in seven steps")[2].partition("\n## ")[0]
    assert re.findall(r"`(?:GET|POST) (\S+)`", steps) == ["/auth/register/", "/auth/login/", "/lobby/get-private-code"]
    body = json.loads(re.findall(r"with `(\{.+?\})`", steps)[0].replace("…", PASSWORD)) | {"username": "newcomer"}
    ready, start, started, throw, told = map(json.loads, examples("## A game in seven steps"))
    async with httpx.AsyncClient(base_url=players.server.url) as rest:
        answer = (await rest.post("/auth/register/", json=body)).json()
        user, access = answer["user"]["pk"], answer["tokens"]["access"]
        headers = {"Authorization": f"Bearer {access}"}
        code = (await rest.get("/lobby/get-private-code", headers=headers)).json()["code"]
    players.tokens[user] = access
    async with players.connect(f"/ws/room/{code}/", user) as room:
        for command in (ready, start):
            await room.send(json.dumps(command))
        while "game_id" not in (frame := await heard(room)):
            assert frame["action"] != "error", frame
        assert frame == started | {"game_id": frame["game_id"]}
        with pytest.raises(ConnectionClosed) as closed:
            await heard(room)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4001
    asked = -1
    async with players.connect(f"/ws/game/{frame['game_id']}/", user) as socket:
        state = (await heard(socket))["game_state"]
        # The bot may begin; a bid that it asks for is passed, and its trades are rejected.
        while (state["active_phase_player"], state["phase"]) != (user, "roll_the_dices"):
            answers = {"auction": {"type": "ActionBid", "amount": 0}, "proposal_acceptance": REJECT}
            if state["phase"] in answers and state["seq"] != asked:
                asked = state["seq"]
                await socket.send(json.dumps(answers[state["phase"]]))
            frame_of_game = await heard(socket)
            state = frame_of_game["data"] if frame_of_game["event_type"] == "game_response" else state
        await socket.send(json.dumps(throw))
        expected = json.loads(json.dumps(told))
        expected["data"] |= {"game": frame["game_id"], "player": user}
        assert await heard(socket) == expected
        answer = await heard(socket)
        assert (answer["event_type"], answer["data"]["type"]) == ("game_response", "ResponseThrowDices")


async def test_the_server_reads_every_command_of_the_queue_and_of_a_room(players: Players) -> None:
    async with players.connect("/ws/queue/", ALICE) as queue:
        (cancel,) = examples("## The public queue")[:1]
        await queue.send(cancel)
        with pytest.raises(ConnectionClosed) as closed:
            await queue.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4000
    commands = [each for each in examples("## A private room") if "command" in json.loads(each)]
    assert len(commands) == 4
    async with httpx.AsyncClient(base_url=players.server.url) as rest:
        headers = {"Authorization": f"Bearer {players.tokens[ALICE]}"}
        code = (await rest.get("/lobby/get-private-code", headers=headers)).json()["code"]
    async with players.connect(f"/ws/room/{code}/", ALICE) as alice:
        await heard(alice)
        async with players.connect(f"/ws/room/{code}/", BOB):
            await heard(alice)
            for command in commands:
                await alice.send(command)
                assert (await heard(alice)).get("code") not in UNREADABLE, command


async def test_the_server_reads_every_command_of_a_game(players: Players) -> None:
    game = await players.matched()
    cheats = examples("## Debug commands")
    actions = [
        *(each for each in examples("## Reading")),
        *examples("### You send: actions"),
        *examples("### You send: chat"),
    ]
    assert len(cheats) == 6
    assert len(actions) > 18
    async with players.connect(f"/ws/game/{game}/", ALICE) as alice:
        await heard(alice)
        for cheat in cheats:
            await alice.send(cheat)
            assert (await heard(alice)).get("event_type") == "game_state", cheat
        for action in actions:
            await alice.send(action)
            answer = await heard(alice)
            if answer["event_type"] == "game_action":
                assert (await heard(alice))["event_type"] == "game_response"
            assert answer.get("code") not in UNREADABLE, (action, answer)


async def test_two_of_the_pages_python_players_play_a_game_to_its_end(
    players: Players, capsys: pytest.CaptureFixture[str]
) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)\n```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(ast.parse(snippet), "docs/protocol.md", "exec"), names)
    game = await players.matched()

    def play(user: int) -> int:
        """Play to the end, and return how many frames came."""
        count = 0
        with connect_in_thread(players.address(f"/ws/game/{game}/", user)) as socket:

            def frames() -> Iterator[str | bytes]:
                nonlocal count
                while True:
                    frame = socket.recv(timeout=PATIENCE_SECONDS)
                    count += 1
                    yield frame
                    if json.loads(frame).get("data", {}).get("phase") == "end_game":
                        return

            names["play"](frames(), user, socket.send)
        return count

    counts = await asyncio.gather(*(asyncio.to_thread(play, user) for user in (ALICE, BOB)))
    assert min(counts) > 4
    assert capsys.readouterr().out.count("GameEnded") == 2
