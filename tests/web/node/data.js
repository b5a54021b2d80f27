/** What the Python tests hand over. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

export const data = JSON.parse(readFileSync(process.env.DATA, "utf-8"));

/** Import a module of the page. */
export const load = (path) => import(pathToFileURL(`${process.env.STATIC}/${path}`).href);

/** What a game of the page says, in the form of what the engine says. */
export function known(game, netWorth, board) {
  const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
  return {
    money: game.money, positions: game.positions, jail: game.jail, phase: game.phase, phaseSeat: game.phaseSeat,
    turnSeat: game.turnSeat, round: game.round, turn: game.turn, pot: game.pot, streak: game.streak, out: sorted(game.out), departures: game.departures,
    holdings: Object.fromEntries(Object.entries(game.holdings).map(([id, held]) => [id, [held.seat, held.level, held.mortgaged]])),
    worth: game.users.map((_, seat) => netWorth(board, game, seat)),
    card: game.card && [game.card.type, game.card.value, game.card.price],
    toBid: sorted(game.auction?.toBid ?? []),
    trade: game.trade && [game.trade.destination, game.trade.offeredMoney],
    winners: sorted(game.winners),
  };
}
