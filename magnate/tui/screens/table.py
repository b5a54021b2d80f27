"""What a game and its replay share: the board at the largest size that fits, the panels beside it, and what moves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from magnate.engine.events import Event, TurnBegan
from magnate.engine.record import Step
from magnate.engine.state import State
from magnate.texts.game import GAME, game
from magnate.tui.board.layout import Area, Layout, largest_layout
from magnate.tui.board.looks import looks
from magnate.tui.board.motion import FRAMES_A_SECOND, Motion
from magnate.tui.board.palette import PALETTES, board_palette
from magnate.tui.board.widget import BoardView
from magnate.tui.closing import ClosesOnce
from magnate.tui.context import Context
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.log import LogDialog
from magnate.tui.dialogs.too_small import TooSmall
from magnate.tui.dialogs.worths import WorthsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.panels.lines import Lines
from magnate.tui.panels.log import Log
from magnate.tui.panels.players import PlayersPanel, TurnPanel
from magnate.tui.preferences.keys import describe, key_name
from magnate.tui.words.chronicle import LONGEST, Chronicle
from magnate.tui.words.moment import headline, latest, middle, moment, whose_turn
from magnate.tui.words.offers import BINDING_IDS, Offer
from magnate.tui.words.people import People
from magnate.tui.words.recalled import recalled, turn_heading
from magnate.tui.words.squares import called, hint
from magnate.tui.words.story import Told

SIDE_COLUMNS: Final = 25
"""The least that the panels beside the board need."""
LINES_BELOW: Final = 2
"""The status line and the footer."""
LEAST_COLUMNS: Final = 80
LEAST_LINES: Final = 24
"""What the smallest board with its panels needs."""
LOG_LINES: Final = 30
"""From how many lines of the screen on the log is shown beside the board."""
_TURN_LINES: Final = 3
"""Whose turn it is, what the game waits for, and a blank line."""
_LEAST_LOG: Final = 8
"""What the log beside the board keeps, its edge with it."""
_MINE: Final = "table.mine"
_NAMES: Final = {binding: name for name, binding in BINDING_IDS.items()}
LONGEST_NUMBER: Final = 3
"""Digits of a square's number."""


class TableScreen(ClosesOnce[None]):
    """The board with its panels; whoever inherits says what may be done and brings the game."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "square", "square", id="table.square"),
        Binding("home", "my_piece", "my_piece", show=False, id="table.piece"),
        Binding("g", "log", "log", id="table.log"),
        Binding("o", "mine", "log_mine", show=False, id=_MINE),
        Binding("f", "worths", "worths", show=False, id="table.worths"),
        Binding("escape", "leave", "leave", id="table.leave"),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(classes="table")
        self.context = context
        self.lang = context.preferences.lang
        self.people: People | None = None
        self.pieces: tuple[int, ...] = ()
        """By seat, the item of the shop that each plays with, as soon as that is known."""
        self.chronicle = Chronicle()
        self._motion: Motion | None = None
        self._timer: Timer | None = None
        self._typed = ""
        describe(self, GAME, self.lang, first=("game.", "fantasy.", "answer."))

    # What whoever inherits knows

    @property
    def state(self) -> State:
        """The game as it is shown."""
        raise NotImplementedError

    @property
    def deadline(self) -> int | None:
        """When the phase times out, in ms since 1970, or None."""
        return None

    def offers(self) -> Sequence[Offer]:
        """Return what may be done now."""
        return ()

    def meanwhile(self) -> Sequence[Offer]:
        """Return what may be done about what is shown, while nothing may be done in the game."""
        return ()

    def history(self) -> Sequence[Sequence[int]]:
        """Return everybody's worth by seat at the beginning of each round so far, as far as it is known."""
        return ()

    def since(self) -> int:
        """Return the round in which that begins."""
        return 1

    def about(self) -> Sequence[str]:
        """Return what stands above that, to be known before."""
        return ()

    def choices(self) -> tuple[int, ...]:
        """Return the squares that may be chosen now."""
        return ()

    def otherwise(self) -> str:
        """Return what is said where nothing may be done."""
        return ""

    def status(self) -> str:
        """Return the line below the board."""
        return ""

    def numbered(self, number: int) -> int:
        """Return the square that a typed number means."""
        return number

    def choose(self, square: int) -> None:
        """Take a square: choose it, or look at its card."""
        self.show_deed(square)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    # Lay-out

    def say(self, key: str, **words: object) -> str:
        """Return a text of the game in the player's language."""
        return game(key, self.lang, **words)

    def compose(self) -> ComposeResult:
        """Lay out the board, the panels, and the lines below."""
        with Horizontal(id="table"):
            yield BoardView(id="board")
            with Vertical(id="side"):
                yield TurnPanel(id="turn")
                yield PlayersPanel(id="players")
                yield ActionsPanel(id="actions")
                yield Log(id="log", most=LONGEST)
        yield Lines("", id="status", markup=False)
        yield KeysFooter()

    def on_mount(self) -> None:
        """Dress the board."""
        board = self.board
        board.palette, board.lang = self.palette, self.lang
        describe(board, GAME, self.lang)
        self.query_one("#log", Log).can_focus = False
        board.focus()
        self._fit()

    def on_resize(self, event: events.Resize) -> None:
        """Take the largest board that fits."""
        self._fit()
        self.call_after_refresh(self.show_table)

    def _fit(self) -> None:
        width, height = self.size
        size: Layout = largest_layout(width - SIDE_COLUMNS, height - LINES_BELOW)
        self.board.styles.width, self.board.styles.height = size.width, size.height
        columns, lines = self.app.size
        if (columns < LEAST_COLUMNS or lines < LEAST_LINES) and self.stays and not self.is_covered:
            self.app.push_screen(TooSmall((LEAST_COLUMNS, LEAST_LINES), self.lang), lambda _: self._uncover())
        self.query_one("#log").display = height >= LOG_LINES
        self.query_one("#table").styles.height = max(height - LINES_BELOW, 1)

    @property
    def is_covered(self) -> bool:
        """Whether the window is too small to show the game, so that nothing can be done in it."""
        return any(isinstance(screen, TooSmall) for screen in self.app.screen_stack)

    def _uncover(self) -> None:
        """Show the game again, which heard of no other size meanwhile."""
        self.call_after_refresh(self._fit)
        self.call_after_refresh(self.show_table)

    @property
    def board(self) -> BoardView:
        """The board."""
        return self.query_one("#board", BoardView)

    @property
    def palette(self) -> str:
        """The name of the palette for the player's theme on this terminal."""
        return board_palette(self.context.preferences.theme, self.app.console.color_system)

    @property
    def animated(self) -> bool:
        """Whether things may move."""
        return self.context.preferences.animation and self.app.animation_level != "none"

    # Showing the game

    def begin(self, state: State, names: Sequence[str], viewer: int, levels: Mapping[int, str]) -> None:
        """Take a game to show, before anything happened in it; `levels` are those of its bots by seat."""
        self.people = People.of(state, names, viewer, self.palette, self.lang, self.pieces, levels)
        if self._motion is None:
            self._motion = Motion(state)
            self.board.cursor = state.position[viewer] if viewer >= 0 else 0
        self._motion.start(state, (), animated=False)
        self.chronicle.begin(state)
        self._title_log()

    @property
    def told(self) -> list[str]:
        """Everything that was told, the newest last."""
        return [line.words for line in self.chronicle.lines]

    def happened(self, events: Iterable[Event]) -> None:
        """Tell what happened and begin to show it."""
        events = tuple(events)
        assert self._motion is not None
        self.tell_events(events)
        self.tell_wholes()
        self._motion.start(self.state, events, animated=self.animated)
        for dialog in self.app.screen_stack:
            if isinstance(dialog, WorthsDialog):
                dialog.follow(self.state, self.history())
        if self._motion.moving:
            self._timer = self._timer or self.set_interval(1 / FRAMES_A_SECOND, self._frame)
        self.show_table()

    def tell_events(self, events: Iterable[Event]) -> None:
        """Put what happened into the log, with a heading a turn."""
        assert self.people is not None
        people, events, log = self.people, tuple(events), self.query_one("#log", Log)
        self._write(self.chronicle.take(events, people))
        for event in events:
            if isinstance(event, TurnBegan):
                log.tell(turn_heading(event, people), mine=event.seat == people.viewer)

    def recall(self, steps: Sequence[Step], place: tuple[int, int]) -> None:
        """Tell what happened before, at a place in chronicle and log, and lay the roll of this turn there again."""
        assert self.people is not None
        assert self._motion is not None
        earlier, told = recalled(steps, self.people)
        self.chronicle.precede(earlier, place[0])
        self.query_one("#log", Log).insert(place[1], told)
        self._motion.recall(self.chronicle.turn)
        self.show_table()

    def tell_wholes(self) -> None:
        """Tell which groups have become whole."""
        assert self.people is not None
        lines = self.chronicle.take_wholes(self.state, self.people)
        self._write(lines)
        for line in lines:
            self.notify(line.words, title=self.say("group_whole_title"), markup=False)

    def tell(self, sentences: Iterable[str]) -> None:
        """Put sentences into the log that concern everybody."""
        self._write(self.chronicle.note(Told(sentence) for sentence in sentences))

    def _write(self, lines: Iterable[Told]) -> None:
        log = self.query_one("#log", Log)
        for words, mine in lines:
            log.tell(Text(words), mine=mine)
            for dialog in self.app.screen_stack:
                if isinstance(dialog, LogDialog) and dialog.is_mounted:
                    dialog.tell(words, mine=mine)

    @property
    def moving(self) -> bool:
        """Whether something still moves."""
        return self._motion is not None and self._motion.moving

    @property
    def stays(self) -> bool:
        """Whether the screen has not been taken away; what it shows goes first, while the app closes, too."""
        return self.is_mounted and self.display and self in self.app.screen_stack

    def _frame(self) -> None:
        if not self.stays:
            return
        if self._motion is None or not self._motion.step():
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            self.settled()
        self.show_table()

    def settled(self) -> None:
        """Be told that nothing moves any more."""

    def show_table(self) -> None:
        """Show everything as it is; what did not change costs nothing."""
        people, motion = self.people, self._motion
        if people is None or motion is None or not self.stays:
            return
        state, board = self.state, self.board
        choices = self.choices()
        lit = motion.path | self.chronicle.lit(state)
        board.show(looks(state, motion.positions, choices=choices, path=lit, pieces=people.tokens))
        board.stops = choices
        width, height = board.area_size(Area.EVENT)
        board.write(Area.EVENT, _centred(self._event(width - 2, height), height))
        width, height = board.area_size(Area.MIDDLE)
        board.write(Area.MIDDLE, middle(state, people, motion.dice, width, height))
        self._show_hint()
        self.query_one(TurnPanel).show(state, people, self.deadline)
        self.query_one(PlayersPanel).show(state, people, motion.money, self.history())
        self.query_one(ActionsPanel).room = self._room()
        self._show_actions(people)
        self.show_status()

    def _show_actions(self, people: People) -> None:
        offers = self.offers() or self.meanwhile()  # whom the game waits for stands below the board, too
        self.query_one(ActionsPanel).show(offers, people, self.keys(), self.otherwise(), self.about())

    def _event(self, width: int, height: int) -> list[Text]:
        """Return the event of the moment; where no log stands beside the board, what was told last."""
        assert self.people is not None
        found = moment(self.state, self.people, width, height)
        if found:
            return found
        if not self.query_one("#log").display:
            return latest(self.told, width, height)
        return [
            line for text in self.chronicle.news(self.state, self.people) for line in text.wrap(self.app.console, width)
        ][:height]

    def now(self) -> Text:
        """Return whose turn it is, the time that is left, and the event of the moment, in one line."""
        if self.people is None:
            return Text()
        clock = self.query_one(TurnPanel).clock()
        turn = Text(whose_turn(self.state, self.people), style="bold reverse" if self.offers() else "bold")
        return Text(" · ").join([turn, *(Text(part) for part in (clock, headline(self.state, self.people)) if part)])

    def _room(self) -> int:
        """Return how many lines what may be done can take beside the board."""
        assert self.people is not None
        log = _LEAST_LOG if self.size.height >= LOG_LINES else 0
        return self.size.height - LINES_BELOW - _TURN_LINES - 2 * len(self.people.order) - 1 - log

    def _show_hint(self) -> None:
        board, people = self.board, self.people
        if board.cursor is not None and people is not None:
            width, height = board.area_size(Area.HINT)
            words = hint(self.state, board.cursor, people, choice=board.cursor in self.choices())
            lines = [line for text in words for line in text.wrap(self.app.console, width - 2)]
            board.write(Area.HINT, _centred(lines[:height], height))

    def show_status(self) -> None:
        """Show the line below the board: the number that is being typed, or whatever else matters."""
        typed = self._about_typed() if self._typed else self.status()
        quiet = PALETTES[self.palette].quiet
        self.query_one("#status", Lines).put(Text(f" {typed}", style="bold" if self._typed else quiet))

    def _about_typed(self) -> str:
        """Return what Enter would do with the number that is being typed."""
        number, choices = int(self._typed), self.choices()
        square = self.numbered(number)
        if not self.state.board.is_square(square):
            return self.say("typed_none", number=number)
        if square != number and self.people is not None:
            return self.say("typed_target", number=number, square=called(self.state, square, self.people))
        return self.say("typed" if not choices or square in choices else "typed_no_choice", number=number)

    def keys(self) -> Mapping[str, str]:
        """Return the key of each offer, as the player's configuration has it."""
        found: dict[str, str] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.id in _NAMES:
                found.setdefault(_NAMES[binding.id], key_name(binding.key, self.lang))
        enter = key_name("enter")
        return {"move": enter, "tram": enter, **found}

    # Squares

    @on(BoardView.Moved)
    def moved(self) -> None:
        """Tell about the square under the cursor."""
        self.show_table()

    @on(BoardView.Chosen)
    def chosen(self, event: BoardView.Chosen) -> None:
        """Take the square under the cursor."""
        self.choose(event.square)

    def action_square(self) -> None:
        """Take the square under the cursor, wherever the focus is."""
        self.board.action_choose()

    def action_my_piece(self) -> None:
        """Put the cursor where the player's piece stands."""
        if self.people is not None:
            seat = self.people.viewer if self.people.viewer >= 0 else self.state.turn_seat
            self.board.cursor = self.state.position[seat]

    def on_key(self, event: events.Key) -> None:
        """Take digits as the number of a square; Enter takes it, Escape forgets it."""
        if isinstance(self.focused, Input):
            return
        if event.character is not None and event.character.isdecimal() and event.character.isascii():
            self._typed = (self._typed.lstrip("0") + event.character)[-LONGEST_NUMBER:]
            square = self.numbered(int(self._typed))
            if self.state.board.is_square(square):
                self.board.cursor = square
        elif not self._typed:
            return
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "escape":
            self._typed = ""
        elif event.key == "enter":
            square, self._typed = self.numbered(int(self._typed)), ""
            self.show_status()
            self._take_number(square)
        else:
            self._typed = ""
            self.show_status()
            return
        event.stop()
        self.show_status()

    def _take_number(self, number: int) -> None:
        if not self.state.board.is_square(number):
            self.notify(self.say("typed_none", number=number), severity="warning")
            return
        self.board.cursor = number
        if self.choices() and number not in self.choices():
            self.notify(self.say("not_a_choice"), severity="warning")
        else:
            self.choose(number)

    def show_deed(self, square: int) -> None:
        """Open the card of a square."""
        if self.people is not None:
            self.app.push_screen(DeedDialog(self.state, square, self.people))

    def action_worths(self) -> None:
        """Show who is winning."""
        if self.people is not None:
            self.app.push_screen(WorthsDialog(self.state, self.people, self.history(), self.since()))

    def action_log(self) -> None:
        """Open the whole log."""
        only_mine = self.query_one("#log", Log).only_mine
        self.app.push_screen(LogDialog(self.chronicle.lines, self.lang, only_mine=only_mine, filters=self._filter))

    def action_mine(self) -> None:
        """Let the log show only what concerns the player, or everything again."""
        self._filter(not self.query_one("#log", Log).only_mine)

    def _filter(self, only_mine: bool) -> None:
        self.query_one("#log", Log).filter(only_mine=only_mine)
        self._title_log()

    def _title_log(self) -> None:
        """Say above the log what it shows, and the key for the rest; a spectator has nothing of its own."""
        log = self.query_one("#log", Log)
        title, other = ("log_of_mine", "log_all") if log.only_mine else ("log_title", "log_mine")
        key = next((each.binding.key for each in self.active_bindings.values() if each.binding.id == _MINE), "")
        plays = self.people is not None and self.people.viewer >= 0
        log.border_title = f"{self.say(title)} · {key}: {self.say(other)}" if plays and key else self.say(title)


def _centred(lines: Sequence[Text], height: int) -> list[Text]:
    """Return lines a column in from the edge, in the middle of an area."""
    blank = max((height - len(lines)) // 2, 0)
    return [Text()] * blank + [Text(" ") + line for line in lines]
