"""The game screen: what may be done by key, the dialogs, the connection, and that nothing is sent twice."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable

import pytest
from textual import events
from textual.widgets import Button, Input, Label

from magnate.client.errors import SocketClosed
from magnate.client.game import Back, Changed, Refused, Said, Update
from magnate.engine.actions import (
    ACCEPT,
    REJECT,
    SURRENDER,
    TAKE_SHOWN_CARD,
    TAKE_UNSEEN_CARD,
    THROW_DICES,
    Action,
    Bid,
    Build,
    BuySquare,
    Demolish,
    DropPurchase,
    MortgageSet,
    MoveTo,
    NextPhase,
    PayBail,
    TakeTram,
    TradeProposal,
)
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.rules.holdings import give, set_level
from magnate.engine.state import Settings
from magnate.engine.view import view_for
from magnate.tui import messages
from magnate.tui.board.layout import Area
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.checks import TICK, CheckList
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.log import LogDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.players import PlayersPanel, TurnPanel
from magnate.tui.screens.game import GameScreen
from magnate.tui.words.sales import sales, suggestion
from tests.sizes import every
from tests.tui.game import positions
from tests.tui.game.playing import playing
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table, TableApp, context
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("link", "keys", "action"),
    every(
        5,
        [
            (positions.management, "b", BuySquare(9)),
            (positions.management, "d", DropPurchase(9)),
            (positions.management, "space", BuySquare(9)),
            (positions.card, "b", TAKE_SHOWN_CARD),
            (positions.card, "u", TAKE_UNSEEN_CARD),
            (positions.card, "space", TAKE_UNSEEN_CARD),
            (positions.answer, "y", ACCEPT),
            (positions.answer, "n", REJECT),
            (positions.answer, "space", REJECT),
            (positions.auction, "7 5 enter", Bid(75)),
            (positions.auction, "up enter", Bid(130)),
            (positions.auction, "pageup pageup enter", Bid(320)),
            (positions.auction, "0 enter", Bid(0)),
            (positions.fork, "7 enter", MoveTo(7)),
            (positions.fork, "enter", MoveTo(2)),
            (positions.fork, "left enter", MoveTo(7)),
            (positions.fork, "space", MoveTo(2)),
            (positions.jail, "r", THROW_DICES),
            (positions.jail, "p", PayBail(True)),
            (positions.tram, "3 0 enter", TakeTram(30)),
            (positions.tram, "s", NextPhase()),
            (positions.business, "e", NextPhase()),
            (positions.business, "3 h", Build(3)),
            (positions.business, "1 x", Demolish(1)),
            (positions.business, "5 m", MortgageSet(5)),
            (positions.business, "S y", SURRENDER),
            (positions.debt, "enter", None),
        ],
    ),
)
async def test_each_action_has_its_keys(link: object, keys: str, action: Action | None) -> None:
    assert callable(link)
    async with playing(link()) as at:
        await at.press(*keys.split())
        if action is None:
            assert isinstance(at.link.sent[0], Demolish | MortgageSet)
        else:
            assert at.link.sent == [action]


@pytest.mark.parametrize(
    ("link", "opening", "closing"),
    every(
        4,
        [
            (positions.auction, "", "enter"),
            (positions.debt, "", "escape"),
            (positions.business, "t", "escape"),
            (positions.business, "5 enter", "escape"),
            (positions.business, "g", "escape"),
            (positions.business, "S", "enter"),
            (positions.business, "escape", "escape"),
        ],
    ),
)
async def test_a_key_pressed_twice_at_once_closes_only_the_dialog(
    link: Callable[[], Table], opening: str, closing: str
) -> None:
    async with playing(link()) as at:
        await at.press(*opening.split())
        dialog = at.app.screen
        assert dialog is not at.screen
        for _ in range(2):
            at.app.post_message(events.Key(closing, None))
        await until(at.pilot, lambda: dialog not in at.app.screen_stack)
        await at.pilot.pause()
        assert at.screen in at.app.screen_stack


async def test_what_is_refused_is_said_and_not_sent() -> None:
    async with playing(positions.jail()) as at:
        await at.press("s")
        assert at.link.sent == []
        assert "You can only decline the bail after a roll." in at.notices()


async def test_the_hint_tells_cost_and_consequence_of_a_choice() -> None:
    async with playing(positions.fork()) as at:
        await at.press("9")
        assert "9 steps · you can buy it for 120" in at.hint()
        assert "Square 9" in at.status()


async def test_a_number_that_is_no_choice_is_said() -> None:
    async with playing(positions.fork()) as at:
        await at.press("8")
        assert "Square 8 cannot be chosen now." in at.status()
        await at.press("enter")
        assert at.link.sent == []
        assert "You cannot go to that square now." in at.notices()


async def test_enter_opens_the_card_of_a_square_and_its_buttons_act() -> None:
    async with playing(positions.business()) as at:
        await at.press("3", "enter")
        assert at.showing(DeedDialog)
        assert at.app.screen.query_one("#mortgage", Button).disabled
        await at.pilot.click("#build")
        await at.pilot.pause()
        assert at.link.sent == [Build(3)]


async def test_a_bid_above_the_balance_cannot_be_made() -> None:
    async with playing(positions.auction()) as at:
        assert at.showing(AuctionDialog)
        await at.press("9", "9", "9", "9", "enter")
        assert at.link.sent == []
        assert at.app.screen.query_one("#bid", Button).disabled
        assert "0 to 1500" in str(at.app.screen.query_one("#limit", Label).content)


async def test_a_dialog_that_was_closed_opens_again_by_its_key_and_not_by_itself() -> None:
    async with playing(positions.auction()) as at:
        await at.press("escape")
        assert at.showing(GameScreen)
        await at.press("a")
        assert at.showing(AuctionDialog)


async def test_a_dialog_closes_when_its_time_is_over() -> None:
    async with playing(positions.auction()) as at:
        assert at.showing(AuctionDialog)
        at.link.do(ME, Bid(0))
        await until(at.pilot, lambda: not at.showing(AuctionDialog))
        assert at.link.sent == []
        await until(at.pilot, lambda: "The auction is over." in at.notices())


@pytest.mark.parametrize("square", [21, 9])
async def test_the_card_of_a_square_that_is_not_mine_offers_nothing_to_do_with_it(square: int) -> None:
    async with playing(positions.business()) as at:
        await at.press(*str(square), "enter")
        assert at.showing(DeedDialog)
        assert [button.id for button in at.app.screen.query(Button)] == ["cancel"]
        assert not at.app.screen.query(".why")


async def test_what_space_does_is_said_only_while_no_dialog_is_open() -> None:
    async with playing(positions.business()) as at:
        assert at.status() == " Space: End the turn"
        await at.press("S")
        assert at.status().strip() == ""
        await at.press("escape")
        assert at.status() == " Space: End the turn"


async def test_arrows_go_from_button_to_button_and_space_presses_one() -> None:
    async with playing(positions.business()) as at:
        await at.press("S", "left")
        assert at.app.focused is at.app.screen.query_one("#yes")
        await at.press("right", "right", "space")
        assert at.link.sent == [SURRENDER]


async def test_a_bid_is_typed_on_behind_what_the_arrows_made() -> None:
    async with playing(positions.auction()) as at:
        await at.press("up", "5", "enter")
        assert at.link.sent == [Bid(1305)]


async def test_what_one_says_oneself_is_not_announced() -> None:
    async with playing(positions.business()) as at:
        at.link.tell(Said("Bob", "hello"))
        at.link.tell(Said("alice", "good evening"))
        await until(at.pilot, lambda: "alice: good evening" in at.screen.told)
        assert at.notices() == ["hello"]


async def test_the_money_keeps_to_the_edge_when_the_window_grows_behind_a_dialog() -> None:
    async with playing(positions.business()) as at:
        await at.press("S")
        panel = at.screen.query_one(PlayersPanel)
        for size in ((200, 60), (120, 40)):
            await at.pilot.resize_terminal(*size)
            await until(at.pilot, lambda: len(str(panel.content).splitlines()[0]) == panel.size.width)


async def test_a_trade_begins_on_the_first_square_of_the_other_side() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        dialog = at.app.screen
        assert dialog.focused is dialog.query_one("#get-squares")
        await at.press("space")
        assert dialog.query_one("#get-squares", CheckList).selected == [21]


async def test_the_four_buttons_of_a_dear_square_fit_the_smallest_screen() -> None:
    link = positions.business()
    for square in (37, 39):
        give(link.game, square, ME)
        set_level(link.game, square, 1)
    async with playing(positions.shown(link), "es") as at:
        await at.pilot.resize_terminal(80, 24)
        await at.press("3", "9", "enter")
        box = at.app.screen.query_one(".box").content_region
        buttons = at.app.screen.query(Button)
        assert len(buttons) == 4
        assert all(box.contains_region(button.region) for button in buttons)


async def test_what_is_ticked_for_a_trade_shows_without_colour() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        squares = at.app.screen.query_one("#give-squares", CheckList)
        squares.select(15)
        await at.pilot.pause()
        rows = [squares.render_line(row).text for row in range(squares.option_count)]
        assert [TICK in row for row in rows] == [False, True]


async def test_a_trade_is_built_from_both_sides_and_judged_as_it_grows() -> None:
    async with playing(positions.business()) as at:
        await at.press("t")
        dialog = at.app.screen
        assert isinstance(dialog, TradeDialog)
        assert dialog.query_one("#send", Button).disabled
        dialog.query_one("#give-squares", CheckList).select(5)
        dialog.query_one("#get-squares", CheckList).select(21)
        dialog.query_one("#get-money", Input).value = "100"
        await at.pilot.pause()
        assert "you gain 20 and Bob loses it" in str(dialog.query_one("#fairness", Label).content)
        dialog.query_one("#get-money", Input).value = "9000"
        await at.pilot.pause()
        assert "more money than they have" in str(dialog.query_one("#fairness", Label).content)
        await at.press("ctrl+s")
        assert at.link.sent == []
        dialog.query_one("#get-money", Input).value = "100"
        await at.press("ctrl+s")
        assert at.link.sent == [TradeProposal(BOB, 0, 100, (5,), (21,))]


async def test_an_offered_trade_says_what_it_means_for_the_reader() -> None:
    async with playing(positions.answer()) as at:
        assert at.showing(GameScreen)
        event = " ".join(line.plain.strip() for line in at.screen.board._words[Area.EVENT])
        assert "Bob offers alice a trade" in event
        assert "gives 100 and Lemon Tree Avenue (21)" in event
        assert "gets Dawn Server (5)" in event
        assert "you gain 20" in " ".join(str(at.screen.query_one(ActionsPanel).content).split())


async def test_a_debt_comes_with_a_suggestion_that_covers_it() -> None:
    async with playing(positions.debt()) as at:
        assert at.showing(SellDialog)
        found = suggestion(sales(at.link.view), 260)
        assert sum(sale.brings for sale in found) >= 260
        await at.pilot.click("#suggested")
        for _ in range(6):
            await at.pilot.pause()
        assert at.link.sent == [sale.action for sale in found]
        assert at.link.game.balance[ME] >= 0


async def test_a_debt_is_asked_about_after_each_sale_until_it_is_covered_or_the_player_closes() -> None:
    async with playing(positions.debt()) as at:
        dialogs = []
        for owed in (260, 235):
            await until(at.pilot, lambda: at.showing(SellDialog) and at.app.screen not in dialogs and at.app.focused)
            dialogs.append(at.app.screen)
            assert at.link.game.balance[ME] == -owed
            await at.press("enter")
        await until(at.pilot, lambda: at.showing(SellDialog) and at.app.screen not in dialogs)
        await at.press("escape")
        await at.pilot.pause()
        assert at.app.screen is at.screen


async def test_nothing_is_sent_twice() -> None:
    async with playing(positions.jail()) as at:
        gate = asyncio.Event()
        act = at.link.act

        async def slow(action: Action) -> bool:
            await gate.wait()
            return await act(action)

        at.link.act = slow  # type: ignore[method-assign]
        await at.press("r", "r", "space", "p")
        gate.set()
        await at.pilot.pause()
        assert at.link.sent == [THROW_DICES]


async def test_a_lost_connection_is_said_and_nothing_goes_out() -> None:
    async with playing(positions.jail()) as at:
        at.link.lose()
        await at.pilot.pause()
        assert "Connection lost, next attempt in 2 s (the cable is cut)" in at.status()
        await at.press("r")
        assert at.link.sent == []
        assert "No connection: nothing was sent." in at.notices()
        at.link.come_back()
        await at.pilot.pause()
        assert "Connection lost" not in at.status()
        await at.press("r")
        assert at.link.sent == [THROW_DICES]


async def test_while_the_connection_is_lost_no_clock_runs() -> None:
    async with playing(positions.jail()) as at:
        at.link.deadline = int(time.time() * 1000) + 30_000
        at.link.tell(Changed(None, ()))
        await at.pilot.pause()
        panel = at.screen.query_one(TurnPanel)
        assert panel.clock().startswith("0:")
        at.link.lose()
        await at.pilot.pause()
        assert panel.clock() == ""
        at.link.come_back()
        await at.pilot.pause()
        assert panel.clock().startswith("0:")


async def test_a_refusal_is_shown_in_the_players_language_and_the_keys_come_back() -> None:
    async with playing(positions.jail(), "es") as at:
        at.link.tell(Refused("illegal", "It is not your turn.", "not_your_turn"))
        await at.pilot.pause()
        assert "No es tu turno." in at.notices()
        await at.press("r")
        assert at.link.sent == [THROW_DICES]


async def test_chat_is_sent_and_heard_without_escapes() -> None:
    async with playing(positions.jail()) as at:
        await at.press("c", "h", "i", "1", "enter")
        assert at.link.said == ["hi1"]
        assert at.app.focused is at.screen.board
        at.link.tell(Said("Bob", "\x1b[31mred [b]"))
        at.link.tell(Said("Bob", "/emoji 0"))
        await at.pilot.pause()
        assert at.screen.told[-3:] == ["alice: hi1", "Bob: ?[31mred [b]", "Bob: 🙂"]


async def test_leaving_asks_first_and_keeps_the_seat() -> None:
    async with playing(positions.jail()) as at:
        await at.press("escape", "enter")
        assert at.showing(GameScreen)
        await at.press("escape", "shift+tab", "enter")
        await at.pilot.pause()
        assert len(at.app.screen_stack) == 1
        assert at.link.sent == []


async def test_the_log_opens_where_there_is_no_room_for_it() -> None:
    async with playing(positions.jail()) as at:
        await at.press("r", "g")
        assert at.showing(LogDialog)
        await at.press("escape")
        assert at.showing(GameScreen)


async def test_an_error_that_cannot_be_mended_goes_to_the_app() -> None:
    link = positions.jail()

    async def closed() -> AsyncGenerator[Update, None]:
        if link.connected:
            raise SocketClosed(4003, "you are no player of this game")
        yield Back()

    link.updates = closed  # type: ignore[method-assign]
    async with playing(link) as at:
        await at.pilot.pause()
        assert [type(message) for message in at.app.asked] == [messages.Failed]


async def test_keys_can_be_changed_and_the_panel_follows() -> None:
    link = positions.jail()
    screen = GameScreen(context(), link)
    app = TableApp(screen)
    app.set_keymap({"game.roll": "w"})
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert screen.keys()["roll"] == "w"
        await pilot.press("w")
        await pilot.pause()
        assert link.sent == [THROW_DICES]


async def test_pieces_walk_without_holding_up_the_next_key() -> None:
    async with playing(positions.jail(), animation=True) as at:
        at.link.game.jail_turns[ME] = 0
        at.link.game.position[ME] = 0
        at.link.chance = Scripted(dice=[1, 3, 2], then=Seeded(1))
        await at.pilot.press("r")
        await at.pilot.pause(0.01)
        assert at.link.game.position[ME] == 6
        assert at.moving()
        # The piece is still on its way, and the purchase goes out all the same.
        await at.press("b")
        assert at.link.sent == [THROW_DICES, BuySquare(6)]
        await until(at.pilot, lambda: not at.moving())
        assert at.screen.board._looks[6].tokens == (at.link.game.order.index(ME),)
        assert at.screen.board._looks[3].path


async def test_typed_digits_can_be_taken_back() -> None:
    async with playing(positions.business()) as at:
        await at.press("1", "0", "7", "backspace")
        assert "Square 10" in at.status()
        await at.press("escape")
        assert at.showing(GameScreen)
        assert "Square" not in at.status()
        await at.press("9", "9", "9", "enter")
        assert "There is no square 999." in at.notices()
        await at.press("5", "c")
        assert "Square" not in at.status()


async def test_the_home_key_goes_to_ones_own_piece() -> None:
    async with playing(positions.tram()) as at:
        await at.press("escape", "home")
        assert at.screen.board.cursor == 10


async def test_a_spectator_sees_the_game_and_may_do_nothing() -> None:
    link = positions.business()
    link.game.settings = Settings(30, ())
    link.view = view_for(link.game, -1)

    async def watched() -> AsyncGenerator[Update, None]:
        link.view = view_for(link.game, -1)
        yield Changed(None, ())

    link.updates = watched  # type: ignore[method-assign]
    async with playing(link) as at:
        await at.press("e", "t", "c", "S")
        assert at.link.sent == []
        assert at.showing(GameScreen)
        assert "You are watching. Waiting for alice…" in at.status()
