/** The board as data: what each square is and costs, its group, and its short code. */

/**
 * @typedef {{id: number, kind: string, group: number, price: number, build_price: number, rents: number[],
 *   fare: number, salary: number, bail: number}} Square
 * @typedef {{squares: Map<number, Square>, members: Map<number, number[]>, codes: Map<number, string>, bail: number,
 *   trams: number[]}} Board
 */

export const GROUP_LETTERS = "ABCDEFGHIJKL";
export const SERVERS = 13;
export const BRIDGES = 14;
export const MOST_LEVELS = 5;
const GROUP_OF = /** @type {Record<string, number>} */ ({ server: SERVERS, bridge: BRIDGES });
const NOTHING = { group: 0, price: 0, build_price: 0, rents: [], fare: 0, salary: 0, bail: 0 };

/** Read the data of a board. @param {{squares: any[]}} data @returns {Board} */
export function readBoard(data) {
  const squares = new Map();
  const members = new Map();
  for (const raw of data.squares) {
    const square = { ...NOTHING, ...raw, group: raw.group ?? GROUP_OF[raw.kind] ?? 0 };
    squares.set(square.id, square);
    if (square.group) members.set(square.group, [...(members.get(square.group) ?? []), square.id]);
  }
  const codes = new Map();
  for (const [group, ids] of members) {
    if (group <= GROUP_LETTERS.length) {
      ids.forEach((/** @type {number} */ id, /** @type {number} */ at) => codes.set(id, GROUP_LETTERS[group - 1] + (at + 1)));
    }
  }
  const all = [...squares.values()];
  return {
    squares,
    members,
    codes,
    bail: all.find((square) => square.kind === "jail").bail,
    trams: all.filter((square) => square.kind === "tram").map((square) => square.id),
  };
}

/** @param {Board} board @param {number} id @returns {Square} */
export const squareOf = (board, id) => /** @type {Square} */ (board.squares.get(id));

/** @param {Board} board @param {number} id */
export const isBuyable = (board, id) => squareOf(board, id).price > 0;

/** What a mortgage of a square brings, and lifting it costs. @param {Board} board @param {number} id */
export const mortgageOf = (board, id) => Math.floor(squareOf(board, id).price / 2);
