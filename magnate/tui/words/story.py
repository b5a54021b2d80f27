"""What happened, as the log tells it: names in place of seats, and what goes without saying left out."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from magnate.engine.events import BANK, AuctionClosed, Event, GameEnded, Paid, PhaseSkipped, TurnBegan, Why
from magnate.printable import printable
from magnate.protocol.chat import emoji_item
from magnate.texts.game import emoji
from magnate.texts.narration import Narrator
from magnate.tui.words.people import People

_NAMING: Final = ("seat", "payer", "payee", "destination", "target", "winner", "bidders", "seats")
"""Fields of events that name a player, or several."""


class Told(NamedTuple):
    """One line of the log."""

    words: str
    mine: bool = True
    """Whether it concerns the viewer."""


class Story(Narrator):
    """Tells a game in the viewer's language, calling the players by their names."""

    def __init__(self, people: People) -> None:
        super().__init__(people.names, people.lang)
        self._people = people

    def who(self, seat: int) -> str:
        """Return the name of a seat; bank and pot as ever."""
        return super().who(seat) if seat < 0 else self._people.name(seat)

    def to(self, seat: int) -> str:
        """Return a seat, BANK or POT as the one to whom something goes."""
        return super().to(seat) if seat < 0 else self._people.say("to_name", name=self._people.name(seat))

    def tell(self, events: Iterable[Event]) -> Iterator[str]:
        """Yield a sentence for each event worth telling."""
        for told in self.log(events):
            yield told.words

    def log(self, events: Iterable[Event]) -> Iterator[Told]:
        """Yield a line of the log for each event worth telling."""
        for event in events:
            if not _goes_without_saying(event):
                yield Told(self.event(event), concerns(event, self._people.viewer))


def concerns(event: Event, seat: int) -> bool:
    """Say whether an event is about a player: what it did, what it paid or got, and the end of the game."""
    if isinstance(event, GameEnded):
        return True
    named = [getattr(event, name, None) for name in _NAMING]
    bids = dict(event.bids) if isinstance(event, AuctionClosed) else {}
    return seat in named or seat in bids or any(isinstance(each, tuple) and seat in each for each in named)


def _goes_without_saying(event: Event) -> bool:
    if isinstance(event, Paid):
        return event.why in (Why.PRICE, Why.BID, Why.BONUS) or (event.why is Why.LEAVING and event.payer == BANK)
    return isinstance(event, TurnBegan | PhaseSkipped)


def spoken(message: object) -> str:
    """Return what somebody said, safe to print: a text, the text in an object, or an emoji."""
    if isinstance(message, dict):
        message = message.get("text", "")
    text = printable(str(message))
    item = emoji_item(text)
    return text if item is None else emoji(item)
