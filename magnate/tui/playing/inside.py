"""What stands inside the ring of squares: the event of the moment, the dice, and the square under the cursor."""

from collections.abc import Sequence

from rich.text import Text

from magnate.engine.state import State
from magnate.tui.board.layout import Area
from magnate.tui.board.motion import Dice
from magnate.tui.board.widget import BoardView
from magnate.tui.words.chronicle import Chronicle
from magnate.tui.words.moment import latest, middle, moment
from magnate.tui.words.people import People
from magnate.tui.words.squares import hint


def write_event(board: BoardView, state: State, people: People, chronicle: Chronicle, *, has_log: bool) -> None:
    """Write the event of the moment; where no log stands beside the board, what was told last."""
    area = board.area_size(Area.EVENT)
    width, height = area.width - 2, area.height
    lines = moment(state, people, width, height)
    if not lines and not has_log:
        lines = latest([line.words for line in chronicle.lines], width, height)
    elif not lines:
        lines = _wrapped(chronicle.news(state, people), board, width)[:height]
    board.write(Area.EVENT, _centred(lines, height))


def write_middle(board: BoardView, state: State, people: People, dice: Dice | None) -> None:
    """Write whose turn it is, with the dice of the turn."""
    area = board.area_size(Area.MIDDLE)
    board.write(Area.MIDDLE, middle(state, people, dice, area.width, area.height))


def write_hint(board: BoardView, state: State, people: People, choices: Sequence[int]) -> None:
    """Write about the square under the cursor."""
    if board.cursor is not None:
        area = board.area_size(Area.HINT)
        words = hint(state, board.cursor, people, choice=board.cursor in choices)
        lines = _wrapped(words, board, area.width - 2)
        board.write(Area.HINT, _centred(lines[: area.height], area.height))


def _wrapped(texts: Sequence[Text], board: BoardView, width: int) -> list[Text]:
    return [line for text in texts for line in text.wrap(board.app.console, width)]


def _centred(lines: Sequence[Text], height: int) -> list[Text]:
    """Return lines a column in from the edge, in the middle of an area."""
    blank = max((height - len(lines)) // 2, 0)
    return [Text()] * blank + [Text(" ") + line for line in lines]
