"""The player's seat in one game: what may be done from it, what the game waits for, and what has been sent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from magnate.client.game import LIMITS
from magnate.engine.actions import Action, Bid
from magnate.engine.events import AuctionClosed, Event, TurnBegan
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import GameView, bid_limits
from magnate.texts.game import game
from magnate.tui.hearing import Hearing
from magnate.tui.link import GameLink
from magnate.tui.memory import Memory
from magnate.tui.playing.source import Source
from magnate.tui.words.bargain import bargain_lines
from magnate.tui.words.moment import bidders, phase_words
from magnate.tui.words.offers import Offer, choices, listed, offers, plays
from magnate.tui.words.pacing import pace_offers
from magnate.tui.words.people import People
from magnate.tui.words.squares import called

NOT_BY_SPACE: Final = frozenset({"trade"})
"""Offers that Space does not take, as it could not finish them."""
_AT_LEISURE: Final = (Phase.BUSINESS, Phase.LIQUIDATION)
"""Phases in which one looks around; in all others the game waits for one answer."""


class Seat(Source):
    """What a screen asks before it shows or sends anything."""

    def __init__(self, link: GameLink, lang: str) -> None:
        self.link = link
        self.lang = lang
        self.shown = False
        """Whether the game has been shown once."""
        self.sent: Action | None = None
        """What was sent and is not answered yet."""
        self.queue: list[Action] = []
        """What goes out after that: the rest of a suggestion."""
        self.hearing = Hearing()
        self.memory = Memory()
        """What is known of what happened."""
        self._offers: tuple[int | None, People, Sequence[Offer]] | None = None
        """What may be done, with the cursor that it was found for: many ask between two updates, which end it."""

    @property
    def view(self) -> GameView:
        """The game as the player may see it."""
        return self.link.view

    @property
    def state(self) -> State:
        """The game as the player may see it."""
        return self.link.view

    @property
    def plays(self) -> bool:
        """Whether the player is still in a running game."""
        return self.shown and plays(self.view)

    @property
    def deadline(self) -> int | None:
        """When the phase times out; None while nobody counts (the connection is lost), or the game is further on."""
        counts = self.shown and self.link.connected and not self.link.pace.behind
        return self.link.deadline if counts else None

    def is_me(self, user: str) -> bool:
        """Whether a user is the player; nobody is where one only watches."""
        seat = self.view.viewer
        return seat >= 0 and user == self.link.seating.names[seat]

    # What was sent

    def changed(self) -> None:
        """Be told that the view has changed; it may be the same object."""
        self._offers = None

    def answered(self, events: Sequence[Event]) -> None:
        """Be told that the game went on; without events, that it was shown whole."""
        # In an auction others' bids come in between; what was sent is answered once it counts or the auction is over.
        over = any(isinstance(event, AuctionClosed) for event in events) or not events
        if over or not (isinstance(self.sent, Bid) and bid_limits(self.view, self.view.viewer) is not None):
            self.sent = None

    def lapsed(self) -> None:
        """Be told that what was sent comes to nothing."""
        self.sent, self.queue = None, []

    # What may be done

    def offers(self, cursor: int | None) -> Sequence[Offer]:
        """Return what may be done now; nothing while the last thing is on its way."""
        if not self.shown or self.sent is not None or self.people is None:
            return ()
        if self._offers is None or self._offers[:2] != (cursor, self.people):
            self._offers = (cursor, self.people, offers(self.view, self.people, cursor))
        found, draft = self._offers[2], self.hearing.draft
        if draft is None or not self.view.alive[draft.destination]:
            return found
        label = self._say("counter_to", name=self.people.name(draft.destination))
        return [replace(offer, label=label) if offer.name == "trade" else offer for offer in found]

    def first(self, cursor: int | None) -> Offer | None:
        """Return what Space does: the first thing that may be done, but for what it could not finish."""
        found = self.offers(cursor)
        return next((each for each in found if each.reason is None and each.name not in NOT_BY_SPACE), None)

    def meanwhile(self) -> Sequence[Offer]:
        """Return the pace of bots, as long as they play."""
        waits = self.shown and self.sent is None and self.view.phase is not Phase.END_GAME
        return pace_offers(self.link.pace, self.view, self.lang) if waits else ()

    def choices(self) -> tuple[int, ...]:
        """Return the squares that may be chosen now."""
        return choices(self.view) if self.shown and self.sent is None else ()

    def numbered(self, number: int) -> int:
        """Return the square that a typed number means: where targets are listed, first the one with that number."""
        targets = listed(self.view) if self.choices() else ()
        return targets[number - 1] if 1 <= number <= len(targets) else number

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth at the beginning of each round that was seen."""
        return self.memory.worths

    def since(self) -> int:
        """Return the round in which the player came."""
        return self.memory.since

    def aim(self, events: Sequence[Event], cursor: int | None) -> int | None:
        """Return where the cursor belongs after what happened: on what the player has to decide about."""
        view, stops = self.view, self.choices()
        me = view.viewer
        if stops:
            return cursor if cursor in stops else stops[0]
        if view.phase is Phase.AUCTION:
            return view.position[view.turn_seat]
        stands = view.phase is Phase.MANAGEMENT and view.phase_seat == me
        if me >= 0 and (stands or any(isinstance(event, TurnBegan) and event.seat == me for event in events)):
            return view.position[me]
        return cursor

    # In words

    def about(self) -> Sequence[str]:
        """Return what a trade that the player has to answer would mean."""
        asked = self.shown and self.view.phase is Phase.PROPOSAL_ACCEPTANCE and self.sent is None
        return bargain_lines(self.view, self.people) if self.people is not None and asked else ()

    def otherwise(self) -> str:
        """Return whom the game waits for, where the player can do nothing."""
        view, people = self.view, self.people
        if people is None or view.phase is Phase.END_GAME:
            return ""
        if self.sent is not None:
            return self._say("sent")
        if view.viewer >= 0 and not view.alive[view.viewer]:
            return people.you_are_out(view)
        if view.phase is Phase.AUCTION:
            return self._say("waiting", name=people.names_of(bidders(view)))
        waiting = self._say("waiting", name=people.name(view.phase_seat))
        return waiting if view.viewer >= 0 else f"{self._say('watching')} {waiting}"

    def status(self, cursor: int | None) -> str:
        """Return what Space does, or how a square is chosen, or whom the game waits for."""
        if self.plays and self.link.strikes == LIMITS - 1:
            return self._say("strike_last")
        if self.choices():
            return self._about_choosing(cursor)
        if self.shown and self.view.phase is Phase.END_GAME:
            return self._say("space_does", label=self._say("results"))
        first = self.first(cursor)
        return self.otherwise() if first is None else self._say("space_does", label=first.label)

    def also_waits(self, cursor: int | None, answers: str) -> str:
        """Return what the game asks while a dialog is open that answers an offer of this name, unless it is that."""
        names = [offer.name for offer in self.offers(cursor)]
        if not names or self.people is None or self.view.phase in _AT_LEISURE or answers in names:
            return ""
        return self._say("also_waits", what=phase_words(self.view, self.people))

    def _about_choosing(self, cursor: int | None) -> str:
        """Return which square Space takes, and how another one is chosen."""
        targets = listed(self.view)
        if self.people is None or cursor is None or cursor not in self.choices() or not targets:
            return self._say("choose_hint")
        return self._say("choose_listed", square=called(self.view, cursor, self.people), last=len(targets))

    def _say(self, key: str, **words: object) -> str:
        return game(key, self.lang, **words)
