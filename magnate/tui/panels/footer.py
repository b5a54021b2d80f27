"""The line of keys at the foot of a screen: as many as fit, none of them cut off."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget

_BLANKS = 3
"""Around and between key and words."""
_EDGE = "▏"
"""What the palette's key is set off with."""
_ALWAYS = frozenset({"leave", "dismiss", "keys"})
"""Actions whose keys always show: the way out, and help."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key on the line, with what it does now."""

    key: str
    display: str
    words: str
    action: str
    enabled: bool
    start: int = 0
    """Its first column."""
    is_palette: bool = False
    """Whether it is the palette's, which an edge sets off."""

    @property
    def width(self) -> int:
        """Columns that it takes."""
        return cell_len(self.display) + cell_len(self.words) + _BLANKS

    @property
    def stays(self) -> bool:
        """Whether it shows however many others there are."""
        return self.action.rpartition(".")[2] in _ALWAYS

    def covers(self, column: int) -> bool:
        """Whether a column is one of its own."""
        return self.start <= column < self.start + self.width


class KeysFooter(Widget, can_focus=False):
    """Shows the keys of now from the left; what does not fit is in the command palette.

    The palette's key always shows, and so do those of leaving and of help. One widget draws all keys; a
    widget for each, made anew whenever what may be done changed, took a quarter of the time of a game.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--words", "keys--edge", "keys--pointed"}
    DEFAULT_CSS = """
    KeysFooter {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
        & > .keys--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
        & > .keys--words { color: $footer-description-foreground; background: $footer-description-background; }
        & > .keys--edge { color: $foreground 20%; }
        & > .keys--pointed { background: $block-hover-background; }
    }
    """

    keys: tuple[ShownKey, ...] = ()
    """The keys on the line, from the left."""
    _pointed: ShownKey | None = None
    """The key under the mouse."""

    def on_mount(self) -> None:
        """Follow what may be done."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the keys out for another width."""
        self._show()

    def _follow(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen and self.app.app_focus:
            self._show()

    def _show(self) -> None:
        keys = tuple(self._laid_out())
        if keys != self.keys:
            self.keys, self._pointed = keys, None
            self.refresh()

    def _laid_out(self) -> Iterator[ShownKey]:
        """Yield those that have room beside the palette's key, and that key at the right end."""
        bindings = self.screen.active_bindings
        palette = bindings.get(self.app.COMMAND_PALETTE_BINDING)
        last = self._key(palette) if palette is not None else None
        others = [key for key in self._offered(bindings.values()) if last is None or key.action != last.action]
        width = self.app.size.width
        room = width - 1 - sum(key.width for key in others if key.stays) - (last.width if last is not None else 0)
        column = 0
        for key in others:
            if not key.stays:
                if room < 0:
                    continue
                room -= key.width
                if room < 0:
                    continue
            yield replace(key, start=column)
            column += key.width
        if last is not None:
            yield replace(last, start=width - last.width, is_palette=True)

    def _offered(self, bindings: Iterable[ActiveBinding]) -> Iterator[ShownKey]:
        """Yield each action that shows, once, with the first of its keys."""
        seen: set[str] = set()
        for active in bindings:
            if active.binding.show and active.binding.action not in seen:
                seen.add(active.binding.action)
                yield self._key(active)

    def _key(self, active: ActiveBinding) -> ShownKey:
        binding = active.binding
        display = self.app.get_key_display(binding)
        return ShownKey(binding.key, display, binding.description, binding.action, active.enabled)

    def render(self) -> Text:
        """Draw the keys, each at its place."""
        line = Text(no_wrap=True, end="")
        for key in self.keys:
            line.append(" " * (key.start - line.cell_len))
            line.append_text(self._drawn(key))
        return line

    def _drawn(self, key: ShownKey) -> Text:
        own, words, edge = [self.get_component_rich_style(f"keys--{part}") for part in ("key", "words", "edge")]
        if key.is_palette:
            drawn = Text.assemble((_EDGE, edge), (key.display, own), (f" {key.words}", words), " ", end="")
        else:
            drawn = Text.assemble((f" {key.display} ", own), (f"{key.words} ", words), end="")
        if not key.enabled:
            drawn.stylize("dim")
        if key == self._pointed:
            drawn.stylize(self.get_component_rich_style("keys--pointed"))
        return drawn

    def _at(self, event: events.MouseEvent) -> ShownKey | None:
        return next((key for key in self.keys if key.covers(event.x)), None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key under the mouse."""
        key = self._at(event)
        if key is None:
            return
        if key.enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the key under the mouse."""
        self._point(self._at(event))

    def on_leave(self, event: events.Leave) -> None:
        """Light none any more."""
        self._point(None)

    def _point(self, key: ShownKey | None) -> None:
        if key != self._pointed:
            self._pointed = key
            self.styles.pointer = "default" if key is None else "pointer"
            self.refresh()
