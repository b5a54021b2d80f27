"""A bot that plays on a server: it signs in, finds its games, plays them to the end and says how they went.

    python examples/wire_bot.py --server http://127.0.0.1:8000 --user NAME --register --bots medium,hard

A line for each game goes to stdout, all else to stderr. The password is that of BOT_PASSWORD, or is asked for.
Exit codes: 0 all games played, 1 server or bot failed, 2 wrong arguments, 130 interrupted with Ctrl-C.
"""

import argparse
import asyncio
import os
import random
import sys
from collections.abc import Sequence
from getpass import getpass

from magnate.bots.base import Bot
from magnate.bots.loading import BotSpec, parse_bot
from magnate.bots.referee import Fault, decide
from magnate.client.errors import ClientError
from magnate.client.game import Again, Back, Changed, GameClient, Lost, Refused, RematchWanted, Said, Watched
from magnate.client.quick_game import start_bot_game
from magnate.client.rest import RestClient
from magnate.client.sockets import open_queue, open_room
from magnate.engine.actions import REJECT, Action, Bid, Build, BuySquare, DropPurchase, MortgageSet, NextPhase
from magnate.engine.phases import Phase
from magnate.engine.view import GameView, bid_limits, net_worth
from magnate.errors import MagnateError
from magnate.printable import printable
from magnate.protocol.legal import LegalBid
from magnate.protocol.queue import MatchFound
from magnate.protocol.room import BotLevel, GameStart, RoomError, SetReady
from magnate.system.endings import tell_of_exit
from magnate.system.streams import keep_output_apart, output


class Thrifty(Bot):
    """Buys, builds and bids while a reserve of money is left; sells only what it must, and never trades."""

    def decide(self, view: GameView, legal: Sequence[Action]) -> Action:
        """Return what to do now, as the seat `view.viewer`."""
        spare = view.balance[view.viewer] - 200
        if bid_limits(view, view.viewer):  # from 0 to the balance
            price = view.board.price[view.position[view.turn_seat]]
            return Bid(max(0, min(spare, price * 3 // 4)))
        for action in legal:
            match action:
                case BuySquare(square) if view.board.price[square] <= spare:
                    return action
                case Build(square, houses) if view.board.build_price[square] * houses <= spare:
                    return action
        if REJECT in legal:
            return REJECT
        for kind in (NextPhase, DropPurchase, MortgageSet):
            for action in legal:
                if isinstance(action, kind):
                    return action
        choices = legal[:-1] or legal  # the last is to surrender
        return choices[int(self.random.random() * len(choices))]


def say(text: str) -> None:
    """Tell whoever watches; what other players wrote must not reach the terminal as it is."""
    print(printable(text), file=sys.stderr, flush=True)


async def find_game(rest: RestClient, args: argparse.Namespace) -> int:
    """Return the id of the game to play: the one that this user is still in, else a new one."""
    running = (await rest.profile()).active_game
    if running is not None:
        return running
    if args.bots:
        return await start_bot_game(rest, args.bots)
    if args.queue:
        say("waiting for opponents")
        async for found in await open_queue(rest.server, await rest.access_token()):
            if isinstance(found, MatchFound):
                return found.game_id
    room = await open_room(rest.server, await rest.access_token(), args.join)
    await room.send(SetReady(True))
    say(f"ready in room {args.join}")
    async for message in room:
        match message:
            case GameStart(game_id):
                return game_id
            case RoomError(text):
                raise ClientError(text)
    raise ClientError("the room was closed")


async def act(game: GameClient, bot: Bot) -> bool:
    """Do what the bot decides; False if there is no connection."""
    decision = decide(bot, game.view, game.view.viewer)
    if isinstance(decision, Fault):
        raise MagnateError(f"the bot {decision.message}")
    return await game.act(decision)


async def act_without_rules(game: GameClient) -> bool:
    """Do anything that the server says is legal; False if there is no connection."""
    assert game.legal is not None
    if isinstance(game.legal.bid, LegalBid):
        return await game.bid(random.randint(game.legal.bid.least, game.legal.bid.most // 4))
    return await game.take(random.choice(game.legal.actions[:-1] or game.legal.actions))  # the last is to surrender


async def play(rest: RestClient, number: int, bot: Bot | None) -> str:
    """Play a game to its end, through lost connections, and return a line that says how it went.

    Without a bot, anything is done that the server says is legal.
    """
    game = GameClient(rest, number, legal=bot is None)
    asked = False  # whether an action of ours is on its way: what others do may come back before it
    try:
        async for update in game.updates():
            match update:
                case Changed(action):
                    if action is None:  # the whole game, at first and after each lost connection
                        say(f"game {number}: " + ", ".join(game.seating.names))
                    asked = asked and action is not None and action.player != game.seating.users[game.view.viewer]
                case Refused(code, why):
                    say(f"refused: {why}")
                    asked = False
                    if code not in ("rate_limited", "unavailable"):
                        continue  # asking again would not help: an update is on its way, or the time limit acts
                    await asyncio.sleep(1.0)
                case Said(name, text):
                    say(f"{name}: {text}")
                case Lost(why, _, wait):
                    say(f"connection lost, next try in {wait:.1f} s: {why}")
                    continue
                case Back():
                    say("connected again")
                    continue
                case RematchWanted() | Again() | Watched():
                    continue
            view = game.view
            if view.phase is Phase.END_GAME:
                break
            mine = bid_limits(view, view.viewer) if view.phase is Phase.AUCTION else view.phase_seat == view.viewer
            if mine and not asked:
                asked = await (act_without_rules(game) if bot is None else act(game, bot))
    finally:
        await game.close()
    worth = ", ".join(f"{name} {net_worth(view, seat)}" for seat, name in enumerate(game.seating.names))
    return f"game {number}: {'won' if view.viewer in view.winners else 'lost'} ({worth})"


async def run(args: argparse.Namespace, password: str) -> None:
    """Sign in and play all games."""
    async with RestClient(args.server) as rest:
        if args.guest:
            await rest.play_as_guest(args.user)
        elif args.register:
            await rest.register(args.user, password, password)
        else:
            await rest.login(args.user, password)
        for _ in range(args.games):
            number = await find_game(rest, args)
            own = args.strategy.make(number) if args.strategy else Thrifty(number)
            bot = None if args.ruleless else own
            print(await play(rest, number, bot), file=output(), flush=True)


def levels(text: str) -> list[str]:
    """Return the levels that `--bots` names."""
    named = text.split(",")
    if len(named) > 3 or not set(named) <= set(BotLevel):
        raise argparse.ArgumentTypeError(f"{text!r} is not one to three of {', '.join(BotLevel)}")
    return named


def strategy(text: str) -> BotSpec:
    """Return the bot that `--strategy` names."""
    try:
        return parse_bot(text)
    except MagnateError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def main() -> int:
    """Play as the command line says, and return the exit code."""
    keep_output_apart()  # whatever a bot prints goes to stderr
    tell_of_exit(lambda code: say(f"error: the bot ended this process with os._exit({code})"))
    parser = argparse.ArgumentParser(description="A bot that plays Magnate on a server.", allow_abbrev=False)
    parser.add_argument("--server", metavar="URL", default="http://127.0.0.1:8000", help="[default: %(default)s]")
    parser.add_argument("--user", metavar="NAME", required=True, help="name to sign in with")
    account = parser.add_mutually_exclusive_group()
    account.add_argument("--register", action="store_true", help="make the account first")
    account.add_argument("--guest", action="store_true", help="play as a guest, without a password")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--bots", metavar="LEVEL,…", type=levels, help=f"against one to three of {', '.join(BotLevel)}")
    where.add_argument("--queue", action="store_true", help="against whoever waits in the public queue")
    where.add_argument("--join", metavar="CODE", type=str.upper, help="in a private room, when its owner starts")
    parser.add_argument("--games", metavar="N", type=int, default=1, help="games to play [default: %(default)s]")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--ruleless", action="store_true", help="do anything that the server says is legal")
    choice.add_argument("--strategy", metavar="BOT", type=strategy, help="play like this bot: expert, FILE.py:CLASS")
    args = parser.parse_args()
    if args.games < 1:
        parser.error("--games must be at least 1")
    try:
        password = "" if args.guest else os.environ.get("BOT_PASSWORD") or getpass(f"Password of {args.user}: ")
        asyncio.run(run(args, password))
    except MagnateError as error:
        say(f"error: {error}")
        return 1
    except EOFError:
        parser.error("no password: set BOT_PASSWORD")
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
