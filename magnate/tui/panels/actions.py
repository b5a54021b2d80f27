"""What may be done now: a line each with its key, and greyed with the reason where it may not be done."""

import textwrap
from collections.abc import Mapping, Sequence

from rich.text import Text
from textual import events
from textual.message import Message

from magnate.engine.view import sentence
from magnate.tui.board.palette import PALETTES
from magnate.tui.panels.lines import Lines
from magnate.tui.words.offers import Offer
from magnate.tui.words.people import People


class ActionsPanel(Lines):
    """Lines that work like buttons; it posts `Taken` when one is clicked."""

    class Taken(Message):
        """The player clicked an offer."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name
            """The name of the offer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[str | None] = []
        """The name of the offer on each line."""
        self._asked: tuple[Sequence[Offer], People, Mapping[str, str], str] | None = None

    def show(self, offers: Sequence[Offer], people: People, keys: Mapping[str, str], otherwise: str = "") -> None:
        """Show offers; `keys` are those that the player uses, `otherwise` is said where there is nothing to do."""
        self._asked = (offers, people, keys, otherwise)
        width = self.size.width
        if not width:
            return
        palette = PALETTES[people.palette]
        lines: list[Text] = []
        self.rows = []
        widest = max([len(keys.get(offer.name, "")) for offer in offers], default=0)
        for offer in offers:
            key = keys.get(offer.name, "").center(widest)
            style = f"{palette.quiet} dim" if offer.reason else palette.text
            label = textwrap.wrap(offer.label, max(width - len(key) - 3, 8)) or [""]
            cap = Text(f" {key} ", style="dim" if offer.reason else f"bold reverse {palette.special}")
            lines.append(Text.assemble(cap, " ", (label[0], style)))
            lines += [Text(f"{'':{len(key) + 3}}{more}", style=style) for more in label[1:]]
            self.rows += [offer.name] * len(label)
            if offer.reason is not None:
                why = textwrap.wrap(sentence(offer.reason, people.lang), max(width - 4, 8))
                lines += [Text(f"    {line}", style=f"italic {palette.quiet}") for line in why]
                self.rows += [offer.name] * len(why)
        if not offers and otherwise:
            lines = [Text(line, style=palette.quiet) for line in textwrap.wrap(otherwise, width)]
            self.rows = [None] * len(lines)
        self.put(Text("\n").join(lines))

    def on_resize(self) -> None:
        """Break the lines anew."""
        if self._asked is not None:
            self.show(*self._asked)

    def on_click(self, event: events.Click) -> None:
        """Take the offer that was clicked."""
        name = self.rows[event.y] if 0 <= event.y < len(self.rows) else None
        if name is not None:
            self.post_message(self.Taken(name))
