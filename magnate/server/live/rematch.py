"""A finished game again, with the same people and bots, once everybody who is still connected has asked for it."""

from typing import TYPE_CHECKING

from magnate.protocol.codec import encode
from magnate.protocol.codes import ErrorCode
from magnate.protocol.game import RematchAsked, RematchBegins
from magnate.protocol.refusal import game_error, refusal
from magnate.protocol.strings import MIN_PRIVATE_GAME_PLAYERS
from magnate.server.errors import GameRefused, StorageError
from magnate.server.live.audience import Audience
from magnate.server.live.keeper import Keeper
from magnate.server.live.peers import Peer

if TYPE_CHECKING:
    from magnate.server.live.host import GameHost


class RematchVotes:
    """Who has asked for a game again."""

    def __init__(self, host: "GameHost", audience: Audience, keeper: Keeper) -> None:
        self._host = host
        self._audience = audience
        self._keeper = keeper
        self._asked: set[int] = set()
        self._beginning = False

    def ask(self, peer: Peer) -> None:
        """Note that somebody asks; the game begins when nobody is missing. Refused while this one runs."""
        if not self._host.finished:
            self._refuse(peer, ErrorCode.WRONG_PHASE)
            return
        self._asked.add(peer.user)
        if not self._beginning:
            players = self._audience.players
            missing = tuple([user for user in players if user not in self._asked])
            self._audience.tell_asking(encode(RematchAsked(peer.user, missing)))
            if not missing and len(players) + len(self._host.setup.bots) < MIN_PRIVATE_GAME_PLAYERS:
                self._refuse(peer, ErrorCode.TOO_FEW_PLAYERS)
                return
        self.reconsider()

    def reconsider(self) -> None:
        """Begin the game if everybody who is still connected has asked."""
        players = self._audience.players
        enough = len(players) + len(self._host.setup.bots) >= MIN_PRIVATE_GAME_PLAYERS
        if players and enough and self._asked.issuperset(players) and not self._beginning:
            self._beginning = True
            self._keeper.spawn(self._begin(players))

    async def _begin(self, players: list[int]) -> None:
        try:
            game = await self._keeper.rematch(self._host, players)
        except GameRefused as error:
            self._audience.tell_all(encode(game_error(refusal(error.code))))
        except StorageError:
            self._audience.tell_all(encode(game_error(refusal(ErrorCode.UNAVAILABLE))))
        else:
            self._audience.tell_all(encode(RematchBegins(game)))
        finally:
            self._asked.clear()
            self._beginning = False

    def _refuse(self, peer: Peer, code: ErrorCode) -> None:
        self._audience.tell(peer, encode(game_error(refusal(code))))
