"""A game told in sentences: what happened, and what a player did, in English and Spanish.

`Narrator` makes them from the engine's events and actions, for `magnate replay` and for whoever keeps a log of a game.
"""

from collections.abc import Callable, Sequence
from typing import Final, cast

from magnate.engine.actions import Action, Bid, NextPhase, PayBail, TakeTram, TradeProposal
from magnate.engine.events import (
    BANK,
    NOBODY,
    AuctionClosed,
    AuctionOpened,
    BidMade,
    BonusPaid,
    Bought,
    Built,
    CardPlayed,
    CardShown,
    Demolished,
    Event,
    Freed,
    GameEnded,
    Jailed,
    Jumped,
    Left,
    Lifted,
    Mortgaged,
    Paid,
    PhaseSkipped,
    Proposed,
    Rolled,
    Traded,
    TurnBegan,
    Walked,
    Why,
)
from magnate.printable import printable
from magnate.texts import in_language, text_of
from magnate.texts.cards import card_effect, card_title
from magnate.texts.sentences import CATEGORIES, PURPOSES, SENTENCES
from magnate.texts.squares import square_name

HIGHEST_PLAIN_BUS: Final = 3
"""The bus die's faces above this are buses."""


class Narrator:
    """Tells a game in one language."""

    def __init__(self, names: Sequence[str] = (), lang: str = "en") -> None:
        """Take who sits where, by seat (empty or left out for who has no name), and the language, "en" or "es"."""
        self.names = [printable(name) for name in names]
        self.lang = lang

    def event(self, event: Event) -> str:
        """Return what happened, in one sentence or two."""
        return self.sentence(_TELLERS[type(event)](self, event))

    def move(self, seat: int, action: Action, events: Sequence[Event]) -> list[str]:
        """Return what `seat` did and what came of it, sentence by sentence; the next turn's beginning is left out.

        Unlike the events this knows sealed bids and the terms of a trade that has yet to be answered.
        """
        done = self._action(seat, action, events)
        told = [self.event(event) for event in events if not _goes_without_saying(event)]
        return [self.sentence(done), *told] if done else told

    def turn(self, round: int, turn: int, seat: int) -> str:
        """Return the heading of a turn."""
        return self.event(TurnBegan(seat, turn, round))

    def who(self, seat: int) -> str:
        """Return what a seat, BANK or POT is called in the middle of a sentence."""
        return self._called(seat, "")

    def some(self, things: Sequence[str]) -> str:
        """Return things as "a, b and c"."""
        if not things:
            return self.say("nothing")
        *first, last = things
        return f"{', '.join(first)} {self.say('and')} {last}" if first else last

    def square(self, square: int) -> str:
        """Return the name and the number of a square."""
        return f"{square_name(square, self.lang)} ({square})"

    def squares(self, squares: Sequence[int]) -> str:
        """Return the names and numbers of squares."""
        return self.some([self.square(square) for square in squares])

    def seats(self, seats: Sequence[int]) -> str:
        """Return what seats are called."""
        return self.some([self.who(seat) for seat in seats])

    def to(self, seat: int) -> str:
        """Return a seat, BANK or POT as the one to whom something goes."""
        return self._called(seat, "to_")

    def _called(self, seat: int, to: str) -> str:
        if seat < 0:
            return self.say(f"{to}bank" if seat == BANK else f"{to}pot")
        name = self.names[seat] if seat < len(self.names) else ""
        called = self.say(f"{to}seat", seat=seat)
        return f"{called} ({name})" if name else called

    def sentence(self, text: str) -> str:
        """Return a text with a capital letter at its beginning, unless a player's name stands there."""
        for name in self.names:
            if name and text.startswith(name) and not text[len(name) : len(name) + 1].isalnum():
                return text
        return text[:1].upper() + text[1:]

    def say(self, what: str, **words: object) -> str:
        """Return one of SENTENCES with its words filled in."""
        return text_of(SENTENCES, what, self.lang, **words)

    def _action(self, seat: int, action: Action, events: Sequence[Event]) -> str:
        """Return what an action and all its events say that each event alone does not, or nothing."""
        who = self.who(seat)
        match action:
            case PayBail(to_pay=False):
                return self.say("declined_bail", who=who)
            case TakeTram(square=square) if not events:
                return self.say("stays_at_tram", who=who, square=self.square(square))
            case NextPhase():
                turn_ends = any(isinstance(event, TurnBegan | GameEnded) for event in events)
                return self.say("skipped" if turn_ends else "goes_on", who=who)
            case Bid(amount=amount):
                return self.say("bid" if amount else "bid_pass", who=who, amount=amount)
            case TradeProposal(destination=destination):
                given = self._goods(action.offered_money, action.offered_properties)
                taken = self._goods(action.asked_money, action.asked_properties)
                return self.say("offered", who=who, to=self.to(destination), given=given, taken=taken)
        return ""

    def _goods(self, money: int, squares: Sequence[int]) -> str:
        return self.some([*([str(money)] if money else []), *(self.square(square) for square in squares)])


def _goes_without_saying(event: Event) -> bool:
    """Return whether another sentence of the same move says as much."""
    if isinstance(event, Paid):
        return event.why in (Why.PRICE, Why.BID, Why.BONUS)
    return isinstance(event, BidMade | PhaseSkipped | Proposed | TurnBegan)


# One function an event


def _rolled(tell: Narrator, event: Rolled) -> str:
    dice = {"who": tell.who(event.seat), "dice1": event.dice1, "dice2": event.dice2}
    if event.dice_bus == 0:
        return tell.say("rolled_in_jail", **dice)
    bus = event.dice_bus if event.dice_bus <= HIGHEST_PLAIN_BUS else tell.say("bus")
    return " ".join([tell.say("rolled", bus=bus, **dice), *_luck(tell, event)])


def _luck(tell: Narrator, event: Rolled) -> list[str]:
    if event.triple:
        return [tell.say("triple")]
    if event.dice1 != event.dice2:
        return []
    return [tell.say("double" if event.streak else "third_double")]


def _walked(tell: Narrator, event: Walked) -> str:
    count = len(event.path) - 1
    return tell.say("walked", who=tell.who(event.seat), count=count, square=tell.square(event.path[-1]))


def _jumped(tell: Narrator, event: Jumped) -> str:
    start, square = tell.square(event.start), tell.square(event.square)
    return tell.say("jumped", who=tell.who(event.seat), start=start, square=square)


def _jailed(tell: Narrator, event: Jailed) -> str:
    return tell.say("jailed", who=tell.who(event.seat))


def _freed(tell: Narrator, event: Freed) -> str:
    return tell.say("freed_paid" if event.paid else "freed_double", who=tell.who(event.seat))


def _paid(tell: Narrator, event: Paid) -> str:
    square = "" if event.square is None else tell.square(event.square)
    why = in_language(PURPOSES[event.why], tell.lang).format(square=square)
    return tell.say("paid", who=tell.who(event.payer), amount=event.amount, to=tell.to(event.payee), why=why)


def _card_shown(tell: Narrator, event: CardShown) -> str:
    title, effect = card_title(event.card, tell.lang), card_effect(event.card, tell.lang)
    return tell.say("card_shown", title=title, effect=effect, price=event.card.price)


def _card_played(tell: Narrator, event: CardPlayed) -> str:
    title, effect = card_title(event.card, tell.lang), card_effect(event.card, tell.lang)
    what = "card_bought" if event.bought else "card_unseen"
    told = [tell.say(what, who=tell.who(event.seat), title=title, effect=effect)]
    if event.target is not None:
        told.append(tell.say("card_target", target=tell.who(event.target), to=tell.to(event.target)))
    if event.squares:
        told.append(tell.say("card_squares", squares=tell.squares(event.squares)))
    if event.doubled is not None:
        told.append(tell.say("card_doubled" if event.doubled else "card_lost"))
    return " ".join(told)


def _bought(tell: Narrator, event: Bought) -> str:
    what = "won_auction" if event.auctioned else "bought"
    return tell.say(what, who=tell.who(event.seat), square=tell.square(event.square), price=event.price)


def _auction_opened(tell: Narrator, event: AuctionOpened) -> str:
    return tell.say("auction_opened", square=tell.square(event.square), bidders=tell.seats(event.bidders))


def _bid_made(tell: Narrator, event: BidMade) -> str:
    return tell.say("bid_made", who=tell.who(event.seat))


def _auction_closed(tell: Narrator, event: AuctionClosed) -> str:
    square = tell.square(event.square)
    if event.called_off:
        return tell.say("auction_off", square=square)
    bids = ", ".join([f"{tell.who(seat)} {amount}" for seat, amount in event.bids])
    told = [tell.say("auction_closed", square=square, bids=bids)]
    if event.winner == NOBODY:
        told.append(tell.say("auction_tie" if event.tie else "auction_no_bid"))
    return " ".join(told)


def _built(tell: Narrator, event: Built | Demolished) -> str:
    what = "built" if isinstance(event, Built) else "demolished"
    who, square = tell.who(event.seat), tell.square(event.square)
    return tell.say(what, who=who, count=event.houses, square=square)


def _mortgaged(tell: Narrator, event: Mortgaged | Lifted) -> str:
    what = "mortgaged" if isinstance(event, Mortgaged) else "lifted"
    return tell.say(what, who=tell.who(event.seat), square=tell.square(event.square))


def _proposed(tell: Narrator, event: Proposed) -> str:
    return tell.say("proposed", who=tell.who(event.seat), to=tell.to(event.destination))


def _traded(tell: Narrator, event: Traded) -> str:
    what = "traded" if event.accepted else "not_traded"
    told = [tell.say(what, who=tell.who(event.seat), other=tell.who(event.destination))]
    if event.accepted:
        for seat, squares in ((event.seat, event.offered), (event.destination, event.asked)):
            if squares:
                told.append(tell.sentence(tell.say("hands_over", who=tell.who(seat), squares=tell.squares(squares))))
    return " ".join(told)


def _skipped(tell: Narrator, event: PhaseSkipped) -> str:
    return tell.say("skipped", who=tell.who(event.seat))


def _left(tell: Narrator, event: Left) -> str:
    told = [tell.say(f"left_{event.why}", who=tell.who(event.seat))]
    if event.squares:
        told.append(tell.say("left_squares", squares=tell.squares(event.squares)))
    return " ".join(told)


def _turn_began(tell: Narrator, event: TurnBegan) -> str:
    return tell.say("turn", round=event.round, turn=event.turn, who=tell.who(event.seat))


def _bonus_paid(tell: Narrator, event: BonusPaid) -> str:
    category = in_language(CATEGORIES[event.category], tell.lang)
    return tell.say("bonus", category=category, amount=event.amount, seats=tell.seats(event.seats))


def _game_ended(tell: Narrator, event: GameEnded) -> str:
    worth = ", ".join([f"{tell.who(seat)} {amount}" for seat, amount in enumerate(event.worth)])
    winners = tell.say("won" if len(event.winners) == 1 else "shared", who=tell.seats(event.winners))
    return f"{tell.say('ended', worth=worth)} {tell.sentence(winners)}"


_TELLERS: Final = cast(
    dict[type, Callable[[Narrator, Event], str]],
    {
        Rolled: _rolled,
        Walked: _walked,
        Jumped: _jumped,
        Jailed: _jailed,
        Freed: _freed,
        Paid: _paid,
        CardShown: _card_shown,
        CardPlayed: _card_played,
        Bought: _bought,
        AuctionOpened: _auction_opened,
        BidMade: _bid_made,
        AuctionClosed: _auction_closed,
        Built: _built,
        Demolished: _built,
        Mortgaged: _mortgaged,
        Lifted: _mortgaged,
        Proposed: _proposed,
        Traded: _traded,
        PhaseSkipped: _skipped,
        Left: _left,
        TurnBegan: _turn_began,
        BonusPaid: _bonus_paid,
        GameEnded: _game_ended,
    },
)
"""How each kind of event is told."""
