"""Who sits where in each game: a function of the settings and the game's number alone."""

from functools import cache
from itertools import combinations, permutations

from magnate.engine.chance import Seeded
from magnate.simulation.playing.seeds import seating_seed
from magnate.simulation.settings import RunSettings, Seating


def lineup(settings: RunSettings, game: int) -> tuple[int, ...]:
    """Return which bot (its place in `settings.bots`) plays each of `settings.seats` in game `game` (from 1).

    Where there are more bots than seats, every choice of them meets in turn. Where there are fewer, they sit more than
    once, in the order named: A, B, A, B.
    """
    choices = tables(len(settings.bots), settings.sides)
    turn, choice = divmod(game - 1, len(choices))
    count = len(settings.seats)
    players = [choices[choice][place % settings.sides] for place in range(count)]
    if settings.seating is Seating.FIXED:
        order: tuple[int, ...] = tuple(range(count))
    elif settings.seating is Seating.RANDOM:
        order = Seeded(seating_seed(settings.seed, game)).order(count)
    else:
        orders = rotations(count)
        order = orders[turn % len(orders)]
    return tuple([players[place] for place in order])


@cache
def tables(bots: int, sides: int) -> tuple[tuple[int, ...], ...]:
    """Return every choice of `sides` out of `bots`."""
    return tuple(combinations(range(bots), sides))


@cache
def rotations(count: int) -> tuple[tuple[int, ...], ...]:
    """Return every order of `count` players, such that each `count` in a row are the rotations of one.

    So the seats are even after every `count` games, and who sits behind whom is even after all of them.
    """
    orders = []
    for rest in permutations(range(1, count)):
        circle = (0, *rest)
        orders += [circle[first:] + circle[:first] for first in range(count)]
    return tuple(orders)
