"""What a game brought the player: the change of the rating, the points, and why."""

from magnate.protocol.rest import SummaryAnswer, SummaryStanding
from magnate.texts.game import game
from magnate.tui.words.standings import signed


def brought_lines(summary: SummaryAnswer, me: str, lang: str) -> list[str]:
    """Return what a finished game brought the user called `me`; nothing where the server does not tell."""
    mine = next((each for each in summary.standings if each.username == me), None)
    if mine is None:
        return []
    before, after = mine.elo_before, mine.elo_after
    words = {"before": before, "after": after, "change": signed(after - before)}
    rating = game("brought_rating", lang, rank=mine.rank, players=len(summary.standings), **words)
    return [rating, *_points(mine, lang)]


def _points(mine: SummaryStanding, lang: str) -> list[str]:
    if mine.points is None:
        return []
    why = _why(mine)
    if why is None:
        counted = mine.length_share is not None
        return [game("brought_points" if counted else "brought_only_points", lang, points=mine.points)]
    if mine.points <= 0:
        return [game("brought_none", lang, why=game(f"brought_none_{why}", lang))]
    share = round(100 * (mine.length_share or 0.0) * (mine.meetings_share or 0.0))
    return [game("brought_some", lang, points=mine.points, share=share, why=game(f"brought_some_{why}", lang))]


def _why(mine: SummaryStanding) -> str | None:
    """Return why there were fewer points than the worth at the end, if so and the server says it."""
    if mine.departure is not None:
        return "left"
    if mine.worth <= 0:
        return "worth"
    if mine.length_share is None or mine.meetings_share is None:
        return None
    short, often = mine.length_share < 1, mine.meetings_share < 1
    return "both" if short and often and mine.points else "short" if short else "often" if often else None
