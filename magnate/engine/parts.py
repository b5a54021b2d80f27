"""Reading plain data that a person may have written: every fault is noted with its place, none stops the reading.

A `Part` is one object of the data. What it is asked for it hands over when it is there and right; else it notes a fault
and hands over the default, so that one reading tells all that is wrong.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Final, TypeGuard

from magnate.engine.state import MOST

LONGEST_SHOWN: Final = 60
"""Characters of a wrong value that a fault shows."""


class Part:
    """One object of plain data, at the place `where` (empty for the whole), which notes its faults in `faults`."""

    __slots__ = ("_asked", "_values", "faults", "sound", "where")

    def __init__(self, data: object, where: str, faults: list[str]) -> None:
        self.where = where
        self.faults = faults
        self.sound = True
        """Whether its own values are right so far; those of the parts in it count for themselves."""
        self._asked: list[str] = []
        self._values: dict[str, object] = {}
        if isinstance(data, dict):
            self._values = data
        else:
            self.fault("", f"must be an object, not {shown(data)}")

    def __contains__(self, key: str) -> bool:
        """Return whether there is a value for `key`."""
        return key in self._values

    def fault(self, key: str, what: str) -> None:
        """Note that the value of `key` (empty: the part itself) cannot be read."""
        self.sound = False
        self.note(what, self.place(key) if key else self.where)

    def note(self, what: str, place: str | None = None) -> None:
        """Note a fault at `place` (None: here) that leaves the values as they are."""
        place = self.where if place is None else place
        self.faults.append(f"{place}: {what}" if place else what)

    def place(self, key: str) -> str:
        """Return the place of `key`, such as `players[1].balance`."""
        return f"{self.where}.{key}" if self.where else key

    def whole(self, key: str, default: int | None, least: int = 0, most: int = MOST) -> int:
        """Return a whole number from `least` to `most`; without a default it must be there."""
        value = self._value(key)
        if key not in self._values:
            if default is None:
                self.fault(key, "is missing")
            return least if default is None else default
        if is_whole(value) and least <= value <= most:
            return value
        self.fault(key, f"must be a whole number from {least} to {most}, not {shown(value)}")
        return least if default is None else default

    def flag(self, key: str) -> bool:
        """Return true or false; false when it is not there."""
        value = self._value(key)
        if isinstance(value, bool):
            return value
        if key in self._values:
            self.fault(key, f"must be true or false, not {shown(value)}")
        return False

    def whole_or_null(self, key: str) -> int | None:
        """Return a whole number of at least 0, or None for null or when it is not there."""
        return self.whole(key, 0) if self._value(key) is not None else None

    def name(self, key: str, default: str | None, known: Collection[str]) -> str:
        """Return one of the names that are known; without a default it must be there."""
        value = self._value(key)
        if isinstance(value, str) and value in known:
            return value
        if key in self._values:
            self.fault(key, f"{shown(value)} is not one of {', '.join(known)}{_guess(value, known)}")
        elif default is None:
            self.fault(key, "is missing")
        return next(iter(known)) if default is None else default

    def names(self, key: str, default: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
        """Return a list of names, all of which are known."""
        values = self._list(key)
        if key not in self._values:
            return tuple(default)
        right = [value for value in values if isinstance(value, str) and value in known]
        if len(right) < len(values):
            wrong = next(value for value in values if not isinstance(value, str) or value not in known)
            self.fault(key, f"{shown(wrong)} is not one of {', '.join(known)}{_guess(wrong, known)}")
        return tuple(right)

    def constant(self, key: str, expected: object, otherwise: str) -> None:
        """Note a fault with the words `otherwise` when there is another value than the expected one."""
        value = self._value(key)
        if key in self._values and value != expected:
            self.fault(key, otherwise)

    def wholes(self, key: str, default: Iterable[int], known: Collection[int], what: str) -> tuple[int, ...]:
        """Return a list of different whole numbers, all of which are known; `what` says in words which are."""
        values = self._list(key)
        if key not in self._values:
            return tuple(default)
        right = [value for value in values if is_whole(value) and value in known]
        if len(right) < len(values):
            wrong = next(value for value in values if not is_whole(value) or value not in known)
            self.fault(key, f"{shown(wrong)} is not one of {what}")
        elif len(set(right)) < len(right):
            self.fault(key, "names one twice")
        return tuple(right)

    def part(self, key: str) -> "Part":
        """Return the object at `key`; an empty one when it is not there."""
        value = self._value(key)
        return Part(value if key in self._values else {}, self.place(key), self.faults)

    def parts(self, key: str) -> list["Part"]:
        """Return the objects of the list at `key`; none when it is not there."""
        place = self.place(key)
        return [Part(value, f"{place}[{number}]", self.faults) for number, value in enumerate(self._list(key))]

    def entries(self, known: Collection[str], what: str) -> Iterator[tuple[str, "Part"]]:
        """Yield (key, object) of each entry whose key is known; `what` says in words what keys must be."""
        for key in self._known_keys(known, what):
            yield key, self.part(key)

    def numbers(self, known: Collection[str], what: str, least: int = 0, most: int = MOST) -> Iterator[tuple[str, int]]:
        """Yield (key, whole number) of each entry whose key is known; `what` says in words what keys must be."""
        for key in self._known_keys(known, what):
            yield key, self.whole(key, None, least, most)

    def numbers_or_null(self, known: Collection[str], what: str) -> Iterator[tuple[str, int | None]]:
        """Yield (key, whole number of at least 0, or None for null) of each entry whose key is known; as `numbers`."""
        for key in self._known_keys(known, what):
            yield key, self.whole_or_null(key)

    def done(self) -> None:
        """Note each key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.note(f"unknown key {shown(key)}{_guess(key, self._asked)}")

    def _known_keys(self, known: Collection[str], what: str) -> list[str]:
        for key in self._values:
            if key not in known:
                self.fault("", f"{shown(key)} is no {what}{_guess(key, known)}")
        return [key for key in self._values if key in known]

    def _list(self, key: str) -> list[object]:
        value = self._value(key)
        if isinstance(value, list):
            return value
        if key in self._values:
            self.fault(key, f"must be a list, not {shown(value)}")
        return []

    def _value(self, key: str) -> object:
        self._asked.append(key)
        return self._values.get(key)


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether `value` is a whole number (true and false are none)."""
    return type(value) is int


def shown(value: object) -> str:
    """Return a value as it would stand in the file, but cut short; nothing in it moves a cursor or rings a bell."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str) and len(value) > LONGEST_SHOWN:
        return json.dumps(value[:LONGEST_SHOWN]) + "…"
    return json.dumps(value, default=repr)


def _guess(value: object, known: Iterable[str]) -> str:
    """Return a question after the known name that somebody may have meant, or nothing."""
    close = get_close_matches(value, known, n=1) if isinstance(value, str) else []
    return f" (did you mean {close[0]}?)" if close else ""
