"""The line of keys at the foot of a screen: as many as fit, none of them cut off."""

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_BLANKS = 3
"""Around and between key and words."""
_PALETTE = "-command-palette"
_ALWAYS = frozenset({"leave", "dismiss", "keys"})
"""Actions whose keys always show: the way out, and help."""


class KeysFooter(Footer):
    """Shows the keys of now from the left; what does not fit is in the command palette.

    The palette's key always shows, and so do those of leaving and of help.
    """

    _fitted = 0
    """The width that the keys were last laid out for."""

    def compose(self) -> ComposeResult:
        """Lay out the palette's key, and before it those that have room beside it."""
        self._fitted = self.app.size.width
        keys = list(super().compose())
        room = self._fitted - 1 - sum(_width(key) for key in keys if _stays(key))
        for key in keys:
            if _stays(key):
                yield key
            elif room >= 0:
                room -= _width(key)
                if room >= 0:
                    yield key

    def on_resize(self, event: events.Resize) -> None:
        """Lay the keys out for another width."""
        if self._fitted != self.app.size.width:
            self.call_after_refresh(self.recompose)


def _stays(key: Widget) -> bool:
    """Whether a key shows however many others there are."""
    assert isinstance(key, FooterKey)
    return key.has_class(_PALETTE) or key.action.rpartition(".")[2] in _ALWAYS


def _width(key: Widget) -> int:
    assert isinstance(key, FooterKey)
    return cell_len(key.key_display) + cell_len(key.description) + _BLANKS
