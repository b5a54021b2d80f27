"""What the player says to everybody in the game: words, and emojis from the shop."""

from magnate.client.errors import ClientError
from magnate.client.rest import RestClient
from magnate.protocol.chat import EMOJI_COMMAND
from magnate.texts.game import game
from magnate.texts.refusals import refusal
from magnate.tui.closing import ClosesOnce
from magnate.tui.dialogs.emoji import EmojiDialog
from magnate.tui.dialogs.too_small import covers
from magnate.tui.playing.seat import Seat


class Talking:
    """Talks for the player of one screen."""

    def __init__(self, screen: ClosesOnce[None], seat: Seat, rest: RestClient) -> None:
        self._screen = screen
        self._seat = seat
        self._rest = rest

    async def say(self, text: str) -> None:
        """Say something."""
        if not await self._seat.link.say(text):
            self._screen.notify(game("not_sent", self._seat.lang), severity="error")

    async def choose_emoji(self) -> None:
        """Ask which emoji to send, and send it; call it in a worker, as it waits for the answer."""
        try:
            owned = await self._rest.emojis()
        except ClientError as error:
            self._screen.notify(refusal(str(error), self._seat.lang), severity="error", markup=False)
            return
        people, app = self._seat.people, self._screen.app
        if people is None or covers(app) or not self._screen.stays:
            return
        item = await app.push_screen_wait(EmojiDialog([each.custom_id for each in owned], people))
        if item is not None:
            await self.say(f"{EMOJI_COMMAND} {item}")
