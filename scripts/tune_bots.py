"""Settle the numbers that the levels judge by: `python -m scripts.tune_bots landings|weights|check`.

- `landings` counts, in games of four experts, how often a turn leads to each square.
- `weights` searches for weights that win more. A generation changes some weights by chance and plays the same games
  with the old and with the new ones, against three of `value` and against three with the old weights. It keeps the new
  ones if they win clearly more.
- `check` plays the match of the documentation: an expert against three of `value`, in every seat.

All of it follows from `--seed`. The first two write `magnate/bots/brain/weights.json`.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Final

from magnate.bots.base import Bot
from magnate.bots.brain.weights import Weights, tuned
from magnate.bots.level_bot import LevelBot
from magnate.bots.referee import Fault, decide
from magnate.bots.value_bot import ValueBot
from magnate.engine.chance import Seeded
from magnate.engine.game import apply, new_game
from magnate.engine.phases import AUCTION, END_GAME
from magnate.engine.state import State
from magnate.simulation.figures.intervals import wilson
from magnate.simulation.playing.tally import SquareTally

FILE: Final = Path(__file__).resolve().parent.parent / "magnate" / "bots" / "brain" / "weights.json"
SEATS: Final = 4
STEP: Final = 0.35
"""How far a generation moves a weight at most, as the exponent of a factor."""
CHANGED: Final = 3
"""How many weights a generation changes."""
SHARES: Final = ("from_bank", "from_player", "bid_share", "trade_share", "patience")
"""The weights that are parts of something, at most 1."""
MOST_HOUSES: Final = 5.0


def play(bots: Sequence[Bot], seed: int, tally: SquareTally | None = None) -> State:
    """Play a game to its end; return its last state."""
    chance = Seeded(seed)
    state = new_game(len(bots), chance)
    while state.phase is not END_GAME:
        seat = state.to_bid[0] if state.phase is AUCTION else state.phase_seat
        action = decide(bots[seat], state, seat)
        if isinstance(action, Fault):
            raise RuntimeError(f"game {seed}, seat {seat}: {action.message}")
        events = apply(state, seat, action, chance)
        if tally is not None:
            tally.note(events)
    return state


def expert(weights: Weights, seed: int) -> LevelBot:
    """Return the brain in full, with these weights."""
    bot = LevelBot(seed)
    bot.weights = weights
    return bot


def won(weights: Weights, rival: Weights | None, game: int) -> float:
    """Return the share in the victory of one expert in game `game`, against three of `value`, or of `rival`."""
    seat, seed = game % SEATS, game // SEATS
    bots: list[Bot] = []
    for place in range(SEATS):
        if place == seat:
            bots.append(expert(weights, seed))
        elif rival is None:
            bots.append(ValueBot(seed * SEATS + place))
        else:
            bots.append(expert(rival, seed * SEATS + place))
    winners = play(bots, seed).winners
    return 1 / len(winners) if seat in winners else 0.0


def changed(weights: Weights, chance: random.Random) -> Weights:
    """Return weights of which some are a little larger or smaller."""
    values = asdict(weights)
    for name in chance.sample(sorted(values), CHANGED):
        most = MOST_HOUSES if name == "houses" else 1.0 if name in SHARES else math.inf
        values[name] = min(most, round(values[name] * math.exp(STEP * (2 * chance.random() - 1)), 4))
    return Weights(**values)


def wins(pool: Executor, weights: Weights, rival: Weights | None, numbers: range) -> float:
    """Return the victories of one expert in these games."""
    count = len(numbers)
    return sum(pool.map(won, [weights] * count, [rival] * count, numbers, chunksize=10))


def search(pool: Executor, seed: int, generations: int, games: int) -> Weights:
    """Return the best weights found."""
    chance = random.Random(seed)
    best = tuned()
    for generation in range(1, generations + 1):
        new = changed(best, chance)
        numbers = range(generation * 10**6, generation * 10**6 + games)
        gained = sum([wins(pool, new, rival, numbers) - wins(pool, best, rival, numbers) for rival in (None, best)])
        if gained > math.sqrt(games) / 2:
            best = new
        kept = asdict(best) if new is best else ""
        print(f"{generation}: {gained:+.1f} {kept}", file=sys.stderr, flush=True)
    return best


def landings(games: int, seed: int) -> dict[str, float]:
    """Return how often a turn leads to each square, by square id as text."""
    turns = 0
    tally: SquareTally | None = None
    for game in range(games):
        bots = [expert(tuned(), seed + game * SEATS + seat) for seat in range(SEATS)]
        tally = tally or SquareTally(new_game(SEATS, Seeded(0)).board)
        turns += play(bots, seed + game, tally).turn
    assert tally is not None
    return {str(square): round(tally.landings[square] / turns, 4) for square in tally.board.ids}


def main() -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.tune_bots", description=__doc__)
    parser.add_argument("what", choices=("landings", "weights", "check"))
    parser.add_argument("--seed", type=int, default=1, help="what all chance follows from (default: 1)")
    parser.add_argument("--games", type=int, default=400, help="games of a match or a generation (default: 400)")
    parser.add_argument("--generations", type=int, default=60, help="of the search (default: 60)")
    parser.add_argument("--jobs", type=int, default=None, help="processes (default: one a core)")
    options = parser.parse_args()
    data = json.loads(FILE.read_text("utf-8"))
    with ProcessPoolExecutor(options.jobs) as pool:
        if options.what == "check":
            first = options.seed * 10**9
            share = wins(pool, tuned(), None, range(first, first + options.games))
            low, high = wilson(share, options.games) or (0.0, 1.0)
            print(
                f"expert wins {share / options.games:.1%} ({low:.1%} to {high:.1%}) of {options.games} games "
                "against three value"
            )
            return
        if options.what == "landings":
            data["landings"] = landings(options.games, options.seed)
        else:
            data["weights"] = asdict(search(pool, options.seed, options.generations, options.games))
    FILE.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
