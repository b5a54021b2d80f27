"""The number of a square, as it is typed digit by digit."""

from enum import Enum, auto
from typing import Final

LONGEST_NUMBER: Final = 3
"""Digits of a square's number."""


class Pressed(Enum):
    """What a key did to the number."""

    NOTHING = auto()
    """It is no key of a number's."""
    TYPED = auto()
    """A digit was added."""
    CHANGED = auto()
    """A digit was taken back, or all of them."""
    TAKEN = auto()
    """The number is to be taken."""
    ENDED = auto()
    """The number is forgotten, and the key does what it does."""


class TypedNumber:
    """Digits that wait for Enter; Escape forgets them."""

    def __init__(self) -> None:
        self.digits = ""

    @property
    def number(self) -> int:
        """The number so far."""
        return int(self.digits)

    def press(self, key: str, character: str | None) -> Pressed:
        """Take a key."""
        if character is not None and character.isdecimal() and character.isascii():
            self.digits = (self.digits.lstrip("0") + character)[-LONGEST_NUMBER:]
            return Pressed.TYPED
        if not self.digits:
            return Pressed.NOTHING
        match key:
            case "backspace":
                self.digits = self.digits[:-1]
                return Pressed.CHANGED
            case "escape":
                self.digits = ""
                return Pressed.CHANGED
            case "enter":
                return Pressed.TAKEN
        self.digits = ""
        return Pressed.ENDED
