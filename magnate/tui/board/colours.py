"""What a palette of the board is: a colour for each thing that must be told apart."""

from dataclasses import dataclass


def mixed(first: str, second: str, part: float) -> str:
    """Return a colour between two, all as `#rrggbb`; `part` is how much of the second, 0 to 1."""
    pairs = [(int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(below + (above - below) * part):02x}" for below, above in pairs)


@dataclass(frozen=True)
class Palette:
    """The colours of the board in one theme, as `#rrggbb`."""

    name: str
    groups: tuple[str, ...]
    """Of the twelve colour groups, then servers and bridges."""
    players: tuple[str, ...]
    grounds: tuple[tuple[str, str], ...]
    """Behind a square, and behind every other: of squares that nobody owns, then of each player's."""
    table: str
    """Behind what is free."""
    text: str
    quiet: str
    """Prices and what matters less."""
    special: str
    """Labels of squares that nobody owns."""
    choice: str
    """Behind a square that may be chosen now, in strong contrast to `table`, which is the colour of its words."""
    path: str
    """Behind the squares just walked."""
    warning: str
    """Jail and debts."""

    def group(self, group: int) -> str:
        """Return the colour of a group of the board, servers and bridges included."""
        return self.groups[group - 1]

    def ground_of(self, owner: int, *, alternate: bool) -> str:
        """Return what lies behind a square, by the place of its owner in the turn order; below 0 is nobody."""
        return self.grounds[max(owner, -1) + 1][alternate]
