"""Text of a few lines that changes often: what stays the same costs nothing, and only another height moves the rest."""

from rich.text import Text
from textual.widgets import Static


class Lines(Static):
    """Shows a text; the screen is laid out anew only when the text needs another height."""

    _text: Text | None = None

    def put(self, text: Text) -> None:
        """Show a text instead of the last one."""
        before = self._text
        # Texts are equal to Rich whatever their own style is.
        same = before is not None and before == text and before.style == text.style
        # Against the height it has, not the last text's: that one may have been wrapped before the width was known, and
        # a lay-out that is asked for during another (when a panel first gets its size) is forgotten.
        another_height = self.content_size.height != text.plain.count("\n") + 1
        if another_height or not same:
            self._text = text
            self.update(text, layout=another_height)
