"""What the shop sells."""

from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec

from magnate.protocol.chat import emoji_item

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


def is_owned_emoji(text: str, owned: frozenset[int]) -> bool:
    """Tell whether `/emoji <item id>`, written exactly so, names an emoji among the `owned` items (ids)."""
    item = emoji_item(text)
    return item is not None and item in owned and items()[item].item_type == EMOJI
