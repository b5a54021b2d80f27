"""What the shop sells."""

from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec

PIECE = "piece"
EMOJI = "emoji"


class Item(msgspec.Struct, frozen=True, rename={"item_type": "itemType"}):
    """An item; `price` in points."""

    custom_id: int
    item_type: str
    price: int


@cache
def items() -> MappingProxyType[int, Item]:
    """Return all items by id, in the order of the shop."""
    text = resources.files("magnate.server").joinpath("data/items.json").read_bytes()
    return MappingProxyType({item.custom_id: item for item in msgspec.json.decode(text, type=list[Item])})
