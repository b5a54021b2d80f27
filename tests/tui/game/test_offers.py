"""Offers of other players stand in the panel: what they mean, how they are answered, and how they are kept away."""

import pytest

from magnate.client.game import Changed
from magnate.engine.actions import ACCEPT, REJECT, TradeProposal
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table
from tests.tui.game.test_following import Playing, playing
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio

CAROL = 2
FIRST_OF_A, LAST_OF_A = 1, 3


def offer(
    link: Table, *, seat: int = BOB, turn: int = 1, offered: tuple[int, ...] = (), asked: tuple[int, ...] = ()
) -> None:
    """Let somebody whose turn it is offer ME a trade."""
    game = link.game
    game.turn_seat, game.phase_seat, game.turn, game.phase = seat, ME, turn, Phase.PROPOSAL_ACCEPTANCE
    game.trade = TradeProposal(ME, 50, 0, offered, asked)
    link.tell(Changed(None, ()))


def panel(at: Playing) -> str:
    return " ".join(str(at.screen.query_one(ActionsPanel).content).split())


async def answered(at: Playing, *sent: object) -> None:
    await until(at.pilot, lambda: at.link.sent == list(sent))
    await until(at.pilot, lambda: at.screen.seat.sent is None)


@pytest.mark.parametrize(("lang", "yes"), [("en", "y"), ("es", "s")])
async def test_an_offer_opens_nothing_and_is_answered_by_two_keys(lang: str, yes: str) -> None:
    for key, action in ((yes, ACCEPT), ("n", REJECT), ("space", REJECT)):
        async with playing(positions.answer(), lang) as at:
            assert isinstance(at.app.screen, GameScreen)
            assert at.screen.keys()["accept"] == yes
            await at.press(key)
            await answered(at, action)


async def test_an_offer_says_what_it_completes_for_whom() -> None:
    link = positions.business()
    set_level(link.game, FIRST_OF_A, 0)
    give(link.game, LAST_OF_A, BOB)
    async with playing(positions.shown(link)) as at:
        offer(at.link, offered=(LAST_OF_A,))
        await until(at.pilot, lambda: "Completes group A (The Quays) for you." in panel(at))
        offer(at.link, asked=(FIRST_OF_A,))
        await until(at.pilot, lambda: "Completes group A (The Quays) for Bob." in panel(at))
        offer(at.link, asked=(5,))
        await until(at.pilot, lambda: "Completes" not in panel(at) and "net worth" in panel(at))


async def test_no_more_offers_this_turn_holds_for_this_turn() -> None:
    async with playing(positions.answer()) as at:
        at.link.game.turn = 1
        offer(at.link, asked=(5,))
        await until(at.pilot, lambda: at.screen.view.turn == 1)
        await at.press("d")
        await answered(at, REJECT)
        offer(at.link, asked=(5,))
        await answered(at, REJECT, REJECT)
        assert "turned down" in at.screen.told[-1] or "turned down" in " ".join(at.screen.told)
        offer(at.link, turn=2, asked=(5,))
        await until(at.pilot, lambda: "Accept" in panel(at))
        assert at.link.sent == [REJECT, REJECT]


async def test_no_more_offers_of_a_player_holds_for_the_game_until_they_are_wanted_again() -> None:
    async with playing(positions.answer()) as at:
        await at.press("x")
        await answered(at, REJECT)
        offer(at.link, turn=2, asked=(5,))
        await answered(at, REJECT, REJECT)
        offer(at.link, seat=CAROL, turn=3, asked=(5,))
        await until(at.pilot, lambda: "Accept" in panel(at))
        await at.press("X", "n")
        await answered(at, REJECT, REJECT, REJECT)
        offer(at.link, turn=4, asked=(5,))
        await until(at.pilot, lambda: "Accept" in panel(at))
        assert len(at.link.sent) == 3


async def test_a_counter_offer_turns_down_and_waits_for_ones_own_turn() -> None:
    async with playing(positions.answer()) as at:
        await at.press("t")
        await answered(at, REJECT)
        game = at.link.game
        game.phase, game.turn_seat, game.phase_seat, game.trade = Phase.BUSINESS, ME, ME, None
        at.link.tell(Changed(None, ()))
        await until(at.pilot, lambda: "Counter-offer to Bob" in panel(at))
        await at.press("t")
        await until(at.pilot, lambda: at.showing(TradeDialog))
        dialog = at.app.screen
        assert isinstance(dialog, TradeDialog)
        assert dialog.proposal == TradeProposal(BOB, 0, 100, (5,), (21,))
