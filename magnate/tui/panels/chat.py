"""The line that one talks in, which takes the place of the status line while it is open."""

from textual import on
from textual.message import Message
from textual.widgets import Input


class ChatLine(Input):
    """A line that is there while one types; it posts what is `Spoken`, and `Closed` when it goes."""

    class Spoken(Message):
        """The player has said something."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Closed(Message):
        """The line has gone."""

    def __init__(self, hint: str) -> None:
        super().__init__(placeholder=hint, max_length=500, compact=True, id="chat")
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether one types in it."""
        return self.display

    def open(self) -> None:
        """Come, and take the keys."""
        self.display = True
        self.focus()

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        self.clear()
        if text:
            self.post_message(self.Spoken(text))
        self.close()

    @on(Input.Blurred)
    def close(self) -> None:
        """Go."""
        if self.display:
            self.display = False
            self.post_message(self.Closed())
