"""A game screen on a table, ready for keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from magnate.tui.board.layout import Area
from magnate.tui.panels.actions import ActionsPanel
from magnate.tui.screens.game import GameScreen
from tests.tui.game.table import Table, TableApp, context


class Playing:
    """A screen on a table, ready for keys."""

    def __init__(self, link: Table, app: TableApp, screen: GameScreen, pilot: Pilot[int]) -> None:
        self.link, self.app, self.screen, self.pilot = link, app, screen, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def moving(self) -> bool:
        return self.screen.moving

    def showing(self, kind: type[Screen[Any]]) -> bool:
        return isinstance(self.app.screen, kind)

    def status(self) -> str:
        return str(self.screen.query_one("#status", Static).content)

    def hint(self) -> str:
        return "\n".join(line.plain for line in self.screen.board._words[Area.HINT])

    def panel(self) -> str:
        """Return what the panel of what may be done says, without its line breaks."""
        return " ".join(str(self.app.screen.query_one(ActionsPanel).content).split())

    def notices(self) -> list[str]:
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def playing(
    link: Table, lang: str = "en", *, animation: bool = False, size: tuple[int, int] = (100, 40)
) -> AsyncIterator[Playing]:
    screen = GameScreen(context(lang, animation=animation), link)
    app = TableApp(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield Playing(link, app, screen, pilot)
