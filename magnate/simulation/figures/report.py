"""What a run found, as figures with stable names: the one source of every format, described by `schema.json`.

Shares lie between 0 and 1 and have 4 decimals; means have 2, ratings 3. A figure that nothing was counted for is null.
Money is in whole units, seats are 0..n-1, squares are square ids, games are counted from 1.
"""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

FORMAT: Final = 1
"""The version of this report's names; a name never changes its meaning within a version."""


class Estimate(Struct, frozen=True):
    """A figure with its 95 % interval."""

    value: float | None
    low: float | None
    high: float | None


class RunFacts(Struct, frozen=True):
    """What was played; equal facts give equal results."""

    magnate: Annotated[str, Meta(description="The version of Magnate.")]
    seed: int
    bots: Annotated[list[str], Meta(description="As named; one that was named twice stands here twice.")]
    players: Annotated[int, Meta(description="Seats at a table.")]
    sides: Annotated[int, Meta(description="Named bots at a table: fewer than seats, and they sit more than once.")]
    seating: Annotated[str, Meta(description="rotate, fixed or random.")]
    max_rounds: Annotated[int, Meta(description="0 is no limit.")]
    position: Annotated[str | None, Meta(description="SHA-256 of the position that games begin from.")]
    bot_seconds: Annotated[float | None, Meta(description="The longest that a bot may think, in seconds.")]
    games: Annotated[int, Meta(description="Games asked for.")]
    played: Annotated[int, Meta(description="Games played: fewer after Ctrl-C, or once --sprt has decided.")]
    interrupted: Annotated[bool, Meta(description="Whether Ctrl-C ended the run early.")]


class Rating(Struct, frozen=True):
    """A Plackett-Luce rating (openskill) after the last game."""

    mu: float
    sigma: Annotated[float, Meta(description="The uncertainty of mu.")]
    ordinal: Annotated[float, Meta(description="mu - 3 sigma: what the bot is worth at least.")]


class BotReport(Struct, frozen=True):
    """One bot; on two seats of a game it counts twice."""

    bot: str
    games: int
    wins: Annotated[float, Meta(description="A win shared by n counts as 1/n.")]
    shared_wins: int
    win_share: Annotated[Estimate, Meta(description="wins / games, with its Wilson interval.")]
    worth: Annotated[Estimate, Meta(description="Mean final worth; 0 for a bot that left the game.")]
    rank: Annotated[float | None, Meta(description="Mean rank; 1 is best.")]
    bankruptcies: Annotated[int, Meta(description="Games left in debt.")]
    surrenders: Annotated[int, Meta(description="Games left without need.")]
    faults: Annotated[int, Meta(description="Games lost for an error, an illegal answer, or for being too slow.")]
    actions: Annotated[float | None, Meta(description="Mean actions a game.")]
    rating: Rating
    statistics: Annotated[dict[str, float], Meta(description="Means of what the rules count for each player.")]


class SeatReport(Struct, frozen=True):
    """One seat; from the start of a game, seat 0 begins and the others follow in order."""

    seat: int
    games: int
    wins: float
    win_share: Estimate


class RoundsCount(Struct, frozen=True):
    """How many games ended in that round."""

    rounds: int
    games: int


class LengthReport(Struct, frozen=True):
    """How long games were."""

    rounds: Annotated[float | None, Meta(description="Mean rounds a game.")]
    median: Annotated[float | None, Meta(description="Median rounds a game.")]
    turns: Annotated[float | None, Meta(description="Mean turns a game.")]
    actions: Annotated[float | None, Meta(description="Mean actions of all players a game.")]
    histogram: list[RoundsCount]


class SquareFigures(Struct, frozen=True, kw_only=True):
    """What happened on a square or a group, in all games together."""

    landings: Annotated[int, Meta(description="How often a piece came to stand there, in whatever way.")]
    bought: Annotated[int, Meta(description="How often the bank sold it, at its price or by auction.")]
    auctioned: Annotated[int, Meta(description="How often the bank sold it by auction.")]
    auction_price: Annotated[float | None, Meta(description="Mean winning bid.")]
    spent: Annotated[int, Meta(description="Money paid to the bank for it: prices, winning bids, buildings.")]
    rent: Annotated[int, Meta(description="Rent paid for it.")]
    rent_per_spent: Annotated[float | None, Meta(description="rent / spent.")]


class SquareReport(SquareFigures, frozen=True, kw_only=True):
    """One square."""

    square: int
    name: str
    kind: str
    group: Annotated[int | None, Meta(description="null for squares that cannot be owned.")]


class GroupReport(SquareFigures, frozen=True, kw_only=True):
    """One group: a colour, the servers or the bridges."""

    group: int
    name: str
    squares: list[int]


class NotableGame(Struct, frozen=True):
    """A game worth playing again, with `--game`."""

    what: Annotated[str, Meta(description="shortest (turns), longest (actions) or richest (highest final worth).")]
    game: int
    seed: int
    value: int
    bot: Annotated[str | None, Meta(description="Who was the richest.")]


class FaultReport(Struct, frozen=True):
    """A bot that forfeited games."""

    bot: str
    games: Annotated[int, Meta(description="In how many games.")]
    first_game: int
    message: Annotated[str, Meta(description="What it did wrong in the first of them.")]


class PairReport(Struct, frozen=True):
    """What a bot won of its games against a rival."""

    bot: str
    rival: str
    games: int
    wins: float
    win_share: Estimate


class NeighbourReport(Struct, frozen=True):
    """Two neighbours of the ladder, the higher one first."""

    higher: str
    lower: str
    win_share: Annotated[Estimate, Meta(description="Of the higher one against the lower.")]
    settled: Annotated[bool, Meta(description="Whether the interval leaves out one half.")]
    stronger: Annotated[str | None, Meta(description="Who is the stronger one, where that is settled.")]
    games_needed: Annotated[
        int | None, Meta(description="About how many games would settle it, should the share stay as it is.")
    ]


class LadderReport(Struct, frozen=True):
    """Every bot against every other."""

    pairs: list[PairReport]
    neighbours: list[NeighbourReport]


class SprtReport(Struct, frozen=True):
    """The sequential probability ratio test of a match of two."""

    first: str
    second: str
    margin: Annotated[float, Meta(description="The hypotheses: the first bot wins 1/2 + margin, or 1/2 - margin.")]
    error: Annotated[float, Meta(description="The probability of a wrong verdict.")]
    lower: Annotated[float, Meta(description="Below this the second bot is the stronger one.")]
    upper: Annotated[float, Meta(description="Above this the first bot is the stronger one.")]
    ratio: Annotated[float, Meta(description="The log-likelihood ratio after the last game.")]
    stronger: Annotated[str | None, Meta(description="Who is the stronger one; null while that is open.")]


class BotTiming(Struct, frozen=True):
    """How long a bot thought."""

    bot: str
    decisions: int
    mean_ms: float | None
    longest_ms: float | None


class Timing(Struct, frozen=True):
    """What depends on the clock."""

    seconds: float
    games: Annotated[int, Meta(description="Games played in that time; those taken over by --resume are not in it.")]
    games_per_second: float | None
    workers: int
    bots: list[BotTiming]


class Report(Struct, frozen=True):
    """The results of `magnate simulate --format json`."""

    format: Annotated[int, Meta(description="The version of this report's names.")]
    run: RunFacts
    bots: Annotated[list[BotReport], Meta(description="In the order named.")]
    seats: list[SeatReport]
    length: LengthReport
    groups: list[GroupReport]
    squares: list[SquareReport]
    notable: list[NotableGame]
    faults: list[FaultReport]
    ladder: Annotated[LadderReport | None, Meta(description="With --ladder.")] = None
    sprt: Annotated[SprtReport | None, Meta(description="With --sprt.")] = None
    timing: Annotated[Timing | UnsetType, Meta(description="With --timing.")] = UNSET
