"""The builder of a trade to propose."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select
from textual.widgets.selection_list import Selection

from magnate.engine.actions import Action, TradeProposal
from magnate.engine.view import GameView, Reason, TradeLimits, TradeSide, sentence, trade_limits, why_not
from magnate.texts.game import game
from magnate.texts.squares import square_name
from magnate.tui.board.face import label
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.checks import CheckList
from magnate.tui.words.bargain import meaning_lines
from magnate.tui.words.people import People


class TradeDialog(GameDialog[Action]):
    """Builds a proposal: with whom, and what each side gives; answers with it."""

    answers = "trade"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "send", priority=True, id="trade.send"),
    ]

    def __init__(self, view: GameView, limits: TradeLimits, people: People, draft: TradeProposal | None = None) -> None:
        """Begin with a draft, as far as it can still be proposed, or with nothing."""
        super().__init__(people)
        self._view = view
        self._limits = limits
        self._sides = {side.seat: side for side in limits.others}
        self._draft = draft if draft is not None and draft.destination in self._sides else None

    def title_text(self) -> str:
        """Return how many proposals are left."""
        return self._left()

    def _left(self) -> str:
        return game("trade_left", self.people.lang, count=self._limits.proposals_left)

    def body(self) -> ComposeResult:
        """Lay out the other player above, both sides beside each other, and what it would mean below."""
        say, draft = self.people.say, self._draft
        partner = self._limits.others[0].seat if draft is None else draft.destination
        with Horizontal(id="partner-row"):
            yield Label(say("trade_title"), id="partner-label")
            yield Select(self._partners(), value=partner, allow_blank=False, id="partner", compact=True)
        given = (0, ()) if draft is None else (draft.offered_money, draft.offered_properties)
        gotten = (0, ()) if draft is None else (draft.asked_money, draft.asked_properties)
        yield from self._side("get", self._sides[partner], *gotten)
        yield from self._side("give", self._limits.mine, *given)
        yield Label("", id="fairness", classes="text", markup=False)

    def _partners(self) -> list[tuple[str, int]]:
        return [(f"{self.people.letter(seat)} {self.people.name(seat)}", seat) for seat in self._sides]

    def _side(self, name: str, side: TradeSide, money: int, squares: Iterable[int]) -> ComposeResult:
        with Vertical(classes="trade-side"):
            with Horizontal(classes="money"):
                yield Label(self.people.say(f"trade_{name}"), classes="heading")
                yield Label(self.people.say("trade_money"))
                yield Input(str(min(money, side.money)), type="integer", max_length=9, compact=True, id=f"{name}-money")
            yield CheckList[int](*self._squares(side, squares), id=f"{name}-squares")

    def _squares(self, side: TradeSide, ticked: Iterable[int] = ()) -> list[Selection[int]]:
        lang, board = self.people.lang, self._view.board
        found = []
        for square in side.squares:
            mark = f" ({self.people.say('mortgaged')})" if self._view.mortgaged[square] else ""
            code = f"{label(square, lang)} " if board.build_price[square] else ""
            words = f"{board.price[square]:>3} {code}{square_name(square, lang)}{mark}"
            found.append(Selection(words, square, square in ticked))
        return found

    def buttons(self) -> ComposeResult:
        """Lay out send and cancel."""
        yield Button(f"{self.people.say('send')} (^S)", variant="primary", id="send")
        yield Button(self.people.say("cancel"), id="cancel")

    def on_mount(self) -> None:
        """Begin with what is wanted."""
        wanted = self._draft is not None and self._draft.asked_properties
        first = self._limits.others[0] if self._draft is None else self._sides[self._draft.destination]
        self.query_one("#give-money" if wanted or not first.squares else "#get-squares").focus()
        self._judge()

    def asked(self, view: GameView) -> bool:
        """Say whether a trade may still be proposed."""
        return trade_limits(view, view.viewer) is not None

    def show(self, view: GameView) -> None:
        """Take what the players can give now; what is ticked stays ticked where it still can be given."""
        self._view = view
        limits = trade_limits(view, view.viewer)
        if limits is None or limits == self._limits:
            return
        self._limits, self._sides = limits, {side.seat: side for side in limits.others}
        partner = self.query_one("#partner", Select)
        before = int(str(partner.value))
        now = before if before in self._sides else limits.others[0].seat
        with self.prevent(Select.Changed):
            partner.set_options(self._partners())
            partner.value = now
        self._list("give", limits.mine)
        self._list("get", self._sides[now])
        self.query_one(".heading", Label).update(self._left())
        self._judge()

    def _list(self, name: str, side: TradeSide) -> None:
        """List anew what a side may give."""
        squares = self.query_one(f"#{name}-squares", CheckList)
        ticked = tuple(squares.selected)
        squares.clear_options()
        squares.add_options(self._squares(side, ticked))
        squares.action_first()

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
        self._list("get", self._sides[int(str(event.value))])
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
            label.update(" ".join(meaning_lines(self._view, self._view.viewer, proposal, people)))

    @property
    def draft(self) -> TradeProposal | None:
        """What was put together so far; None where that is nothing."""
        proposal = self.proposal
        return None if proposal is None or proposal == TradeProposal(proposal.destination) else proposal

    def action_send(self) -> None:
        """Answer with the proposal, if it may be made."""
        proposal = self.proposal
        if proposal is not None and why_not(self._view, self._view.viewer, proposal) is None:
            self.dismiss(proposal)

    def pressed(self, button: str) -> None:
        """Answer with the proposal."""
        self.action_send()
