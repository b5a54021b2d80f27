"""The end of a game: its results, what decided it and what it brought, and whether it is played again."""

import contextlib
from collections.abc import Callable, Sequence

from magnate.client.errors import ClientError
from magnate.client.rest import RestClient
from magnate.texts.game import game
from magnate.tui.closing import ClosesOnce
from magnate.tui.dialogs.results import ResultsDialog
from magnate.tui.past import past_steps
from magnate.tui.playing.questions import Questions
from magnate.tui.playing.seat import Seat
from magnate.tui.words.brought import brought_lines
from magnate.tui.words.decided import decided


class Ending:
    """Shows the results of a game over its screen, as often as the player wants to see them."""

    def __init__(
        self,
        screen: ClosesOnce[None],
        seat: Seat,
        questions: Questions,
        rest: RestClient,
        leave: Callable[[], object],
    ) -> None:
        self._screen = screen
        self._seat = seat
        self._questions = questions
        self._rest = rest
        self._leave = leave

    async def show(self) -> None:
        """Show how the game ended; what was missed of it is asked of the server, which may not tell."""
        seat, known = self._seat, self._seat.memory
        for gap in set(known.missing):
            known.recall(gap, await past_steps(self._rest, seat.link.seating.game, *gap))
        if seat.people is None or not self._screen.stays:
            return
        plays = seat.view.viewer >= 0
        why = decided(known.ledger, seat.view, seat.people) if known.is_whole else ""
        dialog = ResultsDialog(seat.view, seat.people, known.worths, known.since, decided=why, rematch=plays)
        self._questions.ask(dialog, self._looked)
        if plays:
            await self._tell_brought(dialog)

    def _looked(self, where: str | None) -> None:
        if where == "home":
            self._leave()
        elif where == "rematch":
            self._screen.run_worker(self.ask_rematch(), group="send")

    async def ask_rematch(self) -> None:
        """Ask for the same game again."""
        if not await self._seat.link.ask_rematch():
            self._screen.notify(game("not_sent", self._seat.lang), severity="error")

    async def _tell_brought(self, dialog: ResultsDialog) -> None:
        """Ask the server what the game brought the player, and say so; where it does not answer, nothing is said."""
        seat = self._seat
        with contextlib.suppress(ClientError):
            summary = await self._rest.summary(seat.link.seating.game)
            name = seat.link.seating.names[seat.view.viewer]
            dialog.tell_brought(brought_lines(summary, name, seat.lang))

    def tell_wish(self, user: int, waiting_for: Sequence[int]) -> None:
        """Say that somebody wants to play again, or who is still to ask for it."""
        seats, people = self._seat.link.seating.seat_of, self._seat.people
        if people is None:
            return
        if seats[user] != self._seat.view.viewer:
            self._screen.notify(people.say("rematch_wanted", name=people.name(seats[user])), markup=False)
        elif waiting_for:
            names = people.names_of([seats[each] for each in waiting_for])
            self._screen.notify(people.say("rematch_asked", names=names), markup=False)
