"""The game: follows the connection, shows what happens, and sends what the player decides, once."""

import contextlib
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from magnate.client.errors import ClientError, SignInNeeded, SocketClosed
from magnate.client.game import Again, Back, Changed, Lost, Refused, RematchWanted, Said, Update, Watched
from magnate.engine.actions import REJECT, Action
from magnate.engine.events import Event
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, Reason, sentence
from magnate.protocol.errors import ProtocolError
from magnate.texts.refusals import refusal
from magnate.tui import messages
from magnate.tui.context import Context
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.link import GameLink
from magnate.tui.memory import Gap
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.chat import ChatLine
from magnate.tui.panels.players import TurnPanel
from magnate.tui.past import past_steps
from magnate.tui.playing.attendance import Attendance
from magnate.tui.playing.ending import Ending
from magnate.tui.playing.questions import Questions
from magnate.tui.playing.seat import Seat
from magnate.tui.playing.taking import ON_BOARD, PACE_CHANGES, Taking
from magnate.tui.playing.talking import Talking
from magnate.tui.screens.table import TableScreen
from magnate.tui.words.offers import BINDING_IDS, KEYS
from magnate.tui.words.story import spoken


class GameScreen(TableScreen):
    """One game that the player takes part in, or watches."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(KEYS[name], f"take('{name}')", f"key_{name}", id=BINDING_IDS[name])
            for name in KEYS
            if name not in ON_BOARD
        ),
        Binding("space", "default", "default", show=False, id="game.default"),
        Binding("c", "chat", "chat", id="game.chat"),
        Binding("l", "estate", "estate", show=False, id="game.estate"),
        Binding("j", "emoji", "emoji", show=False, id="game.emoji"),
        Binding("S", "surrender", "surrender", show=False, id="game.surrender"),
        Binding("z", "skip", "pace_skip", show=False, id="game.skip"),
        Binding("plus", "pace(1)", "pace_faster", show=False, id="game.faster"),
        Binding("minus", "pace(-1)", "pace_slower", show=False, id="game.slower"),
        Binding("i", "hint", "hint", show=False, id="game.hint"),
        Binding("X", "hear", "hear", show=False, id="game.hear"),
    ]

    def __init__(self, context: Context, link: GameLink) -> None:
        self.seat = Seat(link, context.preferences.lang)
        super().__init__(context, self.seat)
        self.link = link
        self.questions = Questions(self, self.seat, self._send_all)
        self._ending = Ending(self, self.seat, self.questions, context.rest, self.close)
        self._taking = Taking(self, self.seat, self.questions, self._send)
        self._attendance = Attendance(self, self.seat)
        self._talking = Talking(self, self.seat, context.rest)
        self._banner = ""
        self._ended = False
        self._offered: tuple[str, ...] = ()
        """What was offered when the footer was made."""

    def compose(self) -> ComposeResult:
        """Add the line that one talks in."""
        yield from super().compose()
        yield ChatLine(self.say("chat_hint"))

    def on_mount(self) -> None:
        """Connect."""
        super().on_mount()
        self._banner = self.say("loading")
        self.call_after_refresh(self.show_status)
        self.set_interval(1, self._tick)
        self.follow()

    def on_unmount(self) -> None:
        """Be heard no more."""
        self._ended = True

    def _tick(self) -> None:
        if self.stays:
            self.query_one(TurnPanel).tick()

    @property
    def view(self) -> GameView:
        """The game as the player may see it."""
        return self.link.view

    def status(self) -> str:
        """Return the line below the board."""
        if self._banner:
            return self._banner
        if self.on_top:
            return self.seat.status(self.board.cursor)
        # The dialog above has keys of its own.
        return self.seat.also_waits(self.board.cursor, self.questions.answers)

    # What comes

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Take what comes until the screen closes; what cannot be mended is the app's."""
        try:
            async with aclosing(self.link.updates()) as updates:
                async for update in updates:
                    if not self.stays or self._ended:
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
        self.seat.changed()
        match update:
            case Changed(events=events):
                self._changed(events)
            case Said(user=user, msg=msg):
                self.tell([self.say("said", name=spoken(user), text=spoken(msg))])
                if not self.seat.is_me(user):
                    self.notify(spoken(msg), title=spoken(user), timeout=4, markup=False)
            case Refused(message=message, reason=reason):
                self.seat.lapsed()
                self.notify(self._refusal(message, reason), severity="warning", markup=False)
            case Lost(why=why, wait=wait):
                self.seat.lapsed()
                self._banner = self.say("lost", seconds=max(round(wait), 1), why=refusal(why, self.lang))
                self.query_one("#status").add_class("lost")
            case Back():
                self.notify(self.say("back"), timeout=3)
            case RematchWanted(user_id, waiting_for):
                self._ending.tell_wish(user_id, waiting_for)
            case Again(game=number):
                self.post_message(messages.PlayAgain(number, watch=self.view.viewer < 0))
            case Watched():
                return
        self._show_all()

    def _show_all(self) -> None:
        self.show_table()
        self.show_status()
        self.refresh_bindings()

    def _refusal(self, message: str, reason: str | None) -> str:
        """Return a refusal in the player's language, as far as there are words for it."""
        return sentence(Reason(reason), self.lang) if reason in set(Reason) else refusal(message, self.lang)

    def _changed(self, events: Sequence[Event]) -> None:
        view, seat = self.view, self.seat
        self._banner = ""
        self.query_one("#status").remove_class("lost")
        seat.answered(events)
        if seat.people is None:
            self.learn_pieces()
        if seat.people is None or not events:
            seat.hearing = self.context.hearing(self.link.seating.game)
            self.begin(view, self.link.seating.names, view.viewer, self.link.seating.levels)
        seat.shown = True
        if events:
            seat.memory.take(events, view, self.link.seq)
        elif (gap := seat.memory.begin(view, self.link.seq)) is not None:
            self.recall_gap(gap, self.telling.place)
        if warning := self._attendance.warning():
            self.tell([warning])
        self._attendance.call(self.context.preferences.call)
        self.happened(events)
        self.board.cursor = seat.aim(events, self.board.cursor)
        self.questions.follow()
        if seat.hearing.turns_down(view) and seat.sent is None:
            self.tell([self.say("turned_down", name=spoken(self.link.seating.names[view.turn_seat]))])
            self._send(REJECT)
        elif seat.queue and seat.sent is None:
            self._send(seat.queue.pop(0))
        elif not self.moving:
            self.settled()

    @work(group="pieces")
    async def learn_pieces(self) -> None:
        """Ask what each plays with; where the server does not say, the letters stay."""
        with contextlib.suppress(ClientError):
            self.pieces = tuple([await self.context.rest.piece_of(user) for user in self.link.seating.users])
            if self.people is not None:
                self.seat.people = replace(self.people, pieces=self.pieces)
            self.show_table()

    def attended(self) -> None:
        """Be told that a key was pressed or the mouse clicked: tell the server, where it counts time limits."""
        if self.seat.plays and self.link.strikes:
            self.say_here()

    @work(group="here", exclusive=True)
    async def say_here(self) -> None:
        """Let the count of time limits begin anew."""
        await self._attendance.tell_server()
        self.show_status()

    @work(group="past")
    async def recall_gap(self, gap: Gap, place: tuple[int, int]) -> None:
        """Tell what was missed at its place in the log, and lay the dice of this turn on the table again."""
        steps = await past_steps(self.context.rest, self.link.seating.game, *gap)
        if steps and self.stays:
            self.seat.memory.recall(gap, steps)
            self.recall(steps, place)

    # Keys

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
        return tuple(offer.name for offer in self.offers()) if self.stays else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that matter now; grey what is refused, which still says why."""
        if action == "take":
            return any(offer.name == parameters[0] for offer in self.offers())
        if action in ("surrender", "chat", "emoji", "estate"):
            return self.seat.plays
        if action == "skip":
            return self.seat.plays and not self.offers()
        if action == "hear":
            return not self.seat.hearing.hears_all
        return True

    @on(ActionsPanel.Taken)
    def clicked(self, event: ActionsPanel.Taken) -> None:
        """Take the offer that was clicked, if it still stands."""
        if event.offer in self.offers():
            self._taking.take(event.offer)
        elif event.offer in self.seat.meanwhile() and event.offer.name == "skip":
            self.action_skip()
        elif event.offer in self.seat.meanwhile():
            self.action_pace(PACE_CHANGES[event.offer.name])

    def action_take(self, name: str) -> None:
        """Take the first offer of that name."""
        offer = next((each for each in self.offers() if each.name == name), None)
        if offer is not None:
            self._taking.take(offer)

    def action_default(self) -> None:
        """Take the first thing that may be done."""
        if self.seat.shown and self.view.phase is Phase.END_GAME:
            self.show_results()
        else:
            self._taking.take_first()

    def action_skip(self) -> None:
        """Show at once all that happens until the player has to decide."""
        self.link.pace.skip()
        self.show_table()

    def action_pace(self, change: int) -> None:
        """Show bots faster or slower from now on, in later games too."""
        pace = self._taking.change_pace(change)
        self.post_message(messages.PreferencesChanged(replace(self.context.preferences, pace=pace)))
        self.show_table()

    def action_estate(self) -> None:
        """Open the list of what the player owns, which stays open while the game goes on."""
        if self.seat.people is not None:
            self.questions.open("estate")

    def action_surrender(self) -> None:
        """Ask, then surrender."""
        self.questions.open("surrender")

    def action_hint(self) -> None:
        """Show how the player's choices are ranked, and why, where that is fair."""
        if self.seat.shown and self.context.adviser is not None:
            self.questions.hint(self.context.adviser)

    def action_hear(self) -> None:
        """Hear everybody's offers again."""
        self.seat.hearing.hear_all()
        self.notify(self.say("hear_again"))
        self.refresh_bindings()

    def choose(self, square: int) -> None:
        """Go to a square where that is asked; else look at its card."""
        self._taking.choose(square)

    # Sending

    def _send_all(self, actions: Sequence[Action]) -> None:
        """Send actions one after the other, each when the one before it is done."""
        self.seat.queue = list(actions[1:])
        self._send(actions[0])

    @work(group="send")
    async def _send(self, action: Action) -> None:
        """Send an action, unless the last one is still on its way; it is never sent twice."""
        if self.seat.sent is not None:
            self.notify(self.say("still_sending"), severity="warning")
            return
        self.seat.sent = action
        self._attendance.acted()
        self._show_all()
        if not await self.link.act(action):
            self.seat.lapsed()
            self.notify(self.say("not_sent"), severity="error")
            self._show_all()

    # What opens by itself

    def settled(self) -> None:
        """Ask what the game waits for, once, as soon as nothing moves any more."""
        if not self.seat.shown or self._ended or self.seat.queue or not self.on_top or self._chat.is_open:
            return
        if self.questions.settle(self.board.cursor) == "results":
            self.show_results()

    @work(group="results", exclusive=True)
    async def show_results(self) -> None:
        """Show how the game ended."""
        await self._ending.show()

    def on_screen_suspend(self) -> None:
        """Take back what Space would do without the dialog that opens."""
        self.show_status()

    def on_screen_resume(self) -> None:
        """Ask what came up while a dialog was open."""
        if self.seat.shown:
            self.show_status()
        if self.is_mounted and not self.moving:
            self.call_after_refresh(self.settled)

    # Talking and leaving

    @property
    def _chat(self) -> ChatLine:
        return self.query_one(ChatLine)

    def action_chat(self) -> None:
        """Open the line that one talks in."""
        self.query_one("#status").display = False
        self._chat.open()

    @on(ChatLine.Closed)
    def chat_closed(self) -> None:
        """Go back to the board."""
        self.query_one("#status").display = True
        self.board.focus()
        self.call_after_refresh(self.settled)

    @on(ChatLine.Spoken)
    async def spoken(self, event: ChatLine.Spoken) -> None:
        """Say what was typed."""
        await self._talking.say(event.text)

    @work(group="emoji", exclusive=True)
    async def action_emoji(self) -> None:
        """Ask which emoji to send, and send it."""
        await self._talking.choose_emoji()

    def action_leave(self) -> None:
        """Close the chat line; else ask, where the game runs, then go home."""
        if self._chat.is_open:
            self._chat.close()
        elif self.seat.plays and self.people is not None:
            self.questions.ask(ConfirmDialog("leave", self.people), self._left)
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
