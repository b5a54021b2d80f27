"""Guests, watching and rematches through the client library, on one real server."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from magnate.client.errors import CallRefused, SocketClosed
from magnate.client.game import Again, Changed, GameClient, Refused, RematchWanted, Update, Watched
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.sockets import open_queue
from magnate.engine.actions import SURRENDER
from magnate.engine.phases import END_GAME, Phase
from magnate.protocol.legal import Legal, LegalBid
from magnate.protocol.queue import MatchFound
from tests.client.server import PASSWORD, PATIENCE_SECONDS, ServerProcess
from tests.client.test_game import until

pytestmark = pytest.mark.anyio


async def queued(rest: RestClient) -> int:
    """Wait in the public queue, and return the game."""
    async for found in await open_queue(rest.server, await rest.access_token()):
        if isinstance(found, MatchFound):
            return found.game_id
    raise AssertionError


async def until_over(game: GameClient, updates: AsyncIterator[Update]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for update in updates:
            if isinstance(update, Changed) and game.view.phase is END_GAME:
                return


async def test_a_guest_plays_and_claims_the_account_later(server: ServerProcess, tmp_path: Path) -> None:
    async with RestClient(server.url) as ana, RestClient(server.url) as other:
        profile = await ana.play_as_guest("ana")
        assert (profile.username, profile.guest) == ("ana", True)
        assert re.fullmatch(r"ana-\d+", (await other.play_as_guest("ana")).username)
        game = await start_bot_game(ana, ["easy"])
        claimed = await ana.claim("Ana", PASSWORD, PASSWORD)
        assert (claimed.pk, claimed.username, claimed.guest, claimed.active_game) == (profile.pk, "Ana", False, game)
        assert (await ana.profile()).username == "Ana"
        with pytest.raises(CallRefused) as refused:
            await ana.claim("Ana", PASSWORD, PASSWORD)
        assert refused.value.status == 409
        assert (await other.login("ana", PASSWORD)).pk == profile.pk


async def test_a_stranger_watches_two_guests_and_is_taken_along_to_the_rematch(server: ServerProcess) -> None:
    async with RestClient(server.url) as ana, RestClient(server.url) as ben, RestClient(server.url) as stranger:
        await ana.play_as_guest("ana")
        await ben.play_as_guest("ben")
        number, _ = await asyncio.gather(queued(ana), queued(ben))
        (listed,) = await stranger.games_to_watch()
        assert (listed.game_id, {each.username for each in listed.players}) == (number, {"ana", "ben"})
        games = [GameClient(ana, number, legal=True), GameClient(ben, number, legal=True),
                 GameClient(stranger, number, watch=True)]  # fmt: skip
        updates = [game.updates() for game in games]
        for each in updates:
            assert isinstance(await until(each, Changed), Changed)
        mine, theirs, watching = games
        assert watching.view.viewer == -1
        assert (watching.legal, type(mine.legal)) == (None, Legal)
        assert await until(updates[0], Watched) == Watched(1)
        await watching.act(SURRENDER)
        assert isinstance(refused := await until(updates[2], Refused), Refused)
        assert refused.code == "read_only"
        await theirs.act(SURRENDER)
        for game, each in zip(games, updates, strict=True):
            await until_over(game, each)
        await mine.ask_rematch()
        wanted = await until(updates[1], RematchWanted)
        assert isinstance(wanted, RematchWanted)
        assert wanted.waiting_for == (ben.session.user if ben.session else 0,)
        await theirs.ask_rematch()
        again = {await until(each, Again) for each in updates}
        assert len(again) == 1
        (begins,) = again
        assert isinstance(begins, Again)
        assert begins.game != number
        for game in games:
            await game.close()


async def test_a_game_that_nobody_may_watch_is_refused(rest: RestClient) -> None:
    watching = GameClient(rest, await start_bot_game(rest, ["easy"]), watch=True)
    with pytest.raises(SocketClosed) as closed:
        await until(watching.updates(), Changed)
    assert closed.value.code == 4003


async def test_a_whole_game_by_what_the_server_says_is_legal(rest: RestClient) -> None:
    game = GameClient(rest, await start_bot_game(rest, ["very_easy"]), legal=True)
    asked = False
    async with asyncio.timeout(PATIENCE_SECONDS * 2):
        async for update in game.updates():
            assert isinstance(update, Changed | Watched), update
            if isinstance(update, Watched):
                continue
            view, legal = game.view, game.legal
            assert legal is not None
            if view.phase is END_GAME:
                break
            asked = asked and not (
                update.action is not None and update.action.player == game.seating.users[view.viewer]
            )
            if asked:
                continue
            if isinstance(legal.bid, LegalBid):
                asked = await game.bid(legal.bid.least)
            elif view.phase_seat == view.viewer and view.phase is not Phase.AUCTION:
                *others, surrender = legal.actions
                asked = await game.take(others[-1] if others else surrender)
    await game.close()
    assert game.legal == Legal(())
