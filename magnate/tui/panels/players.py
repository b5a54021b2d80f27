"""The players with their money, and above them whose turn it is and how long it may take."""

import time
from collections.abc import Sequence

from rich.text import Text

from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.tui.board.palette import PALETTES
from magnate.tui.panels.lines import Lines
from magnate.tui.words.moment import bidders, phase_words, round_words, whose_turn
from magnate.tui.words.people import People
from magnate.tui.words.standings import Standing, arrow, signed, standings

HURRY_SECONDS = 10
"""From when on the clock warns."""
_INDENT = "    "
"""Before the second line of a player."""


class TurnPanel(Lines):
    """Two lines: whose turn and the clock, then what the game waits for."""

    _state: State | None = None
    _people: People | None = None
    _deadline: int | None = None
    _shown: tuple[str, str] = ("", "")

    def show(self, state: State, people: People, deadline: int | None) -> None:
        """Show a game; `deadline` is in ms since 1970, None where nothing is timed."""
        self._state, self._people, self._deadline = state, people, deadline
        self._shown = ("", "")
        self.tick()

    def tick(self) -> None:
        """Count the clock down."""
        if self._state is None or self._people is None or not self.size.width:
            return
        turn, clock = whose_turn(self._state, self._people), self.clock()
        if self._shown != (turn, clock):
            self._shown = (turn, clock)
            self.put(self._lines(self._state, self._people, turn, clock))

    def clock(self) -> str:
        """Return the time that is left, as minutes and seconds; nothing where nothing is timed."""
        if self._deadline is None:
            return ""
        left = max(0, round(self._deadline / 1000 - time.time()))
        return f"{left // 60}:{left % 60:02}"

    def on_resize(self) -> None:
        """Set the clock to the right edge."""
        self._shown = ("", "")
        self.tick()

    def _lines(self, state: State, people: People, turn: str, clock: str) -> Text:
        palette = PALETTES[people.palette]
        over = state.phase is Phase.END_GAME
        acts = bidders(state) if state.phase is Phase.AUCTION else [state.phase_seat]
        mine = people.viewer in acts
        width = self.size.width
        if len(turn) + len(clock) >= width:
            turn = people.name(state.turn_seat)
        head = Text("" if over else turn, style="bold reverse" if mine and not over else "bold")
        head.truncate(max(width - len(clock) - 1, 1), overflow="ellipsis")
        hurry = bool(clock) and self._deadline is not None and self._deadline / 1000 - time.time() < HURRY_SECONDS
        gap = " " * max(width - head.cell_len - len(clock), 0)
        lines = Text.assemble(head, gap, (clock, f"bold {palette.warning}" if hurry else "bold"), "\n")
        waits, which = phase_words(state, people), round_words(state, people)
        # The round stands on the board too, so that it may be left out here.
        words = f"{waits} · {which}" if len(waits) + len(which) + 3 <= width else waits
        below = Text(words, style=palette.quiet)
        below.truncate(width, overflow="ellipsis")
        return lines + below


class PlayersPanel(Lines):
    """Two lines a player: letter, name and money; rank, worth, lead and trend, squares and jail."""

    _asked: tuple[State, People, Sequence[int], Sequence[Sequence[int]]] | None = None

    def on_resize(self) -> None:
        """Set the money to the right edge."""
        if self._asked is not None:
            self.show(*self._asked)

    def show(self, state: State, people: People, money: Sequence[int], history: Sequence[Sequence[int]] = ()) -> None:
        """Show the players.

        Args:
            state: The game.
            people: Who plays.
            money: What is shown as the balance of each seat, while it counts.
            history: Net worth by seat at the beginning of each round so far.
        """
        self._asked = (state, people, money, history)
        width = self.size.width or 25
        found = {standing.seat: standing for standing in standings(state, history)}
        lines: list[Text] = []
        for seat in people.order:
            below = (
                _standing(state, people, found[seat], width)
                if seat in found
                else _fitted(Text(_INDENT + people.why_out(state, seat), style=PALETTES[people.palette].quiet), width)
            )
            lines += [_head(state, people, seat, money[seat], width), below]
        self.put(Text("\n").join(lines))


def _head(state: State, people: People, seat: int, money: int, width: int) -> Text:
    palette = PALETTES[people.palette]
    acts = state.alive[seat] and seat == state.turn_seat and state.phase is not Phase.END_GAME
    name = people.name(seat) + (f" ({people.say('you')})" if seat == people.viewer else "")
    amount = str(money)
    head = Text.assemble(("▶" if acts else " "), people.badge(seat), " ")
    called = Text(name, style=people.style(seat) if acts else people.style(seat, bold=False))
    if seat in state.winners:
        called = Text.assemble("★ ", called)
    if level := people.level(seat):
        called = Text.assemble(called, (f" {level}", palette.quiet))
    called.truncate(max(width - head.cell_len - len(amount) - 1, 1), overflow="ellipsis", pad=True)
    coins = Text(amount, style=f"bold {palette.warning if money < 0 else palette.text}")
    head = Text.assemble(head, called, " ", coins)
    if not state.alive[seat]:
        head.stylize("strike dim")
    return head


def _standing(state: State, people: People, standing: Standing, width: int) -> Text:
    """Return rank and worth, and of the rest, the most important first, as much as there is room for."""
    palette, say, seat = PALETTES[people.palette], people.say, standing.seat
    first = f"{say('rank', rank=standing.rank)} {say('worth', amount=standing.worth)}"
    jail = say("in_jail", turns=state.jail_turns[seat]) if state.jail_turns[seat] else ""
    if jail and len(first) + len(jail) + 3 > width:
        # How long somebody stays in jail matters more than the word.
        first = f"{say('rank', rank=standing.rank)} {standing.worth}"
    line = Text(first, style=f"bold {palette.quiet}" if standing.rank == 1 else palette.quiet)
    lead, goes = signed(standing.lead), arrow(standing.trend)
    rest = [
        ((jail,), f"bold {palette.warning}"),
        ((f"{lead} {goes}{abs(standing.trend or 0) or ''}", f"{lead} {goes}", lead, goes), palette.quiet),
        ((say("squares", count=len(state.owned[seat])),), palette.quiet),
    ]
    for forms, style in rest:
        fits = (form.strip() for form in forms if form and line.cell_len + len(form) + 3 <= width)
        form = next(fits, None)
        if form:
            line = Text.assemble(line, (" · ", palette.quiet), (form, style))
    return Text(" " * min(width - line.cell_len, len(_INDENT))) + line


def _fitted(line: Text, width: int) -> Text:
    """Return a second line as wide as there is room: where it is tight the indent goes first, then the end."""
    line = line[min(max(line.cell_len - width, 0), len(_INDENT)) :]
    line.truncate(width, overflow="ellipsis")
    return line
