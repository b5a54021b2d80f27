"""The report of a run, made of its sums."""

from collections.abc import Sequence
from typing import TypedDict

from msgspec.structs import replace

from magnate import __version__
from magnate.engine.statistics import STATISTICS
from magnate.simulation.figures.ladder import ladder_report
from magnate.simulation.figures.report import (
    FORMAT,
    BotReport,
    BotTiming,
    FaultReport,
    GroupReport,
    LengthReport,
    NotableGame,
    Rating,
    Report,
    RoundsCount,
    RunFacts,
    SeatReport,
    SprtReport,
    SquareReport,
    Timing,
)
from magnate.simulation.figures.rounding import mean, mean_estimate, share
from magnate.simulation.figures.sprt import Sprt
from magnate.simulation.figures.totals import BotTotal, Score, Totals
from magnate.simulation.results.game_result import SQUARE_COUNTS
from magnate.simulation.settings import RunSettings
from magnate.texts import in_language
from magnate.texts.squares import DISTRICTS, square_name


def make_report(
    settings: RunSettings,
    totals: Totals,
    games: int,
    *,
    interrupted: bool = False,
    ladder: bool = False,
    sprt: Sprt | None = None,
    timing: Timing | None = None,
) -> Report:
    """Return the report of a run of which `games` were asked for."""
    facts = RunFacts(
        magnate=__version__,
        seed=settings.seed,
        bots=[spec.label for spec in settings.bots],
        players=len(settings.seats),
        sides=settings.sides,
        seating=settings.seating.value,
        max_rounds=settings.max_rounds,
        position=settings.position.digest if settings.position else None,
        bot_seconds=settings.bot_seconds,
        games=games,
        played=totals.games,
        interrupted=interrupted,
    )
    report = Report(
        format=FORMAT,
        run=facts,
        bots=[_bot(totals, label, total) for label, total in totals.bots.items()],
        seats=[_seat(seat, score) for seat, score in totals.seats.items()],
        length=_length(totals),
        groups=_groups(totals),
        squares=_squares(totals),
        notable=_notable(totals),
        faults=[
            FaultReport(label, totals.bots[label].faults, game, message)
            for label, (game, message) in totals.first_faults.items()
        ],
        ladder=ladder_report(totals) if ladder else None,
        sprt=_sprt(sprt) if sprt is not None else None,
    )
    return report if timing is None else replace(report, timing=timing)


def make_timing(totals: Totals, games: int, seconds: float, workers: int) -> Timing:
    """Return what the clock says of `games` games that took `seconds`."""
    bots = [
        BotTiming(
            label,
            total.decisions,
            mean(total.seconds * 1000, total.decisions, 4),
            round(total.longest * 1000, 4) if total.decisions else None,
        )
        for label, total in totals.thinking.items()
    ]
    return Timing(round(seconds, 3), games, round(games / seconds, 2) if seconds > 0 else None, workers, bots)


def _bot(totals: Totals, label: str, total: BotTotal) -> BotReport:
    games = total.score.games
    rating = totals.ratings.by_label[label]
    return BotReport(
        bot=label,
        games=games,
        wins=round(total.score.wins, 2),
        shared_wins=total.shared,
        win_share=share(total.score),
        worth=mean_estimate(games, total.worth, total.worth_squares),
        rank=mean(total.ranks, games),
        bankruptcies=total.bankruptcies,
        surrenders=total.surrenders,
        faults=total.faults,
        actions=mean(total.actions, games),
        rating=Rating(round(rating.mu, 3), round(rating.sigma, 3), round(rating.mu - 3 * rating.sigma, 3)),
        statistics={
            name: round(value / games, 2) for name, value in zip(STATISTICS, total.statistics, strict=True) if games
        },
    )


def _seat(seat: int, score: Score) -> SeatReport:
    return SeatReport(seat, score.games, round(score.wins, 2), share(score))


def _length(totals: Totals) -> LengthReport:
    rounds = sorted(totals.rounds.items())
    return LengthReport(
        rounds=mean(sum(length * games for length, games in rounds), totals.games),
        median=median(rounds),
        turns=mean(totals.turns, totals.games),
        actions=mean(totals.actions, totals.games),
        histogram=[RoundsCount(length, games) for length, games in rounds],
    )


def median(counts: Sequence[tuple[int, int]]) -> float | None:
    """Return the median of sorted (value, how often) pairs, or None of nothing."""
    count = sum(often for _, often in counts)
    if not count:
        return None
    return (_value_at(counts, (count - 1) // 2) + _value_at(counts, count // 2)) / 2


def _value_at(counts: Sequence[tuple[int, int]], place: int) -> int:
    for value, often in counts:
        place -= often
        if place < 0:
            return value
    raise IndexError(place)


def _squares(totals: Totals) -> list[SquareReport]:
    board = totals.board
    return [
        SquareReport(
            square=square,
            name=square_name(square),
            kind=board.kind[square].value,
            group=board.group[square] or None,
            **_figures(totals, (place,)),
        )
        for place, square in enumerate(board.ids)
    ]


def _groups(totals: Totals) -> list[GroupReport]:
    places = {square: place for place, square in enumerate(totals.board.ids)}
    return [
        GroupReport(
            group=group,
            name=in_language(DISTRICTS[group], "en"),
            squares=list(members),
            **_figures(totals, [places[square] for square in members]),
        )
        for group, members in enumerate(totals.board.members)
        if group and members
    ]


class _Figures(TypedDict):
    landings: int
    bought: int
    auctioned: int
    auction_price: float | None
    spent: int
    rent: int
    rent_per_spent: float | None


def _figures(totals: Totals, places: Sequence[int]) -> _Figures:
    """Return the figures of the squares at those places of the board, together."""
    count = len(totals.board.ids)
    landings, bought, auctioned, auction_money, spent, rent = (
        sum(totals.squares[column * count + place] for place in places) for column in range(len(SQUARE_COUNTS))
    )
    return _Figures(
        landings=landings,
        bought=bought,
        auctioned=auctioned,
        auction_price=mean(auction_money, auctioned),
        spent=spent,
        rent=rent,
        rent_per_spent=mean(rent, spent, 3),
    )


def _notable(totals: Totals) -> list[NotableGame]:
    found = (("shortest", totals.shortest), ("longest", totals.longest), ("richest", totals.richest))
    return [NotableGame(what, game.game, game.seed, game.value, game.bot) for what, game in found if game is not None]


def _sprt(sprt: Sprt) -> SprtReport:
    return SprtReport(
        first=sprt.first,
        second=sprt.second,
        margin=sprt.margin,
        error=sprt.error,
        lower=-round(sprt.upper, 3),
        upper=round(sprt.upper, 3),
        ratio=round(sprt.ratio, 3),
        stronger=sprt.stronger,
    )
