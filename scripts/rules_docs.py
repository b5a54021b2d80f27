"""Write what `docs/rules.md` takes from the game: the text behind F1, the board with its prices and rents, the cards.

`python -m scripts.rules_docs` writes it; `--check` writes nothing and exits with 1 if it is not current.
"""

import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from magnate.engine.board import BRIDGES, PLAIN_GROUPS, SERVERS, Board, Kind, standard_board
from magnate.engine.cards import Card, CardType, deck
from magnate.engine.statistics import bonus_rules
from magnate.texts import in_language
from magnate.texts.cards import card_effect, card_title
from magnate.texts.sentences import CATEGORIES
from magnate.texts.squares import DISTRICTS, square_name
from scripts.settings_docs import BLOCK, table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"
INNER_RING = 100
"""The ids of the inner ring begin here."""

KINDS = {
    Kind.PROPERTY: "street",
    Kind.SERVER: "server",
    Kind.BRIDGE: "bridge",
    Kind.TRAM: "tram",
    Kind.FANTASY: "fantasy",
    Kind.EXIT: "exit",
    Kind.PARKING: "car park",
    Kind.JAIL_VISIT: "nothing happens",
    Kind.JAIL: "jail",
    Kind.GO_TO_JAIL: "go to jail",
}


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = parts(standard_board())
    current = BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found['name']]}\n\n{found[3]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.rules_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


def parts(board: Board) -> dict[str, str]:
    """Return the parts of the page that come from the game, by name."""
    return {
        "rules": how_to_play(),
        "streets": table(
            ("group", "square", "price", "level", "rent", "group", "1", "2", "3", "4", "hotel"), streets(board)
        ),
        "others": table(("group", "squares", "price", "rent with 1", "rent with 2"), others(board)),
        "squares": table(("square", "name", "is"), squares(board)),
        "cards": table(("card", "price", "what it does", "name in programs"), map(card, deck())),
        "bonuses": "\n".join([f"- {in_language(CATEGORIES[name], 'en')}" for name in bonus_rules().categories]),
    }


def how_to_play() -> str:
    """Return the rules that F1 shows, without their title and the keys of the terminal client."""
    text = files("magnate.texts").joinpath("rules_en.md").read_text("utf-8")
    return text.partition("\n")[2].partition("\n## Keys")[0].strip()


def streets(board: Board) -> Iterator[tuple[str, ...]]:
    """Yield every street by its group, with what it costs and earns."""
    for group in range(1, PLAIN_GROUPS + 1):
        for place, square in enumerate(board.members[group]):
            rents = board.rents[square]
            name = "" if place else f"{group} {in_language(DISTRICTS[group], 'en')}"
            costs = (board.price[square], board.build_price[square], rents[0], 2 * rents[0], *rents[1:])
            yield (name, f"{square} {square_name(square)}", *[f"{each:,}" for each in costs])


def others(board: Board) -> Iterator[tuple[str, ...]]:
    """Yield the servers and the bridges, whose rent depends on how many a player owns."""
    for group in (SERVERS, BRIDGES):
        members = board.members[group]
        names = ", ".join([f"{square} {square_name(square)}" for square in members])
        figures = (board.price[members[0]], *board.rents[members[0]])
        yield (f"{group} {in_language(DISTRICTS[group], 'en')}", names, *[f"{each:,}" for each in figures])


def squares(board: Board) -> Iterator[tuple[str, str, str]]:
    """Yield every square in the order of its number."""
    for square in sorted(board.ids):
        kind = board.kind[square]
        what = KINDS[kind]
        if kind is Kind.PROPERTY:
            what = f"street of group {board.group[square]}"
        yield str(square), square_name(square), what


def card(kind: CardType) -> tuple[str, ...]:
    """Return a type of card with its price, its values in place, and the name that records and the protocol give it."""
    values = [each.value for each in kind.cards]
    shown = f"{', '.join(map(str, values[:-1]))} or {values[-1]}" if len(values) > 1 else ""
    effect = card_effect(Card(kind.name, 0, kind.price))
    if shown:
        effect = re.sub(r"\b0\b", shown, effect, count=1)
    return card_title(kind.cards[0]), str(kind.price), effect, f"`{kind.name}`"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
