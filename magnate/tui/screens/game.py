"""The game: follows the connection, shows what happens, and sends what the player decides, once."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from magnate.client.errors import ClientError, SignInNeeded, SocketClosed
from magnate.client.game import LIMITS, Again, Back, Changed, Lost, Refused, RematchWanted, Said, Update, Watched
from magnate.engine.actions import REJECT, SURRENDER, Action, Bid, TradeProposal
from magnate.engine.events import AuctionClosed, Event, TurnBegan
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.engine.view import GameView, Reason, bid_limits, sentence, trade_limits
from magnate.protocol.chat import EMOJI_COMMAND
from magnate.protocol.errors import ProtocolError
from magnate.texts.refusals import refusal
from magnate.tui import messages
from magnate.tui.context import Context
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.base import GameDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.emoji import EmojiDialog
from magnate.tui.dialogs.estate import EstateDialog
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.dialogs.sell import SellDialog
from magnate.tui.dialogs.trade import TradeDialog
from magnate.tui.hearing import Hearing
from magnate.tui.link import GameLink
from magnate.tui.memory import Gap, Memory
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.log import Log
from magnate.tui.panels.players import TurnPanel
from magnate.tui.past import past_steps
from magnate.tui.playing.calling import Calling, sequence
from magnate.tui.playing.pacing import other_pace, pace_offers, pace_words
from magnate.tui.presence import PresenceApp
from magnate.tui.screens.table import TableScreen
from magnate.tui.words.bargain import bargain_lines
from magnate.tui.words.brought import brought_lines
from magnate.tui.words.decided import decided
from magnate.tui.words.moment import bidders, phase_words
from magnate.tui.words.offers import BINDING_IDS, KEYS, Offer, choice_action, choices, listed, offers, plays
from magnate.tui.words.people import People
from magnate.tui.words.sales import sales
from magnate.tui.words.squares import called
from magnate.tui.words.story import spoken

_ON_BOARD: Final = frozenset({"move", "tram"})
"""Offers that are taken by choosing a square, so that they need no key of their own."""

_BY_ITSELF: Final = ("bid", "sell")
"""Offers whose dialog opens by itself."""
_NOT_BY_SPACE: Final = frozenset({"trade"})
"""Offers that Space does not take, as it could not finish them."""
_AT_LEISURE: Final = (Phase.BUSINESS, Phase.LIQUIDATION)
"""Phases in which one looks around; in all others the game waits for one answer."""


class GameScreen(TableScreen):
    """One game that the player takes part in, or watches."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(KEYS[name], f"take('{name}')", f"key_{name}", id=BINDING_IDS[name])
            for name in KEYS
            if name not in _ON_BOARD
        ),
        Binding("space", "default", "default", show=False, id="game.default"),
        Binding("c", "chat", "chat", id="game.chat"),
        Binding("l", "estate", "estate", show=False, id="game.estate"),
        Binding("j", "emoji", "emoji", show=False, id="game.emoji"),
        Binding("S", "surrender", "surrender", show=False, id="game.surrender"),
        Binding("z", "skip", "pace_skip", show=False, id="game.skip"),
        Binding("plus", "pace(1)", "pace_faster", show=False, id="game.faster"),
        Binding("minus", "pace(-1)", "pace_slower", show=False, id="game.slower"),
        Binding("X", "hear", "hear", show=False, id="game.hear"),
    ]

    def __init__(self, context: Context, link: GameLink) -> None:
        super().__init__(context)
        self.link = link
        self._shown = False
        """Whether the game has been shown once."""
        self._sent: Action | None = None
        """What was sent and is not answered yet."""
        self._queue: list[Action] = []
        """What goes out after that: the rest of a suggestion."""
        self._hearing = Hearing()
        self._calling = Calling()
        self._banner = ""
        self._asked: tuple[object, ...] = ()
        """The decision that a dialog was opened for by itself, so that it opens once."""
        self.memory = Memory()
        """What is known of what happened."""
        self._ended = False
        self._offers: tuple[int | None, People, Sequence[Offer]] | None = None
        """What may be done, with the cursor that it was found for: many ask between two updates, which end it."""
        self._strikes = 0
        """Time limits in a row that the player has let pass, as far as the player was told."""
        self._offered: tuple[str, ...] = ()
        """What was offered when the footer was made."""

    # The game

    @property
    def state(self) -> State:
        """The game as the player may see it."""
        return self.link.view

    @property
    def view(self) -> GameView:
        """The game as the player may see it."""
        return self.link.view

    @property
    def deadline(self) -> int | None:
        """When the phase times out; None while nobody counts (the connection is lost), or the game is further on."""
        counts = self._shown and self.link.connected and not self.link.pace.behind
        return self.link.deadline if counts else None

    def compose(self) -> ComposeResult:
        """Add the line that one talks in."""
        yield from super().compose()
        yield Input(placeholder=self.say("chat_hint"), max_length=500, compact=True, id="chat")

    def on_mount(self) -> None:
        """Connect."""
        super().on_mount()
        self.query_one("#chat").display = False
        self._banner = self.say("loading")
        self.show_status()
        self.set_interval(1, self._tick)
        self.follow()

    def on_unmount(self) -> None:
        """Be heard no more."""
        self._ended = True

    def _tick(self) -> None:
        if self.stays:
            self.query_one(TurnPanel).tick()

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Take what comes until the screen closes; what cannot be mended is the app's."""
        try:
            async for update in self.link.updates():
                if not self.stays:
                    return
                self.take(update)
        except SignInNeeded:
            self.post_message(messages.SessionOver())
        except ClientError as error:
            if not self._ended:
                self.post_message(messages.Failed(error))
        except ProtocolError as error:
            self.post_message(messages.Failed(SocketClosed(0, str(error))))

    def take(self, update: Update) -> None:
        """Show one update."""
        self._offers = None  # the view may be the same object, changed
        match update:
            case Changed(events=events):
                self._changed(events)
            case Said(user=user, msg=msg):
                self.tell([self.say("said", name=spoken(user), text=spoken(msg))])
                if not self._is_me(user):
                    self.notify(spoken(msg), title=spoken(user), timeout=4, markup=False)
            case Refused(message=message, reason=reason):
                self._sent, self._queue = None, []
                self.notify(self._refusal(message, reason), severity="warning", markup=False)
            case Lost(why=why, wait=wait):
                self._sent, self._queue = None, []
                self._banner = self.say("lost", seconds=max(round(wait), 1), why=refusal(why, self.lang))
                self.query_one("#status").add_class("lost")
            case Back():
                self.notify(self.say("back"), timeout=3)
            case RematchWanted(user_id, waiting_for):
                self._tell_wish(user_id, waiting_for)
            case Again(game=number):
                self.post_message(messages.PlayAgain(number, watch=self.view.viewer < 0))
            case Watched():
                return
        self.show_table()
        self.show_status()
        self.refresh_bindings()

    def on_board_view_moved(self) -> None:
        """Offer what may be done with the square under the cursor."""
        if self._offered != self._names():
            self.refresh_bindings()

    def refresh_bindings(self) -> None:
        """Make the footer anew, which is too slow for every step of the cursor."""
        self._offered = self._names()
        super().refresh_bindings()

    def _names(self) -> tuple[str, ...]:
        """Return the names of what may be done now."""
        return tuple(offer.name for offer in self.offers()) if self._shown and self.stays else ()

    def _refusal(self, message: str, reason: str | None) -> str:
        """Return a refusal in the player's language, as far as there are words for it."""
        return sentence(Reason(reason), self.lang) if reason in set(Reason) else refusal(message, self.lang)

    def _changed(self, events: Sequence[Event]) -> None:
        view = self.view
        self._banner = ""
        self.query_one("#status").remove_class("lost")
        # In an auction others' bids come in between; what was sent is answered once it counts or the auction is over.
        over = any(isinstance(event, AuctionClosed) for event in events) or not events
        if over or not (isinstance(self._sent, Bid) and bid_limits(view, view.viewer) is not None):
            self._sent = None
        if self.people is None:
            self.learn_pieces()
        if self.people is None or not events:
            self._hearing = self.context.hearing(self.link.seating.game)
            self.begin(view, self.link.seating.names, view.viewer, self.link.seating.levels)
        self._shown = True
        if events:
            self.memory.take(events, view, self.link.seq)
        elif (gap := self.memory.begin(view, self.link.seq)) is not None:
            self.recall_gap(gap, (len(self.chronicle.lines), self.query_one("#log", Log).length))
        self._warn()
        if self._calling.calls(view) and self._sent is None and not self._hearing.turns_down(view):
            self._call()
        self.happened(events)
        self._aim(events)
        self._follow()
        if self._hearing.turns_down(view) and self._sent is None:
            self.tell([self.say("turned_down", name=spoken(self.link.seating.names[view.turn_seat]))])
            self._send(REJECT)
        elif self._queue and self._sent is None:
            self._send(self._queue.pop(0))
        elif not self.moving:
            self.settled()

    @work(group="pieces")
    async def learn_pieces(self) -> None:
        """Ask what each plays with; where the server does not say, the letters stay."""
        with contextlib.suppress(ClientError):
            self.pieces = tuple([await self.context.rest.piece_of(user) for user in self.link.seating.users])
            if self.people is not None:
                self.people = replace(self.people, pieces=self.pieces)
            self.show_table()

    def _warn(self) -> None:
        """Say, each time that another time limit has passed, what the third one does."""
        before, self._strikes = self._strikes, self.link.strikes
        if self._strikes > before and self._plays:
            last = self._strikes == LIMITS - 1
            words = self.say("strike_last" if last else "strike")
            self.tell([words])
            self.notify(words, severity="error" if last else "warning", timeout=20 if last else 8)
            self.app.bell()

    def _call(self) -> None:
        """Call the player, who may look elsewhere while others play."""
        if isinstance(self.app, PresenceApp):
            self.app.call_player(sequence(self.context.preferences.call, self.say("call")))

    def attended(self) -> None:
        """Be told that a key was pressed or the mouse clicked: tell the server, where it counts time limits."""
        if self._plays and self.link.strikes:
            self.say_here()

    @work(group="here", exclusive=True)
    async def say_here(self) -> None:
        """Let the count of time limits begin anew."""
        if await self.link.here():
            self._strikes = 0
            self.notify(self.say("strikes_over"), timeout=3)
            self.show_status()

    @work(group="past")
    async def recall_gap(self, gap: Gap, place: tuple[int, int]) -> None:
        """Tell what was missed at its place in the log, and lay the dice of this turn on the table again."""
        steps = await past_steps(self.context.rest, self.link.seating.game, *gap)
        if steps and self.stays:
            self.memory.recall(gap, steps)
            self.recall(steps, place)

    def _aim(self, events: Sequence[Event]) -> None:
        """Put the cursor on what the player has to decide about."""
        view = self.view
        stops = self.choices()
        if stops and self.board.cursor not in stops:
            self.board.cursor = stops[0]
        elif view.viewer >= 0 and view.phase is Phase.MANAGEMENT and view.phase_seat == view.viewer and not stops:
            self.board.cursor = view.position[view.viewer]
        elif view.phase is Phase.AUCTION:
            self.board.cursor = view.position[view.turn_seat]
        elif any(isinstance(event, TurnBegan) and event.seat == view.viewer for event in events):
            self.board.cursor = view.position[view.viewer]

    # What may be done

    def offers(self) -> Sequence[Offer]:
        """Return what may be done now; nothing while the last thing is on its way."""
        if not self._shown or self._sent is not None or self.people is None:
            return ()
        cursor = self.board.cursor
        if self._offers is None or self._offers[:2] != (cursor, self.people):
            self._offers = (cursor, self.people, offers(self.view, self.people, cursor))
        found, draft = self._offers[2], self._hearing.draft
        if draft is None or not self.view.alive[draft.destination]:
            return found
        label = self.say("counter_to", name=self.people.name(draft.destination))
        return [replace(offer, label=label) if offer.name == "trade" else offer for offer in found]

    def about(self) -> Sequence[str]:
        """Return what a trade that the player has to answer would mean."""
        people, asked = self.people, self._shown and self.view.phase is Phase.PROPOSAL_ACCEPTANCE
        return bargain_lines(self.view, people) if people is not None and asked and self._sent is None else ()

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth at the beginning of each round that was seen."""
        return self.memory.worths

    def since(self) -> int:
        """Return the round in which the player came."""
        return self.memory.since

    def meanwhile(self) -> Sequence[Offer]:
        """Return the pace of bots, as long as they play."""
        waits = self._shown and self._sent is None and self.view.phase is not Phase.END_GAME
        return pace_offers(self.link.pace, self.view, self.lang) if waits else ()

    def choices(self) -> tuple[int, ...]:
        """Return the squares that may be chosen now."""
        return choices(self.view) if self._shown and self._sent is None else ()

    def numbered(self, number: int) -> int:
        """Return the square that a typed number means: where targets are listed, first the one with that number."""
        targets = listed(self.view) if self.choices() else ()
        return targets[number - 1] if 1 <= number <= len(targets) else number

    def otherwise(self) -> str:
        """Return whom the game waits for."""
        view, people = self.view, self.people
        if people is None or view.phase is Phase.END_GAME:
            return ""
        if self._sent is not None:
            return self.say("sent")
        if view.viewer >= 0 and not view.alive[view.viewer]:
            return people.you_are_out(view)
        if view.phase is Phase.AUCTION:
            return self.say("waiting", name=people.names_of(bidders(view)))
        waiting = self.say("waiting", name=people.name(view.phase_seat))
        return waiting if view.viewer >= 0 else f"{self.say('watching')} {waiting}"

    def status(self) -> str:
        """Return the line below the board."""
        if self._banner:
            return self._banner
        if self._plays and self.link.strikes == LIMITS - 1:
            return self.say("strike_last")
        if not self.on_top:
            return self._also_waits()  # the dialog above has keys of its own
        if self.choices():
            return self._about_choosing()
        if self._shown and self.view.phase is Phase.END_GAME:
            return self.say("space_does", label=self.say("results"))
        first = self._first()
        return self.otherwise() if first is None else self.say("space_does", label=first.label)

    def _about_choosing(self) -> str:
        """Return which square Space takes, and how another one is chosen."""
        cursor, targets = self.board.cursor, listed(self.view)
        if self.people is None or cursor not in self.choices() or not targets:
            return self.say("choose_hint")
        return self.say("choose_listed", square=called(self.view, cursor, self.people), last=len(targets))

    def _first(self) -> Offer | None:
        """Return what Space does: the first thing that may be done, but for what it could not finish."""
        return next((each for each in self.offers() if each.reason is None and each.name not in _NOT_BY_SPACE), None)

    def _also_waits(self) -> str:
        """Return what the game asks meanwhile, where it is not what the open dialog answers."""
        names = {offer.name: offer for offer in self.offers()}
        top = self.app.screen
        if not names or self.view.phase in _AT_LEISURE or (isinstance(top, GameDialog) and top.answers in names):
            return ""
        return self.say("also_waits", what=phase_words(self.view, self.people) if self.people is not None else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that matter now; grey what is refused, which still says why."""
        if action == "take":
            return any(offer.name == parameters[0] for offer in self.offers())
        if action in ("surrender", "chat", "emoji", "estate"):
            return self._plays
        if action == "skip":
            return self._plays and not self.offers()
        if action == "hear":
            return not self._hearing.hears_all
        return True

    def _is_me(self, user: str) -> bool:
        """Whether a user is the viewer; nobody is where one only watches."""
        seat = self.view.viewer
        return seat >= 0 and user == self.link.seating.names[seat]

    @property
    def _plays(self) -> bool:
        """Whether the viewer is still in a running game."""
        if not self._shown:
            return False
        return plays(self.view)

    @on(ActionsPanel.Taken)
    def clicked(self, event: ActionsPanel.Taken) -> None:
        """Take the offer that was clicked, if it still stands."""
        if event.offer in self.offers():
            self._take(event.offer)
        elif event.offer in self.meanwhile():
            match event.offer.name:
                case "skip":
                    self.action_skip()
                case name:
                    self.action_pace(1 if name == "faster" else -1)

    def action_skip(self) -> None:
        """Show at once all that happens until the player has to decide."""
        self.link.pace.skip()
        self.show_table()

    def action_pace(self, change: int) -> None:
        """Show bots faster or slower from now on, in later games too."""
        pace, preferences = self.link.pace, self.context.preferences
        pace.name = other_pace(pace.name, change)
        self.post_message(messages.PreferencesChanged(replace(preferences, pace=pace.name)))
        self.notify(pace_words(pace.name, self.lang), timeout=2)
        self.show_table()

    def action_take(self, name: str) -> None:
        """Take the first offer of that name."""
        offer = next((each for each in self.offers() if each.name == name), None)
        if offer is not None:
            self._take(offer)

    def _take(self, offer: Offer) -> None:
        """Take an offer: send it, open its dialog, or say why not."""
        if offer.reason is not None:
            self.notify(sentence(offer.reason, self.lang), severity="warning")
        elif offer.action is not None:
            self._send(offer.action)
        elif offer.name in _ON_BOARD:
            self.board.focus()
            self.notify(self.say("choose_hint"))
        else:
            self._open(offer.name)

    def action_default(self) -> None:
        """Take the first thing that may be done."""
        if self._shown and self.view.phase is Phase.END_GAME:
            self._open("results")
            return
        first = self._first()
        if first is None:
            return
        if first.name in _ON_BOARD:
            self.board.action_choose()
        else:
            self.action_take(first.name)

    def choose(self, square: int) -> None:
        """Go to a square where that is asked; else look at its card."""
        if square in self.choices():
            self._send(choice_action(self.view, square))
        else:
            self.show_deed(square)

    def show_deed(self, square: int) -> None:
        """Open the card of a square, with what may be done with it."""
        if self.people is not None:
            self._ask(DeedDialog(self.view, square, self.people), self._answered)

    @work(group="send")
    async def _send(self, action: Action) -> None:
        """Send an action, unless the last one is still on its way; it is never sent twice."""
        if self._sent is not None:
            self.notify(self.say("still_sending"), severity="warning")
            return
        self._sent = action
        self._calling.acted(self.view)
        self.show_table()
        self.refresh_bindings()
        if not await self.link.act(action):
            self._sent, self._queue = None, []
            self.notify(self.say("not_sent"), severity="error")
            self.show_table()
            self.refresh_bindings()

    # Dialogs

    def _open(self, name: str) -> None:
        """Open the dialog of an offer."""
        view, people = self.view, self.people
        assert people is not None
        if name == "bid" and (limits := bid_limits(view, view.viewer)) is not None:
            self._ask(AuctionDialog(view, limits, people), self._answered)
        elif name == "trade" and (trade := trade_limits(view, view.viewer)) is not None:
            draft, self._hearing.draft = self._hearing.draft, None
            self._ask(TradeDialog(view, trade, people, draft), self._answered)
        elif name in ("counter", "not_this_turn", "never"):
            self._turn_down(name)
        elif name == "sell":
            self._ask(SellDialog(view, people), self._sold)
        elif name == "estate":
            self.action_estate()
        elif name == "surrender":
            self.action_surrender()
        elif name == "results":
            self._show_results()

    def action_estate(self) -> None:
        """Open the list of what the player owns, which stays open while the game goes on."""
        if self.people is not None and self._shown and self.view.viewer >= 0:
            self.app.push_screen(EstateDialog(self.view, self.people, self._answered, self._propose))

    def _propose(self, other: int, square: int) -> None:
        """Build a trade that asks another player for a square."""
        limits = trade_limits(self.view, self.view.viewer)
        if limits is not None and self.people is not None:
            draft = TradeProposal(other, asked_properties=(square,))
            self._ask(TradeDialog(self.view, limits, self.people, draft), self._answered)

    def _turn_down(self, name: str) -> None:
        """Reject the trade on the table, and remember what else was said about it."""
        self._hearing.turn_down(self.view, name)
        if name == "counter":
            self.notify(self.say("counter_kept"))
        self._send(REJECT)

    def action_hear(self) -> None:
        """Hear everybody's offers again."""
        self._hearing.hear_all()
        self.notify(self.say("hear_again"))
        self.refresh_bindings()

    @work(group="results", exclusive=True)
    async def _show_results(self) -> None:
        """Show how the game ended; what was missed of it is asked of the server, which may not tell."""
        for gap in set(self.memory.missing):
            self.memory.recall(gap, await past_steps(self.context.rest, self.link.seating.game, *gap))
        if self.people is not None and self.stays:
            known, plays = self.memory, self.view.viewer >= 0
            why = decided(known.ledger, self.view, self.people) if known.is_whole else ""
            dialog = ResultsDialog(self.view, self.people, known.worths, known.since, decided=why, rematch=plays)
            self._ask(dialog, self._looked)
            if plays:
                await self._tell_brought(dialog)

    async def _tell_brought(self, dialog: ResultsDialog) -> None:
        """Ask the server what the game brought the player, and say so; where it does not answer, nothing is said."""
        with contextlib.suppress(ClientError):
            summary = await self.context.rest.summary(self.link.seating.game)
            name = self.link.seating.names[self.view.viewer]
            dialog.tell_brought(brought_lines(summary, name, self.lang))

    def _ask(self, dialog: GameDialog[Any], then: Callable[[Any], None]) -> None:
        if self.is_covered:
            self._asked = ()  # it opens by itself as soon as there is room
        else:
            self.app.push_screen(dialog, then)

    def _answered(self, action: Action | None) -> None:
        if action is not None:
            self._send(action)

    def _sold(self, actions: Sequence[Action] | None) -> None:
        if actions:
            self._queue = list(actions[1:])
            self._send(actions[0])

    def _looked(self, where: str | None) -> None:
        if where == "home":
            self.close()
        elif where == "rematch":
            self._ask_rematch()

    @work(group="send")
    async def _ask_rematch(self) -> None:
        """Ask for the same game again."""
        if not await self.link.ask_rematch():
            self.notify(self.say("not_sent"), severity="error")

    def _tell_wish(self, user: int, waiting_for: Sequence[int]) -> None:
        """Say that somebody wants to play again, or who is still to ask for it."""
        seats, people = self.link.seating.seat_of, self.people
        if people is None:
            return
        if seats[user] != self.view.viewer:
            self.notify(self.say("rematch_wanted", name=people.name(seats[user])), markup=False)
        elif waiting_for:
            names = people.names_of([seats[each] for each in waiting_for])
            self.notify(self.say("rematch_asked", names=names), markup=False)

    def settled(self) -> None:
        """Ask what the game waits for, once, as soon as nothing moves any more."""
        if not self._shown or self._ended or self._queue or not self.on_top or self.query_one("#chat").display:
            return
        view = self.view
        name = self._dialog_now()
        # As long as a debt is there, each sale leads back to what else could be sold.
        owed = view.balance[view.viewer] if name == "sell" else 0
        decision = (view.phase, view.turn, view.proposals, view.position[view.turn_seat], owed)
        if decision == self._asked:
            return
        if name is not None:
            self._asked = decision
            self._open(name)

    def _dialog_now(self) -> str | None:
        """Return the dialog that opens by itself now."""
        if self.view.phase is Phase.END_GAME:
            return "results"
        names = {offer.name for offer in self.offers()}
        return next((name for name in _BY_ITSELF if name in names), None)

    def on_screen_suspend(self) -> None:
        """Take back what Space would do without the dialog that opens."""
        if self.stays:
            self.show_status()

    def on_screen_resume(self) -> None:
        """Ask what came up while a dialog was open."""
        if self._shown and self.stays:
            self.show_status()
        if self.is_mounted and not self.moving:
            self.call_after_refresh(self.settled)

    def _follow(self) -> None:
        """Let what is open show the game as it is now; what is about nothing any more closes, with a word."""
        for dialog in self.app.screen_stack[:]:
            if not isinstance(dialog, GameDialog) or dialog.withdrawn:
                continue
            if dialog.asked(self.view):
                if dialog.is_mounted:
                    dialog.show(self.view)
                continue
            if isinstance(dialog, TradeDialog) and dialog.is_mounted:
                self._hearing.draft = dialog.draft
            dialog.withdraw()
            self.notify(self.say(f"over_{dialog.answers or 'question'}"), severity="warning")

    # Talking and leaving

    def action_chat(self) -> None:
        """Open the line that one talks in."""
        line = self.query_one("#chat", Input)
        line.display = True
        self.query_one("#status", Static).display = False
        line.focus()

    @on(Input.Submitted, "#chat")
    async def talk(self, event: Input.Submitted) -> None:
        """Say what was typed."""
        text = event.value.strip()
        event.input.clear()
        self._close_chat()
        if text:
            await self._say(text)

    @on(Input.Blurred, "#chat")
    def _close_chat(self) -> None:
        self.query_one("#chat").display = False
        self.query_one("#status", Static).display = True
        self.board.focus()
        self.call_after_refresh(self.settled)

    async def _say(self, text: str) -> None:
        if not await self.link.say(text):
            self.notify(self.say("not_sent"), severity="error")

    @work(group="emoji", exclusive=True)
    async def action_emoji(self) -> None:
        """Ask which emoji to send, and send it."""
        try:
            owned = await self.context.rest.emojis()
        except ClientError as error:
            self.notify(refusal(str(error), self.lang), severity="error", markup=False)
            return
        if self.people is None or self.is_covered:
            return
        item = await self.app.push_screen_wait(EmojiDialog([each.custom_id for each in owned], self.people))
        if item is not None:
            await self._say(f"{EMOJI_COMMAND} {item}")

    def action_surrender(self) -> None:
        """Ask, then surrender."""
        assert self.people is not None
        view = self.view
        broke = view.phase_seat == view.viewer and view.balance[view.viewer] < 0 and not sales(view)
        way_out = "surrender_only" if trade_limits(view, view.viewer) is None else "surrender_or_trade"
        why = self.say(way_out, amount=-view.balance[view.viewer]) if broke else ""
        dialog = ConfirmDialog("surrender", self.people, why=why, sure=broke)
        self._ask(dialog, lambda sure: self._answered(SURRENDER if sure else None))

    def action_leave(self) -> None:
        """Close the chat line; else ask, where the game runs, then go home."""
        if self.query_one("#chat").display:
            self._close_chat()
        elif self._plays and self.people is not None:
            self._ask(ConfirmDialog("leave", self.people), self._left)
        else:
            self.close()

    def _left(self, sure: bool | None) -> None:
        if sure:
            self.close()

    @work(group="close")
    async def close(self) -> None:
        """Leave the table; the seat stays."""
        self._ended = True
        await self.link.close()
        if self.stays:
            self.pop_until_active()
            self.dismiss()
