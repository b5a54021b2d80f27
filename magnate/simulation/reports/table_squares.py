"""Groups and squares as a table."""

from rich.table import Table

from magnate.simulation.figures.report import Report, SquareFigures, SquareReport
from magnate.simulation.reports.table_parts import number, table


def squares_table(report: Report, *, every_square: bool) -> Table:
    """Return the groups, and below each its squares; last, the squares that cannot be owned."""
    made = table("Group", "Landings", "Bought", "Auctions", "Mean bid", "Rent", "Return")
    by_id = {square.square: square for square in report.squares}
    style = "bold" if every_square else None
    for group in report.groups:
        made.add_row(group.name, *_figures(group), style=style)
        if every_square:
            for square in map(by_id.__getitem__, group.squares):
                made.add_row(_name(square), *_figures(square))
    others = [square for square in report.squares if square.group is None]
    made.add_row("Not for sale", number(sum(square.landings for square in others)), style=style)
    if every_square:
        for square in others:
            made.add_row(_name(square), number(square.landings))
    return made


def _name(square: SquareReport) -> str:
    return f" {square.square:>3} {square.name}"


def _figures(figures: SquareFigures) -> list[str]:
    return [
        number(figures.landings),
        number(figures.bought),
        number(figures.auctioned),
        number(figures.auction_price),
        number(figures.rent),
        number(figures.rent_per_spent, 2),
    ]
