"""The line mode at a table without a server, and its menu when a server refuses."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from magnate.client.errors import ServerUnreachable, SignInNeeded
from magnate.client.game import GameClient, Refused
from magnate.client.rest import RestClient
from magnate.commands._advising import advise
from magnate.engine.actions import MORTGAGE_SET, NEXT_PHASE, THROW_DICES, Bid, TradeProposal, move_to
from magnate.engine.events import BonusPaid, GameEnded, TurnBegan, Walked
from magnate.engine.phases import Phase
from magnate.engine.view import legal_actions, view_for
from magnate.texts.game import GAME
from magnate.texts.plain import PLAIN
from magnate.tui.plain.lines import Left, Lines, Quit
from magnate.tui.plain.menu import Menu
from magnate.tui.plain.table import Table as LineTable
from magnate.tui.preferences.stored import Preferences
from magnate.tui.starting import Start
from tests.tui.game import positions
from tests.tui.game.positions import BOB
from tests.tui.game.table import ME, Table


class Typed:
    """Lines that are all typed already."""

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    async def ask(self, prompt: str) -> str:
        print(prompt)
        if not self._lines:
            raise Quit
        return self._lines.pop(0)


async def play(link: Table, lines: Sequence[str], answers: Sequence[str] = ()) -> None:
    """Type lines at a table, each when all before it has been told."""
    table = LineTable(cast(GameClient, link), "en", cast(Lines, Typed(*answers)))
    telling = asyncio.create_task(table.tell())
    try:
        await table.shown.wait()
        for line in (*lines, ""):
            while not link._updates.empty():
                await asyncio.sleep(0)
            await asyncio.sleep(0)
            await table.hear(line)
    finally:
        telling.cancel()


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str]) -> "Heard":
    return Heard(capsys)


class Heard:
    """What is said in answer to typed lines."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def at(self, link: Table, *lines: str, answers: Sequence[str] = ()) -> str:
        asyncio.run(play(link, lines, answers))
        return self._capsys.readouterr().out


def test_a_number_takes_what_is_listed_by_it(heard: Heard) -> None:
    link = positions.fork()
    said = heard.at(link, "3")
    assert "3. Move to Copper Kettle Square (9): 9 steps, you can buy it for 120" in said
    assert link.sent == [move_to(9)]


@pytest.mark.parametrize("number", ["0", "4", "²", "999999999999"])
def test_a_number_that_is_not_listed_is_none_of_the_choices(heard: Heard, number: str) -> None:
    link = positions.fork()
    assert PLAIN["unknown"][0] in heard.at(link, number)
    assert link.sent == []


def test_a_number_while_nothing_is_listed_says_whom_the_game_waits_for(heard: Heard) -> None:
    link = positions.business()
    link.game.turn_seat = link.game.phase_seat = BOB
    link = positions.shown(link)
    for line in ("1", "choices"):
        said = heard.at(positions.shown(link), line)
        assert "The game waits for " in said
        assert "Bob: build and trade." in said
        assert PLAIN["unknown"][0] not in said


def test_the_time_that_is_left_is_told_with_the_list_and_the_status(heard: Heard) -> None:
    link = positions.business()
    link.deadline = int((time.time() + 1000) * 1000)
    assert heard.at(link, "status").count(" seconds are left.") == 2
    assert "left." not in heard.at(positions.business(), "status")


def test_time_that_is_over_is_0_seconds(heard: Heard) -> None:
    link = positions.business()
    link.deadline = 1000
    assert "\n0 seconds are left.\n" in heard.at(link)


def test_bids_and_trades_are_sent_as_typed(heard: Heard) -> None:
    link = positions.auction()
    heard.at(link, "bid 7")
    assert link.sent == [Bid(7)]
    link = positions.business()
    letter = "ABCD"[link.game.order.index(BOB)]
    said = heard.at(link, f"trade {letter} 100m+5 21")
    assert link.sent == [TradeProposal(BOB, 100, 0, (5,), (21,))]
    assert "By net worth you lose 180 and Bob gains it." in said


@pytest.mark.parametrize(
    ("line", "key"), [("bid", "bid_form"), ("bid -1", "bid_form"), ("trade", "trade_form"), ("say", "say_form")]
)
def test_half_an_order_says_how_it_reads(heard: Heard, line: str, key: str) -> None:
    link = positions.business()
    assert PLAIN[key][0] in heard.at(link, line)
    assert link.sent == []


def test_a_trade_that_the_rules_refuse_is_not_judged_nor_sent(heard: Heard) -> None:
    link = positions.business()
    letter = "ABCD"[link.game.order.index(BOB)]
    said = heard.at(link, f"trade {letter} 0 5m+g1")
    assert "Refused: " in said
    assert "net worth" not in said
    assert link.sent == []


def test_what_happened_is_told_once_and_again_by_log(heard: Heard) -> None:
    link = positions.business()
    link.game.phase = Phase.ROLL_THE_DICES
    said = heard.at(positions.shown(link), "log")
    assert PLAIN["nothing_told"][0] in said
    link = positions.shown(link)
    number = legal_actions(view_for(link.game, ME), ME).index(THROW_DICES) + 1
    said = heard.at(link, str(number), "log")
    assert said.count("alice rolls ") == 2


def test_a_new_round_is_told_where_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    link = positions.business()
    table = LineTable(cast(GameClient, link), "en", cast(Lines, Typed()))
    table._round = link.game.round = 2
    table._tell([TurnBegan(BOB, 7, 2)])
    assert capsys.readouterr().out == ""
    link.view.round = 3
    table._tell([TurnBegan(BOB, 8, 3), TurnBegan(ME, 9, 3)])
    assert capsys.readouterr().out == "Round 3 of 30.\n"


def test_the_end_is_told_with_the_results_alone(capsys: pytest.CaptureFixture[str]) -> None:
    link = positions.business()
    table = LineTable(cast(GameClient, link), "en", cast(Lines, Typed()))
    table._tell([Walked(ME, (0, 1)), BonusPaid("walked_squares", 200, (ME,)), GameEnded((1, 2, 3, 4), (ME,))])
    said = capsys.readouterr().out
    assert said.startswith("alice walks 1 square")
    assert said.count("\n") == 1


def test_the_list_comes_once_and_again_when_it_has_changed(heard: Heard) -> None:
    link = positions.business()
    assert heard.at(link, "say hello", "say hello").count(PLAIN["you_may"][0]) == 1
    link = positions.business()
    number = legal_actions(view_for(link.game, ME), ME).index(MORTGAGE_SET[5]) + 1
    assert heard.at(link, str(number)).count(PLAIN["you_may"][0]) == 2


@pytest.mark.parametrize(
    ("line", "pace"),
    [("pace slow", "slow"), ("ritmo rápido", "fast"), ("pace at once", "at_once"), ("ritmo", "at_once")],
)
def test_the_pace_of_bots_is_at_once_until_a_word_changes_it(heard: Heard, line: str, pace: str) -> None:
    link = positions.business()
    said = heard.at(link, line)
    assert link.pace.name == pace
    assert (PLAIN["pace_form"][0] in said) is (line == "ritmo")


def test_surrender_is_asked_for_twice(heard: Heard) -> None:
    link = positions.business()
    heard.at(link, "surrender", answers=["n"])
    assert link.sent == []
    link = positions.business()
    heard.at(link, "rendirse", answers=["y"])
    assert len(link.sent) == 1


def test_a_lost_connection_is_told_and_nothing_is_sent(heard: Heard) -> None:
    link = positions.business()
    link.lose()
    number = legal_actions(view_for(link.game, ME), ME).index(NEXT_PHASE) + 1
    said = heard.at(link, str(number))
    assert "Connection lost: the cable is cut." in said
    assert PLAIN["not_sent"][0] in said
    assert link.sent == []


def test_what_the_server_refuses_is_told_in_words_and_the_list_comes_again(heard: Heard) -> None:
    link = positions.business()
    link.tell(Refused("illegal_action", "Las casillas...", "uneven"))
    link.tell(Refused("rate_limited", "Demasiados mensajes: espera un momento.", None))
    said = heard.at(link)
    assert "Refused: The squares of a group may differ by one level at most." in said
    assert "Refused: Too many messages. Wait a moment." in said
    assert said.count(PLAIN["you_may"][0]) == 3


@pytest.mark.parametrize(("line", "wish"), [("leave", Left), ("dejar", Left), ("quit", Quit), ("salir", Quit)])
def test_leave_and_quit_are_two_things(line: str, wish: type[Exception]) -> None:
    with pytest.raises(wish):
        asyncio.run(play(positions.business(), [line]))


class TestTheMenu:
    @pytest.fixture
    def signed_in(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Note each signing in."""
        done: list[int] = []

        async def sign_in(self: Menu) -> None:
            done.append(1)

        monkeypatch.setattr(Menu, "sign_in", sign_in)
        return done

    def go(self, *lines: str, start: Start | None = None) -> None:
        """Go from the menu, typing lines, until there are no more."""
        rest = RestClient("http://127.0.0.1:9")  # where nobody answers, and nobody is signed in
        preferences = Preferences()
        place = Menu(rest, preferences, cast(Lines, Typed(*lines)), own=False)
        with pytest.raises(Quit):
            asyncio.run(place.go(start or Start()))

    def test_what_fails_is_said_and_leads_back(
        self, signed_in: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        async def unreachable(*_: object) -> int:
            raise ServerUnreachable("http://far", "a storm")

        monkeypatch.setattr(Menu, "_find_opponents", unreachable)
        self.go(start=Start(queue=True))
        said = capsys.readouterr().out
        assert "Refused: no answer from http://far: a storm" in said
        assert said.endswith(f"{PLAIN['menu'][0]}\n")
        assert signed_in == []

    def test_a_session_that_has_ended_asks_to_sign_in_again(
        self, signed_in: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        async def ended(*_: object) -> int:
            raise SignInNeeded(401, "your session has ended")

        monkeypatch.setattr(Menu, "_find_opponents", ended)
        self.go("2")
        assert PLAIN["signed_out"][0] in capsys.readouterr().out
        assert signed_in == [1]

    @pytest.mark.parametrize("entry", ["1", "5"])
    def test_a_question_of_the_menu_may_be_left(self, entry: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.go(entry, "leave")
        assert capsys.readouterr().out.count(PLAIN["menu"][0]) == 2


def test_line_mode_needs_no_textual() -> None:
    imports = "import sys, magnate.tui.plain.menu; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", imports], check=False).returncode == 0


@pytest.mark.parametrize(
    ("humans", "allowed", "fair"), [((ME,), False, True), ((ME, BOB), False, False), ((ME, BOB), True, True)]
)
def test_a_hint_ranks_the_choices_with_their_reasons_where_that_is_fair(
    capsys: pytest.CaptureFixture[str], humans: tuple[int, ...], allowed: bool, fair: bool
) -> None:
    link = positions.business()
    link.seating = replace(link.seating, hints=allowed)
    link.view.settings = replace(link.view.settings, humans=humans)
    table = LineTable(cast(GameClient, link), "en", cast(Lines, Typed()), adviser=advise)
    asyncio.run(table.hear("hint"))
    said = capsys.readouterr().out
    hints = [f"{hint.choice}: " for hint in advise(link.view, "en", table.people.name)]
    assert all(hint in said for hint in hints) is fair
    assert (GAME["hint_off"][0] in said) is not fair
    link.view.phase_seat = link.view.turn_seat = BOB
    asyncio.run(table.hear("hint"))
    assert (GAME["hint_none"][0] in capsys.readouterr().out) is fair
