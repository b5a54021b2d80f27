"""A game socket that is opened with `?legal=1`, on a real server (protocol: What is legal)."""

import pytest

from tests.server.wire.conftest import Start
from tests.server.wire.process import Server, bot_game, matched, new_user, new_users

pytestmark = pytest.mark.anyio


async def test_a_client_without_any_rule_plays_a_whole_game_from_what_it_is_told(server: Server) -> None:
    user = await new_user(server)
    game = await bot_game(user, players=3)
    async with user.open(f"/ws/game/{game}/?legal=1") as socket:
        waits = False  # for what comes of its own action
        while True:
            frame = await socket.receive()
            if frame["event_type"] == "game_action":
                waits = waits and frame["data"]["player"] != user.pk
                continue
            assert frame["event_type"] in ("game_state", "game_response"), frame
            legal = frame["legal"]
            told = frame.get("game_state") or frame["data"]
            if told["phase"] == "end_game":
                assert legal == {"actions": []}
                break
            if waits:
                continue
            waits = "bid" in legal or (told["active_phase_player"] == user.pk and told["phase"] != "auction")
            if "bid" in legal:
                await socket.send({"type": "ActionBid", "amount": legal["bid"]["least"]})
            elif waits:
                *others, surrender = legal["actions"]
                await socket.send(others[-1] if others else surrender)


async def test_errors_tell_it_too_whatever_is_refused(start: Start) -> None:
    server = start(FRAME_BURST=5, FRAMES_PER_SECOND=1)
    alice, bob = await new_users(server, 2)
    game = await matched([alice, bob])
    async with alice.open(f"/ws/game/{game}/?legal=1") as socket, alice.open(f"/ws/game/{game}/?legal=yes") as plain:
        legal = (await socket.receive())["legal"]
        assert legal["actions"][-1] == {"type": "ActionSurrender", "cost": 0}
        assert "legal" not in await plain.receive()
        await socket.send({"type": "ActionMoveTo", "square": 7})
        for _ in range(7):
            await socket.send("nonsense")
        refused = [await socket.receive() for _ in range(8)]
        assert {frame["code"] for frame in refused} > {"invalid_json", "rate_limited"}
        assert all(frame["legal"] == legal for frame in refused)
