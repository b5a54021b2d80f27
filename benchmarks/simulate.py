"""How many games of four `expert` bots the simulator plays, and what a second process adds."""

from benchmarks.yardstick import Figure, best_of
from magnate.bots.loading import parse_bot
from magnate.simulation.playing.pool import Pool, SerialPool, in_order
from magnate.simulation.playing.process_pool import ProcessPool
from magnate.simulation.settings import RunSettings, Seating

GAMES = 200


def run(unit: float) -> list[Figure]:
    """Return the figures; both hold their results in order, as `magnate simulate` does."""
    one = best_of(lambda: play(SerialPool()), rounds=3)
    two = best_of(lambda: play(ProcessPool(2)), rounds=3)
    return [
        Figure("four expert bots", 1 / one, "games/s a core", least=40, detail=f"{one / unit:,.0f} units a game"),
        Figure(
            "the same games in two processes", one / two, "× one process", least=1.8, detail=f"{1 / two:,.0f} games/s"
        ),
    ]


def play(pool: Pool) -> int:
    """Play the games and return how many they were; starting the processes counts."""
    settings = RunSettings(
        bots=(parse_bot("expert"),), seats=(0, 1, 2, 3), sides=1, seed=0, max_rounds=30, seating=Seating.ROTATE
    )
    try:
        return sum(len(games) for games in in_order(pool, settings, 1, GAMES + 1))
    finally:
        pool.close()
