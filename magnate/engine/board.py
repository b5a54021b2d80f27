"""The board: its squares as data, and every table that the rules look up, computed once per board (rules: The board).

Squares are named by their ids (0..39, 100..113, 201); tables are lists indexed by square id, with gaps.
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, cast

from magnate.engine.errors import BoardError

MAX_STEPS: Final = 18
"""More steps than any roll takes."""
MAX_LEVEL: Final = 5
"""Levels of building a square takes; the fifth is the hotel."""
PLAIN_GROUPS: Final = 12
"""Groups 1..12 are the colours."""
SERVERS: Final = 13
"""The group of the servers."""
BRIDGES: Final = 14
"""The group of the bridges."""


class Kind(StrEnum):
    """What a square is."""

    EXIT = "exit"
    PROPERTY = "property"
    SERVER = "server"
    BRIDGE = "bridge"
    TRAM = "tram"
    FANTASY = "fantasy"
    PARKING = "parking"
    JAIL_VISIT = "jail_visit"
    JAIL = "jail"
    GO_TO_JAIL = "go_to_jail"


class Board:
    """An immutable board with its tables; build one with `Board(data)`, or ask for `standard_board()`."""

    __slots__ = (
        "bail",
        "build_price",
        "buyable",
        "destination",
        "digest",
        "exit",
        "exits",
        "fare",
        "go_to_jail",
        "group",
        "ids",
        "is_buyable",
        "jail",
        "jump_choices",
        "kind",
        "members",
        "mortgage",
        "next_even",
        "next_odd",
        "parking",
        "paths",
        "price",
        "random_targets",
        "refund",
        "rents",
        "salary",
        "size",
        "span",
        "trams",
    )

    ids: tuple[int, ...]
    """Every square id, in the order of the data."""
    size: int
    """The highest id plus one: the length of every table."""
    span: int
    """The highest id that can be owned plus one: the length of a state's lists by square."""
    kind: list[Kind]
    group: list[int]
    """1..12 a colour, SERVERS, BRIDGES, or 0 for squares that cannot be owned."""
    members: list[tuple[int, ...]]
    """Squares by group."""
    price: list[int]
    mortgage: list[int]
    """Half the price, rounded down: what a mortgage brings and what lifting it costs."""
    build_price: list[int]
    refund: list[int]
    """Half the build price, rounded down: what a level demolished brings."""
    rents: list[tuple[int, ...]]
    buyable: tuple[int, ...]
    is_buyable: list[bool]
    fare: list[int]
    """What the ride to a tram stop costs."""
    trams: tuple[int, ...]
    next_even: list[int]
    """The successor on a move of an even number of steps."""
    next_odd: list[int]
    """The successor on a move of an odd number of steps."""
    paths: list[list[tuple[int, ...]]]
    """paths[square][steps]: the squares of that move, both ends included; steps 0..MAX_STEPS."""
    destination: list[list[int]]
    """destination[square][steps]: the last square of that move."""
    exits: list[list[int]]
    """exits[square][steps]: how often that move passes or lands on exit."""
    jump_choices: tuple[tuple[int, int], ...]
    """(square, 0 steps) of where a triple may jump: every square but the jail."""
    random_targets: tuple[int, ...]
    """Where a card may throw a piece: every square but the jail and go-to-jail."""
    digest: str
    """SHA-256 of the board's data, by which a record knows its board."""

    def __init__(self, data: Mapping[str, object]) -> None:
        """Read a board from data laid out like `data/board.json`.

        Raises:
            BoardError: an entry is missing, of the wrong kind, or leads nowhere.
        """
        squares = _entries(data)
        self.digest = hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        self.ids = tuple(squares)
        self.size = max(self.ids) + 1
        self.kind = [Kind.EXIT] * self.size
        self.group = [0] * self.size
        self.price = [0] * self.size
        self.build_price = [0] * self.size
        self.fare = [0] * self.size
        self.rents = [()] * self.size
        self.is_buyable = [False] * self.size
        self.next_even = [0] * self.size
        self.next_odd = [0] * self.size
        for square, entry in squares.items():
            self._read_square(square, entry)
        self._link(squares)
        self.exit = self._only(Kind.EXIT)
        self.jail = self._only(Kind.JAIL)
        self.parking = self._only(Kind.PARKING)
        self.go_to_jail = self._only(Kind.GO_TO_JAIL)
        self.trams = self._all(Kind.TRAM)
        if not self.trams:
            raise BoardError("squares", "there is no square of kind tram")
        self.salary = _number(squares[self.exit], "salary", self.exit)
        self.bail = _number(squares[self.jail], "bail", self.jail)
        self.buyable = tuple(s for s in self.ids if self.is_buyable[s])
        self.span = max(self.buyable, default=0) + 1
        self.mortgage = [price // 2 for price in self.price]
        self.refund = [price // 2 for price in self.build_price]
        self.members = [tuple(s for s in self.buyable if self.group[s] == g) for g in range(BRIDGES + 1)]
        self.jump_choices = tuple((s, 0) for s in self.ids if s != self.jail)
        self.random_targets = tuple(s for s in self.ids if s not in (self.jail, self.go_to_jail))
        self._tabulate_moves()

    def is_square(self, square: int) -> bool:
        """Return whether the board has a square of that id."""
        return square in self.ids

    def _read_square(self, square: int, entry: Mapping[str, object]) -> None:
        try:
            kind = Kind(str(entry.get("kind")))
        except ValueError:
            raise BoardError(f"square {square}", f"unknown kind {entry.get('kind')!r}") from None
        self.kind[square] = kind
        if kind is Kind.PROPERTY:
            self.group[square] = _number(entry, "group", square)
            if not 1 <= self.group[square] <= PLAIN_GROUPS:
                raise BoardError(f"square {square}", f"group must be 1..{PLAIN_GROUPS}")
            self.build_price[square] = _number(entry, "build_price", square)
            if not self.build_price[square]:
                raise BoardError(f"square {square}", "build_price must be at least 1")
            self._sell(square, entry, MAX_LEVEL + 1)
        elif kind is Kind.SERVER or kind is Kind.BRIDGE:
            self.group[square] = SERVERS if kind is Kind.SERVER else BRIDGES
            self._sell(square, entry, 2)
        elif kind is Kind.TRAM:
            self.fare[square] = _number(entry, "fare", square)

    def _sell(self, square: int, entry: Mapping[str, object], levels: int) -> None:
        rents = entry.get("rents")
        if not isinstance(rents, list) or len(rents) != levels or not all(isinstance(r, int) and r >= 0 for r in rents):
            raise BoardError(f"square {square}", f"rents must be {levels} whole numbers of at least 0")
        self.rents[square] = tuple(rents)
        self.price[square] = _number(entry, "price", square)
        self.is_buyable[square] = True

    def _link(self, squares: Mapping[int, Mapping[str, object]]) -> None:
        for square, entry in squares.items():
            even, odd = ("next_outer", "next_inner") if self.kind[square] is Kind.BRIDGE else ("next", "next")
            for table, key in ((self.next_even, even), (self.next_odd, odd)):
                table[square] = _number(entry, key, square)
                if table[square] not in squares:
                    raise BoardError(f"square {square}", f"{key} leads to {table[square]}, which is not a square")

    def _all(self, kind: Kind) -> tuple[int, ...]:
        return tuple(s for s in self.ids if self.kind[s] is kind)

    def _only(self, kind: Kind) -> int:
        found = self._all(kind)
        if len(found) != 1:
            raise BoardError("squares", f"there must be one square of kind {kind.value}, not {len(found)}")
        return found[0]

    def _tabulate_moves(self) -> None:
        self.paths = [[] for _ in range(self.size)]
        self.destination = [[] for _ in range(self.size)]
        self.exits = [[] for _ in range(self.size)]
        for square in self.ids:
            for steps in range(MAX_STEPS + 1):
                path = self._walk(square, steps)
                self.paths[square].append(path)
                self.destination[square].append(path[-1])
                self.exits[square].append(path[1:].count(self.exit))

    def _walk(self, start: int, steps: int) -> tuple[int, ...]:
        """Return the squares of a move of `steps` from `start`; the parity of the whole move decides at bridges."""
        successor = self.next_odd if steps % 2 else self.next_even
        squares = [start]
        for _ in range(steps):
            squares.append(successor[squares[-1]])
        return tuple(squares)


def _entries(data: Mapping[str, object]) -> dict[int, Mapping[str, object]]:
    """Return the squares of board data by id."""
    entries = data.get("squares")
    if not isinstance(entries, list) or not entries:
        raise BoardError("squares", "must be a list of squares")
    squares: dict[int, Mapping[str, object]] = {}
    for place, entry in enumerate(entries):
        square = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(square, int) or not 0 <= square < 256:
            raise BoardError(f"entry {place}", "must have an id from 0 to 255")
        if square in squares:
            raise BoardError(f"square {square}", "stands there twice")
        squares[square] = cast(Mapping[str, object], entry)
    return squares


def _number(entry: Mapping[str, object], key: str, square: int) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or value < 0:
        raise BoardError(f"square {square}", f"{key} must be a whole number of at least 0")
    return value


@cache
def standard_board() -> Board:
    """Return the board of `data/board.json`, the same object each time."""
    return Board(json.loads(files("magnate.engine").joinpath("data/board.json").read_text("utf-8")))
