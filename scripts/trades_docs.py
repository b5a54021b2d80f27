"""Write the table of trades that `docs/bots.md` shows: what bots of one kind propose, accept, and make of it.

`python -m scripts.trades_docs` plays games of four bots of each level, and of `value`, the model before them, and
writes the table; `--check` writes nothing and exits with 1 if it is not current. It takes a minute or two.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from magnate.bots import LEVELS
from magnate.bots.loading import parse_bot
from magnate.bots.referee import Fault, decide
from magnate.engine.actions import TradeAnswer, TradeProposal
from magnate.engine.board import PLAIN_GROUPS
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, new_game
from magnate.engine.phases import AUCTION, END_GAME

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "bots.md"
BLOCK: Final = re.compile(r"(<!-- from the code: trades -->\n).*?(<!-- end -->)", re.DOTALL)
GAMES: Final = 100
"""Of each kind of bot."""
SEATS: Final = 4


@dataclass(slots=True)
class Trades:
    """What was counted in some games of one kind of bot."""

    games: int = 0
    proposed: int = 0
    accepted: int = 0
    by_trade: int = 0
    """Whole groups that a trade made."""
    groups: int = 0
    """Whole groups that were made in any way."""


def count(bot: str, games: int) -> Trades:
    """Return what four bots of a kind trade in so many games, which follow from their numbers."""
    found = Trades()
    for game in range(games):
        chance = Seeded(game)
        bots = [parse_bot(bot).make(SEATS * game + seat) for seat in range(SEATS)]
        state = new_game(SEATS, chance)
        found.games += 1
        while state.phase is not END_GAME:
            seat = state.to_bid[0] if state.phase is AUCTION else state.phase_seat
            action = decide(bots[seat], state, seat)
            if isinstance(action, Fault):
                raise RuntimeError(f"{bot}, game {game}, seat {seat}: {action.message}")
            before = bytes(state.group_owner)
            apply(state, seat, action, chance)
            made = _made(before, bytes(state.group_owner), state.seats)
            found.groups += made
            found.proposed += isinstance(action, TradeProposal)
            if isinstance(action, TradeAnswer) and action.accept:
                found.accepted += 1
                found.by_trade += made
    return found


def _made(before: bytes, after: bytes, seats: int) -> int:
    """Return how many groups have come to be whole in the hands of a player, out of other hands."""
    groups = range(1, PLAIN_GROUPS + 1)
    return sum([after[group] < seats and after[group] != before[group] for group in groups])


def table(games: int = GAMES) -> str:
    """Return the table of all levels and of the model before them."""
    lines = [
        "| four of | proposals a game | of them accepted | groups made by trade, a game | groups made in all, a game |",
        "| --- | --- | --- | --- | --- |",
    ]
    for bot in ("value", *LEVELS):
        found = count(bot, games)
        share = found.accepted / found.proposed if found.proposed else 0.0
        lines.append(
            f"| `{bot}` | {found.proposed / games:.2f} | {100 * share:.1f} % | {found.by_trade / games:.2f} | "
            f"{found.groups / games:.2f} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    assert BLOCK.search(text), "the page has no table of trades"
    made = table()
    current = BLOCK.sub(lambda block: f"{block[1]}\n{made}\n\n{block[2]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.trades_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
