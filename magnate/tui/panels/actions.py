"""What may be done now: a line each with its key, and greyed with the reason where it may not be done."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Final

from rich.text import Text
from textual import events
from textual.message import Message

from magnate.engine.view import sentence
from magnate.tui.board.palette import PALETTES
from magnate.tui.panels.lines import Lines
from magnate.tui.words.offers import Offer
from magnate.tui.words.people import People

_LEAST_COLUMNS: Final = 8
"""What words get, however narrow the panel."""


class ActionsPanel(Lines):
    """Lines that work like buttons; it posts `Taken` when one is clicked."""

    class Taken(Message):
        """The player clicked an offer."""

        def __init__(self, offer: Offer) -> None:
            super().__init__()
            self.offer = offer

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[Offer | None] = []
        """The offer on each line."""
        self.room: int | None = None
        """How many lines there are; where they are too few, the offers become brief, the last first."""
        self._asked: tuple[Sequence[Offer], People, Mapping[str, str], str, Sequence[str]] | None = None

    def show(
        self,
        offers: Sequence[Offer],
        people: People,
        keys: Mapping[str, str],
        otherwise: str = "",
        about: Sequence[str] = (),
    ) -> None:
        """Show offers.

        Args:
            offers: What may be done.
            people: Who plays.
            keys: The keys that the player uses, by the name of the offer.
            otherwise: What is said where there is nothing to do.
            about: Sentences to know before, the most important first.
        """
        self._asked = (offers, people, keys, otherwise, about)
        if not self.size.width:
            return
        caps = _caps(offers, keys)
        blocks = [self._block(offer, cap, people) for offer, cap in zip(offers, caps, strict=True)]
        text = PALETTES[people.palette].text
        known = [Text(line, style=text) for each in about for line in textwrap.wrap(each, self.size.width)]
        room = None if self.room is None else self.room - len(known)
        # What comes of an offer gives way first, then why it may not be done, which its key says too; the last first.
        lasts = [*reversed(range(len(offers)))]
        for place in [*(each for each in lasts if offers[each].reason is None), *lasts]:
            if room is None or sum(map(len, blocks)) <= room:
                break
            blocks[place] = self._block(offers[place], caps[place], people, brief=True)
        if room is not None and sum(map(len, blocks)) > room:
            known = known[: max(len(known) + room - sum(map(len, blocks)), 0)]
        lines = [*known, *(line for block in blocks for line in block)]
        self.rows = [None] * len(known)
        self.rows += [offer for offer, block in zip(offers, blocks, strict=True) for _ in block]
        if not offers and otherwise:
            quiet = PALETTES[people.palette].quiet
            lines = [Text(line, style=quiet) for line in textwrap.wrap(otherwise, self.size.width)]
            self.rows = [None] * len(lines)
        self.put(Text("\n").join(lines))

    def _block(self, offer: Offer, cap: str, people: People, *, brief: bool = False) -> list[Text]:
        """Return the lines of an offer: key and label; unless `brief`, what comes of it or why it may not be done."""
        palette = PALETTES[people.palette]
        indent = " " * (len(cap) + 3)
        width = max(self.size.width - len(indent), _LEAST_COLUMNS)
        first, *more = textwrap.wrap(offer.label, width) or [""]
        style = f"{palette.quiet} dim" if offer.reason else palette.text
        pressed = f"bold reverse {palette.special}" if cap.strip() and not offer.reason else "dim"
        lines = [Text.assemble(Text(f" {cap} ", style=pressed), " ", (first, style))]
        lines += [Text(f"{indent}{line}", style=style) for line in more]
        if brief:
            return lines
        if offer.reason is not None:
            why = textwrap.wrap(sentence(offer.reason, people.lang), max(self.size.width - 4, _LEAST_COLUMNS))
            lines += [Text(f"    {line}", style=f"italic {palette.quiet}") for line in why]
        elif offer.detail:
            lines += [Text(f"{indent}{line}", style=palette.quiet) for line in textwrap.wrap(offer.detail, width)]
        return lines

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._asked is not None:
            self.show(*self._asked)

    def on_click(self, event: events.Click) -> None:
        """Take the offer that was clicked."""
        offer = self.rows[event.y] if 0 <= event.y < len(self.rows) else None
        if offer is not None:
            self.post_message(self.Taken(offer))


def _caps(offers: Sequence[Offer], keys: Mapping[str, str]) -> list[str]:
    """Return the key of each offer, all as wide; of several with one key only the first has it."""
    found: list[str] = []
    taken: set[str] = set()
    for offer in offers:
        key = offer.key or ("" if offer.name in taken else keys.get(offer.name, ""))
        taken.add(offer.name)
        found.append(key)
    widest = max(map(len, found), default=0)
    return [key.center(widest) for key in found]
