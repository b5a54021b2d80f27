"""What the line mode says of a game, a square and a room, and how it reads what is typed; without a process."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from magnate.client.sockets import Socket
from magnate.engine.actions import (
    MORTGAGE_SET,
    PAY_BAIL,
    Action,
    TradeProposal,
    build,
    buy_square,
    move_to,
    take_tram,
)
from magnate.engine.events import Departure
from magnate.engine.game import legal_actions
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, view_for
from magnate.protocol.room import (
    BotLevel,
    Joined,
    PlayerLeft,
    ReadyStatus,
    RoomChat,
    RoomCommand,
    RoomError,
    RoomMessage,
    RoomPlayer,
    SettingsChanged,
)
from magnate.texts.plain import COMMANDS, PLAIN, ROOM_COMMANDS, command_of
from magnate.tui.plain.lines import aloud
from magnate.tui.plain.orders import level_of, number_of, side_of, square_of, trade_of
from magnate.tui.plain.room import Room
from magnate.tui.plain.square import square_lines
from magnate.tui.plain.words import (
    choice_line,
    free_lines,
    own_lines,
    owned_lines,
    player_lines,
    result_lines,
    status_lines,
    table_lines,
    waits,
    why_lines,
)
from magnate.tui.words.people import People
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, NAMES, Table

MANUAL = Path(__file__).parents[2] / "docs" / "play.md"


class Seen:
    """A position as ME sees it, with what is listed by number."""

    def __init__(self, table: Table, lang: str = "en") -> None:
        self.state = table.game
        self.lang = lang

    @property
    def view(self) -> GameView:
        return view_for(self.state, ME)

    @property
    def people(self) -> People:
        return People.of(self.state, NAMES, ME, "city", self.lang)

    @property
    def listed(self) -> Sequence[Action]:
        return legal_actions(self.view, ME)

    def square(self, square: int) -> list[str]:
        return [aloud(line) for line in square_lines(self.view, self.people, square, self.listed)]


def leave(seen: Seen, seat: int, why: Departure) -> None:
    """Let a player have left the game."""
    seen.state.alive[seat], seen.state.eliminated, seen.state.departures = False, (seat,), (why,)


class TestTheGame:
    def test_status_says_round_pot_turn_what_is_waited_for_and_the_time(self) -> None:
        seen = Seen(positions.business())
        seen.state.pot = 70
        assert status_lines(seen.view, seen.people, 25) == [
            "Round 1 of 30. Pot 70. Your turn.",
            "The game waits for you: build and trade.",
            "25 seconds are left.",
        ]
        seen.state.turn_seat = seen.state.phase_seat = BOB
        seen.lang = "es"
        letter = seen.people.letter(BOB)
        assert status_lines(seen.view, seen.people, 1) == [
            f"Ronda 1 de 30. Bote 70. Turno de {letter} Bob.",
            f"La partida espera a {letter} Bob: construir y negociar.",
            "Queda 1 segundo.",
        ]

    def test_an_auction_says_what_is_sold_who_has_to_bid_and_no_secret(self) -> None:
        seen = Seen(positions.auction())
        seen.state.to_bid, seen.state.bids = (ME, 3), {2: 777}
        said = status_lines(seen.view, seen.people, None)
        assert said[1] == "Auction of Copper Kettle Square (9), price 120."
        assert "up to 1500" in said[2]
        assert said[3] == f"Still to bid: you, {seen.people.letter(3)} Dan."
        seen.state.to_bid, seen.state.bids = (3,), {2: 777, ME: 40}
        said = status_lines(seen.view, seen.people, None)
        assert said[2:] == ["You bid 40.", f"Still to bid: {seen.people.letter(3)} Dan."]
        assert "777" not in " ".join(said)

    def test_who_is_out_is_told_so(self) -> None:
        seen = Seen(positions.business())
        leave(seen, ME, Departure.KICKED)
        seen.state.turn_seat = seen.state.phase_seat = BOB
        assert "You are out of the game: left after three time limits. You can watch." in status_lines(
            seen.view, seen.people, None
        )
        assert (
            why_lines(seen.view, seen.people)[0]
            == "You are out of the game: left after three time limits. You can watch."
        )

    def test_money_comes_with_jail_and_time(self) -> None:
        seen = Seen(positions.jail())
        assert own_lines(seen.view, seen.people, 9) == [
            "You have 1500. You are on Jail (201).",
            "You are in jail for 3 more turns.",
            "9 seconds are left.",
        ]

    def test_a_debt_says_how_much_is_missing_and_what_would_cover_it(self) -> None:
        seen = Seen(positions.debt())
        said = own_lines(seen.view, seen.people, None)
        assert said[1] == "You need 260 more. Sell buildings, mortgage or trade."
        assert said[2].startswith("This covers it at the lowest cost: ")
        assert "Mortgage Dawn Server (5) for 150" in said[2]
        seen.state.balance[ME] = -5000
        assert own_lines(seen.view, seen.people, None)[2] == "Selling everything is not enough. Trade, or surrender."

    def test_a_trade_says_what_it_means_by_net_worth(self) -> None:
        seen = Seen(positions.answer())
        letter = seen.people.letter(BOB)
        assert table_lines(seen.view, seen.people) == [
            f"{letter} Bob gives you 100, Lemon Tree Avenue (21) for Dawn Server (5).",
            "By net worth you gain 20 and Bob loses it.",
            "1600 left.",
        ]
        assert waits(seen.view, seen.people) == "The game waits for you: answer the trade."
        assert status_lines(seen.view, seen.people, None)[0].endswith(f" {letter} Bob's turn.")

    def test_a_trade_of_others_is_told_without_a_judgement(self) -> None:
        seen = Seen(positions.answer())
        seen.state.phase_seat = 2
        seen.state.trade = TradeProposal(2, 100, 0, (21,), ())
        bob, carol = seen.people.letter(BOB), seen.people.letter(2)
        assert table_lines(seen.view, seen.people) == [
            f"{bob} Bob gives {carol} Carol 100, Lemon Tree Avenue (21) for nothing."
        ]
        assert waits(seen.view, seen.people) == f"The game waits for {carol} Carol: answer the trade."

    def test_a_card_comes_with_its_price(self) -> None:
        seen = Seen(positions.card())
        assert seen.state.card is not None
        assert table_lines(seen.view, seen.people)[0].endswith(f"It costs {seen.state.card.price}.")

    def test_a_choice_of_square_says_what_comes_of_it(self) -> None:
        seen = Seen(positions.fork())
        line = aloud(choice_line(seen.view, move_to(9), seen.people))
        assert line == "Move to Copper Kettle Square (9): 9 steps, you can buy it for 120"

    def test_paying_the_bail_for_a_roll_says_where_it_leads(self) -> None:
        seen = Seen(positions.jail())
        seen.state.jail_roll = 9
        line = aloud(choice_line(seen.view, PAY_BAIL, seen.people))
        assert line.startswith("Pay the bail of ")
        assert line.endswith(", and go to Astronomers' Gate (112): 9 steps, you can buy it for 340, 1460 left")

    def test_why_says_what_may_not_be_done(self) -> None:
        seen = Seen(positions.management())
        assert why_lines(seen.view, seen.people) == [PLAIN["all_allowed"][0]]
        seen.state.balance[ME] = 100
        assert why_lines(seen.view, seen.people) == [
            "Not now: Buy Copper Kettle Square (9) for 120. Your money does not cover the price."
        ]

    def test_why_says_whom_the_game_waits_for(self) -> None:
        seen = Seen(positions.business())
        seen.state.turn_seat = seen.state.phase_seat = BOB
        said = f"The game waits for {seen.people.letter(BOB)} Bob: build and trade."
        assert why_lines(seen.view, seen.people) == [said]

    def test_players_are_told_in_turn_order_with_what_they_have(self) -> None:
        seen = Seen(positions.jail())
        leave(seen, 2, Departure.BANKRUPT)
        said = player_lines(seen.view, seen.people)
        assert [line[0] for line in said] == list("ABCD")
        mine = said[seen.people.place(ME)]
        assert mine.endswith(", 4 squares, on Jail (201), you, 3 jail turns left.")
        assert said[seen.people.place(2)] == f"{seen.people.letter(2)} Carol: out of the game (bankrupt)."

    def test_squares_are_told_as_owned_or_as_free_and_never_both(self) -> None:
        seen = Seen(positions.business())
        seen.state.mortgaged[5] = 1
        owned = [aloud(line) for line in owned_lines(seen.view, seen.people)]
        free = free_lines(seen.view, seen.people)
        me = f"{seen.people.letter(ME)} alice"
        assert f"A1 Net Menders' Row (1): {me}, rent 10, 1 house." in owned
        assert f"Dawn Server (5): {me}, mortgaged." in owned
        assert "B3 Copper Kettle Square (9), price 120." in free
        assert len(owned) == len(positions.MINE) + len(positions.THEIRS)
        assert len(owned) + len(free) == len(seen.state.board.buyable)

    def test_the_end_says_who_won_the_ranking_and_the_bonuses(self) -> None:
        seen = Seen(positions.business())
        state, people = seen.state, seen.people
        state.phase, state.winners = Phase.END_GAME, (BOB,)
        state.balance = [100, 3000, 0, 50]
        leave(seen, 2, Departure.SURRENDER)
        state.bonuses = (("walked_squares", (BOB, 3)),)
        letters = [people.letter(seat) for seat in range(4)]
        assert result_lines(seen.view, people)[:3] == [
            "The game is over.",
            "Bob won.",
            f"Rank 1: {letters[BOB]} Bob, worth 3680, money 3000.",
        ]
        said = result_lines(seen.view, people)
        assert f"Rank 4: {letters[2]} Carol, out of the game (surrendered)." in said
        assert said[-1] == "Bonus of 200 for squares walked: Bob, Dan."
        state.winners, seen.lang = (ME,), "es"
        assert result_lines(seen.view, seen.people)[1] == "¡Has ganado!"


class TestASquare:
    def test_all_of_the_card_is_told(self) -> None:
        said = Seen(positions.business()).square(1)
        assert said[0] == "A1 Net Menders' Row (1)."
        assert said[1] == "Of alice, rent 10, 1 house."
        for line in ("District: The Quays.", "Owner: alice.", "Price: 60.", "A level costs: 50.", "Mortgage: 30."):
            assert line in said
        assert "With 1 house: 10, the rent now." in said
        assert sum("rent now" in line for line in said) == 1

    def test_who_stands_there_is_told(self) -> None:
        seen = Seen(positions.management())
        seen.state.position[BOB] = 9
        assert f"Here: you, {seen.people.letter(BOB)} Bob." in seen.square(9)
        assert "Nobody is here." in seen.square(31)

    def test_what_may_be_done_is_told_with_its_number_and_what_not_with_the_reason(self) -> None:
        seen = Seen(positions.business())
        said = seen.square(3)
        number = seen.listed.index(build(3)) + 1
        assert (
            f"You can, with the number {number}: Build 1 on Salt Barrel Lane (3) for 50: rent from 8 to 20, 1450 left."
            in said
        )
        assert "Not now: Mortgage Salt Barrel Lane (3) for 30. " in " ".join(said)
        assert seen.square(5)[-1].startswith(f"You can, with the number {seen.listed.index(MORTGAGE_SET[5]) + 1}: ")

    def test_a_free_square_says_why_it_cannot_be_bought_now(self) -> None:
        seen = Seen(positions.management())
        number = seen.listed.index(buy_square(9)) + 1
        assert (
            f"You can, with the number {number}: Buy Copper Kettle Square (9) for 120: rent 8, 1380 left."
            in seen.square(9)
        )
        assert seen.square(31)[-1] == ("Not now: Buy Mint Passage (31) for 300. You are not standing on that square.")

    def test_choosing_it_is_told_with_its_number_and_what_comes_of_it(self) -> None:
        seen = Seen(positions.fork())
        assert "If you choose it now, with the number 3: 9 steps, you can buy it for 120." in seen.square(9)
        assert "You cannot go to that square now." in seen.square(31)
        assert "You cannot go to that square now." not in Seen(positions.business()).square(31)

    def test_a_stop_of_the_tram_says_what_the_ride_costs(self) -> None:
        seen = Seen(positions.tram())
        number = seen.listed.index(take_tram(30)) + 1
        fare = seen.state.board.fare[30]
        assert f"If you choose it now, with the number {number}: the ride costs {fare}." in seen.square(30)

    def test_squares_that_nobody_owns_say_what_they_do(self) -> None:
        seen = Seen(positions.business())
        assert seen.square(20)[:2] == ["Go to Jail (20).", "You go straight to jail."]
        assert "Even: outer ring. Odd: inner ring." in seen.square(15)

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_nothing_is_said_that_a_screen_reader_spells_out(self, lang: str) -> None:
        for table in (positions.business(), positions.fork(), positions.tram(), positions.auction()):
            seen = Seen(table, lang)
            for square in seen.state.board.ids:
                said = " ".join(seen.square(square))
                assert not set(said) & set("·«»−…●○★↑✓"), said
                assert "  " not in said


class TestWhatIsTyped:
    def test_numbers_are_short_and_of_plain_digits(self) -> None:
        assert number_of("31") == 31
        assert [number_of(text) for text in ("", "-1", "²", "٣", "1.5", "9" * 5000)] == [None] * 6

    def test_a_square_is_a_number_or_a_code(self) -> None:
        view = Seen(positions.business()).view
        assert (square_of("31", view), square_of("g1", view), square_of("G1", view)) == (31, 31, 31)
        assert (square_of("99", view), square_of("Z9", view), square_of("", view)) == (None, None, None)

    @pytest.mark.parametrize(
        ("word", "side"),
        [
            ("0", (0, ())),
            ("5", (0, (5,))),  # somebody's square
            ("5m", (5, ())),
            ("5M", (5, ())),
            ("9", (9, ())),  # nobody's square: money
            ("100m+5+a2", (100, (5, 3))),
            ("100+20", (120, ())),
            ("g1", (0, (31,))),
            ("m", None),
            ("5mm", None),
            ("x", None),
            ("5+", None),
        ],
    )
    def test_a_side_of_a_trade_is_money_with_m_and_squares_that_are_owned(
        self, word: str, side: tuple[int, tuple[int, ...]] | None
    ) -> None:
        assert side_of(word, Seen(positions.business()).view) == side

    def test_a_trade_is_a_letter_and_two_sides(self) -> None:
        seen = Seen(positions.business())
        letter = seen.people.letter(BOB).lower()
        trade = trade_of([letter, "100m+5", "21"], seen.view, seen.people)
        assert trade == TradeProposal(BOB, 100, 0, (5,), (21,))
        for words in ([], [letter, "5"], ["Z", "5", "21"], [letter, "5", "21", "1"], [letter, "x", "21"]):
            assert trade_of(words, seen.view, seen.people) is None

    def test_levels_are_understood_in_both_languages(self) -> None:
        for text in ("very_hard", "Very hard", "muy difícil", "MUY DIFICIL"):
            assert level_of(text) == "very_hard"
        assert level_of("grandmaster") is None
        assert level_of("") is None

    def test_commands_are_understood_in_both_languages_with_and_without_accents(self) -> None:
        assert command_of("AYUDA") == command_of("help") == command_of("?") == "help"
        assert command_of("porqué") == command_of("why") == "why"
        assert command_of("quién", ROOM_COMMANDS) == "who"
        assert command_of("quién") is None
        assert command_of("") is None

    @pytest.mark.parametrize(("commands", "key"), [(COMMANDS, "help"), (ROOM_COMMANDS, "room_help")])
    @pytest.mark.parametrize("lang", [0, 1])
    def test_help_names_every_command_and_no_other(
        self, commands: dict[str, tuple[str, str]], key: str, lang: int
    ) -> None:
        named = [line.partition(":")[0].partition(" ")[0] for line in PLAIN[key][lang].splitlines()]
        words = [words[lang] for name, words in commands.items() if name != "help"]
        assert sorted(word for word in named if word not in ("A", "Un")) == sorted(words)

    @pytest.mark.parametrize("commands", [COMMANDS, ROOM_COMMANDS])
    def test_the_manual_names_every_command_in_both_languages(self, commands: dict[str, tuple[str, str]]) -> None:
        manual = MANUAL.read_text("utf-8").partition("## Line mode")[2].partition("\n## ")[0]
        for words in commands.values():
            for word in words:
                assert re.search(rf"`{word}\b[^`]*`", manual), word


class TestARoom:
    def room(self, lang: str = "en") -> Room:
        nobody = cast(Socket[RoomMessage, RoomCommand], None)
        return Room(nobody, "ABC123", "alice", lang, ready=False)

    def joined(self, user: str, *players: RoomPlayer, owner: str = "alice") -> Joined:
        return Joined(user, owner, False, players, BotLevel.VERY_EASY, 3)

    def test_who_comes_in_hears_who_is_here_and_the_settings(self) -> None:
        said = self.room().take(self.joined("alice", RoomPlayer("Bob", True), RoomPlayer("alice", False), owner="Bob"))
        assert said[:3] == [
            "You are in room ABC123. Others join with this code.",
            "Here: Bob, owner, ready; alice, you, not ready.",
            "Seats: 3. Bots of level very easy take the free ones.",
        ]

    def test_the_same_welcome_twice_is_told_once(self) -> None:
        room, welcome = self.room(), self.joined("alice", RoomPlayer("alice", False))
        assert room.take(welcome)
        assert room.take(welcome) == []

    def test_changes_are_told_as_they_come(self) -> None:
        room, alice, bob = self.room(), RoomPlayer("alice", False), RoomPlayer("Bo\x1bb", False)
        room.take(self.joined("alice", alice))
        assert room.take(self.joined("Bo\x1bb", alice, bob)) == ["Bo?b joined."]
        assert room.take(ReadyStatus("Bo\x1bb", True, "alice", True)) == ["Bo?b is ready."]
        assert room.take(ReadyStatus("alice", True, "alice", True)) == ["You are ready."]
        assert room.take(ReadyStatus("alice", False, "alice", True)) == ["You are no longer ready."]
        assert room.standing()[0] == "Here: alice, you, owner, not ready; Bo?b, ready."
        changed = SettingsChanged(BotLevel.HARD, 4)
        assert room.take(changed) == ["Seats: 4. Bots of level hard take the free ones."]
        assert room.take(RoomChat("Bo\x1bb", "hi\x07")) == ["Bo?b says: hi?"]

    def test_a_refusal_is_told_in_the_players_language(self) -> None:
        assert self.room().take(RoomError("Sala llena.")) == ["Refused: The room is full."]
        assert self.room("es").take(RoomError("Sala llena.")) == ["Rechazado: Sala llena."]

    def test_a_new_owner_is_told(self) -> None:
        room, alice = self.room(), RoomPlayer("alice", False)
        room.take(self.joined("alice", alice, RoomPlayer("Bob", True), owner="Bob"))
        said = room.take(PlayerLeft("Bob", "alice", True, (alice,)))
        assert said == ["Bob left.", "You are the owner now. You set seats and bots, and start the game."]
        assert room.standing()[0] == "Here: alice, you, owner, not ready."
