"""The shop: pieces and emojis for points."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Label

from magnate.protocol.rest import Profile, ShopItem
from magnate.texts.game import emoji
from magnate.texts.pieces import piece, piece_name
from magnate.tui.board.palette import PALETTES, PLAYER_LETTERS, board_palette
from magnate.tui.screens.lobby import LobbyScreen

COMMON = ShopItem(0, "piece", 0, True)
"""The piece that everybody has."""


class ShopScreen(LobbyScreen):
    """A table of items; Enter buys one, or takes a piece that is owned."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "back", id="lobby.back")]

    _items: tuple[ShopItem, ...] = ()
    _profile: Profile | None = None

    def title_text(self) -> str:
        """Return how much there is to spend."""
        points = "…" if self._profile is None else self._profile.points
        return self.context.say("shop_title", count=points)

    def body(self) -> ComposeResult:
        """Lay out the table."""
        table: DataTable[Text | str] = DataTable(cursor_type="row", zebra_stripes=True, id="items")
        table.add_columns(*(self.context.say(key) for key in ("shop_item", "shop_price", "shop_state")))
        yield table
        yield Label(self.context.say("shop_hint"), id="hint")

    def on_mount(self) -> None:
        """Read what there is."""
        self.query_one(DataTable).focus()
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Ask the server for profile and items."""
        await self._read()

    async def _read(self) -> None:
        rest = self.context.rest
        profile, items = await self.ask(rest.profile()), await self.ask(rest.shop())
        if profile is None or items is None or not self.stays:
            return
        self._profile, self._items = profile, (COMMON, *items)
        self.query_one("#title", Label).update(self.title_text())
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear()
        for item in self._items:
            price = str(item.price or "").rjust(len(self.context.say("shop_price")))
            table.add_row(self._called(item), price, self._state(item))
        table.move_cursor(row=row)

    def _called(self, item: ShopItem) -> Text:
        """Return what an item looks like and is called; a piece as it stands on the board."""
        say = self.context.say
        if item.item_type == "emoji":
            return Text(f"{emoji(item.custom_id)}  {say('shop_emoji', number=item.custom_id)}")
        palette = PALETTES[board_palette(self.context.preferences.theme, self.app.console.color_system)]
        common = item.custom_id == COMMON.custom_id
        look = PLAYER_LETTERS[0] if common else piece(item.custom_id)
        name = say("shop_common") if common else piece_name(item.custom_id, self.context.preferences.lang)
        return Text.assemble((f" {look} ", f"bold {palette.table} on {palette.players[0]}"), f" {name}")

    def _state(self, item: ShopItem) -> str:
        say = self.context.say
        assert self._profile is not None
        if item.item_type == "piece" and item.custom_id == self._profile.user_piece:
            return say("shop_worn")
        if item.owned:
            return say("shop_owned")
        missing = item.price - self._profile.points
        return say("shop_too_dear", count=missing) if missing > 0 else say("shop_may_buy")

    @on(DataTable.RowSelected)
    def selected(self, event: DataTable.RowSelected) -> None:
        """Buy the item of the row, or take the piece."""
        if event.cursor_row < len(self._items):
            self.take(self._items[event.cursor_row])

    @work(exclusive=True)
    async def take(self, item: ShopItem) -> None:
        """Buy an item that is not owned; take a piece that is."""
        rest = self.context.rest
        if not item.owned:
            if await self.ask(rest.buy(item.custom_id)) is not None:
                self.notify(self.context.say("shop_bought"))
        elif item.item_type == "piece":
            await self.ask(rest.change_piece(item.custom_id))
        await self._read()
