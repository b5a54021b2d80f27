"""What a game brings: points by final worth and a new rating, less for a short game or opponents who meet often.

A full game between opponents who have not met often that day counts in full (protocol: REST). So nobody gains by having
a friend surrender again and again.
"""

from collections.abc import Sequence

from magnate.server.config import Settings
from magnate.server.rewards.ratings import rate
from magnate.server.storage.records import Before, PlayerResult, Rating, Reward


def rewards(
    results: Sequence[PlayerResult],
    before: Sequence[Before],
    *,
    rounds: int,
    max_rounds: int,
    settings: Settings,
) -> list[Reward]:
    """Return what a game brings each player.

    The rating moves whole for every game that counts for points: in proportion to rounds, it would pay to leave early
    when behind. It moves a little for a shorter one, so that leaving at once is no way to lose nothing.

    Args:
        results: how everybody did.
        before: what counted for each of them before, in the same order.
        rounds: whole rounds that were played.
        max_rounds: rounds after which the game would have ended; 0 means no limit.
        settings: from when on a game counts.
    """
    length = share_of_length(rounds, max_rounds, settings)
    moved = 1.0 if length else max(rounds, 1) / settings.points_full_rounds
    rated = rate([each.rating for each in before], [result.rank for result in results])
    brought = []
    for result, old, new in zip(results, before, rated, strict=True):
        met = share_of_meetings(old.met, settings)
        points = int(result.points * length * met)
        brought.append(Reward(points, _moved(old.rating, new, moved * met), length, met))
    return brought


def share_of_length(rounds: int, max_rounds: int, settings: Settings) -> float:
    """Return how much a game of so many whole rounds counts (0 to 1): nothing when too short, then in proportion."""
    limit = [max_rounds] if max_rounds else []  # a server whose games end before that means those to be full games
    if rounds < min([settings.points_least_rounds, *limit]):
        return 0.0
    return min(1.0, rounds / min([settings.points_full_rounds, *limit]))


def share_of_meetings(met: Sequence[int], settings: Settings) -> float:
    """Return how much a game counts (0 to 1) for who has met the others so often that day: the mean over the others.

    The first games count in full, then each counts half of the one before, so that all of a day together never bring as
    much as one more than those.
    """
    over = [max(0, games - settings.points_full_games + 1) for games in met]
    return sum(0.5**each for each in over) / len(over) if over else 1.0


def _moved(old: Rating, new: Rating, share: float) -> Rating:
    return Rating(old.mu + (new.mu - old.mu) * share, old.sigma + (new.sigma - old.sigma) * share)
