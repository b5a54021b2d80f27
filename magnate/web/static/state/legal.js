/** What may be done now, as the server says it: nothing here knows a rule. */

/** @typedef {import("./game.js").Game} Game */

/** @param {Game} game @param {string} type @returns {any[]} */
export const actionsOf = (game, type) => (game.legal?.actions ?? []).filter((/** @type {any} */ each) => each.type === type);

/** @param {Game} game @param {string} type */
export const may = (game, type) => actionsOf(game, type).length > 0;

/** The squares that may be chosen now, on foot or by tram. @param {Game} game @returns {number[]} */
export function choices(game) {
  return [...actionsOf(game, "ActionMoveTo"), ...actionsOf(game, "ActionTakeTram")].map((each) => each.square);
}

/** What choosing a square means now, or null. @param {Game} game @param {number} square */
export function choose(game, square) {
  for (const type of ["ActionMoveTo", "ActionTakeTram"]) {
    if (actionsOf(game, type).some((each) => each.square === square)) return { type, square };
  }
  return null;
}

/** The least and the most of a bid, or null where none may be made. @param {Game} game @returns {{least: number, most: number} | null} */
export function bidLimits(game) {
  return game.legal?.bid ?? null;
}

/**
 * What a trade may hold: with whom, how much money and which squares of each, by seat, and how many proposals are left; or null.
 * @param {Game} game
 * @returns {{destinations: number[], most: Record<number, number>, squares: Record<number, number[]>, left: number} | null}
 */
export function tradeLimits(game) {
  const trade = game.legal?.trade;
  if (!trade) return null;
  /** @template T @param {Record<string, T>} byUser @returns {Record<number, T>} */
  const bySeat = (byUser) => Object.fromEntries(Object.entries(byUser).map(([user, value]) => [game.users.indexOf(Number(user)), value]));
  return {
    destinations: trade.destinations.map((/** @type {number} */ user) => game.users.indexOf(user)),
    most: bySeat(trade.most),
    squares: bySeat(trade.squares),
    left: trade.proposals_left,
  };
}

/** Whether a trade can be proposed now. @param {Game} game */
export const mayTrade = (game) => Boolean(game.legal?.trade);
