"""Little is drawn anew: panels that stay the same, and the footer while the cursor goes over the board."""

import pytest
from rich.text import Text
from textual.app import App, ComposeResult

from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.panels.footer import KeysFooter
from magnate.tui.panels.lines import Lines
from magnate.tui.panels.players import PlayersPanel
from magnate.tui.screens.game import GameScreen
from tests.sizes import first
from tests.tui.game import positions
from tests.tui.game.table import TableApp, context, until

pytestmark = pytest.mark.anyio


class Watched(Lines):
    """Notes each time it is asked to be drawn, and whether with a new lay-out."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bool] = []

    def update(self, content: object = "", *, layout: bool = True) -> None:
        assert isinstance(content, Text)
        self.asked.append(layout)
        super().update(content, layout=layout)


class OnePanel(App[None]):
    def compose(self) -> ComposeResult:
        yield Watched()


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        (Text("Round 3"), Text("Round 3"), []),
        (Text("Round 3"), Text("Round 4"), [False]),
        (Text("Round 3"), Text("Round 3", style="bold"), [False]),
        (Text("Round 3"), Text.assemble(("Round", "bold"), " 3"), [False]),
        (Text("Round 3"), Text("Round 3\nof 30"), [True]),
        (Text("Round 3\nof 30"), Text("Round 3"), [True]),
    ],
)
async def test_a_panel_is_drawn_when_it_changes_and_laid_out_when_it_grows(
    before: Text, after: Text, asked: list[bool]
) -> None:
    async with OnePanel().run_test() as pilot:
        panel = pilot.app.query_one(Watched)
        panel.put(before)
        await pilot.pause()
        panel.asked.clear()
        panel.put(after)
        assert panel.asked == asked


async def test_a_panel_that_was_wrapped_takes_back_the_lines_that_it_no_longer_needs() -> None:
    async with OnePanel().run_test(size=(10, 10)) as pilot:
        panel = pilot.app.query_one(Watched)
        panel.put(Text("wider than this screen is"))
        await pilot.pause()
        assert panel.size.height == 3
        panel.put(Text("narrow"))
        await pilot.pause()
        assert panel.size.height == 1


@pytest.mark.parametrize("size", first(pytest.param(size) for size in ((80, 24), (120, 40), (200, 60))))
async def test_every_panel_is_as_high_as_what_it_says(size: tuple[int, int]) -> None:
    screen = GameScreen(context(), positions.business())
    async with TableApp(screen).run_test(size=size) as pilot:
        actions = screen.query_one(ActionsPanel)
        await until(pilot, lambda: set(names(actions)) == {"next", "trade", "build", "estate"})
        await until(pilot, lambda: actions.size.height == len(actions.rows))
        assert screen.query_one(PlayersPanel).size.height == 8
        screen.board.cursor = 1  # ME owns it: build, demolish and mortgage come to it, with reasons why not.
        await until(pilot, lambda: "mortgage" in names(actions))
        await until(pilot, lambda: actions.size.height == len(actions.rows))
        screen.board.cursor = 2
        await until(pilot, lambda: "mortgage" not in names(actions))
        await until(pilot, lambda: actions.size.height == len(actions.rows))


def names(panel: ActionsPanel) -> list[str]:
    """Return the name of the offer on each line."""
    return [offer.name for offer in panel.rows if offer is not None]


async def test_the_footer_is_made_anew_only_where_the_cursor_changes_what_may_be_done() -> None:
    screen = GameScreen(context(), positions.business())
    async with TableApp(screen).run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        footer = screen.query_one(KeysFooter)
        screen.board.cursor = 20
        await until(pilot, lambda: "m" not in shown(footer))
        keys = footer.keys
        await pilot.press("right")
        assert screen.board.cursor == 21
        assert footer.keys is keys
        screen.board.cursor = 5  # ME owns it, so that it may be mortgaged.
        await until(pilot, lambda: "m" in shown(footer))
        screen.board.cursor = 21
        await until(pilot, lambda: "m" not in shown(footer))


def shown(footer: KeysFooter) -> list[str]:
    """Return the keys that the footer shows."""
    return [key.key for key in footer.keys]
