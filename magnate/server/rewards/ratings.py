"""Ratings of players over many games: Plackett-Luce (openskill), for any number of players and for ties."""

from collections.abc import Sequence
from functools import cache

from openskill.models import PlackettLuce

from magnate.server.storage.records import Rating


@cache
def _model() -> PlackettLuce:
    start = Rating()
    # openskill's own proportions (25, 25/3, 25/6, 25/300), on the scale that the wire calls `elo`.
    return PlackettLuce(mu=start.mu, sigma=start.sigma, beta=start.sigma / 2, tau=start.sigma / 100)


def rate(before: Sequence[Rating], ranks: Sequence[int]) -> list[Rating]:
    """Return the ratings after a game, from those before it and the ranks (1 is best, equal for a tie)."""
    if len(before) < 2:
        return list(before)
    model = _model()
    teams = [[model.rating(mu=each.mu, sigma=each.sigma)] for each in before]
    return [Rating(team[0].mu, team[0].sigma) for team in model.rate(teams, ranks=[float(rank) for rank in ranks])]
