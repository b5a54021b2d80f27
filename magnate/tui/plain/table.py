"""One game in line mode: tells what happens, lists what may be done, and does what is typed."""

import asyncio
import contextlib
import math
import time
from collections import deque
from collections.abc import Awaitable, Iterable, Sequence
from typing import Final

from magnate.client.errors import ClientError
from magnate.client.game import (
    LIMITS,
    Again,
    Back,
    Changed,
    GameClient,
    Lost,
    Refused,
    RematchWanted,
    Said,
    Watched,
)
from magnate.client.rest import RestClient
from magnate.engine.actions import REJECT, SURRENDER, Action, Bid, Surrender, TradeProposal
from magnate.engine.errors import Reason
from magnate.engine.events import BonusPaid, Event, GameEnded, TurnBegan
from magnate.engine.phases import END_GAME, PROPOSAL_ACCEPTANCE
from magnate.engine.view import GameView, legal_actions, sentence, why_not
from magnate.printable import printable
from magnate.texts.game import game
from magnate.texts.plain import LOG_FILTERS, PACE_WORDS, command_of, plain
from magnate.texts.refusals import refusal
from magnate.tui.advice import Adviser, is_fair
from magnate.tui.board.palette import DEFAULT_PALETTE
from magnate.tui.hearing import Hearing
from magnate.tui.memory import Memory
from magnate.tui.past import past_steps
from magnate.tui.plain import words
from magnate.tui.plain.lines import Left, Lines, Quit, say, say_all
from magnate.tui.plain.orders import number_of, square_of, trade_of
from magnate.tui.plain.overview import estate_lines, worth_lines
from magnate.tui.plain.square import square_lines
from magnate.tui.words.bargain import meaning_lines
from magnate.tui.words.brought import brought_lines
from magnate.tui.words.decided import decided
from magnate.tui.words.groups import Whole, completed, wholes
from magnate.tui.words.moment import round_words
from magnate.tui.words.news import whole_words
from magnate.tui.words.offers import plays
from magnate.tui.words.pacing import pace_words
from magnate.tui.words.people import People
from magnate.tui.words.recalled import recalled
from magnate.tui.words.standings import signed
from magnate.tui.words.story import Story, Told, spoken

LOG_LINES: Final = 20
"""How much of what happened is told again."""
RECALLED: Final = 10
"""How much of what happened before is told to whoever comes."""
LOG_KEPT: Final = 500
"""How much is kept, to find in it what concerns the player."""


ACTING: Final = frozenset(
    {"bid", "trade", "say", "later", "never", "counter", "hear", "surrender", "estate", "again", "hint"}
)
"""Words that are for those who play, not for those who watch."""


async def play(
    rest: RestClient, game: int, lang: str, lines: Lines, *, watch: bool = False, adviser: Adviser | None = None
) -> int | None:
    """Play one game, or watch it, until the player leaves it.

    Returns:
        The id of the game in which it begins again, or None where the player goes back to the menu.

    Raises:
        Quit: the player ends the program.
        ClientError: whatever `GameClient.updates` raises.
    """
    # It asks for what is legal to hear also who wants to play again.
    table = Table(GameClient(rest, game, legal=True, watch=watch), lang, lines, rest, adviser)
    telling = asyncio.create_task(table.tell())
    shown = asyncio.create_task(table.shown.wait())
    try:
        await asyncio.wait({telling, shown}, return_when=asyncio.FIRST_COMPLETED)
        return await lines.until(telling, table.hear)
    except Left:
        if not table.over:
            say(plain("left_watching" if watch else "left_table", lang))
        return None
    finally:
        shown.cancel()
        telling.cancel()
        await table.game.close()


class Table:
    """What the player hears of one game, and what becomes of what the player types."""

    def __init__(
        self,
        game: GameClient,
        lang: str,
        lines: Lines,
        rest: RestClient | None = None,
        adviser: Adviser | None = None,
    ) -> None:
        """Take the game, the language, what is typed, the server that tells of before, and who gives hints."""
        self.game = game
        self._adviser = adviser
        self.memory = Memory()
        """What is known of what happened."""
        self.over = False
        """Whether it has been told how the game ended."""
        self._rest = rest
        self.lang = lang
        self.shown = asyncio.Event()
        """Set as soon as there is a view."""
        self._lines = lines
        self._listed: Sequence[Action] = ()
        self._hearing = Hearing()
        self._asked: object = None
        self._round = 0
        self._told: deque[Told] = deque(maxlen=LOG_KEPT)
        self._whole: frozenset[Whole] | None = None
        """The groups that somebody has whole, as soon as the game has been shown."""
        self._strikes = 0
        """Time limits in a row that the player has let pass, as far as they were told of."""

    @property
    def view(self) -> GameView:
        """The game as the player may see it."""
        return self.game.view

    @property
    def people(self) -> People:
        """Who plays."""
        seating = self.game.seating
        return People.of(
            self.view, seating.names, self.view.viewer, DEFAULT_PALETTE.name, self.lang, levels=seating.levels
        )

    async def tell(self) -> int | None:
        """Tell what happens until the game begins again under another id, and return that."""
        async for update in self.game.updates():
            match update:
                case Changed(None, ()):
                    await self._begin()
                case Changed(_, events):
                    self.memory.take(events, self.view, self.game.seq)
                    self._tell(events)
                case Said(user, message):
                    say(plain("said", self.lang, user=printable(user), words=spoken(message)))
                case Refused(_, message, reason):
                    rule = Reason(reason) if reason in list(Reason) else None
                    self._refuse(refusal(message, self.lang) if rule is None else sentence(rule, self.lang))
                    self._asked = None
                case RematchWanted(user_id, waiting_for):
                    self._tell_wish(user_id, waiting_for)
                case Again(new):
                    say(plain("found", self.lang))
                    return new
                case Lost(why):
                    say(plain("lost", self.lang, why=refusal(why, self.lang)))
                    continue
                case Back():
                    say(plain("back", self.lang))
                    continue
                case Watched():
                    continue
            self._warn()
            if self.view.phase is END_GAME:
                await self._tell_end()
            elif self._hearing.turns_down(self.view):
                say(game("turned_down", self.lang, name=self.people.name(self.view.turn_seat)))
                await self._act(REJECT)
            else:
                self._list()
        return None

    async def _begin(self) -> None:
        """Tell the whole game as it stands, and what happened before that the player has not heard."""
        self._round = self.view.round
        gap = self.memory.begin(self.view, self.game.seq)
        steps = await past_steps(self._rest, self.game.game, *gap) if gap is not None and self._rest is not None else ()
        if gap is not None and steps:
            self.memory.recall(gap, steps)
            missed = recalled(steps, self.people)[0].lines
            self._told.extend(missed)
            say(plain("before", self.lang))
            say_all(line.words for line in missed[-RECALLED:])
        self._whole = wholes(self.view)
        say_all(words.player_lines(self.view, self.people))
        self.shown.set()

    async def _tell_end(self) -> None:
        """Tell once how the game ended, what decided it, and what it brought."""
        if self.over:
            return
        self.over, self._listed = True, ()
        view, people, known = self.view, self.people, self.memory
        say_all(words.result_lines(view, people))
        if known.is_whole:
            say_all(filter(None, [decided(known.ledger, view, people)]))
        if view.viewer >= 0 and self._rest is not None:
            with contextlib.suppress(ClientError):
                summary = await self._rest.summary(self.game.game)
                say_all(brought_lines(summary, self.game.seating.names[view.viewer], self.lang))
        say(plain("over_what" if view.viewer >= 0 else "over_watched", self.lang), end="")

    def _tell_wish(self, user: int, waiting_for: Sequence[int]) -> None:
        """Tell that somebody wants to play again, or who is still to ask for it."""
        seat_of, people = self.game.seating.seat_of, self.people
        if seat_of[user] != self.view.viewer:
            say(people.say("rematch_wanted", name=people.name(seat_of[user])))
        elif waiting_for:
            say(people.say("rematch_asked", names=people.names_of([seat_of[each] for each in waiting_for])))

    def _tell(self, events: Iterable[Event]) -> None:
        """Tell what happened; how the game ended is told with its results, the turn only where a round begins."""
        people = self.people
        story = Story(people)
        for event in events:
            if isinstance(event, BonusPaid | GameEnded):
                continue
            if isinstance(event, TurnBegan):
                told = [Told(f"{round_words(self.view, people)}.")] if event.round != self._round else []
                self._round = event.round
            else:
                told = list(story.log([event]))
            self._say(told)
        new = [] if self._whole is None else completed(self._whole, self.view)
        self._say(Told(whole_words(whole, people)) for whole in new)
        self._whole = wholes(self.view)

    def _say(self, told: Iterable[Told]) -> None:
        """Tell something, and keep it for the log."""
        for line in told:
            self._told.append(line)
            say(line.words)

    def _log(self, which: str) -> None:
        """Tell again what happened last, or what concerns the player of it."""
        mine = command_of(which, LOG_FILTERS) == "mine"
        told = [line.words for line in self._told if line.mine or not mine]
        say_all(told[-LOG_LINES:] or [plain("nothing_told", self.lang)])

    def _warn(self) -> None:
        """Say, each time that another time limit has passed, what the third one does."""
        before, self._strikes = self._strikes, self.game.strikes
        if self._strikes > before and plays(self.view):
            last = self._strikes == LIMITS - 1
            say(plain("strike_last", self.lang) if last else self.people.say("strike"))

    def _list(self) -> None:
        """List what the player may do now, if it has changed."""
        view, me = self.view, self.view.viewer
        if me < 0:
            return
        # In a debt, leaving is one of the ways out; otherwise nobody chooses it by a number that slipped.
        broke = view.phase_seat == me and view.balance[me] < 0
        legal = [action for action in legal_actions(view, me) if broke or not isinstance(action, Surrender)]
        asked = (view.phase, view.turn, tuple(legal), view.position[me], view.balance[me]) if legal else None
        if asked == self._asked:
            return
        self._asked, self._listed = asked, legal
        if legal:
            self._say_choices()

    def _say_choices(self) -> None:
        view, people = self.view, self.people
        say_all(words.own_lines(view, people, self._seconds()))
        say_all(words.table_lines(view, people))
        say(plain("you_may", self.lang))
        for number, action in enumerate(self._listed, 1):
            say(f"{number}. {words.choice_line(view, action, people)}")
        if view.phase is PROPOSAL_ACCEPTANCE:
            say(plain("offer_words", self.lang))
        say(plain("what", self.lang), end="")

    def _seconds(self) -> int | None:
        """Return the seconds until the phase times out, or None."""
        deadline = self.game.deadline
        return None if deadline is None else max(math.ceil(deadline / 1000 - time.time()), 0)

    async def hear(self, line: str) -> None:
        """Do what a line says.

        Raises:
            Quit: the player wants to end the program.
            Left: the player wants to go back to the menu.
        """
        if self.game.strikes and await self.game.here():
            self._strikes = 0
            say(self.people.say("strikes_over"))
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if not word:
            return
        if word.isdecimal():
            await self._choose(number_of(word))
            return
        view, people, command = self.view, self.people, command_of(word)
        if view.viewer < 0 and command in ACTING:
            say(plain("only_watch", self.lang))
            return
        match command:
            case "help":
                say(plain("help", self.lang))
            case "choices" if self._listed:
                self._say_choices()
            case "choices":
                say(words.waits(view, people))
            case "why":
                say_all(words.why_lines(view, people))
            case "hint":
                say_all(self._hints())
            case "status":
                say_all(words.status_lines(view, people, self._seconds()))
            case "players":
                say_all(words.player_lines(view, people))
            case "board":
                say_all(words.owned_lines(view, people))
            case "free":
                say_all(words.free_lines(view, people))
            case "square":
                self._square(rest)
            case "log":
                self._log(rest)
            case "pace":
                self._pace(rest)
            case "estate":
                say_all(estate_lines(view, people, rest, self._listed))
            case "worths":
                say_all(worth_lines(view, people, self.memory.rounds))
            case "bid":
                await self._bid(number_of(rest))
            case "trade":
                await self._trade(trade_of(rest.split(), view, people))
            case "say" if rest:
                await self._sent(self.game.say(rest))
            case "say":
                say(plain("say_form", self.lang))
            case "later" | "never" | "counter" as answer:
                await self._turn_down(answer)
            case "hear":
                self._hearing.hear_all()
                say(game("hear_again", self.lang))
            case "again" if self.over:
                await self._sent(self.game.ask_rematch())
            case "again":
                say(plain("not_over", self.lang))
            case "surrender":
                await self._surrender()
            case "leave":
                raise Left
            case "quit":
                raise Quit
            case _:
                say(plain("unknown", self.lang))

    def _pace(self, name: str) -> None:
        """Tell bots at another pace for the rest of the game; say which there are where it names none."""
        pace = command_of(name, PACE_WORDS)
        if pace is None:
            say(plain("pace_form", self.lang))
        else:
            self.game.pace.name = pace
            say(pace_words(pace, self.lang) + ".")

    async def _choose(self, number: int | None) -> None:
        """Take what is listed by a number; where nothing is, say whom the game waits for."""
        if not self._listed:
            say(words.waits(self.view, self.people))
        elif number is None or not 1 <= number <= len(self._listed):
            say(plain("unknown", self.lang))
        else:
            action = self._listed[number - 1]
            await (self._surrender() if isinstance(action, Surrender) else self._act(action))

    async def _surrender(self) -> None:
        """Surrender, if the player is sure."""
        if (await self._lines.ask(plain("sure", self.lang))).lower().startswith(plain("yes", self.lang)):
            await self._act(SURRENDER)

    async def _turn_down(self, answer: str) -> None:
        """Reject the offer on the table and remember what was said about it; `counter` later proposes what was kept."""
        view, draft = self.view, self._hearing.draft
        if view.phase is PROPOSAL_ACCEPTANCE and view.phase_seat == view.viewer:
            self._hearing.turn_down(view, answer)
            if answer == "counter":
                say(plain("counter_kept", self.lang))
            await self._act(REJECT)
        elif answer != "counter":
            say(plain("no_offer", self.lang))
        elif draft is None:
            say(plain("no_counter", self.lang))
        else:
            await self._trade(draft)

    def _square(self, text: str) -> None:
        """Say all about a square; without its number, about the one that the player is on."""
        view = self.view
        here = view.viewer if view.viewer >= 0 else view.turn_seat
        square = square_of(text, view) if text else view.position[here]
        if square is None:
            say(plain("no_square", self.lang))
        else:
            say_all(square_lines(view, self.people, square, self._listed))

    def _hints(self) -> list[str]:
        """Return how the player's choices are ranked, and why, where that is fair."""
        view, people = self.view, self.people
        if not is_fair(view, self.game.seating.hints):
            return [people.say("hint_off")]
        hints = self._adviser(view, self.lang, people.name) if self._adviser is not None else ()
        lines = [f"{place}. {hint.choice}: {signed(hint.value)}: {hint.why}." for place, hint in enumerate(hints, 1)]
        return lines or [people.say("hint_none")]

    async def _bid(self, amount: int | None) -> None:
        if amount is None:
            say(plain("bid_form", self.lang))
        else:
            await self._act(Bid(amount))

    async def _trade(self, trade: TradeProposal | None) -> None:
        """Propose a trade, and say what it means by net worth."""
        if trade is None:
            say(plain("trade_form", self.lang))
            return
        if why_not(self.view, self.view.viewer, trade) is None:
            say_all(meaning_lines(self.view, self.view.viewer, trade, self.people))
        await self._act(trade)

    async def _act(self, action: Action) -> None:
        """Send an action, unless the rules refuse it: then say why."""
        reason = why_not(self.view, self.view.viewer, action)
        if reason is not None:
            self._refuse(sentence(reason, self.lang))
        else:
            await self._sent(self.game.act(action))

    def _refuse(self, why: str) -> None:
        say(plain("refused", self.lang, why=why))

    async def _sent(self, sending: Awaitable[bool]) -> None:
        if not await sending:
            say(plain("not_sent", self.lang))
