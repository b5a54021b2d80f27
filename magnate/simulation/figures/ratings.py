"""Ratings of the bots over a run: Plackett-Luce (openskill), for tables of any size and for ties."""

from collections.abc import Sequence

from openskill.models import PlackettLuce, PlackettLuceRating

DECIMALS = 9
"""Ratings are rounded to this after each game: the last bit of one machine's `exp` must not grow into a figure."""


class Ratings:
    """A rating for each bot, moved by each game in the order of the games.

    The scale is openskill's own: everybody begins at mu 25 with sigma 25/3, and ordinal is mu - 3 sigma. A bot on
    several seats of one game plays each with its rating from before it, and takes the mean of what they become.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._model = PlackettLuce()
        self.by_label = {label: self._model.rating() for label in labels}
        """The ratings as they stand."""

    def add(self, labels: Sequence[str], ranks: Sequence[int]) -> None:
        """Move the ratings by one game: who sat where, and who came in where (1 is best)."""
        if len(set(labels)) < 2:
            return
        before = [[self._model.rating(self.by_label[label].mu, self.by_label[label].sigma)] for label in labels]
        after = self._model.rate(before, ranks=[float(rank) for rank in ranks])
        for label in dict.fromkeys(labels):
            mine = [team[0] for team, who in zip(after, labels, strict=True) if who == label]
            self.by_label[label] = self._mean(mine)

    def _mean(self, ratings: Sequence[PlackettLuceRating]) -> PlackettLuceRating:
        count = len(ratings)
        mu = sum(rating.mu for rating in ratings) / count
        sigma = sum(rating.sigma for rating in ratings) / count
        return self._model.rating(round(mu, DECIMALS), round(sigma, DECIMALS))
