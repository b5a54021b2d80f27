"""Trades: the builder for a proposal, and the answer to one."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select
from textual.widgets.selection_list import Selection

from magnate.engine.actions import ACCEPT, REJECT, Action, TradeProposal
from magnate.engine.view import GameView, Reason, TradeLimits, TradeSide, sentence, why_not
from magnate.texts.game import game
from magnate.texts.squares import square_name
from magnate.tui.board.face import label
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.checks import CheckList
from magnate.tui.words.fairness import fairness, gain
from magnate.tui.words.moment import trade_terms
from magnate.tui.words.people import People


class TradeDialog(GameDialog[Action]):
    """Builds a proposal: with whom, and what each side gives; answers with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "send", priority=True, id="trade.send"),
    ]

    def __init__(
        self, view: GameView, limits: TradeLimits, people: People, other: int | None = None, asked: int | None = None
    ) -> None:
        """Begin with nothing on the table; or with a square that the player wants of another one."""
        super().__init__(people)
        self._view = view
        self._limits = limits
        self._first = limits.others[0].seat if other is None else other
        self._asked = asked
        self._sides = {side.seat: side for side in limits.others}

    def title_text(self) -> str:
        """Return how many proposals are left."""
        return game("trade_left", self.people.lang, count=self._limits.proposals_left)

    def body(self) -> ComposeResult:
        """Lay out the other player above, both sides beside each other, and what it would mean below."""
        say = self.people.say
        partners = [(f"{self.people.letter(seat)} {self.people.name(seat)}", seat) for seat in self._sides]
        with Horizontal(id="partner-row"):
            yield Label(say("trade_title"), id="partner-label")
            yield Select(partners, value=self._first, allow_blank=False, id="partner", compact=True)
        with Horizontal(id="sides"):
            yield from self._side("give", self._limits.mine)
            yield from self._side("get", self._sides[self._first])
        yield Label("", id="fairness", classes="text", markup=False)

    def _side(self, name: str, side: TradeSide) -> ComposeResult:
        with Vertical(classes="side"):
            yield Label(self.people.say(f"trade_{name}"), classes="heading")
            with Horizontal(classes="money"):
                yield Label(self.people.say("trade_money"))
                yield Input("0", type="integer", max_length=9, compact=True, id=f"{name}-money")
            yield CheckList[int](*self._squares(side), id=f"{name}-squares")

    def _squares(self, side: TradeSide) -> list[Selection[int]]:
        lang, board = self.people.lang, self._view.board
        found = []
        for square in side.squares:
            mark = f" ({self.people.say('mortgaged')})" if self._view.mortgaged[square] else ""
            code = f"{label(square, lang)} " if board.build_price[square] else ""
            words = f"{board.price[square]:>3} {code}{square_name(square, lang)}{mark}"
            found.append(Selection(words, square, square == self._asked))
        return found

    def buttons(self) -> ComposeResult:
        """Lay out send and cancel."""
        yield Button(f"{self.people.say('send')} (^S)", variant="primary", id="send")
        yield Button(self.people.say("cancel"), id="cancel")

    def on_mount(self) -> None:
        """Begin with what is wanted."""
        wants = self._asked is None and self._sides[self._first].squares
        self.query_one("#get-squares" if wants else "#give-money").focus()
        self._judge()

    @property
    def proposal(self) -> TradeProposal | None:
        """The trade as it lies on the table; None where an amount is no number."""
        money = [self.query_one(f"#{name}-money", Input).value.strip() or "0" for name in ("give", "get")]
        if not all(amount.isdecimal() for amount in money):
            return None
        squares = [tuple(sorted(self.query_one(f"#{name}-squares", CheckList).selected)) for name in ("give", "get")]
        partner = self.query_one("#partner", Select).value
        return TradeProposal(int(str(partner)), int(money[0]), int(money[1]), squares[0], squares[1])

    @on(Select.Changed)
    def partner_changed(self, event: Select.Changed) -> None:
        """Show what the other player has."""
        squares = self.query_one("#get-squares", CheckList)
        squares.clear_options()
        squares.add_options(self._squares(self._sides[int(str(event.value))]))
        squares.action_first()
        self._judge()

    @on(Input.Changed)
    @on(CheckList.SelectedChanged)
    def _judge(self) -> None:
        """Say what the trade would mean, or why it may not be proposed."""
        proposal, people = self.proposal, self.people
        label, send = self.query_one("#fairness", Label), self.query_one("#send", Button)
        reason = None if proposal is None else why_not(self._view, self._view.viewer, proposal)
        send.disabled = proposal is None or reason is not None
        label.set_class(send.disabled and reason is not Reason.TRADE_EMPTY, "why")
        if proposal is None:
            label.update(sentence(Reason.TRADE_MONEY_NEGATIVE, people.lang))
        elif reason is Reason.TRADE_EMPTY:
            label.update(people.say("trade_nothing_yet"))
        elif reason is not None:
            label.update(sentence(reason, people.lang))
        else:
            label.update(fairness(gain(self._view, proposal), people.name(proposal.destination), people))

    def action_send(self) -> None:
        """Answer with the proposal, if it may be made."""
        proposal = self.proposal
        if proposal is not None and why_not(self._view, self._view.viewer, proposal) is None:
            self.dismiss(proposal)

    def pressed(self, button: str) -> None:
        """Answer with the proposal."""
        self.action_send()


class AnswerDialog(GameDialog[Action]):
    """Shows the trade that the player is offered, and answers with yes or no to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "take('accept')", "accept", show=False, id="answer.accept"),
        Binding("n", "take('reject')", "reject", show=False, id="answer.reject"),
    ]

    def __init__(self, view: GameView, people: People) -> None:
        super().__init__(people)
        assert view.trade is not None
        self._view = view
        self._trade = view.trade
        self._reason = why_not(view, view.viewer, ACCEPT)

    def title_text(self) -> str:
        """Return who asks."""
        return self.people.say("trade_answer_title", name=self.people.name(self._view.turn_seat))

    def body(self) -> ComposeResult:
        """Lay out what the reader would get and give, and what it would mean."""
        gives, gets = trade_terms(_turned(self._trade, self._view.turn_seat), self.people)
        yield Label(f"{self.people.say('trade_get')}: {gets.partition(' ')[2]}", classes="text", markup=False)
        yield Label(f"{self.people.say('trade_give')}: {gives.partition(' ')[2]}", classes="text", markup=False)
        name = self.people.name(self._view.turn_seat)
        yield Label(fairness(-gain(self._view, self._trade), name, self.people), classes="text", markup=False)
        if self._reason is not None:
            yield Label(sentence(self._reason, self.people.lang), classes="why")

    def buttons(self) -> ComposeResult:
        """Lay out yes and no."""
        accept, reject = self.people.say("accept"), self.people.say("reject")
        yield Button(f"Y  {accept}", variant="success", id="accept", disabled=self._reason is not None)
        yield Button(f"N  {reject}", variant="error", id="reject")

    def on_mount(self) -> None:
        """Begin on no."""
        self.query_one("#reject").focus()

    def action_take(self, answer: str) -> None:
        """Answer by a key."""
        if not self.query_one(f"#{answer}", Button).disabled:
            self.pressed(answer)

    def pressed(self, button: str) -> None:
        """Answer yes or no."""
        self.dismiss(ACCEPT if button == "accept" else REJECT)


def _turned(trade: TradeProposal, proposer: int) -> TradeProposal:
    """Return a trade as the other side sees it."""
    return TradeProposal(
        proposer, trade.asked_money, trade.offered_money, trade.asked_properties, trade.offered_properties
    )
