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

from magnate.engine.events import Event
from magnate.engine.record import Step
from magnate.engine.state import State
from magnate.texts.game import GAME, game
from magnate.tui.board.layout import Layout, largest_layout
from magnate.tui.board.looks import looks
from magnate.tui.board.motion import FRAMES_A_SECOND, Motion
from magnate.tui.board.palette import PALETTES, board_palette
from magnate.tui.board.widget import BoardView
from magnate.tui.closing import ClosesOnce
from magnate.tui.context import Context
from magnate.tui.dialogs.deed import DeedDialog
from magnate.tui.dialogs.too_small import TooSmall
from magnate.tui.dialogs.worths import WorthsDialog
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.panels.lines import Lines
from magnate.tui.panels.log import Log
from magnate.tui.panels.players import PlayersPanel, TurnPanel
from magnate.tui.playing.inside import write_event, write_hint, write_middle
from magnate.tui.playing.source import Source
from magnate.tui.playing.telling import Telling
from magnate.tui.playing.typed import Pressed, TypedNumber
from magnate.tui.preferences.keys import describe, key_name
from magnate.tui.words.chronicle import LONGEST
from magnate.tui.words.moment import headline, whose_turn
from magnate.tui.words.offers import BINDING_IDS, Offer
from magnate.tui.words.people import People
from magnate.tui.words.squares import called

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


class TableScreen(ClosesOnce[None]):
    """The board with its panels, which show a source; whoever inherits does what the player wants."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "square", "square", id="table.square"),
        Binding("home", "my_piece", "my_piece", show=False, id="table.piece"),
        Binding("g", "log", "log", id="table.log"),
        Binding("o", "mine", "log_mine", show=False, id=_MINE),
        Binding("f", "worths", "worths", show=False, id="table.worths"),
        Binding("escape", "leave", "leave", id="table.leave"),
    ]

    def __init__(self, context: Context, source: Source) -> None:
        super().__init__(classes="table")
        self.context = context
        self.lang = context.preferences.lang
        self.source = source
        """What is shown."""
        self.pieces: tuple[int, ...] = ()
        """By seat, the item of the shop that each plays with, as soon as that is known."""
        self.telling = Telling(self)
        self._motion: Motion | None = None
        self._timer: Timer | None = None
        self._typed = TypedNumber()
        describe(self, GAME, self.lang, first=("game.", "fantasy.", "answer."))

    @property
    def state(self) -> State:
        """The game as it is shown."""
        return self.source.state

    @property
    def people(self) -> People | None:
        """Who plays, as soon as the game has been shown."""
        return self.source.people

    def offers(self) -> Sequence[Offer]:
        """Return what may be done now."""
        return self.source.offers(self.board.cursor) if self.people is not None and self.stays else ()

    def choices(self) -> tuple[int, ...]:
        """Return the squares that may be chosen now."""
        return self.source.choices()

    def status(self) -> str:
        """Return the line below the board."""
        return ""

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

    def _fit_anew(self) -> None:
        if self.stays:
            self._fit()

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
        self.call_after_refresh(self._fit_anew)
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
        self.source.people = People.of(state, names, viewer, self.palette, self.lang, self.pieces, levels)
        if self._motion is None:
            self._motion = Motion(state)
            self.board.cursor = state.position[viewer] if viewer >= 0 else 0
        self._motion.start(state, (), animated=False)
        self.telling.chronicle.begin(state)
        self._title_log()

    @property
    def told(self) -> list[str]:
        """Everything that was told, the newest last."""
        return self.telling.told

    def happened(self, events: Iterable[Event]) -> None:
        """Tell what happened and begin to show it."""
        events = tuple(events)
        assert self._motion is not None
        assert self.people is not None
        self.telling.events(events, self.people)
        self.telling.wholes(self.state, self.people)
        self._motion.start(self.state, events, animated=self.animated)
        for dialog in self.app.screen_stack:
            if isinstance(dialog, WorthsDialog):
                dialog.follow(self.state, self.source.history())
        if self._motion.moving:
            self._timer = self._timer or self.set_interval(1 / FRAMES_A_SECOND, self._frame)
        self.show_table()

    def recall(self, steps: Sequence[Step], place: tuple[int, int]) -> None:
        """Tell what happened before, at a place in the log, and lay the roll of this turn on the table again."""
        assert self.people is not None
        assert self._motion is not None
        self.telling.recall(steps, self.people, place)
        self._motion.recall(self.telling.chronicle.turn)
        self.show_table()

    def tell(self, sentences: Iterable[str]) -> None:
        """Put sentences into the log that concern everybody."""
        self.telling.sentences(sentences)

    @property
    def moving(self) -> bool:
        """Whether something still moves."""
        return self._motion is not None and self._motion.moving

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
        lit = motion.path | self.telling.chronicle.lit(state)
        board.show(looks(state, motion.positions, choices=choices, path=lit, pieces=people.tokens))
        board.stops = choices
        write_event(board, state, people, self.telling.chronicle, has_log=self.telling.log.display)
        write_middle(board, state, people, motion.dice)
        write_hint(board, state, people, choices)
        self.query_one(TurnPanel).show(state, people, self.source.deadline)
        self.query_one(PlayersPanel).show(state, people, motion.money, self.source.history())
        self.query_one(ActionsPanel).room = self._room()
        self._show_actions(people)
        self.show_status()

    def _show_actions(self, people: People) -> None:
        offers = self.offers() or self.source.meanwhile()  # whom the game waits for stands below the board, too
        self.query_one(ActionsPanel).show(offers, people, self.keys(), self.source.otherwise(), self.source.about())

    def now(self) -> Text:
        """Return whose turn it is, the time that is left, and the event of the moment, in one line."""
        if self.people is None or not self.stays:
            return Text()
        clock = self.query_one(TurnPanel).clock()
        turn = Text(whose_turn(self.state, self.people), style="bold reverse" if self.offers() else "bold")
        return Text(" · ").join([turn, *(Text(part) for part in (clock, headline(self.state, self.people)) if part)])

    def _room(self) -> int:
        """Return how many lines what may be done can take beside the board."""
        assert self.people is not None
        log = _LEAST_LOG if self.size.height >= LOG_LINES else 0
        return self.size.height - LINES_BELOW - _TURN_LINES - 2 * len(self.people.order) - 1 - log

    def show_status(self) -> None:
        """Show the line below the board: the number that is being typed, or whatever else matters."""
        if not self.stays:
            return
        typing = bool(self._typed.digits)
        words = self._about_typed() if typing else self.status()
        style = "bold" if typing else PALETTES[self.palette].quiet
        self.query_one("#status", Lines).put(Text(f" {words}", style=style))

    def _about_typed(self) -> str:
        """Return what Enter would do with the number that is being typed."""
        number, choices = self._typed.number, self.choices()
        square = self.source.numbered(number)
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
        pressed = self._typed.press(event.key, event.character)
        if pressed is Pressed.NOTHING:
            return
        if pressed is Pressed.TYPED:
            square = self.source.numbered(self._typed.number)
            if self.state.board.is_square(square):
                self.board.cursor = square
        elif pressed is Pressed.TAKEN:
            square, self._typed.digits = self.source.numbered(self._typed.number), ""
            self._take_number(square)
        if pressed is not Pressed.ENDED:
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
            self.app.push_screen(WorthsDialog(self.state, self.people, self.source.history(), self.source.since()))

    def action_log(self) -> None:
        """Open the whole log."""
        self.telling.open(self.lang, self._filter)

    def action_mine(self) -> None:
        """Let the log show only what concerns the player, or everything again."""
        self._filter(not self.telling.log.only_mine)

    def _filter(self, only_mine: bool) -> None:
        self.telling.log.filter(only_mine=only_mine)
        self._title_log()

    def _title_log(self) -> None:
        """Say above the log what it shows, and the key for the rest; a spectator has nothing of its own."""
        log = self.telling.log
        title, other = ("log_of_mine", "log_all") if log.only_mine else ("log_title", "log_mine")
        key = next((each.binding.key for each in self.active_bindings.values() if each.binding.id == _MINE), "")
        plays = self.people is not None and self.people.viewer >= 0
        log.border_title = f"{self.say(title)} · {key}: {self.say(other)}" if plays and key else self.say(title)
