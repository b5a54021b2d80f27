"""The players as every panel shows them: a letter, a shape and a colour each, by place in the turn order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rich.style import Style
from rich.text import Text

from magnate.engine.state import State
from magnate.printable import printable
from magnate.texts.bots import bot_level
from magnate.texts.game import game
from magnate.texts.pieces import piece
from magnate.tui.board.palette import PALETTES, PLAYER_LETTERS, PLAYER_SHAPES


@dataclass(frozen=True)
class People:
    """Who plays, for one viewer with one palette and language."""

    names: tuple[str, ...]
    """By seat, safe to print."""
    order: tuple[int, ...]
    """The seats in turn order."""
    viewer: int
    """The seat that looks, or -1."""
    palette: str
    lang: str
    pieces: tuple[int, ...] = ()
    """By seat, the item of the shop that each plays with: 0 the common one, which is all of them where it is empty."""
    levels: Mapping[int, str] = field(default_factory=dict)
    """The level of each seat that a bot plays, as far as it is known."""

    @classmethod
    def of(
        cls,
        state: State,
        names: Sequence[str],
        viewer: int,
        palette: str,
        lang: str,
        pieces: tuple[int, ...] = (),
        levels: Mapping[int, str] = MappingProxyType({}),
    ) -> "People":
        """Return the players of a game; who has no name is called by the letter."""
        order = state.order
        called = [printable(name) or PLAYER_LETTERS[order.index(seat)] for seat, name in enumerate(names)]
        return cls(tuple(called), order, viewer, palette, lang, pieces, levels)

    def place(self, seat: int) -> int:
        """Return the place of a seat in the turn order."""
        return self.order.index(seat)

    def letter(self, seat: int) -> str:
        """Return the letter of a seat."""
        return PLAYER_LETTERS[self.place(seat)]

    def seat_of(self, letter: str) -> int | None:
        """Return the seat that has a letter, or None."""
        place = PLAYER_LETTERS.find(letter.upper()) if len(letter) == 1 else -1
        return self.order[place] if 0 <= place < len(self.order) else None

    def colour(self, seat: int) -> str:
        """Return the colour of a seat, as `#rrggbb`."""
        return PALETTES[self.palette].players[self.place(seat)]

    def style(self, seat: int, *, bold: bool = True) -> Style:
        """Return the colour of a seat."""
        return Style(color=self.colour(seat), bold=bold)

    def badge(self, seat: int) -> Text:
        """Return the look and the letter of a seat in its colour: the piece from the shop, else a shape."""
        look = self._piece(seat) or PLAYER_SHAPES[self.place(seat)]
        return Text(f"{look}{self.letter(seat)}", style=self.style(seat))

    @property
    def tokens(self) -> str:
        """What stands on the board for each, by place in the turn order: the piece from the shop, else the letter."""
        return "".join(self._piece(seat) or self.letter(seat) for seat in self.order)

    def _piece(self, seat: int) -> str:
        """Return what the piece of a seat looks like; nothing for the common one, and where two look the same."""
        looks = [piece(item) if item else "" for item in self.pieces] or [""] * len(self.names)
        return looks[seat] if looks.count(looks[seat]) == 1 else ""

    def name(self, seat: int) -> str:
        """Return the name of a seat."""
        return self.names[seat]

    def level(self, seat: int) -> str:
        """Return the level of a bot in words; nothing for people, and where the level is not known."""
        return printable(bot_level(self.levels[seat], self.lang)) if seat in self.levels else ""

    def names_of(self, seats: Sequence[int]) -> str:
        """Return names as "a, b, c"."""
        return ", ".join(self.names[seat] for seat in seats)

    def why_out(self, state: State, seat: int) -> str:
        """Return why a seat is out of the game; nothing for one that is in it."""
        why = state.departure(seat)
        return "" if why is None else self.say(f"out_{why}")

    def you_are_out(self, state: State) -> str:
        """Return that the viewer is out of the game, and why; nothing for whoever plays or watches."""
        why = state.departure(self.viewer)
        return "" if why is None else self.say(f"you_are_out_{why}")

    def say(self, key: str, **words: object) -> str:
        """Return a text of the game in the viewer's language."""
        return game(key, self.lang, **words)
