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
        if before is not None and before == text and before.style == text.style:
            return
        self._text = text
        # Compared with what is there: a text broken for another width may have taken more lines than it should.
        # Against the height it has, not the last text's: that one may have been wrapped before the width was known.
        self.update(text, layout=self.content_size.height != text.plain.count("\n") + 1)
