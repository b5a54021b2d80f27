"""Running games as lists of them tell (protocol: Watching, REST)."""

from magnate.protocol.rest import LiveGame, LivePlayer, RunningGame
from magnate.server.live.host import GameHost
from magnate.server.live.timeouts import waited_for


def listed(host: GameHost) -> LiveGame:
    """Return a game as the list of those that everybody may watch tells it."""
    seating, state = host.seating, host.state
    return LiveGame(seating.game, seating.started, _players(host), state.round, state.settings.max_rounds, host.viewers)


def running(host: GameHost) -> RunningGame:
    """Return a game as the list of a player's own games tells it."""
    seating, state = host.seating, host.state
    return RunningGame(
        game_id=seating.game,
        start_date=seating.started,
        players=_players(host),
        current_round=state.round,
        max_rounds=state.settings.max_rounds,
        turn=seating.names[state.turn_seat],
        phase=state.phase,
        waiting_for=tuple([seating.names[seat] for seat in waited_for(state)]),
    )


def _players(host: GameHost) -> tuple[LivePlayer, ...]:
    names, alive, levels = host.seating.names, host.state.alive, host.setup.bots
    return tuple([LivePlayer(name, seat in levels, alive[seat], levels.get(seat)) for seat, name in enumerate(names)])
