"""A client's copy of a game, kept in step by what the server sends (protocol: Game).

    follower = Follower(message.game_state, user)      # the first frame of the socket
    events = follower.take(message)                    # each frame after it
    if not follower.in_step: ...                       # a frame was lost: open the socket again

`follower.view` is an engine view: `legal_actions`, `why_not` and the limits of `magnate.engine.view` work on it, and
`to_command(action, follower.seating)` is what to send. The view is the server's own for this player, except that
`resume` is kept only while a proposal waits for its answer.
"""

from collections.abc import Mapping

from msgspec import UNSET

from magnate.engine.actions import TradeProposal
from magnate.engine.board import standard_board
from magnate.engine.cards import Card
from magnate.engine.events import BidMade, Departure, Event, Left, Mortgaged, Proposed
from magnate.engine.phases import AUCTION, CHOOSE_FANTASY, PROPOSAL_ACCEPTANCE, ROLL_THE_DICES, Phase
from magnate.engine.rules.holdings import give, release, set_level, set_mortgaged
from magnate.engine.rules.purchase import bidders
from magnate.engine.state import Settings, new_state
from magnate.engine.statistics import COUNT
from magnate.engine.view import GameView, view_for
from magnate.protocol.commands import ActionBid, ActionMessage
from magnate.protocol.errors import BadState, OtherBoard
from magnate.protocol.game import GameAction, GameMessage, GameResponse, GameState, Proposal, Snapshot
from magnate.protocol.responses import (
    AnyResponse,
    Auction,
    Bonus,
    FantasyEvent,
    PropertyRelationship,
    ResponseBonus,
    ResponseChooseSquare,
    ResponseMessage,
    ResponseThrowDices,
)
from magnate.protocol.seating import Seating
from magnate.protocol.translate import to_engine_action


class Follower:
    """One client's copy of one game."""

    def __init__(self, snapshot: Snapshot, user: int) -> None:
        """Begin with a snapshot, as the participant `user` (or any other id: as a spectator).

        Raises:
            OtherBoard: the server plays on a board that this client does not have.
            BadState: the snapshot contradicts itself.
        """
        self.user = user
        self.in_step = True
        """Whether nothing was missed; once False it stays so until the next snapshot."""
        self._action: ActionMessage | None = None
        self._begin(snapshot)

    def _begin(self, snapshot: Snapshot) -> None:
        self.seating = seating_from_snapshot(snapshot)
        """Who sits where."""
        self.view = view_from_snapshot(snapshot, self.user)
        """The game as this user may see it; a new object with each snapshot."""
        self.seq = snapshot.seq
        """The number of the last action that is in the view."""
        self.strikes = snapshot.strikes
        """Time limits in a row that users have let pass, of those who have."""
        self.deadline = snapshot.deadline
        """When the phase times out, in ms since 1970, or None."""
        self.in_step = True

    def take(self, message: GameMessage) -> tuple[Event, ...]:
        """Take the next message in and return what happened; none for messages that change nothing.

        A repeated or older snapshot or response is ignored. A response that leaves a gap is not applied: `in_step`
        becomes False.

        Raises:
            OtherBoard: a snapshot of a board that this client does not have.
            BadState: a snapshot or response that contradicts itself.
        """
        match message:
            case GameState(snapshot):
                if snapshot.seq >= self.seq:
                    self._begin(snapshot)
            case GameAction(action):
                self._action = action
            case GameResponse(response):
                if response.seq == self.seq + 1 and self.in_step:
                    return self._step(response)
                self.in_step = self.in_step and response.seq <= self.seq
        return ()

    def _step(self, response: ResponseMessage) -> tuple[Event, ...]:
        try:
            advance(self.view, self.seating, self._action, response)
        except (LookupError, ValueError) as error:
            self.in_step = False
            raise BadState(str(error)) from error
        self.seq = response.seq
        self.strikes = response.strikes or {}
        self.deadline = response.deadline
        return response.events


def seating_from_snapshot(snapshot: Snapshot) -> Seating:
    """Return who sits where.

    Raises:
        BadState: a player has no name, or sits twice.
    """
    try:
        names = tuple([snapshot.usernames[user] for user in snapshot.players])
        seat_of = {user: seat for seat, user in enumerate(snapshot.players)}
        levels = {seat_of[user]: level for user, level in snapshot.bot_levels.items()}
        return Seating(snapshot.id, snapshot.players, names, snapshot.datetime, levels, snapshot.hints)
    except (LookupError, ValueError) as error:
        raise BadState(str(error)) from error


def view_from_snapshot(snapshot: Snapshot, user: int) -> GameView:
    """Return the game of a snapshot as the participant `user` (or any other id: as a spectator) sees it.

    Raises:
        OtherBoard: the server plays on a board that this client does not have.
        BadState: the snapshot contradicts itself.
    """
    board = standard_board()
    if snapshot.board != board.digest:
        raise OtherBoard(snapshot.board, board.digest)
    seating = seating_from_snapshot(snapshot)
    try:
        humans = tuple([seat for seat, player in enumerate(seating.users) if player not in snapshot.bots])
        order = _seats(seating, snapshot.ordered_players)
        settings = Settings(snapshot.max_rounds, humans)
        view = view_for(new_state(len(order), order, settings, board), seating.seat_of.get(user, -1))
        _set_common(view, seating, snapshot)
        _set_holdings(view, seating, snapshot.property_relationships)
        _set_statistics(view, seating, snapshot.statistics)
        _set_eliminated(view, seating, snapshot.eliminated, snapshot.departures)
        view.mortgaged_this_turn = snapshot.mortgaged_this_turn
        _set_destinations(view, snapshot.possible_destinations)
        view.card = _card(snapshot.fantasy_event)
        _set_auction(view, seating, snapshot.auction)
        _set_proposal(view, seating, snapshot.proposal)
        view.bonuses = _bonuses(seating, snapshot.bonuses or {})
        view.winners = _seats(seating, snapshot.winners)
    except (LookupError, ValueError) as error:
        raise BadState(str(error)) from error
    return view


def advance(view: GameView, seating: Seating, action: ActionMessage | None, response: ResponseMessage) -> None:
    """Bring a view to what it is after a response, given the action that came before it.

    Raises:
        LookupError, ValueError: the response does not belong to that game.
    """
    before, turn = view.phase, view.turn
    _set_common(view, seating, response)
    if view.turn != turn:
        view.mortgaged_this_turn = ()
    if response.property_relationships is not UNSET:  # none is left where it is empty
        _set_holdings(view, seating, response.property_relationships)
    if response.statistics:
        _set_statistics(view, seating, response.statistics)
    if response.eliminated:
        _set_eliminated(view, seating, response.eliminated, response.departures or {})
    _set_destinations(view, response.possible_destinations or {})
    if isinstance(response, ResponseThrowDices | ResponseChooseSquare):
        view.card = _card(response.fantasy_event)
    if view.phase is not CHOOSE_FANTASY:
        view.card = None
    if isinstance(response, ResponseBonus):
        view.bonuses = _bonuses(seating, response.bonuses)
        view.winners = _seats(seating, response.winners)
    _follow_auction(view, before, action, response)
    _follow_mortgages(view, response)
    if any(isinstance(event, Proposed) for event in response.events):
        view.trade = _trade(seating, action)
        view.resume = before
    elif view.phase is not PROPOSAL_ACCEPTANCE:
        view.trade = None


def _set_common(view: GameView, seating: Seating, source: Snapshot | AnyResponse) -> None:
    users = seating.users
    view.phase = source.phase
    view.phase_seat = seating.seat_of[source.active_phase_player]
    view.turn_seat = seating.seat_of[source.active_turn_player]
    view.round = source.current_round
    view.turn = source.current_turn
    view.streak = source.streak
    view.proposals = source.proposals
    view.pot = source.parking_money
    view.balance = [source.money[user] for user in users]
    view.bank = -sum(view.balance) - view.pot
    view.position = [source.positions[user] for user in users]
    view.jail_turns = [source.jail_remaining_turns.get(user, 0) for user in users]


def _set_holdings(view: GameView, seating: Seating, relationships: tuple[PropertyRelationship, ...]) -> None:
    for squares in view.owned:
        for square in tuple(squares):
            release(view, square)
    for each in relationships:
        give(view, each.square, seating.seat_of[each.owner])
        set_level(view, each.square, max(each.houses, 0))
        set_mortgaged(view, each.square, int(each.mortgage))


def _set_destinations(view: GameView, steps_to: dict[int, int]) -> None:
    """Set what may be chosen; before a roll it is the roll on the table in jail, with where that leads."""
    jailed = view.phase is ROLL_THE_DICES
    view.choices = () if jailed else tuple(steps_to.items())
    view.jail_roll = next(iter(steps_to.values()), 0) if jailed else 0


def _set_statistics(view: GameView, seating: Seating, statistics: dict[int, tuple[int, ...]]) -> None:
    stats = [value for user in seating.users for value in statistics[user]]
    if len(stats) != COUNT * len(seating.users):
        raise ValueError(f"statistics of {len(stats)} numbers")
    view.stats = stats


def _set_eliminated(view: GameView, seating: Seating, users: tuple[int, ...], whys: Mapping[int, Departure]) -> None:
    """Note who left and why; a server that does not say why knows of surrender only."""
    view.eliminated = _seats(seating, users)
    view.departures = tuple([whys.get(user, Departure.SURRENDER) for user in users])
    view.alive = [seat not in view.eliminated for seat in range(len(seating.users))]


def _set_auction(view: GameView, seating: Seating, auction: Auction | None) -> None:
    if auction is not None:
        has_bid = _seats(seating, auction.has_bid or ())
        view.to_bid = tuple([seat for seat in bidders(view) if seat not in has_bid])
        view.bids = {seating.seat_of[user]: amount for user, amount in auction.bids.items()}


def _follow_auction(view: GameView, before: Phase, action: ActionMessage | None, response: AnyResponse) -> None:
    """Note who has bid; how much only of the viewer, whose own frame says it."""
    if view.phase is not AUCTION:
        view.to_bid, view.bids = (), {}
        return
    if before is not AUCTION:
        view.to_bid = bidders(view)
    for event in response.events:
        if isinstance(event, BidMade | Left):
            view.to_bid = tuple([seat for seat in view.to_bid if seat != event.seat])
            view.bids.pop(event.seat, None)
        own = action.amount if isinstance(action, ActionBid) else None
        if own is not None and isinstance(event, BidMade) and event.seat == view.viewer:
            view.bids[event.seat] = own


def _follow_mortgages(view: GameView, response: AnyResponse) -> None:
    """Note the squares whose mortgage of this turn is counted."""
    for event in response.events:
        if isinstance(event, Mortgaged) and event.square not in view.mortgaged_this_turn:
            view.mortgaged_this_turn += (event.square,)


def _set_proposal(view: GameView, seating: Seating, proposal: Proposal | None) -> None:
    if proposal is not None:
        view.resume = proposal.resume_phase
        view.trade = TradeProposal(
            seating.seat_of[proposal.destination_user],
            proposal.offered_money,
            proposal.asked_money,
            proposal.offered_properties,
            proposal.asked_properties,
        )


def _trade(seating: Seating, action: ActionMessage | None) -> TradeProposal:
    trade = None if action is None else to_engine_action(action, seating.seat_of, 0)
    if not isinstance(trade, TradeProposal):
        raise ValueError("a proposal without its terms")
    return trade


def _card(event: FantasyEvent | None) -> Card | None:
    return None if event is None else Card(event.fantasy_type, event.value, event.card_cost)


def _bonuses(seating: Seating, bonuses: dict[str, Bonus]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple([(category, _seats(seating, bonus.winners)) for category, bonus in bonuses.items()])


def _seats(seating: Seating, users: tuple[int, ...]) -> tuple[int, ...]:
    return tuple([seating.seat_of[user] for user in users])
