"""Positions that open one dialog each."""

from magnate.engine.actions import TradeProposal
from magnate.engine.cards import deck
from magnate.engine.phases import Phase
from magnate.engine.rules.holdings import give, set_level
from tests.tui.game.table import ME, Table, table

MINE = (1, 3, 5, 15)
THEIRS = (21, 23, 24)
BOB = 1


def business() -> Table:
    """Return a game in which ME builds and trades: it owns the first group, a server and a bridge."""
    link = table(bots=False)
    game = link.game
    game.turn_seat = game.phase_seat = ME
    game.phase = Phase.BUSINESS
    for square in MINE:
        give(game, square, ME)
    for square in THEIRS:
        give(game, square, BOB)
    set_level(game, 1, 1)
    return shown(link)


def shown(link: Table) -> Table:
    """Let the screen begin with the game as it is now."""
    fresh = Table(link.game, link.chance, bots=False)
    return fresh


def management() -> Table:
    """ME stands on a free square."""
    link = business()
    link.game.phase = Phase.MANAGEMENT
    link.game.position[ME] = 9
    return shown(link)


def card() -> Table:
    """A card is shown to ME."""
    link = business()
    link.game.phase = Phase.CHOOSE_FANTASY
    link.game.card = next(kind.cards[0] for kind in deck() if kind.name == "losePlainMoney")
    return shown(link)


def auction() -> Table:
    """Bob dropped a purchase, and ME is the last to bid."""
    link = business()
    game = link.game
    game.turn_seat = game.phase_seat = BOB
    game.position[BOB] = 9
    game.phase = Phase.AUCTION
    game.to_bid, game.bids = (ME,), {2: 20, 3: 30}
    return shown(link)


def answer() -> Table:
    """Bob offers ME a square and money for a server."""
    link = business()
    game = link.game
    game.turn_seat = BOB
    game.phase_seat = ME
    game.phase = Phase.PROPOSAL_ACCEPTANCE
    game.trade = TradeProposal(ME, 100, 0, (21,), (5,))
    return shown(link)


def debt() -> Table:
    """ME owes 260."""
    link = business()
    link.game.phase = Phase.LIQUIDATION
    link.game.balance[ME] = -260
    return shown(link)


def fork() -> Table:
    """ME may go to one of three squares."""
    link = business()
    link.game.phase = Phase.CHOOSE_SQUARE
    link.game.choices = ((2, 2), (7, 7), (9, 9))
    return shown(link)


def jail() -> Table:
    """ME sits in jail, to roll or to pay."""
    link = business()
    link.game.phase = Phase.ROLL_THE_DICES
    link.game.position[ME] = 201
    link.game.jail_turns[ME] = 3
    return shown(link)


def tram() -> Table:
    """ME stands at a tram stop."""
    link = business()
    link.game.phase = Phase.MANAGEMENT
    link.game.position[ME] = 10
    return shown(link)


def bus() -> Table:
    """ME has rolled a bus, and may go to a square of Bob's, a card or a free square."""
    link = business()
    game = link.game
    game.phase = Phase.CHOOSE_SQUARE
    game.position[ME] = 19
    game.choices = ((21, 2), (22, 3), (26, 7))
    return shown(link)


def anywhere() -> Table:
    """ME has rolled a triple, and may jump to any square."""
    link = business()
    link.game.phase = Phase.CHOOSE_SQUARE
    link.game.choices = link.game.board.jump_choices
    return shown(link)


def bail() -> Table:
    """ME sits in jail with a roll on the table that leads to a square of Bob's."""
    link = jail()
    game = link.game
    game.jail_turns[ME] = 2
    destination = game.board.destination[game.board.jail]
    game.jail_roll = next(steps for steps in range(3, 12) if game.board.is_buyable[destination[steps]])
    give(game, destination[game.jail_roll], BOB)
    return shown(link)


def two_groups() -> Table:
    """ME has two whole groups to build in, and lacks one square of a third, which Bob has."""
    link = business()
    for square in (37, 39, 26, 27):
        give(link.game, square, ME)
    give(link.game, 29, BOB)
    return shown(link)
