"""The one sealed bid in an auction: digits, or arrows as on a slider."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label, ProgressBar

from magnate.engine.actions import Action, Bid
from magnate.engine.phases import Phase
from magnate.engine.view import BidLimits, GameView, bid_limits
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.words.effects import effect_words, effects, group_effects
from magnate.tui.words.people import People
from magnate.tui.words.squares import rents_line, title

STEP: Final = 10
LEAP: Final = 100


class Amount(Input):
    """A field for a whole number, which leaves alone the keys that no number is made of."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether the key is typed into the field."""
        return character is not None and character.isdecimal() and super().check_consume_key(key, character)


class AuctionDialog(GameDialog[Action]):
    """Asks for an amount between the limits, and answers with the bid."""

    answers = "bid"

    BINDINGS: ClassVar[list[BindingType]] = [
        # It opens by itself, maybe under the finger of one who plays on with Space: that costs nothing.
        Binding("space", "pass", "pass", show=False, priority=True, id="auction.pass"),
        Binding("up,plus", f"add({STEP})", "bid", show=False, priority=True, id="auction.more"),
        Binding("down,minus", f"add(-{STEP})", "bid", show=False, priority=True, id="auction.less"),
        Binding("pageup", f"add({LEAP})", "bid", show=False, priority=True, id="auction.much_more"),
        Binding("pagedown", f"add(-{LEAP})", "bid", show=False, priority=True, id="auction.much_less"),
    ]

    def __init__(self, view: GameView, limits: BidLimits, people: People) -> None:
        super().__init__(people)
        self._view = view
        self._limits = limits
        self._square = view.position[view.turn_seat]

    def title_text(self) -> str:
        """Return what is sold."""
        return f"{self.people.say('auction_title')}: {title(self._view, self._square, self.people).plain}"

    def body(self) -> ComposeResult:
        """Lay out price, limits, the field and the slider."""
        say = self.people.say
        price = self._view.board.price[self._square]
        group = effect_words(group_effects(self._view, self._square, self.people.lang), self.people)
        about = (say("price", amount=price), rents_line(self._view, self._square, self.people), group)
        yield Label(" · ".join(filter(None, about)), classes="tight")
        yield Label(say("auction_rule"), classes="text")
        with Horizontal(id="bidding"):
            yield Button("−", id="less", classes="step")
            yield Amount(str(min(price, self._limits.most)), type="integer", max_length=9, compact=True, id="amount")
            yield Button("+", id="more", classes="step")
        yield ProgressBar(total=max(self._limits.most, 1), show_percentage=False, show_eta=False, id="slider")
        yield Label(say("auction_most", amount=self._limits.most), id="limit", classes="hint")
        yield Label(say("auction_keys"), classes="hint")

    def buttons(self) -> ComposeResult:
        """Lay out bid and pass."""
        yield Button(self.people.say("bid"), variant="primary", id="bid")
        yield Button(f"{self.people.say('key_name_space').capitalize()}  {self.people.say('pass')}", id="pass")

    def on_mount(self) -> None:
        """Begin in the field, everything in it marked so that digits replace it."""
        field = self.query_one("#amount", Input)
        field.focus()
        field.select_all()

    def asked(self, view: GameView) -> bool:
        """Say whether the player's bid for the same square is still missing."""
        may = view.phase is Phase.AUCTION and bid_limits(view, view.viewer) is not None
        return may and view.position[view.turn_seat] == self._square

    @property
    def amount(self) -> int | None:
        """The amount in the field; None where it is no bid within the limits."""
        text = self.query_one("#amount", Input).value.strip()
        amount = int(text) if text.isdecimal() else -1
        return amount if self._limits.least <= amount <= self._limits.most else None

    def action_pass(self) -> None:
        """Answer with a bid of nothing."""
        self.dismiss(Bid(0))

    def action_add(self, change: int) -> None:
        """Raise or lower the amount, within the limits."""
        now = self.amount
        changed = min(max((self._limits.most if now is None else now) + change, self._limits.least), self._limits.most)
        field = self.query_one("#amount", Input)
        field.value = str(changed)
        field.cursor_position = len(field.value)

    @on(Input.Changed)
    def changed(self) -> None:
        """Move the slider, and say what is wrong with what is typed."""
        amount, say = self.amount, self.people.say
        button = self.query_one("#bid", Button)
        button.disabled = amount is None
        button.label = say("pass") if amount == 0 else say("bid_amount", amount=amount if amount is not None else "…")
        limit = self.query_one("#limit", Label)
        limit.set_class(amount is None, "why")
        limit.update(self._fault() if amount is None else self._within(amount))
        self.query_one("#slider", ProgressBar).update(progress=amount or 0)

    def _within(self, amount: int) -> str:
        """Return the limit, and what a bid leaves."""
        left = effect_words(effects(self._view, Bid(amount), self.people.lang), self.people).capitalize()
        return " ".join([self.people.say("auction_most", amount=self._limits.most), *([f"{left}."] if left else [])])

    def _fault(self) -> str:
        return self.people.say("auction_digits", most=self._limits.most)

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Answer with the bid, if it is one."""
        self.pressed("bid")

    def pressed(self, button: str) -> None:
        """Answer, or move the slider."""
        if button in ("less", "more"):
            self.action_add(STEP if button == "more" else -STEP)
        elif button == "pass":
            self.action_pass()
        elif self.amount is not None:
            self.dismiss(Bid(self.amount))
