"""The ladder as a table, and a line for each pair of neighbours."""

from rich.table import Table

from magnate.simulation.figures.report import LadderReport, NeighbourReport
from magnate.simulation.reports.table_parts import percent, percent_range, table
from magnate.texts import count_of


def ladder_table(ladder: LadderReport) -> Table:
    """Return the win shares of each bot (a row) against each other (a column), its interval below."""
    labels = list(dict.fromkeys(pair.bot for pair in ladder.pairs))
    made = table("", *labels)
    shares = {(pair.bot, pair.rival): pair.win_share for pair in ladder.pairs}
    for bot in labels:
        cells = [
            "" if bot == rival else f"{percent(shares[bot, rival].value)}\n{percent_range(shares[bot, rival])}"
            for rival in labels
        ]
        made.add_row(bot, *cells)
    return made


def neighbour_line(neighbours: NeighbourReport) -> str:
    """Return whether the order of two neighbours is settled, in one line."""
    higher, lower, share = neighbours.higher, neighbours.lower, neighbours.win_share
    found = f"{higher} wins {percent(share.value)} ({percent_range(share)}) against {lower}"
    if neighbours.settled:
        other_way = " THE OTHER WAY ROUND" if neighbours.stronger == lower else ""
        return f"{higher} > {lower}: settled{other_way}; {found}"
    if share.value is None:
        return f"{higher} > {lower}: open; no game was played"
    needed = f", about {count_of(neighbours.games_needed, 'game')} would settle it" if neighbours.games_needed else ""
    return f"{higher} > {lower}: open; {found}{needed}"
